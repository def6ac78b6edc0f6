"""How much the properties try, wherever they stand; and what begins first."""

import gc
import reprlib

import pytest
from hypothesis import HealthCheck, settings

from tests.compiled_once import compiled_once
from tests.migrated_once import migrated_once
from tests.read_once import read_once

# Drawn the same way every time, without a clock: a failure belongs to a change, not to luck or a busy machine.
settings.register_profile(
    "lianban", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lianban")
read_once()
migrated_once()
compiled_once()
# On Python 3.11 every run of a loop has its handler of SIGINT spelt out, and with it what the fixture before gave: counties, whole.
reprlib.aRepr.repr_instance = lambda one, _: object.__repr__(one)


_LONGEST = ("test_stores_away", "test_fire", "test_kills", "test_two_processes", "test_lives", "test_transcripts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take longest begin first, then whatever else waits for programs: nobody works alone at the end."""
    rank = {name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: (rank.get(item.path.stem, len(rank)), "e2e" not in item.path.parts))


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it for garbage, again and again, is a good part of a run."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
