"""我的信息: what we hold about a person, and its erasure: announced, then committed, then proved."""

import datetime as dt

from dialogs.mine import erasable, erased
from handlers.ports import CoreAway, Erasing, RoutingCore
from handlers.wording.outcomes import ActRefused, MineErased, MineKnown, Told
from model.case import Refused
from model.conversation import Conversation
from model.erasure import Erasure

AWAY = Refused(code="core.away")


class Mine:
    """What a person sees and erases of his own."""

    def __init__(self, core: RoutingCore, erasing: Erasing | None) -> None:
        """`erasing` keeps the account; without one nothing can be erased."""
        self._core = core
        self._erasing = erasing

    async def known(self, conversation: Conversation) -> MineKnown:
        """His cases with what he confirmed; the drafts are in the conversation."""
        try:
            cases = await self._core.cases(conversation.account, conversation.person)
            return MineKnown(tuple([(case, await self._core.submission(case.id)) for case in cases]))
        except CoreAway:
            return MineKnown(None)

    async def erase(
        self, conversation: Conversation, key: str, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The conversation without what is his own: the commit of it destroys the keys.

        Announced before that commit: what cannot be accounted for is not erased.
        """
        gone = erasable(conversation)
        what = Erasure(
            kind="talk",
            rule="asked",
            county=conversation.county,
            record=f"{conversation.id}:{key}",
            conversation=conversation.id,
            revision=conversation.wiped,
            drafts=tuple(draft.id for draft in gone),
        )
        if self._erasing is None:
            return conversation, (ActRefused(AWAY),)
        try:
            cases = await self._core.cases(conversation.account, conversation.person)
            number = await self._erasing.mark(what, now)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        return erased(conversation), (MineErased(number, len(gone), cases),)
