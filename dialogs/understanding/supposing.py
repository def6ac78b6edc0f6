"""The draft as it would be with what was understood so far, for the next pass, and what that says beside itself."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.telling import Who, tellings
from model.condition import Has
from model.county import County
from model.draft import Answer, Draft
from model.fields import ChoiceField, Field, NumberField, YesNoField
from model.form import Form
from model.holding import holds
from model.values import Amount, Pick, Picks, Value, YesNo


def wider(value: Value, one: Candidate) -> bool:
    """Whether what other values imply ticks more than was said itself."""
    said = one.reading.value if isinstance(one.reading, Understood) else None
    return isinstance(value, Picks) and isinstance(said, Picks) and set(said.options) < set(value.options)


def supposed_draft(
    county: County,
    form: Form,
    draft: Draft,
    taken: Mapping[str, Candidate],
    added: Mapping[str, None],
    dropped: Mapping[str, None],
    implied: dict[str, Value],
    causes: dict[str, set[str]],
    before: Mapping[str, Answer],
) -> Draft:
    """The draft as it would be with these answers, for the next pass; `implied` collects what they say beside themselves.

    `before`: the answers as they would have been after the pass before.
    """
    answers, trail = dict(draft.answers), list(draft.trail)

    def put(name: str, value: Value) -> None:
        kept = before.get(name)
        if kept is None or kept.value is not value or kept is draft.answers.get(name):
            kept = Answer(value=value, by="", at=draft.changed_at)
        answers[name] = kept
        trail[:] = [one for one in trail if one != name] + [name]

    chosen = services_after(county, draft, added, dropped)
    if chosen is not None:
        put(county.places.services, _picks(form.fields[county.places.services], chosen))
    for name in [one for one in implied if not (causes[one] & taken.keys())]:
        del implied[name]  # what it followed from is not so after all
    for name, value in implied.items():
        put(name, value)
    for one in sorted(taken.values(), key=lambda one: one.start):
        if isinstance(one.reading, Understood) and not (one.field in implied and wider(implied[one.field], one)):
            put(one.field, one.reading.value)
    for one in taken.values():
        for name, wanted in one.needs:
            if name == county.places.services:
                continue
            old = answers[name].value if name in answers else None
            asked = form.fields[name]
            several = isinstance(asked, ChoiceField) and asked.several
            if old is None:
                implied[name] = _opening(asked, wanted)
            elif several and isinstance(old, Picks) and isinstance(wanted, str) and wanted not in old.options:
                implied[name] = _picks(asked, (*old.options, wanted))
            else:
                continue
            causes.setdefault(name, set()).add(one.field)
            put(name, implied[name])
    for name, value in told(form, answers):
        implied[name] = value
        causes[name] = set()  # worked out anew in each pass
        put(name, value)
    return draft.model_copy(update={"answers": answers, "trail": tuple(trail)})


def told(form: Form, answers: Mapping[str, Answer]) -> Iterator[tuple[str, Value]]:
    """What other answers say as much as: a firm's code says that a firm applies, a new supply that there was none."""
    who: frozenset[Who] | None = None
    for one in fillable(form).told:
        known = answers.get(one.id)
        if isinstance(one, NumberField):
            if known is None and one.zero_when and holds(one.zero_when, answers):
                yield one.id, Amount(number=Decimal(0), unit=one.unit)
            elif (doing := said_by(form, one, answers)) is not None and doing[0].id not in answers:
                yield doing[0].id, _picks(*doing)
            continue
        if known is not None and known.certainty == "said":
            continue
        who = tellings(form, answers) if who is None else who
        firm = "organisation" in who
        guessed = known is not None and firm  # a firm that is named later
        if known is None or (guessed and any(option.told_by == "organisation" for option in one.options)):
            for option in one.options:
                if (
                    option.implied is not None and not firm and holds(option.implied, answers)
                ) or option.told_by in who:
                    picked = _picks(one, (option.text,))
                    if known is None or known.value != picked:
                        yield one.id, picked
                    break


def said_by(
    form: Form, field: NumberField, answers: Mapping[str, Answer]
) -> tuple[ChoiceField, tuple[str, ...]] | None:
    """What is to be done, by what there was before: nothing, and it is new; so much, and it is what that is asked of."""
    known = answers.get(field.id)
    value = known.value if known is not None else None
    if not isinstance(value, Amount):
        return None
    says = field.ask_when if value.number else field.zero_when
    doing = form.fields.get(says.field) if isinstance(says, Has) and len(says.has) == 1 else None
    return (doing, says.has) if isinstance(says, Has) and isinstance(doing, ChoiceField) else None


def _opening(asked: Field, wanted: str | bool) -> Value:
    if isinstance(asked, YesNoField):
        return YesNo(yes=bool(wanted))
    return _picks(asked, (str(wanted),))


def _picks(asked: Field, options: tuple[str, ...]) -> Picks:
    assert isinstance(asked, ChoiceField)
    order = [option.text for option in asked.options]
    return Picks(picks=tuple(Pick(option=name) for name in sorted(dict.fromkeys(options), key=order.index)))


def services_after(
    county: County, draft: Draft, added: Mapping[str, None], dropped: Mapping[str, None]
) -> tuple[str, ...] | None:
    """The services chosen after the message, if that changes anything."""
    answer = draft.answers.get(county.places.services)
    before = answer.value.options if answer and isinstance(answer.value, Picks) else ()
    after = tuple(one for one in dict.fromkeys((*before, *added)) if one not in dropped)
    return after if after and after != before else None
