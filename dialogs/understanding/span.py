"""Anything that stands at a place of a text."""

from typing import Protocol


class Span(Protocol):
    """Anything that stands at a place of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends, exclusively."""
