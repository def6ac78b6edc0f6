"""What would have to be so for a hidden field to be shown: whoever gives its value has said that too."""

from collections.abc import Mapping

from model.condition import AllOf, AnyOf, Condition, Has, Not, Says
from model.draft import Answer
from model.fields import ChoiceField, Field
from model.form import Form
from model.holding import holds
from model.values import Picks

Opening = tuple[str, str | bool]
"""A field and the option, or the yes or no, that must be its answer."""


def openings(form: Form, field: Field, answers: Mapping[str, Answer]) -> tuple[Opening, ...] | None:
    """What is still missing for the field to be shown: () if it is, None if the answers given speak against it."""
    wanted = dict[Opening, None]()
    for condition in (form.section_of[field.id].when, field.when):
        needed = _needed(form, condition, answers)
        if needed is None:
            return None
        wanted |= dict.fromkeys(needed)
        for name, _ in needed:
            above = openings(form, form.fields[name], answers)
            if above is None:
                return None
            wanted = dict.fromkeys((*above, *wanted))
    return tuple(wanted)


def _needed(form: Form, condition: Condition | None, answers: Mapping[str, Answer]) -> tuple[Opening, ...] | None:
    if condition is None or holds(condition, answers):
        return ()
    match condition:
        case Has(field=name, has=options):
            field, answer = form.fields.get(name), answers.get(name)
            if not isinstance(field, ChoiceField) or len(options) != 1:
                return None
            taken = answer is not None and isinstance(answer.value, Picks) and not field.several
            return None if taken else ((name, options[0]),)
        case Says(field=name, yes=yes):
            answer = answers.get(name)
            return None if answer is not None and answer.value is not None else ((name, yes),)
        case AllOf(all=parts):
            found = [_needed(form, part, answers) for part in parts]
            return None if any(one is None for one in found) else tuple(one for part in found for one in part or ())
        case AnyOf() | Not():
            return None
        case _:
            return None
