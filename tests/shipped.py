"""Both counties as they are shipped, read once for all tests of a process: they are frozen, so nobody can spoil them."""

from collections.abc import Mapping
from functools import cache

from config.loader import load_counties
from model.county import County


@cache
def shipped() -> Mapping[str, County]:
    """The counties by id."""
    return load_counties()
