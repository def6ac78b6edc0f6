"""补材料: what an applicant's case still lacks, and handing it in (X47, J39); what a steward asks for and makes of it."""

import datetime as dt
import re
from typing import Final

from dialogs.events import PaperCame, SupplementsWanted
from handlers.mine import AWAY
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import ActRefused, ProgressKnown, SupplementsKnown, Supplied, Told
from model.case import Case
from model.command import Command, Do
from model.commands.supplements import AskMore, Check, Handed, HandIn, TickOriginal
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.draft import Draft
from model.edition import on_form
from model.message import Act, Actor, Invitation
from model.values import Words
from routing.lacking import lacking
from routing.supplement_acts import supplements_invitation

_PARTS: Final = re.compile(r"[\s,，、;；。]+")
_REASON: Final = re.compile(r"(?:原因|因为|理由)[:：](.+)", re.DOTALL)
_NUMBER: Final = re.compile(r"^[(（]?[0-9一二三四五六七八九十]{1,2}[)）.．、]")


class Supplementing:
    """What a person hands in later."""

    def __init__(self, core: RoutingCore, own: OwnCases) -> None:
        """Over the routing core; `own` knows his cases."""
        self._core = core
        self._own = own

    async def wanted(
        self, county: County, conversation: Conversation, event: SupplementsWanted, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """What the one case lacks, with a tap for each; of several he says which."""
        try:
            cases = await self._core.cases(conversation.account, conversation.person)
            left = [one for one in cases if event.case in (None, one.id) and lacking(one)]
            if not cases:
                return await self._own.progress(county, conversation, event.case, now)
            if not left:
                return conversation, (SupplementsKnown(None, county, None),)
            if len(left) > 1:
                return await self._own.choose(conversation, cases, left, "supplements", "b")
            submission = await self._core.submission(left[0].id)
        except CoreAway:
            return conversation, (ProgressKnown(None),)
        form = on_form(county, submission.form_version) if submission else county
        shown = supplements_invitation(left[0], form, left[0].number)
        return with_supplements(conversation, shown, floor=True), (SupplementsKnown(left[0], form, shown),)

    async def came(
        self, county: County, conversation: Conversation, event: PaperCame, key: str, actor: Actor, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Hands in what came. Raises `CoreAway` for a file: it is fetched again, and nothing is lost."""
        if event.file is None and not event.words:
            return conversation, (ActRefused(Refused(code=event.refused or "file.gone")),)
        files = (event.file,) if event.file is not None else ()
        value = Words(text=event.words) if event.words else None
        do = HandIn(handed=(Handed(supplement=event.supplement, files=files, value=value),))
        speaker = actor.model_copy(update={"role": "applicant", "staff": None})
        try:
            done = await self._core.execute(Command(id=key, case=event.case, actor=speaker, do=do), now)
        except CoreAway:
            if event.file is not None:
                raise
            return conversation, (ActRefused(AWAY),)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        return await self.supplied(county, conversation, done.case, do)

    async def supplied(
        self, county: County, conversation: Conversation, case: Case, do: HandIn
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """What came is with the staff; what is lacking still is offered again."""
        submission = await self._core.submission(case.id)
        form = on_form(county, submission.form_version) if submission else county
        shown = supplements_invitation(case, form, case.number)
        supplements = [case.supplement(one.supplement) for one in do.handed]
        came = tuple(one for one in supplements if one is not None)
        conversation = with_supplements(conversation, shown, floor=_free(conversation) and bool(lacking(case)))
        return conversation, (Supplied(case, came, form, shown if lacking(case) else None),)


def _free(conversation: Conversation) -> bool:
    """Whether a number said next would be of nothing else."""
    return conversation.draft() is None and conversation.floor is None


def with_supplements(conversation: Conversation, shown: Invitation, *, floor: bool = False) -> Conversation:
    """The conversation with this list of what can be handed in; `floor`: a number said next is of it."""
    others = tuple(one for one in conversation.invitations if one.id != shown.id)
    kept = (*others, shown) if shown.acts else others
    changes: dict[str, object] = {"invitations": kept}
    if floor:
        changes |= {"floor": shown.id, "pushed": False}
    return conversation.model_copy(update=changes)


def supplement_command(county: County, invitation: Invitation, act: Act, form: Draft | None) -> Do | None:
    """The command that this act means; None where it is about something else."""
    order = invitation.order or ""
    kind, _, rest = act.id.partition(".")
    match kind:
        case "ask_more":
            return _asked(county, order, _said(form))
        case "check":
            verdict, _, name = rest.partition(".")
            return Check(order=order, supplement=name, passes=verdict == "yes", wrong=_said(form))
        case "tick_original":
            return TickOriginal(order=order, supplement=rest)
        case "hand_in" if form is not None:
            given = {name: one.value for name, one in form.answers.items() if one.value is not None}
            return HandIn(handed=tuple(Handed(supplement=name, value=value) for name, value in given.items()))
        case _:
            return None


def _asked(county: County, order: str, said: str) -> AskMore:
    """Each part of what he wrote is a field of the form by one of its names, or stands in his words."""
    fields, words, found = list[str](), list[str](), _REASON.search(said)
    reason, said = (found[1].strip(), said[: found.start()]) if found else ("", said)
    known = {name: field.id for field in county.form.fields.values() for name in (field.called, field.label)}
    for part in filter(None, (_NUMBER.sub("", one.strip()).strip('《》“”" ') for one in _PARTS.split(said))):
        if part in known:
            fields.append(known[part])
        else:
            words.append(part)
    return AskMore(order=order, fields=tuple(fields), words=tuple(words), reason=reason)


def _said(form: Draft | None) -> str:
    found = (one.value.text for one in form.answers.values() if isinstance(one.value, Words)) if form else ()
    return "\n".join(found)
