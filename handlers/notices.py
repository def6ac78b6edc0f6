"""A row of the outbox as words: facts are read when it is sent, never stored (design §2.4, §6)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from handlers.approval_facts import permit_facts
from handlers.approving import application_title
from handlers.backdating import OF_BACKDATING, backdating_invited, backdating_settled, fell_with
from handlers.booking import plan_asked
from handlers.by_phone import texted
from handlers.cells import cell_facts
from handlers.claiming import claim_invited, claim_settled
from handlers.consult_notices import consult_facts, consult_invited, consult_overtaken
from handlers.credit_notices import CreditNotices
from handlers.decided_facts import decided_facts
from handlers.ending_notices import ending_asked, ending_facts, settled_by
from handlers.enquiry_notices import EnquiryNotices
from handlers.form_facts import form_asked, form_facts
from handlers.human_notices import HumanNotices
from handlers.joining import joint_title, joint_works_told
from handlers.letter import Letter, Overtaken, Undeliverable, template_fields
from handlers.meeting_notices import meeting_facts, meeting_invitation_of, meeting_overtaken, speaking, times_settled
from handlers.overtaken import overtaken
from handlers.papers import task_of
from handlers.parties import parties, to_call
from handlers.ports import RoutingCore
from handlers.relief_notices import of_his_body, reassign_asked
from handlers.route_facts import handling, route_facts
from handlers.sheet_facts import sheet_facts
from handlers.sheeting import sheet_title
from handlers.spoken import Spoken, called_up
from handlers.steward import task_title
from handlers.supplement_facts import SUPPLEMENTS, supplement_facts
from handlers.titles import applicant_title
from handlers.wording.dues import contact_due, in_words, may_change, to_staff
from handlers.wording.meeting import windows_named
from handlers.wording.naming import NAME_SHOWN
from handlers.wording.orders import order_name, service_name
from handlers.wording.values import show
from handlers.wording.wording import Wording
from model.amendment import Amendment
from model.calendar import Due
from model.case import Appointment, Case
from model.county import County
from model.delivery import AGAIN, Row
from model.edition import on_form, under
from model.event import Event, Recorded
from model.events.approvals import OfApproval
from model.events.clock import ClockPaused, ClocksRecounted, Recounted, Warned
from model.events.contact import ApplicantContacted
from model.events.delays import DelayAsked, DelayExplained, DelayTold
from model.events.ending import DeclineProposed, EndAnnounced, OrdersEnded, OrdersResumed
from model.events.intake import AmendmentAnswered, CaseClosed
from model.events.joint import JointProposed
from model.events.rating import Rated, ReasonGiven
from model.events.scheduling import Reminded, TimesAsked, TimeSet, TimesUnmet
from model.events.survey import SurveyAgreed, SurveyJoined, SurveyMoved, SurveyProposed, SurveyReleased
from model.events.unreached import CallFailed
from model.events.urging import Urged
from model.events.works import AcceptanceReported, SchemeGiven
from model.message import Invitation, Reply
from model.order import Order
from model.process import Timed
from model.staff import Staff
from model.submission import Submission
from model.times import Meeting
from routing.acts import (
    call_back_invitation,
    contact_invitation,
    rating_invitation,
    survey_invitation,
    works_invitation,
)
from routing.approval_acts import approval_invitation
from routing.joint_acts import joint_invitation
from routing.sheet_acts import sheet_invitation
from routing.supplement_acts import supplements_invitation
from routing.works import waits_for_body, waits_for_inside


class _Written(NamedTuple):
    """A notice as it reads now; `row` with the template of its reader's part in it."""

    row: Row
    county: County
    recorded: Recorded
    submission: Submission
    facts: dict[str, Any]
    text: str


