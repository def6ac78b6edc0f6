"""Both counties, read once; and how much the properties try."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, settings

from config.loader import COUNTIES, load_counties
from model.county import County

# Drawn the same way every time: a failure belongs to a change, not to luck.
settings.register_profile(
    "dialogues", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("dialogues")


@pytest.fixture(scope="session")
def counties() -> Mapping[str, County]:
    """Both counties by id."""
    return load_counties(COUNTIES)
