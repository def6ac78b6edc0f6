"""Every transcript says what the program says now; rewrite with `python -m tests.transcripts --write` and read the diff."""

import difflib
from pathlib import Path

import pytest

from tests.transcripts.format import read, write
from tests.transcripts.play import play

CHATS = sorted((Path(__file__).parent / "chats").glob("*.txt"))


@pytest.mark.parametrize("file", CHATS, ids=lambda file: file.stem)
async def test_transcript(file, counties, template, tmp_path):
    expected = file.read_text(encoding="utf-8")
    now = write(await play(read(file), counties, tmp_path, template))
    diff = "".join(difflib.unified_diff(expected.splitlines(True), now.splitlines(True), file.name, "现在"))
    assert not diff, "\n" + diff