class Notices:
    """Composes notices from the case as it is now and the event they are about."""

    def __init__(
        self,
        core: RoutingCore,
        counties: Mapping[str, County],
        wordings: Mapping[str, Wording],
        enquiries: EnquiryNotices | None = None,
        credit: CreditNotices | None = None,
        humans: HumanNotices | None = None,
    ) -> None:
        """Over the routing core, with the counties' words; `enquiries` and `credit` compose what is said of those,
        `humans` knows what staff said in the chat.
        """
        self._enquiries, self._credit, self._humans = enquiries, credit, humans
        self._core = core
        self._counties = counties
        self._wordings = wordings

    async def told(self, row: Row) -> Spoken | Overtaken | Undeliverable:
        """What a notice says, for whoever says it by telephone: to whom, and its words."""
        if self._humans is not None and self._humans.tells(row):
            return await self._humans.told(row)
        if "enquiry" in row.refs:
            return await self._enquiries.told(row) if self._enquiries else Undeliverable("no enquiries here")
        if "credit" in row.refs:
            return await self._credit.told(row) if self._credit else Undeliverable("no credit notes here")
        if (case := await self._case_of(row)) is None:
            return Undeliverable("case unknown")
        written = await self._written(row, case, aloud=True)
        if not isinstance(written, _Written):
            return written
        whom = await called_up(self._core, written.county, row.recipient, written.facts["call"])
        return Spoken(case.number, whom, written.text)

    async def compose(self, row: Row) -> Letter | Overtaken | Undeliverable:
        """The letter of a notice row, or why it cannot be written to anybody."""
        if "enquiry" in row.refs:
            return await self._enquiries.compose(row) if self._enquiries else Undeliverable("no enquiries here")
        if "credit" in row.refs:
            return await self._credit.compose(row) if self._credit else Undeliverable("no credit notes here")
        if (case := await self._case_of(row)) is None:
            return Undeliverable("case unknown")
        account, person = await self._address_of(row, case)
        if row.recipient.kind == "staff" and await self._has_left(row.recipient.id):
            return Overtaken("he does not serve any more")  # whoever has taken over was told himself
        written = await self._written(row, case)
        if not isinstance(written, _Written):
            return written
        row, county, recorded, submission, facts, text = written
        wording = self._wordings[county.id]
        sms = await texted(self._core, county, wording, row, facts)
        if account is None or person is None:
            unbound = f"no_channel_{row.recipient.kind}"
            if sms is None or not sms.phone:
                return Undeliverable(unbound)
            fields = template_fields(wording, row.template, facts)
            return Letter("", "", Reply(text=text), None, row.template, fields, texted=sms, unbound=unbound)
        heading = await self._heading(wording, county, case, row, facts)
        text = f"{heading}\n{text}" if heading else text
        asked = claim_invited(county, case, row, recorded.event, submission)
        asked = asked or plan_asked(county, case, row, recorded.event)
        asked = asked or form_asked(county, case, row)
        asked = asked or _invitation(county, case, row, recorded, submission)
        asked = asked or await self._application(county, case, row, recorded, submission)
        asked = asked or await consult_invited(self._core, county, case, row, recorded.event, submission)
        asked = asked or await self._sheet(county, case, row, submission)
        if asked is None and AGAIN in row.refs:
            return Overtaken("he was told before, and nothing waits for his answer")
        reply = wording.invitation(asked, text) if asked else Reply(text=text)
        fields = template_fields(wording, row.template, facts)
        done = (
            settled_by(row, recorded)
            or times_settled(case, row, recorded.event)
            or claim_settled(row, recorded.event)
            or backdating_settled(row, recorded.event)
        )
        return Letter(account, person, reply, asked, row.template, fields, withdraws=done, heading=heading, texted=sms)

    async def _case_of(self, row: Row) -> Case | None:
        """The case it is about, if it is of a county that is served here."""
        case = await self._core.case(row.case or "")
        return case if case is not None and case.county in self._counties else None

    async def _written(self, row: Row, case: Case, *, aloud: bool = False) -> _Written | Overtaken | Undeliverable:
        """The words of a notice as the case stands now, whoever can be reached; `aloud`: for the ear, with nothing to tap."""
        events = await self._core.events(case.id)
        recorded = next((one for one in events if one.sequence == row.event), None)
        submission = await self._core.submission(case.id)
        county = self._counties[case.county]  # taken last: reading these may have taught it an edition
        if recorded is None or submission is None:
            return Undeliverable("record erased")
        event = recorded.event
        if overtaken(case, recorded) or meeting_overtaken(case, row, event) or consult_overtaken(case, event):
            return Overtaken("it has been answered, moved or done since")
        if row.recipient.kind == "staff":
            row = of_his_body(row, case, recorded.event, await self._core.steward(row.recipient.id))
        facts = await self._facts(county, case, row, recorded, submission)
        wording = self._wordings[county.id]
        text = wording.catalogue.say(f"notice.{row.template}", **facts, aloud=aloud)
        return _Written(row, county, recorded, submission, facts, text)

    async def _sheet(self, county: County, case: Case, row: Row, submission: Submission) -> Invitation | None:
        """What is left to do about the sheet for the body of whoever reads it, if it has a part in it."""
        if row.recipient.kind != "staff" or case.sheet is None:
            return None
        staff = await self._core.steward(row.recipient.id)
        if staff is None or not staff.handles or staff.body not in {part.body for part in case.parts}:
            return None
        return sheet_invitation(case, staff.body, county, sheet_title(county, case, staff.body, submission))

    async def _application(
        self, county: County, case: Case, row: Row, recorded: Recorded, submission: Submission
    ) -> Invitation | None:
        """The application, or the proposal of joint construction, as the task of an officer who reads of it."""
        event = recorded.event
        if isinstance(event, JointProposed) and row.recipient.kind == "staff":
            proposal = joint_invitation(case, county, joint_title(case))
            return proposal if proposal.acts else None
        approval = case.approval(event.approval) if isinstance(event, OfApproval) else None
        if row.recipient.kind != "staff" or approval is None:
            return None
        staff = await self._core.steward(row.recipient.id)
        if staff is None or staff.body != approval.body or not staff.handles:
            return None
        title = application_title(county, case, approval, submission)
        asked = approval_invitation(case, approval, county, title)
        return asked if asked.acts else None

    async def _heading(self, wording: Wording, county: County, case: Case, row: Row, facts: Mapping[str, Any]) -> str:
        """For which case, and in which role: an applicant may have several; a steward is told only if he applies too."""
        say = wording.catalogue.say
        if row.recipient.kind == "applicant":
            return say("heading.applicant", number=case.number, name=facts["applicant"].name[-NAME_SHOWN:])
        staff = await self._core.steward(row.recipient.id)
        if staff is None or not staff.person or not await self._core.cases(staff.account or "", staff.person):
            return ""
        return say("heading.steward", body=county.body[staff.body])

    async def _address_of(self, row: Row, case: Case) -> tuple[str | None, str | None]:
        match row.recipient.kind:
            case "applicant":
                return (case.account, case.person) if case.in_chat else (None, None)
            case "staff":
                staff = await self._core.steward(row.recipient.id)
                return (staff.account, staff.person) if staff else (None, None)
            case _:
                return None, None

    async def _has_left(self, staff_id: str) -> bool:
        staff = await self._core.steward(staff_id)
        return staff is not None and not staff.serves

    async def _facts(
        self, county: County, case: Case, row: Row, recorded: Recorded, submission: Submission
    ) -> dict[str, Any]:
        order = case.order(row.order) if row.order else None
        appointment = _appointment(case, recorded)
        speaks = appointment.by if appointment else speaking(case, recorded.event) or (order.steward if order else None)
        steward = await self._core.steward(speaks) if speaks else None
        county = on_form(county, submission.form_version)
        named = parties(county, submission.answers)
        return {
            "case": case,
            "order": order,
            "service": order_name(county, case, order) if order else "",
            "services": _services(county, case, recorded),
            "body": county.body[order.body] if order else None,
            "steward": steward,
            "event": recorded.event,
            "head": await self._head(recorded.event),
            "amendment": _amendment(case, recorded),
            "applicant": named.applicant,
            "agent": named.agent,
            "site_contact": named.site_contact,
            "call": to_call(named, case.contact),
            "address": _text(submission, county.places.address),
            "due": self._due(county, order, row, recorded),
            "may_change": may_change(_deadline(case, order, recorded), self._wordings[county.id].catalogue.say),
            "step": _step(self._wordings[county.id], county, case, recorded),
            "fell_with": fell_with(county, recorded),
            **route_facts(county, case, order),
            "recounted": [
                {"step": _called(self._wordings[county.id], county, recorded, one.step), "due": one.due.at}
                for one in _recounted(recorded, row)
            ],
            "schemes": [
                {"service": order_name(county, case, one), "body": county.body[one.body], "scheme": one.scheme}
                for one in _schemed(case, recorded)
            ],
            "late": [
                {
                    "service": order_name(county, case, one),
                    "body": county.body[one.body],
                    "steward": await self._core.steward(one.steward) if one.steward else None,
                }
                for one in _late(case, row, recorded)
            ],
            **supplement_facts(
                under(county, case.process_version), case, order, recorded, self._wordings[county.id].catalogue.say
            ),
            "appointment": appointment,
            **ending_facts(county, case, order, recorded),
            "rating": case.rating,
            "rates": under(county, case.process_version).process.rating is not None,
            "agreed_at": next((one.at for one in _surveys(case, order) if one.agreed), None),
            "agreed_for": next(
                (self._meets(county, one.kind)["name"] for one in _surveys(case, order) if one.agreed), ""
            ),
            "visit": self._meets(county, _kind(case, recorded)),
            "wished": windows_named(case.wished, county.process.hours),
            "joint": joint_works_told(case),
            **await permit_facts(self._core, county, case, recorded.event, order),
            **await meeting_facts(self._core, county, case, row, recorded, to_call(named, case.contact).name),
            **await consult_facts(self._core, county, case, recorded.event),
            **cell_facts(county, recorded.event),
            **form_facts(county, case, recorded.event),
            **decided_facts(county, self._wordings[county.id].catalogue, case, row, recorded.event),
            **await sheet_facts(self._core, county, case, row, recorded.event),
            "inside_waits": order is not None and waits_for_inside(case, order),
            "outside_waits": order is not None and waits_for_body(case, order),
            "wish": next((one.wish for one in _surveys(case, order) if one.wish), ""),
        }

    async def _head(self, event: Event) -> Staff | None:
        """The head whom the applicant may call about a delay that nobody has explained."""
        return await self._core.steward(event.lead) if isinstance(event, DelayTold) and event.lead else None

    def _meets(self, county: County, kind: Meeting) -> dict[str, str]:
        """What people meet for, in the words for those who come and for whom they come to."""
        say = self._wordings[county.id].catalogue.say
        return {word: say(f"visit.{kind}.{word}") for word in ("name", "does", "goes", "ask", "must")}

    def _due(self, county: County, order: Order | None, row: Row, recorded: Recorded) -> str:
        """By when he who is told has to act: to answer who urges, else to contact the applicant."""
        due = _by_when(order, recorded)
        words = in_words if row.recipient.kind == "applicant" else to_staff
        return "" if due is None else words(due, self._wordings[county.id].catalogue.say)


