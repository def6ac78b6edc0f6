"""Whether the case has moved on since a notice was written: it would say what is no longer so."""

from model.case import Case
from model.event import Recorded
from model.events.approvals import ApprovalApplied, ApprovalWarned
from model.events.backdating import BackdatingAsked, BackdatingClaimed
from model.events.clock import Warned
from model.events.contact import ApplicantContacted
from model.events.delays import DelayAsked, DelayExplained, DelayTold
from model.events.ending import DeclineProposed, EndAnnounced
from model.events.rating import Rated, ReasonGiven
from model.events.relief import ReliefAsked
from model.events.survey import SurveyProposed
from model.events.telephone import FormFilled, FormLeftOpen
from model.events.unreached import CallFailed
from model.events.urging import Urged
from model.telephone import OpenForm


def overtaken(case: Case, recorded: Recorded) -> bool:
    """A proposal that has been agreed, moved or replaced must not be asked again, nor what is done be urged."""
    event = recorded.event
    if isinstance(event, EndAnnounced | DeclineProposed):
        named = case.order(event.order)
        return named is None or (named.announced if isinstance(event, EndAnnounced) else named.declining) is None
    if isinstance(event, ReliefAsked):
        named = case.order(event.order)
        return named is None or not named.relief_asked
    if isinstance(event, DelayAsked | DelayExplained | DelayTold):
        named = case.order(event.order)
        late = named.late if named else None
        return late is None or (isinstance(event, DelayAsked) and bool(late.reason))
    if isinstance(event, BackdatingClaimed | BackdatingAsked):
        named = case.order(event.order)
        claim = named.backdating_of(event.entry) if named else None
        return claim is None or claim.number != recorded.sequence
    if isinstance(event, FormLeftOpen | FormFilled):
        form = case.telephone or OpenForm(answers={})
        waits = (
            (event.lacking, form.lacking) if isinstance(event, FormLeftOpen) else (event.read_back, form.unconfirmed)
        )
        declares = isinstance(event, FormFilled) and event.declares and not form.declared
        return not set(waits[0]) & set(waits[1]) and not declares
    if isinstance(event, CallFailed):
        named = case.order(event.order)
        return named is None or not named.unreached
    if isinstance(event, ApplicantContacted):
        named = case.order(event.order)
        return named is None or named.deniable_until != event.ask_until
    if isinstance(event, Rated | ReasonGiven):
        return case.rating is None or not case.rating.bad or bool(case.rating.called_back)
    if isinstance(event, Warned | Urged):
        step = event.step if isinstance(event, Warned) else "urge"
        clocks = [order.clocks[step] for order in case.orders if order.id in event.orders]
        return not any(clock.runs for clock in clocks)  # done since
    if isinstance(event, ApprovalApplied | ApprovalWarned):
        return _permit_settled(case, event)
    if not isinstance(event, SurveyProposed):
        return False
    current = case.appointments.get(event.appointment)
    return (
        current is None
        or current.agreed
        or current.sequence != event.sequence
        or bool(current.wish)
        or current.released
    )


def _permit_settled(case: Case, event: ApprovalApplied | ApprovalWarned) -> bool:
    """Whether the application has been decided, or what was to follow has come."""
    approval = case.approval(event.approval)
    if approval is None:
        return True
    return not approval.owes if isinstance(event, ApprovalWarned) and event.items else not approval.open
