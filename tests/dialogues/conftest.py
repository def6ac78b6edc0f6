"""Both counties, read once."""

from collections.abc import Mapping

import pytest

from config.loader import COUNTIES, load_counties
from model.county import County


@pytest.fixture(scope="session")
def counties() -> Mapping[str, County]:
    """Both counties by id."""
    return load_counties(COUNTIES)