def _by_when(order: Order | None, recorded: Recorded) -> Due | None:
    match recorded.event:
        case Urged(due=due):
            return due
        case OrdersResumed():
            clock = order.clocks.get("contact") if order else None
            return clock.due if clock is not None and clock.runs else None
        case Rated() | ReasonGiven():
            return order.due("call_back") if order else None
        case _:
            return contact_due(order) if order else None


def _deadline(case: Case, order: Order | None, recorded: Recorded) -> Due | None:
    """The deadline that the notice names: the one warned of, as it was counted, else by when to act."""
    event = recorded.event
    if not isinstance(event, Warned):
        return _by_when(order, recorded)
    dues = (order.due(event.step) for order in case.orders if order.id in event.orders)
    return next((due for due in dues if due is not None and due.at == event.due), None)


def _schemed(case: Case, recorded: Recorded) -> list[Order]:
    """The orders whose schemes are told: all of a unified reply (J18), else the one."""
    event = recorded.event
    if isinstance(event, OrdersEnded):  # the reply waited only for what has ended
        return [one for one in case.orders if one.scheme is not None and one.ending is None]
    if not isinstance(event, SchemeGiven):
        return []
    left = [one for one in case.orders if one.scheme is not None and one.ending is None]
    return [one for one in left if event.together or one.id == event.order]


