"""A form with a draft, as plain values for templates: sections, their fields, and what stands in their inputs."""

from dataclasses import dataclass
from typing import Literal

from model.draft import Certainty, Role

Input = Literal[
    "text",
    "long_text",
    "tel",
    "code",
    "number",
    "date",
    "one_of",
    "some_of",
    "yes_no",
    "contact",
    "rows",
    "place",
    "files",
]
"""What a field is filled in with: `long_text` has several lines, `code` is a number of a person or a firm, `rows` is a table."""
State = Literal["given", "deferred", "in_person", "empty", "open", "held"]
"""As on the review card: given, to follow (容缺), checked in person, left empty, not answered yet; held: it waits for a consent."""
Need = Literal["required", "optional", "deferrable", "in_person"]
"""`deferrable` may follow (容缺), `in_person` may be left open and checked in person."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who typed the answer (an id, and as what), whether it was confirmed, how sure it is, and the words it was taken from. `copied`:
    from an earlier application (照上一件填).
    """

    by: str
    role: Role | Literal["staff"]
    certainty: Certainty
    confirmed: bool
    words: str
    copied: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A tick box or radio button: its value, what it says, whether it is chosen, and the input for a note beside it, if it has one."""

    value: str
    label: str
    means: str
    chosen: bool
    note_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """An input of a table."""

    name: str
    label: str
    unit: str
    number: bool
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file that is there: what it is called on the page, and by what it is removed."""

    digest: str
    label: str


@dataclass(frozen=True, slots=True)
class ConsentShown:
    """What has to be agreed to before the field is shown; `refused`: it was not."""

    name: str
    version: int
    title: str
    text: str
    instead: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Both:
    """Somebody else answered it meanwhile: his answer in words and its revision, and what was entered here."""

    theirs: str
    revision: str
    mine: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field. `entered` holds by part what stands in its inputs: what was just entered, else the answer; `value` is the answer in
    words. `seen` goes back with the form (`dialogs.as_data.edits`). `may_follow`: it has a box for leaving it open, `later`: that is
    ticked. `longest`: characters it may have, or files. `problem`: why what was entered last was not taken; `warnings` are remarks
    on an answer that was.
    """

    id: str
    input: Input
    label: str
    printed: str
    ask: str
    hint: str
    example: str
    need: Need
    state: State
    value: str
    entered: dict[str, str]
    seen: str
    may_follow: bool
    later: bool
    longest: int
    origin: Origin | None = None
    problem: str = ""
    warnings: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    halves: tuple[str, ...] = ()
    hours: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()
    files: tuple[FileShown, ...] = ()
    on_its_way: int = 0
    consent: ConsentShown | None = None
    both: Both | None = None

    @property
    def described_by(self) -> str:
        """The ids of all that explains the field, for `aria-describedby`."""
        told = (("hint", self.hint or self.example), ("now", self.value_hidden), ("problem", self.problem))
        return " ".join(f"{self.id}-{name}" for name, there in told if there)

    @property
    def value_hidden(self) -> bool:
        """Whether there is an answer that its input does not show: the number of a person."""
        return self.input == "code" and self.state == "given" and not self.entered


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the form with the fields that are shown now; how many are given, and how many are still to be answered."""

    id: str
    title: str
    note: str
    fields: tuple[FieldView, ...]
    given: int
    left: int

    @property
    def problems(self) -> tuple[FieldView, ...]:
        """Fields that something is wrong with."""
        return tuple(one for one in self.fields if one.problem or one.both)
