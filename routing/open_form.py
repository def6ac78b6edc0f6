"""What a telephone application left open is filled in by whoever has it, and the applicant says yes to it (X26, X160)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, get_args

from model.case import Case
from model.commands.telephone import ConfirmForm, FillForm
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.events.supplements import SupplementsDeferred
from model.events.telephone import FormConfirmed, FormFilled
from model.fields import AttachmentField, ChoiceField, Field
from model.holding import looks_at
from model.message import Actor
from model.on_form import asked, shown
from model.order import Order
from model.process import Step
from model.submission import Submission
from model.telephone import OpenForm
from model.values import Declared, Picks
from routing.allowing import found, own
from routing.declaring import declaration, undeclared
from routing.deferring import Bound, Given, deferred
from routing.refusal import No
from routing.telephone import to_fill
from routing.transitions import TABLE, finished
from routing.whose_field import is_of, mended

_NAMED: Final = 6
"""So many of the fields that are lacking are named; the others are a number."""


def completing(
    case: Case, do: FillForm | ConfirmForm, actor: Actor, county: County, now: dt.datetime
) -> FormConfirmed | tuple[FormFilled | SupplementsDeferred, ...]:
    """What happens to a form that was left open."""
    if isinstance(do, ConfirmForm):
        return confirm_form(case, do, actor, county, now)
    return fill_form(case, do, actor, county, now)


def fill_form(
    case: Case, do: FillForm, actor: Actor, county: County, now: dt.datetime
) -> tuple[FormFilled | SupplementsDeferred, ...]:
    """What was still open is answered, or put right; once the form is complete its papers are due (容缺), and those that an
    answer makes necessary after that.

    Raises `No`: `fill_form.absent` where nothing was left open, `fill_form.unknown` for a field that is not his to fill in,
    `fill_form.hidden` for one that is not on the form as it is answered, `fill_form.apart` for a paper, or a number that is
    checked in person, `fill_form.given` for what stands there already, `fill_form.option`, `fill_form.required`,
    `fill_form.already`, `fill_form.empty`; those of `routing.allowing`.
    """
    form = _left_open(case, do.do)
    order = _about(case, do.order, actor)
    here = on_form(county, form.form_version)
    if not do.answers:
        raise No("fill_form.empty")
    typed = {name: _typed(one, actor, now) for name, one in do.answers.items()}
    answers = form.answers | typed
    on_it = shown(here.form, answers)
    for name, one in typed.items():
        _fits(here, order, form, on_it, name, one)
    anew = {
        name: one for name, one in typed.items() if name not in form.answers or form.answers[name].value != one.value
    }
    after = form.model_copy(update={"answers": form.answers | anew})
    lacking = open_of(after, here)
    after = after.model_copy(update={"lacking": lacking})
    heard = () if do.more else tuple(_to_read_back(case, after, here))
    if not anew and set(heard) <= set(form.read_back):
        raise No("fill_form.already")
    declares = not do.more and undeclared(after, here) is not None and bool(complete_ones(case, after, here))
    filled = FormFilled(
        order=do.order,
        answers=anew,
        lacking=lacking,
        read_back=heard,
        declares=declares,
        mended=mended(case, form, anew, actor, here),
    )
    return filled, *(() if lacking else _papers(case, after, here, now))


def confirm_form(case: Case, do: ConfirmForm, actor: Actor, county: County, now: dt.datetime) -> FormConfirmed:
    """The applicant says yes to what was read back to him, and declares it to be true (X60); or staff say that they have
    read it to him on the telephone, with the declaration, and that he agreed.

    Raises `No`: `confirm_form.absent`, `confirm_form.nothing`, `confirm_form.lacking` while that part is not complete.
    """
    form = _left_open(case, do.do)
    order = _about(case, do.order, actor)
    here = on_form(county, form.form_version)
    if actor.role == "applicant":
        fields = tuple(name for name in form.read_back if name in form.unconfirmed)
        ready = form.put and bool(complete_ones(case, form, here))
    else:
        fields, ready = unread(case, order, here), not lacking_of(case, order, here)
        if fields and not ready:
            raise No("confirm_form.lacking")
    if not fields and not (ready and undeclared(form, here)):
        raise No("confirm_form.nothing")
    return FormConfirmed(order=do.order, fields=fields, declared=declaration(case, here, actor, now) if ready else {})


def as_filled(submission: Submission, case: Case, county: County) -> Submission:
    """The application as it stands now: what was handed in, and what was filled in since. `county`: on its form."""
    if case.telephone is None or case.telephone.answers == submission.answers:
        return submission
    on_it = shown(county.form, case.telephone.answers)
    stands = on_it | set(submission.answers)
    answers = {
        name: one for name, one in case.telephone.answers.items() if name in stands or isinstance(one.value, Declared)
    }
    missing = tuple(_missing(case.telephone, county))
    return submission.model_copy(update={"answers": answers, "missing": missing})


def filled_in(case: Case, order: Order, do: str, county: County) -> None:
    """Raises `No` (`form.waits`) if the step of this command waits until the form is filled in (X26)."""
    if not waits_for_form(case, order, do, county):
        return
    form = on_form(county, case.telephone.form_version).form if case.telephone else county.form
    lacking = lacking_of(case, order, county)
    if not lacking and form.declaration is not None:
        raise No("form.undeclared", text=form.declaration.text)
    names = "、".join(form.fields[one].called for one in lacking[:_NAMED])
    raise No("form.waits", lacking=names, count=str(len(lacking)), more=str(max(0, len(lacking) - _NAMED)))


def waits_for_form(case: Case, order: Order, do: str, county: County) -> bool:
    """Whether the command is of the step before which the county wants the form complete, or of a later one."""
    rule, step = county.process.telephone, TABLE[do].step
    if rule is None or rule.complete_before is None or step is None:
        return False
    path = get_args(Step)
    return path.index(step) >= path.index(rule.complete_before) and not settled(case, order, county)


def settled(case: Case, order: Order, county: County) -> bool:
    """Whether the order's part of the form is complete, and the applicant has declared it to be true, if the county asks that."""
    if case.telephone is None:
        return True
    here = on_form(county, case.telephone.form_version)
    declared = undeclared(case.telephone, here) is None and not unread(case, order, county)
    return not lacking_of(case, order, county) and (declared or here.form.declaration is None)


