"""The stories that are played: those of the repository, and files from elsewhere that are named or lie beside the checkout."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMED = "LIANBAN_STORIES"
"""Environment: story files from elsewhere, separated like a PATH."""
SET_ASIDE = "set aside"

_ROOT = Path(__file__).parent.parent
_OURS = _ROOT / "tests" / "stories"
_BESIDE = _ROOT.parent / "shared" / "stories" / "dev.jsonl"

Story = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Stories that are reported together. Of those set aside nothing but sums is ever shown."""

    name: str
    stories: tuple[Story, ...]

    @property
    def set_aside(self) -> bool:
        """Whether single stories must not be shown."""
        return self.name == SET_ASIDE


def groups() -> tuple[Group, ...]:
    """Every story file by itself, and those set aside together."""
    named = os.environ.get(NAMED)
    elsewhere = [Path(one) for one in named.split(os.pathsep)] if named else [one for one in (_BESIDE,) if one.exists()]
    ours = sorted(_OURS.glob("*.jsonl"))
    open_files = [*elsewhere, *(one for one in ours if not one.name.startswith("aside_"))]
    aside = tuple(story for one in ours if one.name.startswith("aside_") for story in read(one))
    return (*(Group(one.name, read(one)) for one in open_files), Group(SET_ASIDE, aside))


def read(path: Path) -> tuple[Story, ...]:
    """The stories of a JSON-lines file."""
    return tuple(json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
