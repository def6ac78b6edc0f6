"""What is done about the people of a county; each change is kept with who made it (ADR 42)."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, NamedTuple

from handlers.covering import Passed
from handlers.enquiries import EnquiryDesk
from handlers.leaving import Falls, Handed, foreseen, leave
from handlers.people.absence import come_back, go_away
from handlers.people.codes import VALID, fresh_code
from handlers.people.noting import By
from handlers.ports import RoutingCore
from model.county import County
from model.decision import Refused
from model.login import NAME, Login, Role
from model.staff import Absence, Staff
from routing.relief import takers
from storage.logins import Logins
from storage.staff_changes import LastAdmin, Noting, StaffingChanged
from storage.staffing import Staffing

_KEPT: Final = ("name", "body", "phone", "duty", "districts")
_OVERTAKEN: Final = Refused(code="overtaken")
_LAST_ADMIN: Final = Refused(code="last_admin")


class Code(NamedTuple):
    """A binding code, told once, and its end."""

    code: str
    until: dt.datetime


class Given(NamedTuple):
    """A login with its first password, told once."""

    login: Login
    password: str


class Heirs(NamedTuple):
    """By the rule, most first; `able` could be chosen instead, those with the least to do first."""

    falls: tuple[Falls, ...]
    able: tuple[Staff, ...]


class People:
    """Every method gives what was done, or `Refused` with nothing done: `overtaken` where somebody else has changed this one since."""

    def __init__(
        self,
        core: RoutingCore,
        staffing: Staffing,
        logins: Logins,
        counties: Mapping[str, County],
        enquiries: EnquiryDesk,
        drawn: Callable[[], str],
        hashed: Callable[[str], Awaitable[str]],
    ) -> None:
        """`drawn` makes a password, `hashed` what is kept of one."""
        self._core = core
        self._staffing = staffing
        self._logins = logins
        self._counties = counties
        self._enquiries = enquiries
        self._drawn = drawn
        self._hashed = hashed

    async def enter(
        self, county: str, new: Sequence[Staff], changed: Sequence[tuple[Staff, Staff]], since: int | None, by: By
    ) -> dict[str, str] | Refused:
        """Enters new and changed, all or none; the binding codes of the new by their ids. `since`: the version they were compared with."""
        codes = {one.id: fresh_code() for one in new}
        people = (*new, *(after for _, after in changed))
        notings = [by.noting(one, "added", _kept(one)) for one in new]
        notings += [by.noting(after, "changed", differences(before, after)) for before, after in changed]
        try:
            if people:
                until = by.now + VALID
                await self._staffing.put_all(county, people, codes, until, since=since, notings=notings)
        except StaffingChanged:
            return _OVERTAKEN
        return codes

    async def code(self, one: Staff, by: By) -> Code | Refused:
        """A new binding code: for whoever has lost his, or changes between official account and WeCom. Refused `left`."""
        made = Code(fresh_code(), by.now + VALID)
        try:
            issued = await self._staffing.issue_code(one.id, made.code, made.until, by.noting(one, "code"))
        except StaffingChanged:
            return _OVERTAKEN
        return made if issued else Refused(code="left")

    async def away(self, one: Staff, absence: Absence, by: By) -> tuple[Passed, ...] | Refused:
        """请假: see `go_away`."""
        return await go_away(self._core, one, absence, by)

    async def back(self, one: Staff, first: dt.date, by: By) -> Refused | None:
        """销假: see `come_back`."""
        return await come_back(self._core, one, first, by)

    async def duty(self, one: Staff, weekdays: Sequence[int], by: By) -> Refused | None:
        """值班: on which weekdays (0 is Monday) he is on duty; none takes him off the rota."""
        said = {"weekdays": tuple(str(day) for day in weekdays)}
        try:
            await self._staffing.on_duty(one.id, weekdays, by.noting(one, "duty", said))
        except StaffingChanged:
            return _OVERTAKEN
        return None

    async def heirs(self, one: Staff, now: dt.datetime) -> Heirs:
        """What would become of his open work if he left, and who else of his body could be given it."""
        if not one.open_tasks:
            return Heirs((), ())
        colleagues = await self._staffing.of_county(one.county, one.body)
        falls = await foreseen(self._core, self._staffing, self._counties, one, now)
        return Heirs(falls, takers(one.body, one.id, colleagues, now))

    async def leave(self, one: Staff, by: By, *, sure: bool, to: str = "") -> tuple[Handed, ...] | Refused:
        """离岗: ends all access and moves his open orders, to this colleague (`to`) or by the rule.

        Refused `no_taker`, `nobody_covers` unless somebody is `sure`, `last_admin`.
        """
        able = takers(one.body, one.id, await self._staffing.of_county(one.county, one.body), by.now)
        taker = next((each for each in able if each.id == to), None)
        if to and taker is None:
            return Refused(code="no_taker")
        if one.open_tasks and not able and not sure:
            return Refused(code="nobody_covers", about={"open": str(one.open_tasks)})
        said = {"to": (taker.name,)} if taker is not None else None
        try:
            await self._staffing.retire(one.id, by.noting(one, "left", said))
        except StaffingChanged:
            return _OVERTAKEN
        except LastAdmin:
            return _LAST_ADMIN
        return await leave(self._core, self._staffing, self._counties, one, by.now, self._enquiries, by.actor, taker)

    async def login(self, one: Staff, name: str, roles: frozenset[Role], by: By) -> Given | Refused:
        """A login, or another name, other roles and a new password; what was begun by it ends. Refused `login_*`, `last_admin`."""
        name = name.casefold()
        if (wrong := wrong_login(name, roles)) is not None:
            return wrong
        password = self._drawn()
        login = Login(name=name, staff=one.id, roles=roles, given=True, changed_at=by.now)
        before = await self._logins.of(one.id)
        named = (name,) if before is None or before.login.name == name else (before.login.name, name)
        about = {"login": named, "roles": tuple(sorted(roles))}
        return await self._given(login, password, by.noting(one, "login", about))

    async def password(self, one: Staff, by: By) -> Given | Refused:
        """A new first password for the login that he has; what was begun by it ends. Refused `login_none`."""
        before = await self._logins.of(one.id)
        if before is None:
            return Refused(code="login_none")
        login = before.login.model_copy(update={"given": True, "changed_at": by.now})
        return await self._given(login, self._drawn(), by.noting(one, "password"))

    async def _given(self, login: Login, password: str, noting: Noting) -> Given | Refused:
        try:
            if not await self._logins.give(login, await self._hashed(password), noting):
                return Refused(code="login_taken", about={"name": login.name})
        except StaffingChanged:
            return _OVERTAKEN
        except LastAdmin:
            return _LAST_ADMIN
        return Given(login, password)

    async def roles(self, one: Staff, roles: frozenset[Role], by: By) -> Refused | None:
        """Other roles, with the password that he has; what was begun with the old ones ends."""
        if not roles:
            return Refused(code="login_roles")
        before = await self._logins.of(one.id)
        if before is None:
            return Refused(code="login_none")
        said = {"roles": tuple(sorted(roles)), "before": tuple(sorted(before.login.roles))}
        try:
            await self._logins.enrol(one.id, roles, by.now, by.noting(one, "roles", said))
        except StaffingChanged:
            return _OVERTAKEN
        except LastAdmin:
            return _LAST_ADMIN
        return None

    async def logout(self, one: Staff, by: By) -> Refused | None:
        """His login ends, at once. Refused `login_none`, `last_admin`."""
        if await self._logins.of(one.id) is None:
            return Refused(code="login_none")
        try:
            await self._logins.end(one.id, by.noting(one, "logout"))
        except StaffingChanged:
            return _OVERTAKEN
        except LastAdmin:
            return _LAST_ADMIN
        return None


def wrong_login(name: str, roles: frozenset[Role]) -> Refused | None:
    """Why there can be no such login: `login_name`, `login_roles`."""
    if not NAME.fullmatch(name):
        return Refused(code="login_name", about={"name": name})
    return None if roles else Refused(code="login_roles")


def differences(before: Staff, after: Staff) -> dict[str, tuple[str, ...]]:
    """What is changed, by its name: as it was, and as it is."""
    pairs = {name: (_plain(getattr(before, name)), _plain(getattr(after, name))) for name in _KEPT}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _kept(one: Staff) -> dict[str, tuple[str, ...]]:
    return {name: (_plain(getattr(one, name)),) for name in _KEPT}


def _plain(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)
