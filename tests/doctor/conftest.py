"""A machine with keys of its own, and the counties read once."""

import pytest

from bot import doctor_cli
from tests.machine import own_machine
from tests.shipped import shipped


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The environment of the command; the counties are those that are shipped, not read again for every test."""
    own_machine(tmp_path, monkeypatch)
    for name in ("REDIS_URL", "LIANBAN_ACCOUNTS", "LIANBAN_SANDBOX", "LIANBAN_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(doctor_cli, "looked_at", lambda _: dict(shipped()))
    return tmp_path
