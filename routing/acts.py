"""What a person can answer to an order or to a proposed survey, given its state."""

from collections.abc import Mapping
from typing import Final, Literal

from model.case import Appointment, Case
from model.county import County
from model.edition import under
from model.meeting_rules import MeetingRule
from model.message import Act, Invitation
from model.order import Order
from model.process import Step
from routing.amendment_acts import amendment_acts
from routing.approval_acts import permit_acts, permit_acts_after
from routing.backdating_acts import backdate_acts
from routing.cell_acts import cell_act
from routing.check_acts import check_acts, on_its_way
from routing.claim_acts import pass_order_acts
from routing.clocks import waits
from routing.conclusion import asked_of_unit
from routing.consultation_acts import ask_act
from routing.external import external_acts
from routing.form_acts import form_acts, held_back
from routing.lacking import lacking_for
from routing.passed_visits import explainable
from routing.permits import missing
from routing.supplement_acts import checking
from routing.telephone_acts import on_telephone
from routing.transitions import TABLE, finished, verdict
from routing.works import waits_for_inside, waits_for_user

_WORK: Final = (
    "take", "contact", "unreached", "propose_survey", "opinion", "scheme", "built", "built_inside", "acceptance", "connect"
)  # fmt: skip
_UNSHOWN: Final = ("decline",)
_STEP: Final[Mapping[str, Step]] = {
    "propose_survey": "survey",
    "opinion": "survey",
    "move_survey": "survey",
    "scheme": "scheme",
    "acceptance": "acceptance",
}


def steward_acts(case: Case, order: Order, county: County) -> tuple[Act, ...]:
    """What the steward of this order can do now; nothing while the window has to assign it, or once it is connected in time.

    The first is the next step. An act that asks more has the form the process names for its step.
    """
    if order.candidates or order.ending is not None:
        return ()
    if case.closed_at is not None:
        return backdate_acts(case, order, county)
    allowed = [
        do
        for do in _WORK
        if verdict(do, order.state, case.steps_of(order)) == "allowed"
        and not waits(case, order)
        and not _is_over(do, case, order)
        and not _waits(do, case, order, county)
    ]
    # Once a time is agreed the opinion is what comes next, a new time the exception.
    allowed.sort(key=lambda do: do == "propose_survey")
    allowed = [*_of_meeting(case, order, county, allowed), *external_acts(case, order, county)]
    if order.declining is not None:
        allowed = []  # it waits for the head of the body
    if order.late is not None and not order.late.reason:
        allowed.append("explain_delay")
    if explainable(case, order) and order.declining is None:
        allowed.append("explain_visit")
    if order.urged is not None:
        allowed.append("reply_urge")
    if _may_decline(case, order, county):
        allowed.append("decline")
    rules = under(county, case.process_version)
    more = (
        ()
        if finished(order, case.steps_of(order)) or order.declining is not None
        else tuple(checking(case, order, rules))
    )
    acts = [on_telephone(case, act_of(do, rules), rules) for do in allowed]
    acts = [held_back(case, order, act, rules) for act in acts]
    acts += [act_of(do.partition(".")[0], rules).model_copy(update={"id": do}) for do in asked_of_unit(case, order)]
    # Before the permits are there nothing can be reported built; who says so all the same hears what is missing (X45).
    waiting = [act.model_copy(update={"shown": False}) for act in acts if act.id == "built" and missing(case, order)]
    acts = [act for act in acts if not (waiting and act.id == "built")]
    if order.unreached:  # who calls all the same hears that he need not
        acts = [act.model_copy(update={"shown": False}) if act.id == "unreached" else act for act in acts]
    cells = cell_act(case, order, county) if order.declining is None else None
    more = (
        *more,
        *(form_acts(case, order, rules) if order.declining is None else ()),
        *amendment_acts(case, order, rules),
        *([cells] if cells else ()),
        *(pass_order_acts(case, order, county) if order.declining is None else ()),
        *backdate_acts(case, order, county),
        *ask_act(case, order, county),
    )
    first = [act for act in more if act.shown]
    said = [act for act in more if not act.shown]
    checks = tuple(check_acts(case, order, county)) if order.declining is None else ()
    permits = permit_acts(case, order, county)
    after = permit_acts_after(case, order, county)
    return on_its_way((*permits, *checks, *acts, *after, *first, *waiting, *said), order, rules)


