"""What a person may be asked to agree to just now: where nothing of it is left to be sent, and he has not said no."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from bot.channels.wechat.account import Account
from bot.opt_in_link import AT_ONCE, opt_in_link
from handlers.ports import Clock
from model.draft import Role
from storage.away import RECORDS_AWAY
from storage.opt_ins import OptIns, Standing

NO_HOLDS: Final = dt.timedelta(days=180)
"""Who has said no is not asked for so long; he may agree by himself at any time."""
_OF: Final[Mapping[Role, tuple[str, ...]]] = {
    "applicant": ("applicant.", "enquiry."),
    "steward": ("steward.", "lead.", "supervisor.", "enquiry."),
}
"""How the names of what each role is told begin; of enquiries both are told."""


class OptInOffers:
    """`handlers.ports.OptInOffers` over the accounts that have 订阅通知; none where nobody said at which address we are."""

    def __init__(self, address: str, accounts: Iterable[Account], opt_ins: OptIns, clock: Clock) -> None:
        self._address = address
        self._accounts = {one.id: one for one in accounts if one.may_card and one.subscriptions.templates}
        self._opt_ins = opt_ins
        self._clock = clock

    async def link(self, account: str, person: str, role: Role) -> str | None:
        """See the protocol."""
        served = self._accounts.get(account)
        if served is None or not self._address:
            return None
        kinds = templates_for(served, role)
        try:
            standing = await self._opt_ins.standing(account, person, [one for asked in kinds for one in asked])
        except RECORDS_AWAY:
            return None
        lacking = [[one for one in asked if self._lacks(standing[one])][:AT_ONCE] for asked in kinds]
        return opt_in_link(self._address, account, [*chain(*lacking)]) if any(lacking) else None

    def _lacks(self, standing: Standing) -> bool:
        return not standing.open and (standing.no_at is None or standing.no_at + NO_HOLDS <= self._clock())


def templates_for(account: Account, role: Role) -> tuple[tuple[str, ...], ...]:
    """The platform's ids of what people of this role are told by 订阅通知, in the order of the file: those that go for good, and
    those for once, which one popup does not ask for together: the page has a button for each (platform rule: 20002).
    """
    kinds = account.subscriptions.long_term, account.subscriptions.one_time
    return tuple(
        tuple(dict.fromkeys(one for name, one in kind.items() if name.startswith(_OF[role]))) for kind in kinds
    )
