"""What can be answered about what is still to come: the steward looks at it, the applicant hands it in (X47, X127, J39)."""

from collections.abc import Iterator

from model.case import Case
from model.county import County
from model.fields import AttachmentField
from model.message import Act, Invitation
from model.order import Order
from model.part_form import part_name
from model.supplement import Supplement
from routing.lacking import lacking, of_order, unchecked

_AT_ONCE = 3
"""So many things that came in are offered to be looked at; the others after them."""
_MOST = 10


def checking(case: Case, order: Order, county: County) -> Iterator[Act]:
    """For the steward: what came in will do or not, an original is there, more is wanted. `county`: under the case's process."""
    rule = county.process.corrections
    for one in unchecked(case, order)[:_AT_ONCE]:
        name = supplement_name(county, one)
        yield Act(id=f"check.yes.{one.id}", label=county.messages["act.check_yes.label"] + name)
        if rule is not None and rule.form in county.forms:
            version = county.forms[rule.form].version
            label = county.messages["act.check_no.label"] + name
            yield Act(id=f"check.no.{one.id}", label=label, form=rule.form, form_version=version)
    for one in of_order(case, order):
        if one.paper_lacking:
            label = county.messages["act.tick_original.label"] + supplement_name(county, one)
            yield Act(id=f"tick_original.{one.id}", label=label)
    if rule is not None and rule.ask_form in county.forms:
        label, words = (county.messages[f"act.ask_more.{what}"] for what in ("label", "words"))
        version = county.forms[rule.ask_form].version
        yield Act(
            id="ask_more",
            label=label,
            words=tuple(words.split()),
            form=rule.ask_form,
            form_version=version,
            shown=False,
        )


def supplements_invitation(case: Case, county: County, title: str) -> Invitation:
    """For the applicant: what he can hand in, what is lacking first, and pages more of what nobody has looked at yet.

    `county` is on the form of what he handed in.
    """
    missing = lacking(case)
    more = () if case.closed_at else tuple(one for one in case.supplements if one.state == "received")
    found = [one for one in missing if one.state == "open" and not _consented(county, one)] + [
        one for one in more if is_paper(county, one)
    ]
    acts = tuple(_handing(county, one) for one in found[:_MOST])
    name = f"{case.id}:supplements"
    return Invitation(id=name, kind="supplements", case=case.id, number=case.number, title=title, acts=acts)


def _consented(county: County, one: Supplement) -> bool:
    """Whether it is a number that needs a consent of its own: not asked for here, without it."""
    field = county.form.fields.get(one.id)
    return field is not None and field.consent is not None


def _handing(county: County, one: Supplement) -> Act:
    name = supplement_name(county, one)
    if one.state == "received":
        name += county.messages["act.hand_in.more"]
    if is_paper(county, one):
        return Act(id=f"hand_in.{one.id}", label=name)
    form = part_name(county.form.id, [one.id])
    return Act(id=f"hand_in.{one.id}", label=name, form=form, form_version=county.form.version)


def supplement_name(county: County, one: Supplement) -> str:
    """How a supplement is called; `county` is on the form of the submission."""
    field = county.form.fields.get(one.id)
    return one.words or (field.called if field else one.id)


def is_paper(county: County, one: Supplement) -> bool:
    """Whether a photo or PDF answers it; what a steward called in his own words, either does."""
    return bool(one.words) or isinstance(county.form.fields.get(one.id), AttachmentField)
