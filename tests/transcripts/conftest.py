"""The counties and an empty database to copy, made once."""

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest
import structlog

from model.county import County
from tests.shipped import shipped
from tests.transcripts.stage import empty_database


@pytest.fixture(scope="session")
def counties() -> Mapping[str, County]:
    """Both counties."""
    return shipped()


@pytest.fixture(scope="session")
async def template(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """The migrated database every stage begins with."""
    yield await empty_database(tmp_path_factory.mktemp("template") / "template.sqlite3")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is logged is tested elsewhere."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    yield
    structlog.reset_defaults()