def _waits(do: str, case: Case, order: Order, county: County) -> bool:
    """Whether the step waits for what the applicant has still to hand in (X129)."""
    step = TABLE[do].step
    process = under(county, case.process_version)
    if do == "unreached" and process.process.unreached is None:
        return True
    return step is not None and bool(lacking_for(case, order, step, process))


def _may_decline(case: Case, order: Order, county: County) -> bool:
    rule = under(county, case.process_version).process.declining
    return (
        rule is not None
        and order.declining is None
        and verdict("decline", order.state, case.steps_of(order)) == "allowed"
    )


def _of_meeting(case: Case, order: Order, county: County, acts: list[str]) -> list[str]:
    """An agreed joint survey, or another visit, is moved by saying when one can come; near its hour it may have come to nothing."""
    own = next((one for one in case.appointments.values() if order.id in one.orders and one.agreed), None)
    rule = under(county, case.process_version).process.meets(own.kind).meet if own else None
    if rule is None or own is None:
        return acts
    moves = case.joint or own.kind != "survey"
    moved = [*(do for do in acts if do != "propose_survey"), "move_survey"] if moves else acts
    return [*moved, *_missed(own, rule)]


def _missed(appointment: Appointment, rule: MeetingRule | None) -> tuple[str, ...]:
    """没见上: offered once the last reminder was given."""
    return ("missed",) if rule and rule.missed_form and appointment.agreed and not appointment.reminders else ()


def _is_over(do: str, case: Case, order: Order) -> bool:
    """Whether of several works this part is done already, or not to be done."""
    if do == "built":
        return "outside" in order.works
    return do == "built_inside" and not waits_for_user(case, order)


def works_invitation(case: Case, county: County, title: str) -> Invitation:
    """What the applicant says when his own works are done; nothing to say once none are waited for."""
    waits = any(waits_for_inside(case, order) for order in case.orders) and case.closed_at is None
    acts = (act_of("built_inside", under(county, case.process_version)),) if waits else ()
    return Invitation(id=f"{case.id}:works", kind="works", case=case.id, number=case.number, title=title, acts=acts)


def applicant_acts(case: Case, appointment: str, county: County) -> tuple[Act, ...]:
    """What the applicant can answer to a survey: agree (unless he has), or ask for another time."""
    one = case.appointments.get(appointment)
    if one is None or not one.orders or one.released or case.closed_at is not None:
        return ()
    rules = under(county, case.process_version)
    answers = ("move_survey",) if one.agreed else ("agree_survey", "move_survey")
    return tuple(act_of(do, rules) for do in (*answers, *_missed(one, rules.process.meets(one.kind).meet)))


def task_invitation(case: Case, order: Order, county: County, title: str) -> Invitation:
    """The task as an invitation to its steward; its id is the order's, so that a newer state replaces it."""
    acts = steward_acts(case, order, county)
    return Invitation(
        id=order.id, kind="task", case=case.id, number=case.number, order=order.id, title=title, acts=acts
    )


def survey_invitation(case: Case, appointment: str, county: County, title: str) -> Invitation:
    """The proposed time as an invitation to the applicant; the id ends with its sequence (see `survey_answered`)."""
    acts = applicant_acts(case, appointment, county)
    order = None if case.order(appointment) is None else appointment
    return Invitation(
        id=survey_invitation_id(case, appointment),
        kind="survey",
        case=case.id,
        number=case.number,
        order=order,
        title=title,
        acts=acts,
    )


def survey_invitation_id(case: Case, appointment: str) -> str:
    """The id of what the applicant was asked about this time."""
    return f"{case.id}:{appointment}:{case.appointments[appointment].sequence}"


def contact_invitation(case: Case, order: Order, county: County, title: str) -> Invitation:
    """联系到您了吗: asked of the applicant after a steward has reported it; or, called in vain, whether he can be called now."""
    open_still = order.deniable_until is not None and order.ending is None and case.closed_at is None
    acts: tuple[str, ...] = ("confirm_contact", "deny_contact") if open_still else ()
    if order.unreached and order.ending is None and case.closed_at is None:
        acts = ("reachable",)
    return Invitation(
        id=f"{order.id}:contact",
        kind="contact",
        case=case.id,
        number=case.number,
        order=order.id,
        title=title,
        acts=tuple(act_of(do, under(county, case.process_version)) for do in acts),
    )


def decline_invitation(case: Case, order: Order, county: County, title: str) -> Invitation:
    """Whether the head of a body agrees that it refuses an order."""
    acts = () if order.declining is None else ("confirm_decline", "return_decline")
    return _about("decline", case, order, county, title, acts)


