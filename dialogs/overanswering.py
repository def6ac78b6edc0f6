"""Taking in what was understood of free text: filled, refused, left open or asked on, each behind its gate (design §3)."""

import re

from dialogs.answering import refuse, skip, store
from dialogs.events import Held
from dialogs.focus import OnField, OnRows
from dialogs.reading import Partial, Refusal, Understood
from dialogs.turn import SOURCE_KEPT, Turn
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.understand import Understanding, understand
from dialogs.visible import consent_refused, visible_fields
from model.draft import Editing, Unfinished
from model.fields import ChoiceField, CodeField, Field, PhoneField
from model.values import Code, Pick, Picks, Value


def overhear(turn: Turn, text: str) -> Understanding:
    """Understands the message and takes in what it says. Empty if there was nothing in it about the form."""
    understood = understand(turn.county, turn.form, turn.draft, turn.focus, turn.context, text)
    if understood:
        _take(turn, understood)
    return understood


def _take(turn: Turn, understood: Understanding) -> None:
    said = understood.marked.text
    attended = turn.draft.attention
    if understood.services is not None:
        _store(turn, turn.form.fields[turn.county.places.services], _services(turn, understood.services), said, confirmed=True)
    for name, value in understood.implied:
        if not any(one.field == name for one in understood.taken):
            _store(turn, turn.form.fields[name], value, said, certainty="derived", confirmed=True)
    order = list(turn.form.fields)
    for one in sorted(understood.taken, key=lambda one: (not isinstance(turn.form.fields[one.field], ChoiceField), order.index(one.field))):
        _one(turn, one, said)
    if turn.draft.attention is None and attended is not None and _still_meant(turn, attended):
        turn.change_draft(attention=attended)


def _still_meant(turn: Turn, attended: object) -> bool:
    """Whether what was attended to is still to be done: its field was not answered by this message."""
    name = getattr(attended, "field", None)
    return isinstance(attended, Unfinished) and name is not None and name not in turn.draft.answers


def _one(turn: Turn, one: Candidate, text: str) -> None:
    field = turn.form.fields[one.field]
    if field not in visible_fields(turn.form, turn.draft.answers) and field.id not in {f.id for f in visible_fields(turn.form, turn.draft.answers)}:
        return
    said = text[one.start : one.end]
    match one.reading:
        case None:
            if field.id not in turn.draft.answers:
                skip(turn, field)
        case Understood(value=value):
            if _open_to(turn, field, value, said):
                _store(turn, field, value, said, certainty=one.certainty, confirmed=not one.unsure, warnings=one.reading.warnings)
        case Partial(want=want, so_far=so_far):
            if turn.draft.attention is None or isinstance(turn.draft.attention, Editing):
                turn.change_draft(attention=Unfinished(field=field.id, text=(so_far or said)[:SOURCE_KEPT], want=want))
        case Refusal():
            given = _number(said) if isinstance(field, CodeField | PhoneField) else said
            refuse(turn, field, one.reading, given)
            if turn.draft.attention is None and field.id not in turn.draft.answers:
                turn.change_draft(attention=Editing(field=field.id))
            if isinstance(field, CodeField | PhoneField):
                turn.change_draft(slips={**turn.draft.slips, field.id: given[:40]})


def _number(said: str) -> str:
    found = re.search(r"[0-9A-Za-z][0-9A-Za-z \-]{3,}", said)
    return re.sub(r"[ ]", "", found[0]).upper() if found else said


def _store(turn: Turn, field: Field, value: Value, said: str, **provenance: object) -> None:
    confirmed = bool(provenance.pop("confirmed", True))
    answer = turn.made(value, said, **provenance)  # type: ignore[arg-type]
    kept = turn.draft.answers.get(field.id)
    if kept is not None and kept.value == value:
        return
    store(turn, field, answer.model_copy(update={"confirmed": confirmed}))
    if field.id in turn.draft.slips:
        turn.change_draft(slips={name: slip for name, slip in turn.draft.slips.items() if name != field.id})


def _open_to(turn: Turn, field: Field, value: Value, said: str) -> bool:
    """Whether the field may be filled now. A number before its consent is held, anything personal before the notice waits."""
    if consent_refused(field, turn.draft):
        return False
    kept = turn.draft.attention
    turn.change_draft(attention=Editing(field=field.id))
    gate = turn.focus
    turn.change_draft(attention=kept)
    if isinstance(gate, OnField | OnRows):
        return True
    if isinstance(value, Code) and field.consent and value.scheme == "identity" and field.consent not in turn.draft.held:
        turn.change_draft(held={**turn.draft.held, field.consent: turn.made(value, said).model_copy(update={"confirmed": False})})
        turn.emit(Held(field.consent))
    return False


def _services(turn: Turn, options: tuple[str, ...]) -> Picks:
    field = turn.form.fields[turn.county.places.services]
    assert isinstance(field, ChoiceField)
    order = [option.text for option in field.options]
    return Picks(picks=tuple(Pick(option=name) for name in sorted(options, key=order.index)))
