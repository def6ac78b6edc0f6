"""The checklist of FormFlow's behaviours names transcripts that are there."""

import re
from pathlib import Path

CHATS = Path(__file__).parent / "chats"
CHECKLIST = Path(__file__).parents[2] / "docs" / "formflow.md"


def test_every_transcript_named_is_there():
    named = set(re.findall(r"`(\w+)\.txt`", CHECKLIST.read_text(encoding="utf-8")))
    assert named
    assert not named - {one.stem for one in CHATS.glob("*.txt")}
