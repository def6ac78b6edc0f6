"""An official sheet of a county as a template (typst): what is printed, and which field of the form stands in which cell."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final, Literal

from pydantic import Field as Setting

from model.frozen import Frozen

Of = Literal["form", "survey", "receipt"]
"""What a sheet is filled from. `form`: the application; `survey`: the survey that a body leads; `receipt`: that it was received."""

_NAMED: Final = re.compile(r"(?<![\w.])f\.([A-Za-z_]\w*)")
_COMMENT: Final = re.compile(r"(?m)(?:^|(?<=\s))//.*$")


class SheetTemplate(Frozen):
    """One sheet. `text` is the template as it stands in its file; it names a field of the form as `f.field`."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    of: Of
    text: str

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of the form that have a cell."""
        return frozenset(name for _, _, name in fields_named(self.text))

    @property
    def blank(self) -> bool:
        """Whether it is handed out empty: a receipt is not."""
        return self.of != "receipt"


def fields_named(text: str) -> Iterator[tuple[int, int, str]]:
    """Line and column (from 1) of every field that a template names, outside comments."""
    for number, line in enumerate(without_comments(text), 1):
        for match in _NAMED.finditer(line):
            yield number, match.start(1) + 1, match[1]


def without_comments(text: str) -> list[str]:
    """The lines of a template, each up to its comment."""
    return _COMMENT.sub("", text).split("\n")
