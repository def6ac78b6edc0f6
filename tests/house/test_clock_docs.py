"""The counts printed in the page about limits are those of the program."""

import re
from pathlib import Path

import pytest

from bot.due_cli import due_report
from tests.shipped import shipped

PAGE = (Path(__file__).parents[2] / "docs" / "clocks.md").read_text("utf-8")
PRINTED = re.findall(r"^\$ python -m bot due (\S+) (\S+) (\S+)\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("county", "step", "start", "printed"), PRINTED)
def test_printed_counts_are_current(county: str, step: str, start: str, printed: str) -> None:
    assert due_report(shipped()[county], step, start, {}) == printed


def test_there_are_some() -> None:
    assert len(PRINTED) == 3
