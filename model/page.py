"""What a person does to a draft on a page: the same draft as in the chat, field by field (design §2.1)."""

from typing import Annotated, Literal

from pydantic import Field

from model.frozen import Frozen
from model.values import StoredFile


class Edit(Frozen):
    """What was entered for one field (see `dialogs.as_data.entering`), by somebody who saw its answer at revision `seen`."""

    field: str
    seen: int | None
    given: tuple[tuple[str, str], ...]


class Save(Frozen):
    """Fields of a section were changed."""

    do: Literal["save"] = "save"
    edits: tuple[Edit, ...]


class Agree(Frozen):
    """The privacy notice (`notice`) or a separate consent was agreed to, or not, as its text stood in this version."""

    do: Literal["agree"] = "agree"
    name: str
    version: int
    agreed: bool


class AddFile(Frozen):
    """A photo or PDF was uploaded for a paper, and is stored."""

    do: Literal["add_file"] = "add_file"
    field: str
    file: StoredFile


class RemoveFile(Frozen):
    """A file of a paper is taken out again."""

    do: Literal["remove_file"] = "remove_file"
    field: str
    digest: str


class HandIn(Frozen):
    """The declaration is made and the form handed in, as it was reviewed at this revision of the draft."""

    do: Literal["hand_in"] = "hand_in"
    revision: int


class Begin(Frozen):
    """Another application; one with nothing in it is used again."""

    do: Literal["begin"] = "begin"


Deed = Annotated[Save | Agree | AddFile | RemoveFile | HandIn | Begin, Field(discriminator="do")]


class Beside(Frozen):
    """What the chat has not heard of yet: the fields that were answered on a page since its last reply, and whether it would ask for
    something else now than what it asked there.
    """

    fields: tuple[str, ...]
    moved: bool