def _amendment(case: Case, recorded: Recorded) -> Amendment | None:
    """What the answer is about."""
    event = recorded.event
    return case.amendments[event.amendment - 1] if isinstance(event, AmendmentAnswered) else None


def _step(wording: Wording, county: County, case: Case, recorded: Recorded) -> str:
    """What the step of a warning, or one that waits, is called here."""
    event = recorded.event
    if isinstance(event, Warned) and handling(case, event.orders, event.step):
        return wording.catalogue.say("timed.handling")
    return (
        _called(wording, county, recorded, event.step)
        if isinstance(event, (Warned, ClockPaused, DelayAsked, DelayExplained, DelayTold, *OF_BACKDATING))
        else ""
    )


def _called(wording: Wording, county: County, recorded: Recorded, step: Timed) -> str:
    """What a step is called here, or what else the clock runs for."""
    if (key := f"timed.{step}") in wording.catalogue:
        return wording.catalogue.say(key)
    rule = under(county, recorded.process_version).process.rule(step)
    return rule.name if rule else ""


def _recounted(recorded: Recorded, row: Row) -> list[Recounted]:
    event = recorded.event
    limits = event.limits if isinstance(event, ClocksRecounted) else ()
    return [one for one in limits if one.order == row.order]


def _invitation(county: County, case: Case, row: Row, recorded: Recorded, submission: Submission) -> Invitation | None:
    """What the notice asks of its reader, as the case stands now."""
    order = case.order(row.order) if row.order else None
    if isinstance(recorded.event, OrdersEnded | EndAnnounced | DeclineProposed) and order is not None:
        return ending_asked(county, case, order, row, recorded, task_title(county, case, order, submission))
    named = parties(county, submission.answers).applicant.name
    title = task_title(county, case, order, submission) if order is not None else case.number
    if earlier := backdating_invited(county, case, row, recorded.event, title, order):
        return earlier
    if given := reassign_asked(county, case, order, row, recorded.event, submission):
        return given
    met = meeting_invitation_of(county, case, row, recorded.event, named)
    if met is not None:
        return met
    if row.recipient.kind == "staff" and order is not None and order.steward == row.recipient.id:
        task = task_of(county, case, order, submission, title)
        return task if task.acts else None
    event = recorded.event
    if row.recipient.kind == "applicant" and row.template in SUPPLEMENTS:
        shown = supplements_invitation(case, on_form(county, submission.form_version), case.number)
        return shown if shown.acts else None
    if row.recipient.kind == "applicant" and isinstance(event, SchemeGiven | AcceptanceReported):
        works = works_invitation(case, county, f"{case.number} {named}".strip())
        about = [order] if isinstance(event, AcceptanceReported) and order else _schemed(case, recorded)
        asked = any(waits_for_inside(case, one) for one in about)
        return works if works.acts and asked else None
    if row.recipient.kind == "staff" and case.rating is not None and row.recipient.id in _calling(case, event):
        called = call_back_invitation(case, county, task_title(county, case, case.orders[0], submission))
        return called if called.acts else None
    if row.recipient.kind == "applicant" and isinstance(event, ApplicantContacted | CallFailed) and order is not None:
        reached = contact_invitation(case, order, county, applicant_title(county, case, (order.id,)))
        return reached if reached.acts else None
    if row.recipient.kind == "applicant" and isinstance(event, CaseClosed) and case.rating is None:
        return rating_invitation(case, county, case.number)
    if row.recipient.kind == "applicant" and isinstance(event, SurveyProposed | SurveyAgreed):
        current = case.appointments.get(event.appointment)
        if current is not None and current.sequence == event.sequence:
            title = applicant_title(county, case, current.orders, named)
            survey = survey_invitation(case, event.appointment, county, title)
            return survey if survey.acts else None
    return None


