"""补填: what a telephone application left open is filled in, in the same form as by whoever applies in writing (X26)."""

import datetime as dt

from dialogs.events import Asked, FormAnswered
from dialogs.half_rows import first_half
from handlers.meaning import speaker
from handlers.mine import AWAY
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import Acted, ActRefused, FormTold, Told
from model.case import Case
from model.command import Command
from model.commands.telephone import FillForm
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.draft import FILL, Agreement, Answer, Draft
from model.edition import form_of, on_form, under
from model.message import Act, Actor, Invitation
from model.order import Order
from model.rest_form import names_left, rest_name
from routing.acts import task_invitation
from routing.form_acts import form_invitation
from routing.open_form import fillable, open_to
from routing.paper_acts import carried
from routing.whose_field import is_of


class Completing:
    """Opens the rest of a form, and hands to the core what is answered of it."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core

    async def open(
        self, county: County, conversation: Conversation, invitation: Invitation, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The rest of the form, as far as it is his to fill in, becomes the form that is asked (X19)."""
        try:
            case = await self._core.case(invitation.case)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        order = _order(case, invitation)
        if case is None or case.telephone is None or case.closed_at is not None:
            return conversation, (ActRefused(Refused(code="invitation.gone")),)
        here = on_form(under(county, case.process_version), case.telephone.form_version)
        if not open_to(case, order, here):
            return _settled(county, conversation, case, invitation), (ActRefused(Refused(code="fill_form.already")),)
        serial = conversation.serial + 1
        name = f"{conversation.id}#{int(now.timestamp())}-{serial}"
        draft = rest_draft(case, order, here, name, now).model_copy(
            update={"subject": invitation.id, "role": conversation.role}
        )
        begun = _without(conversation, invitation.id).model_copy(update={"serial": serial, "floor": None})
        return begun.with_draft(draft), (Asked(),)

    async def answered(
        self, county: County, conversation: Conversation, event: FormAnswered, key: str, actor: Actor, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """All that is answered of it so far is in the case; what was sent before stays as it is."""
        draft, stopped = event.draft, all(one.id != event.draft.id for one in conversation.drafts)
        invitation = next((one for one in conversation.invitations if one.id == draft.subject), None)
        if invitation is None:
            return _without(conversation, draft.subject), () if stopped else (
                ActRefused(Refused(code="invitation.gone")),
            )
        answers = whole_answers(county, draft)
        if not answers and (event.more or stopped):
            return conversation, ()
        try:
            speaks = await speaker(self._core, conversation, invitation, actor)
            do = FillForm(order=invitation.order, answers=answers, more=event.more)
            done = await self._core.execute(Command(id=key, case=invitation.case, actor=speaks, do=do), now)
            case = await self._core.case(invitation.case)
        except CoreAway:
            if event.more or stopped:
                return conversation, ()  # it goes with the next answer
            waiting = draft.model_copy(update={"state": "filling", "submitted_at": None})
            return conversation.with_draft(waiting), (ActRefused(AWAY, invitation),)
        nothing_new = isinstance(done, Refused) and done.code == "fill_form.already"
        well = nothing_new or not isinstance(done, Refused)
        if well and event.more:
            return conversation, ()
        left = _without(conversation, draft.subject)
        if well and not stopped:
            return _told(county, left, case, invitation)
        fresh = _settled(county, left, case, invitation) if case is not None else left
        if stopped:  # another draft of his may have the floor by now
            fresh = fresh.model_copy(update={"floor": conversation.floor, "pushed": conversation.pushed})
        return fresh, (ActRefused(done, invitation),) if isinstance(done, Refused) and not nothing_new else ()


def _told(
    county: County, conversation: Conversation, case: Case | None, invitation: Invitation
) -> tuple[Conversation, tuple[Told, ...]]:
    """Nothing is asked any more."""
    if case is None:
        return conversation, (ActRefused(Refused(code="invitation.gone")),)
    conversation = _settled(county, conversation, case, invitation)
    if invitation.kind != "task":
        return conversation, (FormTold(case, "filled"),)
    following = next((one for one in conversation.invitations if one.id == invitation.id), None)
    act = Act(id=FILL, label=county.messages["act.fill_form.label"].strip())
    return conversation, (Acted(act, case, _order(case, invitation), following),)


def _settled(county: County, conversation: Conversation, case: Case, invitation: Invitation) -> Conversation:
    """The conversation with the invitation as it stands now; gone if nothing is left to do."""
    order = _order(case, invitation)
    fresh = (
        form_invitation(case, under(county, case.process_version), invitation.title)
        if order is None
        else carried(task_invitation(case, order, county, invitation.title), invitation)
    )
    others = tuple(one for one in conversation.invitations if one.id != invitation.id)
    kept = (*others, fresh) if fresh.acts else others
    floor = fresh.id if fresh.acts else None
    return conversation.model_copy(update={"invitations": kept, "floor": floor, "pushed": False})


def form_answered(county: County, conversation: Conversation, case: Case, about: Invitation) -> Conversation:
    """The conversation after the applicant has said that it is right: what is empty still can be filled in."""
    return _settled(county, conversation, case, about)


def rest_draft(case: Case, order: Order | None, county: County, name: str, now: dt.datetime) -> Draft:
    """What is still open of the order's part, or of the whole form (None), as a form called `name`. `county`: on its form (X19)."""
    names = fillable(case, order, county)
    told = case.telephone.answers.items() if case.telephone is not None else ()
    return Draft(
        id=name,
        form=rest_name(county.form.id, names),
        form_version=county.form.version,
        opened_at=now,
        changed_at=now,
        answers={  # he is not asked to say yes to it here
            name: one.model_copy(update={"confirmed": True}) for name, one in told if is_of(name, order, case, county)
        },
        agreements={  # numbers that need a consent are checked in person: one that is said here is not kept
            name: Agreement(agreed=False, version=one.version, at=now) for name, one in county.form.consents.items()
        },
        act=FILL,
    )


def whole_answers(county: County, draft: Draft) -> dict[str, Answer]:
    """What he has answered, without a row of which half is still to be told."""
    fields, asked = form_of(county, draft).fields, set(names_left(draft.form))
    return {
        name: one
        for name, one in draft.answers.items()
        if name in asked and name in fields and not first_half(fields[name], draft.answers)
    }


def _order(case: Case | None, invitation: Invitation) -> Order | None:
    return case.order(invitation.order) if case is not None and invitation.order else None


def _without(conversation: Conversation, subject: str | None) -> Conversation:
    """The conversation without a form of this that is under way."""
    left = tuple(one for one in conversation.drafts if (one.subject, one.act) != (subject, FILL))
    active = conversation.active if any(one.id == conversation.active for one in left) else None
    return conversation.model_copy(update={"drafts": left, "active": active})
