"""人工会话: a person talks to staff in his own conversation, and the program is silent meanwhile (ADR 41)."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field as Setting

from model.frozen import Frozen
from model.values import StoredFile

MOST = 100
"""Lines kept of a talk; the oldest give way, and it is told how many have. With `WORDS` it keeps a conversation small: all of
it is sealed anew with every message."""
WORDS = 20_000
"""Characters kept of all lines together."""
LONGEST = 2000
"""Characters of one line (platform rule: a text has at most 2048 bytes; others may bring more)."""
SAID = 500
"""Characters of what staff say at a time: it has to fit into what is pushed."""

MEDIA = 20
"""Photos, files and pieces of speech kept of one talk: each is a file on our disk, and whoever sends more wants the window."""
MEDIA_BYTES = 40_000_000
"""Bytes of all of them together: twenty photos of a telephone."""

Kind = Literal["text", "voice", "photo", "file", "location", "other"]


class InboxRule(Frozen):
    """人工会话 of a county. `minutes`: so many working minutes somebody waits for a word of staff before his words become an
    enquiry with an owner; `quiet`: so many minutes by the clock after the last word of staff the program speaks again; `keep`:
    so many days what was said is kept after the end; `quick`: replies that staff only have to tap.
    """

    minutes: int = Setting(default=60, ge=5, le=480)
    quiet: int = Setting(default=30, ge=5, le=480)
    keep: int = Setting(default=30, ge=1, le=90)
    quick: tuple[Annotated[str, Setting(min_length=1, max_length=SAID)], ...] = Setting(default=(), max_length=9)


class Medium(Frozen):
    """A photo, a file or speech in a talk: the `file`, or why there is none (`refused`, a code); neither: it is being fetched.

    `record` is what it is stored under; one for each talk, and its key is that of the conversation's words. `seconds` of
    speech; None: it is none, or it cannot be known.
    """

    record: str
    file: StoredFile | None = None
    refused: str = ""
    seconds: int | None = None


class HumanLine(Frozen):
    """One thing said, in the order of `number` (from 1). `staff`: the id of whoever serves; "" the person himself.

    `key` is that of the message that brought it; by that of staff its push is found. `cut`: so many characters are not kept.
    """

    number: int
    at: dt.datetime
    kind: Kind = "text"
    text: str = ""
    staff: str = ""
    name: str = ""
    key: str = ""
    cut: int = 0
    media: Medium | None = None


class HumanTalk(Frozen):
    """The talk that is on, or the last one until what was said in it is not kept any more.

    `number` counts the talks of a conversation, so that a page of an earlier one does nothing to this; `version` counts changes.
    `waits_since`: something was said, or the talk begun, and staff have not said a word since then; None: it waits for nobody.
    `first` is the number of the first line of this talk: those before are of earlier ones. `dropped` lines have given way.
    `media` counts what was sent beside words, `held` the bytes that are kept of it.
    """

    number: int = 1
    version: int = 1
    opened_at: dt.datetime
    waits_since: dt.datetime | None = None
    heard_at: dt.datetime | None = None
    said_at: dt.datetime | None = None
    taken_by: str = ""
    taken_name: str = ""
    lines: tuple[HumanLine, ...] = ()
    first: int = 1
    dropped: int = 0
    media: int = 0
    held: int = 0
    ended_at: dt.datetime | None = None
    ended_by: Literal["", "applicant", "staff", "time"] = ""

    @property
    def open(self) -> bool:
        """Whether the program is silent."""
        return self.ended_at is None

    @property
    def count(self) -> int:
        """How many lines there ever were."""
        return self.lines[-1].number if self.lines else self.dropped

    @property
    def own(self) -> tuple[HumanLine, ...]:
        """The lines of this talk that are kept."""
        return tuple(one for one in self.lines if one.number >= self.first)

    @property
    def records(self) -> frozenset[str]:
        """What the photos and the speech of its lines are stored under."""
        return frozenset(one.media.record for one in self.lines if one.media is not None)

    def line(self, number: int) -> HumanLine | None:
        """The line of this number, as long as it is kept."""
        return next((one for one in self.lines if one.number == number), None)
