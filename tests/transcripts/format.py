"""The plain text of a transcript: what people do, and below each line what the program made of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

INDENT = " " * 6
_SPEECH = re.compile(r"(\S+?)> ?(.*)")
#: Lines that the program writes: replies, what changed, pushes, findings.
_WRITTEN = ("联办<", "=", "→", "  ")


@dataclass
class Step:
    """One line of input (`said` as written in the file) and the output below it."""

    said: str
    got: list[str] = field(default_factory=list)

    @property
    def speech(self) -> tuple[str, str] | None:
        """Who says what, if it is speech: ⏎ stands for a new line."""
        if self.said[0] in "+!?":
            return None
        match = _SPEECH.fullmatch(self.said)
        if match is None:
            raise ValueError(f"neither speech nor a direction: {self.said}")
        return match[1], match[2].replace("⏎", "\n")


@dataclass
class Transcript:
    """A file: its title, header and steps; `notes` keeps comment lines where they stood, before the step."""

    title: str
    head: dict[str, str]
    steps: list[Step]
    notes: dict[int, list[str]]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who speaks, in the order of the file."""
        return tuple(dict.fromkeys(step.speech[0] for step in self.steps if step.speech))


def read(path: Path) -> Transcript:
    """The file as steps. Raises ValueError for a line that is none."""
    title, head, steps, notes = "", dict[str, str](), list[Step](), dict[int, list[str]]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and not title:
            title = line[2:]
        elif line.startswith("#"):
            notes.setdefault(len(steps), []).append(line)
        elif not line.strip():
            continue
        elif steps and line.startswith(_WRITTEN):
            steps[-1].got.append(line)
        elif not steps and (match := re.fullmatch(r"(\w+): (.+)", line)):
            head[match[1]] = match[2]
        else:
            steps.append(Step(line))
            _ = steps[-1].speech  # a slip in the file is reported with the file, not in the middle of the play
    return Transcript(title, head, steps, notes)


def write(transcript: Transcript) -> str:
    """The file's text."""
    return "\n".join(_lines(transcript)) + "\n"


def _lines(transcript: Transcript) -> Iterator[str]:
    yield f"# {transcript.title}"
    for name, value in transcript.head.items():
        yield f"{name}: {value}"
    for number, step in enumerate(transcript.steps):
        yield ""
        yield from transcript.notes.get(number, ())
        yield step.said
        yield from step.got
    yield from transcript.notes.get(len(transcript.steps), ())


def spoken(text: str, head: str) -> list[str]:
    """A text under its head, further lines indented."""
    first, *rest = text.split("\n")
    return [f"{head} {first}".rstrip(), *(f"{INDENT}{line}".rstrip() for line in rest)]