def lacking_of(case: Case, order: Order | None, county: County) -> tuple[str, ...]:
    """What the order's part of the form still lacks: the common fields and its own. None: the whole form."""
    if case.telephone is None:
        return ()
    here = on_form(county, case.telephone.form_version)
    return tuple(one for one in case.telephone.lacking if one in here.form.fields and is_of(one, order, case, here))


def unread(case: Case, order: Order | None, county: County) -> tuple[str, ...]:
    """What stands in the order's part of the form and the applicant has not said yes to."""
    if case.telephone is None:
        return ()
    here = on_form(county, case.telephone.form_version)
    on_it = shown(here.form, case.telephone.answers)
    return tuple(one for one in case.telephone.unconfirmed if one in on_it and is_of(one, order, case, here))


def fillable(case: Case, order: Order | None, county: County) -> tuple[str, ...]:
    """The fields that may still be filled in there, whether or not the answers so far show them. `county`: on its form."""
    if case.telephone is None:
        return ()
    settled = set(case.telephone.answers) | _planned(county)
    return tuple(
        name
        for name, field in county.form.fields.items()
        if _can_be_typed(field) and name not in settled and is_of(name, order, case, county)
    )


def open_to(case: Case, order: Order | None, county: County) -> bool:
    """Whether anything is left there that is asked for, required or not. `county`: on its form."""
    if case.telephone is None:
        return False
    left = set(fillable(case, order, county))
    return any(one.id in left for one in asked(county.form, case.telephone.answers))


def open_of(form: OpenForm, county: County) -> tuple[str, ...]:
    """What a form lacks, given its answers. `county`: on its form."""
    return to_fill(_missing(form, county), county)


def _missing(form: OpenForm, county: County) -> Iterator[str]:
    for one in asked(county.form, form.answers):
        given = form.answers.get(one.id)
        if one.need != "optional" and (given is None or given.value is None):
            yield one.id


def _left_open(case: Case, do: str) -> OpenForm:
    if case.telephone is None:
        raise No(f"{do}.absent")
    return case.telephone


