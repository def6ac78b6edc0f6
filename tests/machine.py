"""A machine with keys of its own and an empty directory for its data, as a command finds it."""

import json
from pathlib import Path

import pytest

from bot.settings import new_keys
from config.loader import COUNTIES


def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a command: both counties, SQLite below `tmp_path`, fresh keys."""
    made = new_keys()
    given = {
        "DATA": str(tmp_path),
        "COUNTIES": str(COUNTIES),
        "KEYS": json.dumps({"k1": made["k1"]}),
        "LOOKUP_KEY": made["lookup"],
    }
    for name, value in given.items():
        monkeypatch.setenv(f"LIANBAN_{name}", value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
