"""What can be done about a form that was left open on the telephone: filled in, and said to be right (X26)."""

from collections.abc import Iterator

from model.case import Case
from model.county import County
from model.edition import on_form
from model.form import Text
from model.message import Act, Invitation
from model.order import Order, OrderState
from routing.declaring import undeclared
from routing.open_form import complete_ones, lacking_of, open_to, unread, waits_for_form
from routing.transitions import finished

FILL, RIGHT, MEND = "fill_form", "confirm_form", "mend_form"


def form_acts(case: Case, order: Order, county: County) -> Iterator[Act]:
    """For the steward, once the order is taken: what is empty still, and that he has read it to the applicant."""
    if case.telephone is None or order.state is OrderState.ROUTED or finished(order, case.steps_of(order)):
        return
    if open_to(case, order, on_form(county, case.telephone.form_version)):
        yield _act(FILL, county)
    owed = to_declare(case, order, county)
    if (unread(case, order, county) and not lacking_of(case, order, county)) or owed:
        yield _act(RIGHT, county, "confirm_form_oath" if owed else "confirm_form_told")


def to_declare(case: Case, order: Order | None, county: County) -> Text | None:
    """The text that the applicant agrees to with his yes, as things stand: once the part of this order is complete; of none,
    once it was put to him. `county`: under the process of the case.
    """
    form = case.telephone
    if form is None:
        return None
    here = on_form(county, form.form_version)
    ready = form.put and complete_ones(case, form, here) if order is None else not lacking_of(case, order, county)
    return undeclared(form, here) if ready else None


def held_back(case: Case, order: Order, act: Act, county: County) -> Act:
    """A step that waits for the form: only said, and without its own form, so that whoever says it hears at once what is lacking."""
    do = act.id.partition(".")[0]
    if not waits_for_form(case, order, do, county):
        return act
    return act.model_copy(update={"shown": False, "form": None, "form_version": None})


def form_invitation(case: Case, county: County, title: str) -> Invitation:
    """For the applicant: what was written for him is right, or not; he fills in himself what is empty still.

    `county`: under the process of the case.
    """
    return Invitation(
        id=f"{case.id}:form",
        kind="form",
        case=case.id,
        number=case.number,
        title=title,
        acts=tuple(_of_applicant(case, county)),
    )


def _of_applicant(case: Case, county: County) -> Iterator[Act]:
    form = case.telephone
    if form is None or case.closed_at is not None:
        return
    owed = to_declare(case, None, county)
    if set(form.read_back) & set(form.unconfirmed) or owed:
        yield _act(RIGHT, county, "confirm_form_promise" if owed else "")
        yield _act(MEND, county)
    if open_to(case, None, on_form(county, form.form_version)):
        yield _act(FILL, county)


def _act(do: str, county: County, called: str = "") -> Act:
    label, words = (county.messages[f"act.{called or do}.{what}"] for what in ("label", "words"))
    return Act(id=do, label=label.strip(), words=tuple(words.split()))
