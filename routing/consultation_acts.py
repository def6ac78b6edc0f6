"""What can be done about a consultation: by whoever asks, convenes, or is to do something (X57, J34)."""

from collections.abc import Iterator

from model.case import Case
from model.consultation import Consultation
from model.county import County
from model.edition import under
from model.message import Act, Invitation
from model.order import Order
from routing.limits import WHOLE
from routing.transitions import finished


def ask_act(case: Case, order: Order, county: County) -> Iterator[Act]:
    """提请会商: shown where an order is stuck, a limit of it over or its survey failed; else it is only said."""
    rules = under(county, case.process_version)
    if rules.process.consultation is None or finished(order, case.steps_of(order)):
        return
    act = consult_act("ask_consultation", rules)
    if case.consulting is not None:  # who asks again hears that one runs, before he has filled anything in
        yield act.model_copy(update={"shown": False, "form": None, "form_version": None})
        return
    late = any(clock.runs and clock.warned >= WHOLE for clock in order.clocks.values())
    failed = order.survey is not None and not order.survey.passes
    yield act.model_copy(update={"shown": late or failed})


def of_order(order: Order) -> str:
    """The name under which the head of a body asks for a consultation about an order that another has."""
    return f"{order.id}:consult"


def asked_about(case: Case, name: str) -> Order | None:
    """The order that such a name is about."""
    return next((one for one in case.orders if of_order(one) == name), None)


def consult_invitation(case: Case, name: str, county: County, title: str) -> Invitation:
    """The consultation as a task of whoever convenes it, or what was agreed at it as a task of its body; by its id.

    By the name that `of_order` gives it is the head of a body who may ask for one.
    """
    one = case.consultation(name)
    if (order := asked_about(case, name)) is not None:
        wanted = ask_act(case, order, county) if case.consulting is None and case.closed_at is None else ()
        acts = tuple(act.model_copy(update={"shown": True}) for act in wanted)
        return Invitation(
            id=name, kind="consultation", case=case.id, number=case.number, order=order.id, title=title, acts=acts
        )
    acts = (
        ()
        if one is None or case.closed_at is not None
        else tuple(_acts(one, name, under(county, case.process_version)))
    )
    return Invitation(id=name, kind="consultation", case=case.id, number=case.number, title=title, acts=acts)


def _acts(one: Consultation, name: str, county: County) -> Iterator[Act]:
    item = one.item(name)
    if item is not None:
        if item.done_at is None:
            yield consult_act("tick_item", county)
        return
    if one.state == "named" and not one.reminders:  # as soon as its hour is near
        yield consult_act("record_consultation", county)
    if one.runs:
        yield _moving(one, consult_act("name_consultation", county), county)
        yield consult_act("decline_consultation", county)
    if one.state == "held":
        act = consult_act("give_item", county)
        for body in dict.fromkeys(each.body for each in one.invited):
            label = f"{act.label}（{county.body[body].short}）"
            yield act.model_copy(update={"id": f"give_item.{body}", "label": label, "words": ()})
        yield consult_act("settle_consultation", county)


def _moving(one: Consultation, act: Act, county: County) -> Act:
    """Once a time is named, naming one moves it."""
    if one.state == "asked":
        return act
    say = county.messages
    words = tuple(say["act.move_consultation.words"].split())
    return act.model_copy(update={"label": say["act.move_consultation.label"], "words": words})


def consult_act(do: str, county: County) -> Act:
    """The act that means this command, with its form."""
    rule = county.process.consultation
    form = next((one for name, one in rule.forms.items() if name == do), None) if rule else None
    version = county.forms[form].version if form in county.forms else None
    words = tuple(county.messages[f"act.{do}.words"].split())
    return Act(id=do, label=county.messages[f"act.{do}.label"], words=words, form=form, form_version=version)
