"""What a field found in a stretch of a message."""

from dataclasses import dataclass

from dialogs.reading import Reading
from model.draft import Certainty


@dataclass(frozen=True, slots=True)
class Finding:
    """What a field found: the reading, its span, and whether it must be read back."""

    reading: Reading | None
    start: int
    end: int
    unsure: bool = False
    certainty: Certainty = "said"
    why: str = ""
