"""Values read back: one line for one, a block for several; what is not certain stands apart and asks to be put right."""

from collections.abc import Iterator, Sequence

from dialogs import events as d
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import called, show
from model.draft import Answer
from model.fields import Field
from model.form import Form

VALUE_SHOWN = 60
"""Characters of a value in a block."""


class Filled:
    """Words for the values of one reply, within `room` bytes."""

    def __init__(self, catalogue: Catalogue, form: Form, room: int) -> None:
        """For fields of this form."""
        self._say = catalogue.say
        self._form = form
        self._room = room

    def block(self, events: Sequence[d.Filled | d.Corrected]) -> Iterator[str]:
        """All of them, the certain ones first."""
        for key, sure in (("told.filled_several", True), ("told.filled_unsure_several", False)):
            lines = [self._line(one) for one in events if one.answer.confirmed is sure]
            if not lines:
                continue
            shown = list[str]()
            for line in lines:
                self._room -= len(line.encode()) + 1
                if self._room < 0 and shown:
                    break
                shown.append(line)
            if len(lines) == 1 and not sure:
                yield self._say("told.filled_unsure", line=shown[0])
            else:
                yield self._say(key, lines=shown, left=len(lines) - len(shown))
        for warning in dict.fromkeys(warning for one in events for warning in one.answer.warnings):
            yield self._say(f"warnings.{warning}")

    def _line(self, event: d.Filled | d.Corrected) -> str:
        field = self._form.fields[event.field]
        value = self._shown(event.answer, field)
        old = self._shown(event.old, field) if isinstance(event, d.Corrected) else ""
        return self._say("told.filled_line", called=called_apart(self._form, field), value=value, old=old)

    def _shown(self, answer: Answer, field: Field) -> str:
        value = show(answer.value, field) if answer.value else ""
        return value if len(value) <= VALUE_SHOWN else value[: VALUE_SHOWN - 1] + "…"


def called_apart(form: Form, field: Field) -> str:
    """How it is called among fields of other sections: with its section, where another has the same name."""
    name = called(field)
    if sum(called(one) == name for one in form.fields.values()) == 1:
        return name
    return f"{form.section_of[field.id].title}·{name}"
