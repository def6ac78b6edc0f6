"""Both counties, read once."""

from collections.abc import Mapping

import pytest

from model.county import County
from tests.shipped import shipped


@pytest.fixture(scope="session")
def counties() -> Mapping[str, County]:
    """Both counties by id."""
    return shipped()
