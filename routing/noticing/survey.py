"""Who is told of survey times and opinions (X36, X162, J93)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyJoined, SurveyMoved, SurveyProposed, SurveyReleased
from model.times import APPLICANT
from routing.noticing.addressing import applicant_of, notice_to, order_of, speaker_of, to_applicant
from routing.parties import parties


def notices(
    case: Case,
    recorded: Recorded,
    event: SurveyProposed | SurveyAgreed | SurveyMoved | SurveyReleased | SurveyJoined | OpinionGiven,
) -> Iterator[Notice]:
    """The notices of this event."""
    match event:
        case SurveyMoved(appointment=key) if key in case.gatherings:
            yield from _moved(case, recorded, event)
        case SurveyProposed() | SurveyAgreed() | SurveyMoved():
            yield from _survey(case, recorded, event)
        case SurveyReleased(appointment=key) if case.kind_of(key) == "survey":  # for other visits all are asked anew
            yield from _survey_released(case, recorded, event)
        case SurveyJoined():
            yield from _joined(case, recorded, event)
        case OpinionGiven():
            yield to_applicant(case, recorded, "applicant.opinion", f"{event.order}:opinion", event.order)


def _survey(case: Case, recorded: Recorded, event: SurveyProposed | SurveyAgreed | SurveyMoved) -> Iterator[Notice]:
    subject = f"{case.id}:survey:{event.appointment}"
    order = None if case.order(event.appointment) is None else event.appointment
    name = recorded.event.event
    # After the hour nobody needs to hear of it; a wish for another time matters still.
    until = None if isinstance(event, SurveyMoved) else event.at_time
    # Who agreed in chat was answered there; a steward who applied himself proposes in another role.
    answered = recorded.actor.role == "applicant" and recorded.actor.person == case.person
    if not isinstance(event, SurveyMoved) and not answered:
        yield notice_to(recorded, applicant_of(case), f"applicant.{name}", subject, order).model_copy(
            update={"not_after": until}
        )
    bound_by = [(speaker_of(case, order_of(case, bound)), bound) for bound in event.orders]
    bound_by += [(to, event.orders[0]) for to in _beside(case, event)]
    proposer = case.appointments[event.appointment].by
    present = any(to.id == proposer for to, _ in bound_by)  # his order may have gone to a colleague since
    for to, bound in bound_by:
        if to.id == proposer and isinstance(event, SurveyProposed):
            continue
        # Only who proposed the time looks for another one; the others wait.
        waits = isinstance(event, SurveyMoved) and present and to.id != proposer
        template = "steward.survey_off" if waits else f"steward.{name}"
        yield notice_to(recorded, to, template, subject, bound).model_copy(update={"not_after": until})


def _beside(case: Case, event: SurveyProposed | SurveyAgreed | SurveyMoved) -> tuple[Recipient, ...]:
    """Who comes to a survey beside the units."""
    return parties(case) if case.kind_of(event.appointment) == "survey" else ()


def _moved(case: Case, recorded: Recorded, event: SurveyMoved) -> Iterator[Notice]:
    """Who is asked for his times, or told of the new one, hears it there; the others hear that the old one is off."""
    gathering = case.gatherings[event.appointment]
    if gathering.state == "settled":
        return
    subject = f"{case.id}:survey:{event.appointment}"
    order = None if case.order(event.appointment) is None else event.appointment
    if event.by and APPLICANT in gathering.times:
        yield to_applicant(case, recorded, "applicant.survey_off", subject, order)
    for bound in event.orders:
        to = speaker_of(case, order_of(case, bound))
        known = to.id in gathering.times or to.id not in gathering.asked
        if known and to.id != event.by:
            yield notice_to(recorded, to, "steward.survey_off", subject, bound)


def _survey_released(case: Case, recorded: Recorded, event: SurveyReleased) -> Iterator[Notice]:
    """Nobody need come; whoever speaks for the time looks for another one."""
    subject = f"{case.id}:survey:{event.appointment}"
    order = None if case.order(event.appointment) is None else event.appointment
    yield to_applicant(case, recorded, "applicant.survey_released", subject, order)
    by = case.appointments[event.appointment].by
    bound_by = [(speaker_of(case, order_of(case, bound)), bound) for bound in event.orders]
    present = any(to.id == by for to, _ in bound_by)
    bound_by += [(to, event.orders[0]) for to in parties(case)]
    for to, bound in bound_by:
        again = to.id == by or not present
        yield notice_to(recorded, to, "steward.survey_again" if again else "steward.survey_released", subject, bound)


def _joined(case: Case, recorded: Recorded, event: SurveyJoined) -> Iterator[Notice]:
    """Whoever comes along hears of the time, the others of whom they will meet; nobody after the hour."""
    subject = f"{case.id}:survey:{event.appointment}:joined"  # it does not replace the news of the time itself
    held = case.appointments[event.appointment]
    own = "steward.survey_agreed" if held.agreed else "steward.survey_proposed"
    told = [to_applicant(case, recorded, "applicant.survey_joined", subject, event.orders[0])]
    for name in held.orders:
        template = own if name in event.orders else "steward.survey_larger"
        told.append(notice_to(recorded, speaker_of(case, order_of(case, name)), template, subject, name))
    told += [notice_to(recorded, to, "steward.survey_larger", subject, event.orders[0]) for to in parties(case)]
    yield from (one.model_copy(update={"not_after": event.at_time}) for one in told)
