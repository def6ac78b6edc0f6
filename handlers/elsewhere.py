"""Messages for the program that had the account before us (ADR 26)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Not ours to answer: whoever had the account before is asked. What of it concerns us has been noted."""
