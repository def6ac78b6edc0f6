"""When the last step was entered and when it was done, as the order keeps it (X59, J35)."""

from model.backdating import Backdating, Entered
from model.case import Case
from model.event import Recorded
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.contact import ApplicantContacted, ContactDenied
from model.events.intake import OrderAssigned, OrderRouted
from model.events.survey import OpinionGiven
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported
from model.order import Order
from model.process import Step
from routing.folds.changing import altered, on_order, ticking


def entered(before: Case, after: Case, recorded: Recorded) -> Case:
    """The case with the entry of this event, if it is a step, or a moment before which nothing can have been done."""
    event = recorded.event
    match event:
        case OrderRouted() | ContactDenied():
            return _marked(after, (event.order,), None, recorded)
        case OrderAssigned():
            old = before.order(event.order)
            moved = old is None or bool(old.candidates) or old.body != event.body
            return _marked(after, (event.order,), None, recorded) if moved else after
        case ApplicantContacted():
            return _marked(after, (event.order,), "contact", recorded)
        case OpinionGiven():
            return _marked(after, (event.order,), "survey", recorded)
        case SchemeGiven():
            return _marked(after, (event.order,), "scheme", recorded)
        case WorksReported():
            return _marked(after, event.orders, "construction", recorded)
        case AcceptanceReported():
            return _marked(after, (event.order,), "acceptance", recorded)
        case Connected():
            return _marked(after, (event.order,), "connection", recorded)
        case _:
            return after


def fold(
    case: Case, recorded: Recorded, event: BackDated | BackdatingClaimed | BackdatingAsked | BackdatingDecided
) -> Case:
    """The case after this event."""

    def changed(order: Order) -> Order:
        match event:
            case BackDated():
                return _earlier(order, event)
            case BackdatingClaimed() | BackdatingAsked():
                others = tuple(one for one in order.backdatings if one.entry != event.entry)
                claims = sorted((*others, _claim(order, recorded, event)), key=lambda one: one.entry)
                return altered(order, backdatings=tuple(claims))
            case BackdatingDecided():
                claim = order.backdating_of(event.entry)
                left = altered(order, backdatings=tuple(one for one in order.backdatings if one != claim))
                return _earlier(left, event, claim) if event.agrees else _refused(left, event)

    return on_order(case, event.order, changed)


def _refused(order: Order, event: BackdatingDecided) -> Order:
    """Once somebody has said no, the same step is not asked about again; who was not answered may ask once more."""
    entry = order.entered
    if entry is None or entry.sequence != event.entry or event.by is None:
        return order
    return altered(order, entered=entry.model_copy(update={"refused": True}))


def _marked(case: Case, orders: tuple[str, ...], step: Step | None, recorded: Recorded) -> Case:
    for name in orders:
        case = on_order(case, name, lambda order: altered(order, entered=_entry(order, step, recorded)))
    return case


def _entry(order: Order, step: Step | None, recorded: Recorded) -> Entered:
    at = recorded.at
    since = order.entered.happened_at if order.entered is not None and step is not None else at
    after = order.entered.step if order.entered is not None and step is not None else None
    return Entered(step=step, sequence=recorded.sequence, at=at, happened_at=at, since=since, after=after)


def _claim(order: Order, recorded: Recorded, event: BackdatingClaimed | BackdatingAsked) -> Backdating:
    known = order.backdating_of(event.entry)
    return Backdating(
        step=event.step,
        entry=event.entry,
        entered_at=known.entered_at if known else order.entered.at if order.entered else recorded.at,
        happened_at=event.happened_at,
        since=known.since if known else order.entered.since if order.entered else event.happened_at,
        steward=event.steward,
        reason=event.reason if isinstance(event, BackdatingAsked) else "",
        told=event.told if isinstance(event, BackdatingAsked) else (),
        rings=event.until,
        number=recorded.sequence,
    )


def _earlier(order: Order, event: BackDated | BackdatingDecided, claim: Backdating | None = None) -> Order:
    """The limit is judged by when the step was done; one that has begun again since is another."""
    last = order.entered
    entry = last if last is not None and last.sequence == event.entry else None
    at = claim.entered_at if claim is not None else entry.at if entry is not None else None
    clock = order.clocks.get(event.step)
    if clock is not None and at is not None:
        if clock.met_at == at:
            order = ticking(order, event.step, met_at=event.happened_at)
        *before, last_pause = clock.pauses or (None,)
        if last_pause is not None and last_pause.cause == "inside" and last_pause.since == at:
            since = last_pause.model_copy(update={"since": event.happened_at})
            order = ticking(order, event.step, pauses=(*before, since))
    if claim is not None:  # what follows it may have been done as early
        order = altered(order, backdatings=tuple(_after(one, claim) for one in order.backdatings))
    if entry is None:
        follows = last is not None and last.since == at and last.after == event.step
        return (
            altered(order, entered=last.model_copy(update={"since": event.happened_at})) if last and follows else order
        )
    return altered(order, entered=entry.model_copy(update={"happened_at": event.happened_at}))


def _after(one: Backdating, before: Backdating) -> Backdating:
    follows = one.entry > before.entry and one.since == before.entered_at
    return one.model_copy(update={"since": before.happened_at}) if follows else one