def _about(case: Case, name: str | None, actor: Actor) -> Order | None:
    """The order that a steward speaks for; whoever speaks for the applicant speaks of all."""
    if actor.role != "steward":
        return None if name is None else _going(found(case, name))
    order = found(case, name or "")
    own(order, actor, ())
    return _going(order)


def _going(order: Order) -> Order:
    if order.ending is not None:
        raise No("order.ended")
    return order


def _typed(answer: Answer, actor: Actor, now: dt.datetime) -> Answer:
    """The answer with who typed it: what the applicant typed himself needs no yes of his. The words he said it in are not
    kept in the log, where they could not be forgotten before the case (`storage.words`).
    """
    who = {"by": actor.staff or actor.person, "role": "staff" if actor.role == "clock" else actor.role}
    return answer.model_copy(update=who | {"source": "", "at": now, "confirmed": actor.role == "applicant"})


def _fits(
    county: County, order: Order | None, form: OpenForm, on_it: frozenset[str], name: str, answer: Answer
) -> None:
    field = county.form.fields.get(name)
    if field is None or field.filler != "applicant":
        raise No("fill_form.unknown")
    if not _can_be_typed(field):
        raise No("fill_form.apart", field=field.called)
    services = county.services_of(name)
    if order is not None and services and order.service not in services:
        raise No("fill_form.unknown")
    before = form.answers.get(name)
    same = before is not None and before.value == answer.value
    mine = before is not None and not before.confirmed and before.role != "applicant"
    own_words = before is not None and before.role == "applicant" and before.by == answer.by
    if before is not None and before.value is not None and not (same or mine or own_words):
        raise No("fill_form.given", field=field.called)
    if name not in on_it:
        raise No("fill_form.hidden", field=field.called)
    if answer.value is None and field.need == "required":
        raise No("fill_form.required", field=field.called)
    if isinstance(field, ChoiceField) and isinstance(answer.value, Picks):
        options = tuple(one.text for one in field.options)
        if any(one not in options for one in answer.value.options):
            raise No("fill_form.option", field=field.called, choices="、".join(options))


def _can_be_typed(field: Field) -> bool:
    """Not a paper, which may follow (容缺), nor what needs a consent of its own, which is checked in person."""
    apart = isinstance(field, AttachmentField) or field.kind == "declaration"
    return field.filler == "applicant" and field.consent is None and not apart


def _planned(county: County) -> frozenset[str]:
    """When he would have people come, if he wants to plan it (预约): whoever has the order agrees that with him anyway."""
    fields = county.form.fields
    days = {one.not_before for one in county.process.steps if one.not_before in fields}
    leads = (looks_at(fields[one].when) for one in days if one)
    return frozenset(one for one in days.union(*leads) if one and fields[one].need == "optional")


def _to_read_back(case: Case, form: OpenForm, county: County) -> Iterable[str]:
    """What the applicant hears now: all that others have typed into parts that are complete."""
    after, complete = case.model_copy(update={"telephone": form}), complete_ones(case, form, county)
    found_ = (name for one in complete for name in unread(after, one, county))
    return dict.fromkeys(found_)


def complete_ones(case: Case, form: OpenForm, county: County) -> list[Order]:
    """The orders whose part of such a form is complete."""
    after = case.model_copy(update={"telephone": form})
    return [one for one in case.orders if one.ending is None and not lacking_of(after, one, county)]


def _papers(case: Case, form: OpenForm, county: County, now: dt.datetime) -> Iterator[SupplementsDeferred]:
    """Now that the form is complete it is known which papers it needs, beside those that he knows of. What is checked in
    person nobody asks for.
    """
    typed: Mapping[str, Field] = county.form.fields
    known = {one.id for one in case.supplements}
    missing = [one for one in _missing(form, county) if typed[one].consent is None and one not in known]
    on_it = shown(county.form, form.answers)
    answers = {name: one for name, one in form.answers.items() if name in on_it}
    bound = [Bound(one.id, one.service) for one in case.orders if not finished(one, case.steps_of(one))]
    for one in deferred(Given(answers, missing, {}), county, bound, now):
        yield one.model_copy(update={"later": True})
