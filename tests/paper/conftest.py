"""One typesetter for all tests of a process: its fonts are read once."""

from collections.abc import Iterator

import pytest

from bot.paper.typesetter import Typesetter


@pytest.fixture(scope="session")
def typesetter() -> Iterator[Typesetter]:
    one = Typesetter()
    yield one
    one.close()
