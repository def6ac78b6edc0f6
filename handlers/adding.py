"""加办 in chat: to which case, which services, the part of the form they bring; and the services on the case."""

import datetime as dt
from collections.abc import Mapping, Sequence

from dialogs.adding import WHICH, begun, opened
from dialogs.events import AddAsked, Asked, Cancelled, Filled, Reviewed, TooManyDrafts
from dialogs.focus import OnReview, focus
from dialogs.submitting import submission_of
from dialogs.visible import visible_fields
from handlers.additions import command_of
from handlers.mine import AWAY
from handlers.offering import offered
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway, RoutingCore
from handlers.supplementing import with_supplements
from handlers.wording.added import AddBegun, Added
from handlers.wording.outcomes import ActRefused, Told, Waiting
from model.case import Case
from model.command import Command
from model.conversation import CaseLink, Conversation
from model.county import County, Service
from model.decision import Refused
from model.draft import Adding, Answer, Draft
from model.edition import form_of, on_form, under
from model.message import Actor
from model.submission import Submission
from model.values import Declared, Files
from routing.adding import addable, left_to_add, ticked
from routing.refusal import No
from routing.supplement_acts import supplements_invitation


class AddingServices:
    """What an applicant wants beside what he handed in."""

    def __init__(self, core: RoutingCore, own: OwnCases) -> None:
        """Over the routing core; `own` knows his cases."""
        self._core = core
        self._own = own

    async def asked(
        self, county: County, conversation: Conversation, event: AddAsked, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Asks which case and which services where that is not clear, and opens their part of the form."""
        try:
            known = await self._core.cases(conversation.account, conversation.person)
            open_cases = [one for one in known if event.case in (None, one.id) and one.closed_at is None]
            if not open_cases:
                return conversation, (ActRefused(Refused(code="add_service.closed")),)
            if len(open_cases) > 1:
                return await self._which_case(conversation, known, open_cases, event)
            case = open_cases[0]
            signed = await self._core.submission(case.id)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        if signed is None:
            return conversation, (ActRefused(Refused(code="add_service.closed")),)
        county = under(on_form(county, signed.form_version), case.process_version)
        if event.less:
            return _less(county, conversation, case, signed, event.less, now)
        left = left_to_add(case, county)
        if not (event.services or event.unknown) and len(left) != 1:
            return _which(conversation, case, left)
        named = event.services if event.services or event.unknown else (left[0].id,)
        refused = _refused(case, named, event.unknown, county, now)
        wanted = [one.id for one in left if one.id in named]
        if not wanted:
            return conversation, tuple(ActRefused(one) for one in refused)
        return _open(county, conversation, case, signed, wanted, refused, event.said, now)

    async def _which_case(
        self, conversation: Conversation, known: Sequence[Case], cases: Sequence[Case], event: AddAsked
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Which of them, or another application; what was named is kept behind the case, and what was said with it beside."""
        named = (*event.services, *event.unknown)
        rest = f"/{','.join(named)}" if named else ""
        after, told = await self._own.choose(conversation, known, cases, "add", "ad", rest=rest)
        asked = after.offer.model_copy(update={"said": dict(event.said)}) if after.offer is not None else None
        return after.model_copy(update={"offer": asked}), told


def _less(
    county: County,
    conversation: Conversation,
    case: Case,
    signed: Submission,
    less: Sequence[str],
    now: dt.datetime,
) -> tuple[Conversation, tuple[Told, ...]]:
    """The open form without these services; with none left it is gone."""
    draft = begun(conversation, case.id)
    if draft is None or draft.adding is None:
        return conversation, ()
    wanted = [one for one in draft.adding.services if one not in less]
    if not wanted:
        after = _gone(conversation, draft)
        return after, (Cancelled(gone=draft, left=len(after.applications)),)
    return _open(county, conversation, case, signed, wanted, (), {}, now, alone=True)


def _open(
    county: County,
    conversation: Conversation,
    case: Case,
    signed: Submission,
    wanted: Sequence[str],
    refused: Sequence[Refused],
    said: Mapping[str, Answer],
    now: dt.datetime,
    *,
    alone: bool = False,
) -> tuple[Conversation, tuple[Told, ...]]:
    """The part of the form that all of them bring; unless they are wanted `alone`, what was wanted before and is not handed in
    yet comes along.
    """
    open_one = begun(conversation, case.id)
    if open_one is None and len(conversation.applications) >= county.most_drafts:
        return conversation, (TooManyDrafts(county.most_drafts),)
    held = open_one.adding.services if open_one and open_one.adding and not alone else ()
    services = tuple(one.id for one in left_to_add(case, county) if one.id in (*held, *wanted))
    adding = Adding(case=case.id, number=case.number, services=services)
    before = _taken_over(county, signed.answers, case.number)
    known = _taken_over(county, ticked(signed, (*case.services, *services), county), case.number)
    after = opened(county, conversation, adding, before, known, signed.agreements, said, now)
    draft = after.draft()
    assert draft is not None
    form = form_of(county, draft)
    shown = {one.id for one in visible_fields(form, draft.answers)}
    heard = (Filled(name, one) for name, one in said.items() if name in shown and draft.answers.get(name) is one)
    complete = isinstance(focus(form, draft), OnReview)
    return after, (AddBegun(case.number, services, refused), *heard, Reviewed() if complete else Asked())


def _taken_over(county: County, answers: dict[str, Answer], number: str) -> dict[str, Answer]:
    """What the case knows, as far as the questions of a service can depend on it: no papers, no numbers under a consent.

    What is signed now is promised anew.
    """
    fields = county.form.fields
    return {
        name: one.model_copy(update={"source": f"照{number}"})
        for name, one in answers.items()
        if name in fields and fields[name].consent is None and not isinstance(one.value, Files | Declared)
    }


def _which(conversation: Conversation, case: Case, left: Sequence[Service]) -> tuple[Conversation, tuple[Told, ...]]:
    """One of the services that are left."""
    if not left:
        return conversation, (ActRefused(Refused(code="add_service.all", about={"number": case.number})),)
    labels = {f"as:{case.id}/{one.id}": one.name for one in left}
    return offered(conversation, WHICH, labels, {"number": case.number})


def _refused(
    case: Case, named: Sequence[str], unknown: Sequence[str], county: County, now: dt.datetime
) -> tuple[Refused, ...]:
    """Why not, of each that cannot be added; of what the county has not, in the words that named it."""
    refused = list[Refused]()
    for service in named:
        try:
            addable(case, service, county, now)
        except No as no:
            refused.append(no.refused)
    return (*refused, *(Refused(code="add_service.unknown", about={"service": one}) for one in unknown))


async def hand_in_addition(
    core: RoutingCore, county: County, conversation: Conversation, draft: Draft, adding: Adding, now: dt.datetime
) -> tuple[Conversation, tuple[Told, ...]]:
    """The services are on their case, and the draft gone; unchanged and told to wait while the core is away. Where others have
    added some of them meanwhile, the form of the rest stays with what was answered for them, and he is told which and confirms it.
    """
    try:
        before = await core.submission(adding.case)
        case = await core.case(adding.case)
        if before is None or case is None:
            return _gone(conversation, draft), (ActRefused(Refused(code="add_service.closed")),)
        form = under(on_form(county, before.form_version), case.process_version)
        left = {one.id for one in left_to_add(case, form)}
        wanted = [one for one in adding.services if one in left]
        if wanted and len(wanted) < len(adding.services):  # the window, or a portal, was first with some of them
            refused = _refused(case, adding.services, (), form, now)
            return _open(form, _taken_up(conversation, draft), case, before, wanted, refused, {}, now, alone=True)
        signed = submission_of(county, conversation, draft)
        do = command_of(case, before, form, adding.services, signed, draft)
        speaker = Actor(person=conversation.person)
        done = await core.execute(Command(id=f"add:{draft.id}", case=case.id, actor=speaker, do=do), now)
    except CoreAway:
        return conversation, (Waiting(draft),)
    after = _gone(conversation, draft)
    if isinstance(done, Refused):
        return after, (ActRefused(done),)
    link = CaseLink(case=done.case.id, number=done.case.number, services=done.case.services)
    links = tuple(link if one.case == link.case else one for one in after.cases)
    after = after.model_copy(update={"cases": links})
    after = with_supplements(after, supplements_invitation(done.case, form, done.case.number))
    return after, (Added(done.case, adding.services, do.signed),)


def _taken_up(conversation: Conversation, draft: Draft) -> Conversation:
    """The conversation with the form open again; what was declared of more services than these is declared anew."""
    answers = {name: one for name, one in draft.answers.items() if not isinstance(one.value, Declared)}
    again = {"state": "filling", "handed_by": None, "submitted_at": None, "confirmed": None, "lacking": ()}
    return conversation.with_draft(draft.model_copy(update=again | {"answers": answers}))


def _gone(conversation: Conversation, draft: Draft) -> Conversation:
    drafts = tuple(one for one in conversation.drafts if one.id != draft.id)
    active = conversation.active if any(one.id == conversation.active for one in drafts) else None
    return conversation.model_copy(update={"drafts": drafts, "active": active})
