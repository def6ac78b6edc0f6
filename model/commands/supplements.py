"""容缺 and 补正: what is still to come is asked for, handed in, looked at (X47, X129, J39)."""

from typing import Literal

from pydantic import Field

from model.frozen import Frozen
from model.values import StoredFile, Value


class AskMore(Frozen):
    """要补材料: all that is lacking, told in one go (一次性告知, J39): fields of the form, and what is in none, in `words`.

    `reason`: why more is asked for than the first time.
    """

    do: Literal["ask_more"] = "ask_more"
    order: str
    fields: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    reason: str = ""


class Handed(Frozen):
    """What came in for one supplement: files, or an answer."""

    supplement: str
    files: tuple[StoredFile, ...] = ()
    value: Value | None = None


class HandIn(Frozen):
    """补材料: the applicant, or staff for him, hands in what was still to come."""

    do: Literal["hand_in"] = "hand_in"
    handed: tuple[Handed, ...] = Field(min_length=1)


class Check(Frozen):
    """The steward looks at what came in: it will do, or not, and then what is `wrong` with it."""

    do: Literal["check"] = "check"
    order: str
    supplement: str
    passes: bool
    wrong: str = ""


class Waive(Frozen):
    """免交: it is not needed after all."""

    do: Literal["waive"] = "waive"
    order: str
    supplement: str


class TickOriginal(Frozen):
    """原件已收: staff hold the stamped original in their hands (X127)."""

    do: Literal["tick_original"] = "tick_original"
    order: str
    supplement: str
