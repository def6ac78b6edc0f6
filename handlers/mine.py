"""我的信息: what we hold about a person, and its erasure: announced, then committed, then proved."""

import datetime as dt
from collections.abc import Sequence

from dialogs import amending
from dialogs.events import AmendmentWished
from dialogs.mine import asked_of_him, begun, erasable, erased
from handlers.mending import mend
from handlers.ports import CoreAway, Erasing, RoutingCore
from handlers.wording.outcomes import ActRefused, Amended, FormTold, MineErased, MineKnown, Told
from model.case import Case
from model.command import Command
from model.commands.contact import ChangeContact
from model.commands.erasure import EndQuestions
from model.commands.intake import Amend
from model.commands.telephone import FillForm
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.erasure import Erasure
from model.message import Actor

AWAY = Refused(code="core.away")


class Mine:
    """What a person sees and erases of his own."""

    def __init__(self, core: RoutingCore, erasing: Erasing | None) -> None:
        """`erasing` keeps the account; without one nothing can be erased."""
        self._core = core
        self._erasing = erasing

    async def known(self, conversation: Conversation) -> tuple[Conversation, tuple[Told, ...]]:
        """His cases with what he confirmed; the drafts are in the conversation. A case that is open can be amended next."""
        try:
            cases = await self._core.cases(conversation.account, conversation.person)
            held = MineKnown(tuple([(case, await self._core.submission(case.id)) for case in cases]))
        except CoreAway:
            return conversation, (MineKnown(None),)
        floor = amending.shown([(case.id, case.number) for case in held.amendable])
        return conversation.model_copy(update={"floor": floor}), (held,)

    async def amend(
        self,
        county: County,
        conversation: Conversation,
        event: AmendmentWished,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Passes on what is wrong in a case; where it can't be now, the same words can be said again. What he was asked to look
        over is put right at once.
        """
        speaker = actor.model_copy(update={"role": "applicant", "staff": None})
        do: ChangeContact | Amend | FillForm
        do = ChangeContact(phone=event.phone) if event.phone else Amend(wish=event.wish, field=event.field)
        try:
            if event.value and (mends := mend(await self._core.case(event.case), county, event, actor.person, now)):
                do = mends
            done = await self._core.execute(Command(id=key, case=event.case, actor=speaker, do=do), now)
        except CoreAway:
            again = conversation.model_copy(update={"floor": amending.asked(event.case)})
            return again, (ActRefused(AWAY),)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        if isinstance(do, FillForm):
            return conversation, (FormTold(done.case, "mended"),)
        return conversation, (Amended(done.case, event.wish, asked=not event.phone),)

    async def erase(
        self, conversation: Conversation, key: str, actor: Actor, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The conversation without what is his own: the commit of it destroys the keys.

        Announced before that commit: what cannot be accounted for is not erased. What was asked of him ends with it, and
        whoever has his open cases hears so.
        """
        gone = erasable(conversation)
        what = Erasure(
            kind="talk",
            rule="asked",
            county=conversation.county,
            record=f"{conversation.id}:{key}",
            conversation=conversation.id,
            revision=conversation.wiped,
            drafts=tuple(draft.id for draft in (*gone, *begun(conversation))),
        )
        if self._erasing is None:
            return conversation, (ActRefused(AWAY),)
        try:
            cases = await self._core.cases(conversation.account, conversation.person)
            questions = await self._erasing.questions(conversation.account, conversation.person)
            number = await self._erasing.mark(what, now)
            ended = await self._end_questions(conversation, cases, key, actor, now)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        return erased(conversation), (MineErased(number, len(gone), cases, questions, ended=ended),)

    async def _end_questions(
        self, conversation: Conversation, cases: Sequence[Case], key: str, actor: Actor, now: dt.datetime
    ) -> bool:
        """Whether something was asked of him; of each open case that it was about its log says that it is not any more."""
        asked = {one.case for one in asked_of_him(conversation)}
        speaker = actor.model_copy(update={"role": "applicant", "staff": None})
        for case in cases:
            if case.id in asked and case.closed_at is None:
                await self._core.execute(
                    Command(id=f"{key}:{case.id}", case=case.id, actor=speaker, do=EndQuestions()), now
                )
        return bool(asked)