def _calling(case: Case, event: Event) -> set[str]:
    """Who is to call the applicant back, where the event is about that."""
    about = isinstance(event, Rated | ReasonGiven) or (isinstance(event, Warned) and event.step == "call_back")
    return {one.id for one in case.rating.callers} if about and case.rating else set()


def _late(case: Case, row: Row, recorded: Recorded) -> list[Order]:
    """Of the orders that are warned of, or urged, those still to be done that concern this reader: his own, his body's, or all."""
    event = recorded.event
    if not isinstance(event, Warned | Urged):
        return []
    step = event.step if isinstance(event, Warned) else "urge"
    orders = [one for one in case.orders if one.id in event.orders and one.clocks[step].runs]
    named = case.order(row.order or "")
    match row.template.partition(".")[0]:
        case "steward":
            return [one for one in orders if one.steward == row.recipient.id]
        case "lead":
            return [one for one in orders if named is None or one.body == named.body]
        case _:
            return orders


def _services(county: County, case: Case, recorded: Recorded) -> list[str]:
    """The services the event is about: those bound by a survey time, else all of the case."""
    event = recorded.event
    bound = getattr(event, "orders", None)
    if isinstance(event, OrdersResumed):
        bound = tuple(one.order for one in event.orders)
    orders = [one for one in case.orders if bound is None or one.id in bound]
    if not isinstance(event, OrdersEnded):
        orders = [one for one in orders if one.ending is None]
    return list(dict.fromkeys(service_name(county, one) for one in orders))


def _appointment(case: Case, recorded: Recorded) -> Appointment | None:
    event = recorded.event
    if isinstance(
        event,
        SurveyProposed
        | SurveyAgreed
        | SurveyMoved
        | SurveyReleased
        | SurveyJoined
        | TimesAsked
        | TimesUnmet
        | TimeSet
        | Reminded,
    ):
        return case.appointments.get(event.appointment)
    return None


def _kind(case: Case, recorded: Recorded) -> Meeting:
    """What people meet for at the time the event is about."""
    event = recorded.event
    keys = event.appointments if isinstance(event, OrdersEnded) else (getattr(event, "appointment", ""),)
    return case.kind_of(keys[0]) if keys else "survey"


def _surveys(case: Case, order: Order | None) -> list[Appointment]:
    """The times at which people meet for an order that still waits for that."""
    return [one for one in case.appointments.values() if order is not None and order.id in one.orders]


def _text(submission: Submission, field: str) -> str:
    answer = submission.answers.get(field)
    return show(answer.value) if answer and answer.value else ""