def reassign_invitation(case: Case, order: Order, county: County, title: str) -> Invitation:
    """转派: the head of a body may give the order to another of it, or leave it where it is, if its steward asks."""
    acts: tuple[str, ...] = ("reassign", "refuse_relief") if order.relief_asked else ("reassign",)
    if finished(order, case.steps_of(order)) or order.candidates:
        acts = ()
    return _about("reassign", case, order, county, title, acts)


def ending_invitation(case: Case, order: Order, county: County, title: str) -> Invitation:
    """What the applicant can say to an order that is to end, or was refused: that he goes on, or that he objects (J44)."""
    rule = under(county, case.process_version).process.declining
    acts: tuple[str, ...] = ()
    if order.announced is not None:
        acts = ("keep_on",)
    elif rule is not None and order.ending is not None and _can_object(order):
        acts = ("object",)
    return _about("ending", case, order, county, title, acts)


def _can_object(order: Order) -> bool:
    return order.ending is not None and order.ending.kind != "withdrawn" and not order.ending.objection


def _about(
    kind: Literal["decline", "ending", "reassign"],
    case: Case,
    order: Order,
    county: County,
    title: str,
    acts: tuple[str, ...],
) -> Invitation:
    process = under(county, case.process_version)
    return Invitation(
        id=f"{order.id}:{kind}",
        kind=kind,
        case=case.id,
        number=case.number,
        order=order.id,
        title=title,
        acts=tuple(act_of(do, process) for do in acts),
    )


def rating_invitation(case: Case, county: County, title: str, *, reason: bool = False) -> Invitation | None:
    """The county's marks as taps (评价, J35), or, after a bad one, its reasons; None where it asks for none."""
    county = under(county, case.process_version)
    rule = county.process.rating
    if rule is None or case.closed_at is None or not case.served:
        return None
    do, labels = ("reason", rule.reasons) if reason else ("rate", rule.scale)
    acts = [Act(id=f"{do}.{place}", label=label) for place, label in enumerate(labels, 1)]
    if reason and rule.form in county.forms:
        acts.append(act_of("reason", county).model_copy(update={"id": "reason.words"}))
    return Invitation(
        id=f"{case.id}:{'reason' if reason else 'rating'}",
        kind="rating",
        case=case.id,
        number=case.number,
        title=title,
        acts=tuple(acts),
    )


def call_back_invitation(case: Case, county: County, title: str) -> Invitation:
    """What is asked of whoever is to call an applicant back (回访)."""
    act = act_of("call_back", under(county, case.process_version))
    acts = () if case.rating is None or case.rating.called_back else (act,)
    name = f"{case.id}:call_back"
    return Invitation(id=name, kind="call_back", case=case.id, number=case.number, title=title, acts=acts)


def survey_answered(invitation: str) -> tuple[str, int]:
    """The appointment and sequence that a survey invitation's id speaks of. Raises `ValueError` for another id."""
    _, appointment, sequence = invitation.rsplit(":", 2)
    return appointment, int(sequence)


def act_of(do: str, county: County) -> Act:
    """The act that means the command `do` in this process: label, words said instead (`act.<do>` of the messages), and form."""
    label, words = county.messages[f"act.{do}.label"], county.messages[f"act.{do}.words"]
    rule = county.process.rule(_STEP[do]) if do in _STEP else None
    form = None
    if rule is not None:
        form = {"propose_survey": rule.time_form, "move_survey": rule.wish_form}.get(do, rule.form)
    elif do == "missed":
        rules = (county.process.survey, *county.process.visits.values())
        form = next((one.meet.missed_form for one in rules if one.meet and one.meet.missed_form), None)
    elif (sheet := county.process.survey.sheet) is not None and do in sheet.forms:
        form = sheet.forms[do]
    elif do == "explain_visit" and county.process.delays is not None and county.process.delays.visits is not None:
        form = county.process.delays.visits.form
    elif do == "explain_delay" and county.process.delays is not None:
        form = county.process.delays.form
    elif do == "reply_urge":
        form = county.process.urging.form
    elif do in ("reason", "call_back") and (asked := county.process.rating) is not None:
        form = asked.form if do == "reason" else asked.call_back_form
    elif do in ("decline", "object") and (refusing := county.process.declining) is not None:
        form = refusing.form if do == "decline" else refusing.objection_form
    version = county.forms[form].version if form in county.forms else None
    return Act(
        id=do, label=label, words=tuple(words.split()), shown=do not in _UNSHOWN, form=form, form_version=version
    )
