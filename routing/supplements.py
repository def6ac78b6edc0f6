"""补正 and 容缺, decided: what is asked for, what comes in, what the steward makes of it (X47, X127, J39)."""

import datetime as dt

from model.calendar import Due
from model.case import Case
from model.commands.supplements import AskMore, Check, Handed, HandIn, TickOriginal, Waive
from model.county import County
from model.events.supplements import (
    OriginalReceived,
    SupplementAccepted,
    SupplementReturned,
    SupplementsAsked,
    SupplementsHandedIn,
    SupplementWaived,
)
from model.fields import AttachmentField
from model.message import Actor
from model.order import Order
from model.process import CorrectionRule
from model.supplement import OWN_WORDS, Supplement
from routing.limits import WHOLE, due_of
from routing.refusal import No

MOST = 12
"""So many things are asked for in one notice."""
LONGEST = 60
"""Characters of one that a steward names in his own words."""
FILES = 9
"""Files of one supplement."""
_LONGEST_REASON = 200


def ask(case: Case, order: Order, do: AskMore, steward: str, county: County, now: dt.datetime) -> SupplementsAsked:
    """The one notice of all that is lacking (一次性告知). What is waited for already is not asked for again.

    Raises `No`: `ask_more.absent`, `ask_more.nothing`, `ask_more.many`, `ask_more.long`, `ask_more.unknown`,
    `ask_more.already`; a second time `ask_more.once` or `ask_more.reason`, as the county has it.
    """
    rule = _rule(county)
    words = tuple(dict.fromkeys(one.strip() for one in do.words if one.strip()))
    fields = tuple(dict.fromkeys(do.fields))
    if not words and not fields:
        raise No("ask_more.nothing")
    if len(words) + len(fields) > MOST:
        raise No("ask_more.many", most=str(MOST))
    if any(len(one) > LONGEST for one in words) or len(do.reason) > _LONGEST_REASON:
        raise No("ask_more.long", most=str(LONGEST))
    if any(one not in county.form.fields for one in fields):
        raise No("ask_more.unknown")
    waiting = {one.id: one for one in case.supplements if one.asked and one.lacking}
    said = {one.words for one in waiting.values() if order.id in one.orders}
    fields = tuple(one for one in fields if one not in waiting or order.id not in waiting[one].orders)
    words = tuple(one for one in words if one not in said)
    if not words and not fields:
        raise No("ask_more.already")
    if order.correction is not None and rule.again == "never":
        raise No("ask_more.once")
    if order.correction is not None and rule.again == "reason" and not do.reason.strip():
        raise No("ask_more.reason")
    wanted = [_of_field(case, order, one, county) for one in fields]
    wanted += [
        Supplement(id=f"{OWN_WORDS}{case.version + 1}_{place}", orders=(order.id,), words=one, asked=True)
        for place, one in enumerate(words, 1)
    ]
    due = _due(rule, county, now)
    return SupplementsAsked(
        order=order.id, steward=steward, supplements=tuple(wanted), due=due, reason=do.reason.strip()
    )


def _of_field(case: Case, order: Order, name: str, county: County) -> Supplement:
    field, before = county.form.fields[name], case.supplement(name)
    orders = (order.id,) if before is None else tuple(dict.fromkeys((*before.orders, order.id)))
    original = isinstance(field, AttachmentField) and field.paper == "original"
    brought = before.original_at if before else None
    return Supplement(id=name, orders=orders, asked=True, original=original, original_at=brought)


def hand_in(case: Case, do: HandIn, actor: Actor) -> SupplementsHandedIn:
    """What came in. The same file again is no second one.

    Raises `No`: `hand_in.unknown`, `hand_in.already` once it was accepted or waived, `hand_in.empty`, `hand_in.same`,
    `hand_in.many`; `not.yours` for a steward none of whose orders it is for.
    """
    return SupplementsHandedIn(handed=tuple(_handed(case, one, actor) for one in do.handed))


def _handed(case: Case, handed: Handed, actor: Actor) -> Handed:
    known = case.supplement(handed.supplement)
    if known is None:
        raise No("hand_in.unknown")
    stewards = {order.steward for order in case.orders if order.id in known.orders}
    if actor.role == "steward" and actor.staff not in stewards:
        raise No("not.yours")
    if known.state in ("accepted", "waived"):
        raise No("hand_in.already")
    if not handed.files and handed.value is None:
        raise No("hand_in.empty")
    kept = known.files if known.state == "received" else ()
    fresh = tuple(one for one in handed.files if all(one.digest != other.digest for other in kept))
    if handed.files and not fresh:
        raise No("hand_in.same")
    if len(kept) + len(fresh) > FILES:
        raise No("hand_in.many", most=str(FILES))
    return handed.model_copy(update={"files": fresh})


def check(
    case: Case, order: Order, do: Check, steward: str, county: County, now: dt.datetime
) -> SupplementAccepted | SupplementReturned:
    """What the steward makes of it. Raises `No`: `check.unknown`, `check.nothing`, `check.needs_text`, `check.long`."""
    known = _of_order(case, order, do.supplement, "check")
    if known.state != "received":
        raise No("check.nothing")
    if do.passes:
        return SupplementAccepted(order=order.id, steward=steward, supplement=known.id)
    wrong = do.wrong.strip()
    if not wrong:
        raise No("check.needs_text")
    if len(wrong) > _LONGEST_REASON:
        raise No("check.long", most=str(_LONGEST_REASON))
    due = _due(_rule(county), county, now)
    return SupplementReturned(order=order.id, steward=steward, supplement=known.id, wrong=wrong, due=due)


def waive(case: Case, order: Order, do: Waive, steward: str) -> SupplementWaived:
    """It is not needed. Raises `No`: `waive.unknown`, `waive.already`."""
    known = _of_order(case, order, do.supplement, "waive")
    if known.state in ("accepted", "waived") and not known.paper_lacking:
        raise No("waive.already")
    return SupplementWaived(order=order.id, steward=steward, supplement=known.id)


def tick_original(case: Case, order: Order, do: TickOriginal, by: str) -> OriginalReceived:
    """The paper is there (X127). Raises `No`: `tick_original.unknown`, `tick_original.nothing`, `tick_original.already`."""
    known = _of_order(case, order, do.supplement, "tick_original")
    if not known.original:
        raise No("tick_original.nothing")
    if not known.paper_lacking:
        raise No("tick_original.already")
    return OriginalReceived(order=order.id, by=by, supplement=known.id)


def _of_order(case: Case, order: Order, name: str, do: str) -> Supplement:
    known = case.supplement(name)
    if known is None or order.id not in known.orders:
        raise No(f"{do}.unknown")
    return known


def _rule(county: County) -> CorrectionRule:
    if county.process.corrections is None:
        raise No("ask_more.absent")
    return county.process.corrections


def _due(rule: CorrectionRule, county: County, now: dt.datetime) -> Due:
    return due_of(rule.limit, county, now, shares=(rule.remind, WHOLE))
