"""What follows from an answer without being said: of a new supply nobody has to say that there was none before."""

from collections.abc import Iterator, Mapping

from dialogs.derived import derived
from dialogs.events import Filled, Undone
from dialogs.turn import Turn
from dialogs.understanding.fillable import fillable
from dialogs.understanding.supposing import said_by, told
from dialogs.visible import visible_fields
from model.conversation import Conversation
from model.draft import Answer
from model.fields import NumberField
from model.form import Form
from model.holding import holds, looks_at
from model.values import Picks


def follow(turn: Turn, before: Conversation) -> None:
    """Before the end of a turn: fills what its answers say as much as, however they were given, and leaves open again what
    followed from an answer that is another one now.
    """
    if turn.conversation is before or not turn.has_draft or not turn.draft.applies:
        return
    answers, old = turn.draft.answers, before.draft()
    known = old.answers if old is not None and old.id == turn.draft.id else {}
    deciding = _deciding(turn.form)  # asked at every message, so without a step of our own for each
    if answers is known or [*map(answers.get, deciding)] == [*map(known.get, deciding)]:
        return
    if any(isinstance(one, Undone) for one in turn.events):
        return
    if groundless := set(_groundless(turn.form, answers)):
        answers = {name: one for name, one in answers.items() if name not in groundless}
        turn.change_draft(answers=answers, trail=tuple(one for one in turn.draft.trail if one not in groundless))
    shown = {field.id for field in visible_fields(turn.form, answers)}
    for name, value in told(turn.form, answers):
        if name in answers or name not in shown:
            continue
        answer = turn.made(value, "", certainty="derived")
        turn.change_draft(answers={**turn.draft.answers, name: answer}, trail=(*turn.draft.trail, name))
        turn.emit(Filled(name, answer))


def _groundless(form: Form, answers: Mapping[str, Answer]) -> Iterator[str]:
    """Answers that nobody gave and that follow from nothing any more."""
    for field in fillable(form).told:
        doing = said_by(form, field, answers) if isinstance(field, NumberField) else None
        done = answers.get(doing[0].id) if doing else None
        if doing and done and _by_itself(done) and isinstance(done.value, Picks) and done.value.options != doing[1]:
            yield doing[0].id
        kept = answers.get(field.id)
        if kept is None or not _by_itself(kept):
            continue
        if isinstance(field, NumberField):
            grounds = [field.zero_when]
        else:
            ticked = kept.value.options if isinstance(kept.value, Picks) else ()
            grounds = [one.implied for one in field.options if one.text in ticked and not one.told_by]
        if any(one is not None and not holds(one, answers) for one in grounds):
            yield field.id


def _by_itself(answer: Answer) -> bool:
    """Whether nobody said it."""
    return answer.certainty == "derived" and not answer.source


@derived
def _deciding(form: Form) -> frozenset[str]:
    """The fields that others follow from."""
    return frozenset(one.id for one in fillable(form).told if isinstance(one, NumberField)).union(
        *(
            looks_at(condition)
            for field in fillable(form).told
            for condition in (
                [field.zero_when] if isinstance(field, NumberField) else [option.implied for option in field.options]
            )
        )
    )
