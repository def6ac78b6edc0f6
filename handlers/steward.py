"""Acts in chat as commands to the routing core: what a tap or a completed form asks for."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from dialogs.folding import fold
from dialogs.times import read_times
from handlers.approving import permit_asked, permit_asked_before
from handlers.backdating import backdating_asked, backdating_asked_before
from handlers.cells import fill_asked
from handlers.checking import check_asked, check_asked_before
from handlers.claiming import claim_asked, claim_asked_before
from handlers.consulting import consult_asked, consult_asked_before
from handlers.joining import joint_asked, joint_asked_before
from handlers.meeting import asked_of_meeting
from handlers.parties import parties, to_call
from handlers.sheeting import asked_before_on_sheet, asked_on_sheet
from handlers.wording.orders import order_name
from handlers.wording.values import show
from model.approval_rules import NOTHING
from model.calendar import CHINA
from model.case import Case
from model.command import Do
from model.commands.booking import MovePlan
from model.commands.cells import FillCells
from model.commands.contact import ConfirmContact, DenyContact, ReportContact
from model.commands.delays import ExplainDelay
from model.commands.ending import ConfirmDecline, Decline, KeepOn, Object, ReturnDecline
from model.commands.intake import AnswerAmendment, Take
from model.commands.passed_visits import ExplainVisit
from model.commands.rating import CallBack, GiveReason, Rate
from model.commands.scheduling import DecideTime, GiveTimes, ReportMissed
from model.commands.supplements import AskMore, Check, HandIn, TickOriginal
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.telephone import ConfirmForm
from model.commands.unreached import ReportUnreached, SayReachable
from model.commands.urging import ReplyToUrge
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt, ReportInside
from model.county import County
from model.decision import Done, Refused
from model.draft import Draft
from model.edition import on_form, under
from model.ending import DeclineKind
from model.events.booking import PlanMoved
from model.events.cells import CellsFilled
from model.events.contact import ApplicantContacted, ContactConfirmed, ContactDenied
from model.events.delays import DelayExplained
from model.events.ending import DeclineProposed, DeclineReturned, KeptOn, Objected, OrdersEnded
from model.events.intake import AmendmentAnswered, TaskTaken
from model.events.passed_visits import VisitExplained
from model.events.rating import CalledBack, Rated, ReasonGiven
from model.events.scheduling import Missed, TimeSet, TimesGiven
from model.events.supplements import (
    OriginalReceived,
    SupplementAccepted,
    SupplementReturned,
    SupplementsAsked,
    SupplementsHandedIn,
)
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyMoved, SurveyProposed
from model.events.telephone import FormConfirmed
from model.events.unreached import ApplicantHeard, CallFailed
from model.events.urging import UrgeAnswered
from model.events.works import AcceptanceReported, Connected, Part, SchemeGiven, WorksReported
from model.message import Act, Invitation
from model.order import Order
from model.submission import Submission
from model.times import APPLICANT
from model.values import Amount, Day, Picks, Words, YesNo
from routing.acts import survey_answered
from routing.leading import led
from routing.open_form import lacking_of

_REFUSED: Final = "不予受理"
"""The option of the form that means it; the other is 不具备接入条件."""


def asked_of(
    county: County, invitation: Invitation, act: Act, form: Draft | None, now: dt.datetime, words: str = ""
) -> Do | Refused:
    """The command that this act on this invitation means, with the `words` said instead of it, if any.

    Refused if its form lacks what the act needs.
    """
    order = invitation.order or ""
    if (on_sheet := asked_on_sheet(invitation, act, form)) is not None:
        return on_sheet
    match act_meant(act.id):
        case "rate":
            return Rate(mark=act.label)
        case "reason":
            return GiveReason(reason=act.label if form is None else _remark(form))
        case "call_back":
            return CallBack(text=_remark(form))
        case "take":
            return Take(order=order)
        case "contact":
            return ReportContact(order=order, outline=_words(form))
        case "unreached":
            return ReportUnreached(order=order)
        case "explain_delay" | "explain_visit" as do:
            return _why_late(do, order, form)
        case "reachable":
            return SayReachable(order=order)
        case "propose_survey":
            at = _instant(form)
            return ProposeSurvey(order=order, at=at) if at else Refused(code="survey.time_missing")
        case "opinion":
            return GiveOpinion(order=order, opinion=_choice(form), remark=_remark(form))
        case "scheme":
            return GiveScheme(
                order=order, scheme=_words(form), days=_number(form), inside=_yes(form), digs=_picked(form)
            )
        case "built":
            return ReportBuilt(order=order)
        case "built_inside":
            return ReportInside(order=invitation.order)
        case "acceptance":
            return ReportAcceptance(order=order, result=_choice(form), remark=_remark(form), mend=_mend(form))
        case "connect":
            return Connect(order=order)
        case "pass_check" | "fail_check":
            return check_asked(invitation, act, form)
        case "claim" | "pass_order":
            return claim_asked(invitation, act)
        case "fill_cells":
            return fill_asked(invitation, form)
        case "confirm_contact":
            return ConfirmContact(order=order)
        case "deny_contact":
            return DenyContact(order=order)
        case "answer_amendment":
            _, verdict, number = act.id.split(".")
            yes = verdict == "yes"
            return AnswerAmendment(order=order, amendment=int(number), agrees=yes, words=_remark(form))
        case "reply_urge":
            return ReplyToUrge(order=order, text=_remark(form) or _choice(form))
        case "decline":
            kind: DeclineKind = "declined" if _choice(form) == _REFUSED else "unfit"
            texts = {"reason": _said(form, "reason"), "alternative": _said(form, "alternative")}
            return Decline(order=order, kind=kind, **texts)
        case "confirm_decline":
            return ConfirmDecline(order=order)
        case "return_decline":
            return ReturnDecline(order=order)
        case "keep_on":
            return KeepOn(order=order)
        case "object":
            return Object(order=order, words=_remark(form))
        case "agree_survey":
            appointment, sequence = survey_answered(invitation.id)
            return AgreeSurvey(appointment=appointment, sequence=sequence)
        case "move_survey":
            wish = _remark(form) or act.label
            said = read_times(wish, now, county.process.hours) or ()
            if invitation.kind == "task":
                return MoveSurvey(order=order, wish=wish, windows=said)
            appointment, sequence = survey_answered(invitation.id)
            return MoveSurvey(appointment=appointment, sequence=sequence, wish=wish, windows=said)
        case "missed":
            if invitation.kind == "task":
                return ReportMissed(order=order, reason=_remark(form))
            appointment, sequence = survey_answered(invitation.id)
            return ReportMissed(appointment=appointment, sequence=sequence, reason=_remark(form))
        case "give_times" | "decide_time":
            return asked_of_meeting(county, invitation, act, words or _remark(form), _instant(form), now)
        case _:
            return (
                permit_asked(invitation, act, form)
                or joint_asked(act, form)
                or consult_asked(invitation, act, form)
                or _replan(act, form)
                or backdating_asked(invitation, act, form)
                or _confirmed(act, invitation)
                or Refused(code="act.unknown")
            )


def act_meant(act: str) -> str:
    """The command that an act means: `rate.4` is the fourth way to `rate`, `row_for.planning` gives a row for somebody."""
    name = act.partition(".")[0]
    return "row" if name == "row_for" else name


def asked_before(done: Done, do: Do | None = None) -> Do | None:  # noqa: PLR0915 - one case per event
    """What the recorded result was asked for: `do`, unless the same message meant something else at its first try.

    None for what is not asked in chat.
    """
    match done.events[0].event:
        case TaskTaken(order=order):
            return Take(order=order)
        case DelayExplained(order=order, reason=reason, ends=ends):
            return ExplainDelay(order=order, reason=reason, day=ends.astimezone(CHINA).date())
        case VisitExplained(orders=bound, steward=by, reason=reason):
            return ExplainVisit(order=_own(done, bound, by), reason=reason)
        case ApplicantContacted(order=order, outline=outline):
            return ReportContact(order=order, outline=outline)
        case CallFailed(order=order):
            return ReportUnreached(order=order)
        case ApplicantHeard(orders=bound):
            return SayReachable(order=do.order if isinstance(do, SayReachable) else bound[0])
        case SurveyProposed(orders=bound, at_time=at, steward=steward):
            own = [one.id for one in done.case.orders if one.id in bound and one.steward == steward]
            named = do.order if isinstance(do, ProposeSurvey) else ""
            return ProposeSurvey(order=named if named in own else own[0], at=at)
        case SurveyAgreed(appointment=appointment, sequence=sequence):
            return AgreeSurvey(appointment=appointment, sequence=sequence)
        case SurveyMoved(by=by, orders=bound, wish=wish, windows=said) if by:
            return MoveSurvey(order=_own(done, bound, by), wish=wish, windows=said)
        case SurveyMoved(appointment=appointment, sequence=sequence, wish=wish, windows=said):
            return MoveSurvey(appointment=appointment, sequence=sequence, wish=wish, windows=said)
        case Missed(party=party, appointment=appointment, sequence=sequence, reason=reason) if party == APPLICANT:
            return ReportMissed(appointment=appointment, sequence=sequence, reason=reason)
        case Missed(party=party, orders=bound, reason=reason):
            return ReportMissed(order=_own(done, bound, party), reason=reason)
        case TimesGiven(appointment=appointment, round=number, party=party, windows=said):
            return GiveTimes(appointment=appointment, round=number, party=party, windows=said)
        case TimeSet(how="decided", appointment=appointment, at_time=at):
            return DecideTime(appointment=appointment, round=done.case.gatherings[appointment].round, at=at)
        case OpinionGiven(order=order, opinion=opinion, remark=remark):
            return GiveOpinion(order=order, opinion=opinion, remark=remark)
        case SchemeGiven(order=order, scheme=scheme, days=days, inside=inside, digs=digs):
            return GiveScheme(order=order, scheme=scheme, days=days, inside=inside, digs=digs)
        case WorksReported(orders=bound, part="outside"):
            return ReportBuilt(order=bound[0])
        case WorksReported():
            return ReportInside(order=do.order if isinstance(do, ReportInside) else None)
        case AcceptanceReported(order=order, result=result, remark=remark, mend=mend):
            return ReportAcceptance(order=order, result=result, remark=remark, mend=mend)
        case Connected(order=order):
            return Connect(order=order)
        case PlanMoved(day=day):
            return MovePlan(day=day)
        case FormConfirmed(order=named):
            return ConfirmForm(order=named)
        case CellsFilled(order=order, cells=written):
            return FillCells(order=order, cells=written)
        case SupplementsAsked(order=order, supplements=asked, reason=reason):
            fields = tuple(one.id for one in asked if not one.words)
            words = tuple(one.words for one in asked if one.words)
            return AskMore(order=order, fields=fields, words=words, reason=reason)
        case SupplementAccepted(order=order, supplement=name):
            return Check(order=order, supplement=name, passes=True)
        case SupplementReturned(order=order, supplement=name, wrong=wrong):
            return Check(order=order, supplement=name, passes=False, wrong=wrong)
        case OriginalReceived(order=order, supplement=name):
            return TickOriginal(order=order, supplement=name)
        case SupplementsHandedIn(handed=handed):
            return HandIn(handed=handed)
        case AmendmentAnswered(order=order, amendment=number, agrees=agrees, words=words):
            return AnswerAmendment(order=order, amendment=number, agrees=agrees, words=words)
        case UrgeAnswered(order=order, text=text):
            return ReplyToUrge(order=order, text=text)
        case ContactConfirmed(order=order):
            return ConfirmContact(order=order)
        case ContactDenied(order=order):
            return DenyContact(order=order)
        case Rated(mark=mark):
            return Rate(mark=mark)
        case ReasonGiven(reason=reason):
            return GiveReason(reason=reason)
        case CalledBack(text=text):
            return CallBack(text=text)
        case OrdersEnded(kind="declined" | "unfit" as kind, orders=bound, by=by) as ended:
            declined = done.case.order(bound[0])
            if isinstance(do, ConfirmDecline) or declined is None or by != declined.steward:
                return ConfirmDecline(order=bound[0])
            return Decline(order=bound[0], kind=kind, reason=ended.reason, alternative=ended.alternative)
        case DeclineProposed(order=order, kind=kind, reason=reason, alternative=alternative):
            return Decline(order=order, kind=kind, reason=reason, alternative=alternative)
        case DeclineReturned(order=order):
            return ReturnDecline(order=order)
        case KeptOn(order=order):
            return KeepOn(order=order)
        case Objected(order=order, words=words):
            return Object(order=order, words=words)
        case _:  # the window's commands are not given in chat
            given = permit_asked_before(done, do) or joint_asked_before(done) or claim_asked_before(done)
            given = given or check_asked_before(done) or backdating_asked_before(done, do)
            given = given or consult_asked_before(done)
            return given or asked_before_on_sheet(done.events[0].event)


def _why_late(do: str, order: str, form: Draft | None) -> ExplainDelay | ExplainVisit | Refused:
    """Why a promised day passed, with the new one; or why nobody came at an agreed hour."""
    reason, given = _remark(form) or _choice(form), _day(form)
    if do == "explain_visit":
        return ExplainVisit(order=order, reason=reason)
    return ExplainDelay(order=order, reason=reason, day=given.date) if given else Refused(code="explain_delay.no_day")


def _own(done: Done, bound: Sequence[str], staff_id: str) -> str:
    """The order by which somebody is bound."""
    return next(one.id for one in done.case.orders if one.id in bound and one.steward == staff_id)


def task_title(county: County, case: Case, order: Order, submission: Submission | None) -> str:
    """How a task is called in lists: number, service, place, whom to call, who leads it beside others, 待补充 and 会商中."""
    service = order_name(county, case, order)
    rules = under(county, case.process_version)
    lead = led(case, rules)
    marks = (
        county.messages["task_mark.leads"].format(body=rules.body[lead].short) if lead and lead != order.body else "",
        county.messages["task_mark.open_form"] if lacking_of(case, order, rules) else "",
        county.messages["task_mark.consulting"] if case.consulting is not None else "",
    )
    if submission is None:
        return " ".join(filter(None, (case.number, service, *marks)))
    county = on_form(county, submission.form_version)
    answer = submission.answers.get(county.places.address)
    place = fold(show(answer.value)) if answer and answer.value else ""
    call = to_call(parties(county, submission.answers), case.contact)
    return " ".join(filter(None, (case.number, service, place, call.name, call.phone, *marks)))


def _confirmed(act: Act, invitation: Invitation) -> ConfirmForm | None:
    """What was filled in for the applicant is right, as he says, or as whoever read it to him does."""
    return ConfirmForm(order=invitation.order) if act.id == "confirm_form" else None


def _replan(act: Act, form: Draft | None) -> MovePlan | None:
    """Another day for what was planned, or now."""
    return MovePlan(day=_day(form)) if act_meant(act.id) == "move_plan" else None


def _day(form: Draft | None) -> Day | None:
    return next((a.value for a in form.answers.values() if isinstance(a.value, Day)), None) if form else None


def _instant(form: Draft | None) -> dt.datetime | None:
    day = _day(form)
    if day is None or day.time is None:
        return None
    return dt.datetime.combine(day.date, day.time, CHINA)


def _choice(form: Draft | None) -> str:
    picks = next((a.value for a in form.answers.values() if isinstance(a.value, Picks)), None) if form else None
    return picks.options[0] if picks else ""


def _picked(form: Draft | None) -> tuple[str, ...]:
    picks = next((a.value for a in form.answers.values() if isinstance(a.value, Picks)), None) if form else None
    return tuple(one for one in picks.options if one != NOTHING) if picks else ()


def _words(form: Draft | None) -> str:
    return next((a.value.text for a in form.answers.values() if isinstance(a.value, Words)), "") if form else ""


def _said(form: Draft | None, field: str) -> str:
    answer = form.answers.get(field) if form else None
    return answer.value.text if answer is not None and isinstance(answer.value, Words) else ""


def _number(form: Draft | None) -> int | None:
    amount = next((a.value for a in form.answers.values() if isinstance(a.value, Amount)), None) if form else None
    return int(amount.number) if amount is not None and amount.number is not None else None


def _yes(form: Draft | None) -> bool:
    return any(isinstance(a.value, YesNo) and a.value.yes for a in form.answers.values()) if form else False


def _mend(form: Draft | None) -> tuple[Part, ...]:
    """The works that did not pass; none named where it was not asked."""
    said = {name: a.value.yes for name, a in form.answers.items() if isinstance(a.value, YesNo)} if form else {}
    match said.get("inside"), said.get("outside", True):
        case None, _:
            return ()
        case False, _:
            return ("outside",)
        case _, False:
            return ("inside",)
        case _:
            return ("inside", "outside")


def _remark(form: Draft | None) -> str:
    return "；".join(a.value.text for a in form.answers.values() if isinstance(a.value, Words)) if form else ""
