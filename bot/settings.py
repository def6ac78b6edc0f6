"""Settings from the environment (`LIANBAN_…`) and the command line; no secret has a default outside the sandbox."""

import base64
import json
import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.limits import Limits
from handlers.room import ROOM
from storage.vault import Keyring

ROOT = Path(__file__).parent.parent


class Settings(BaseSettings):
    """Everything an operator sets. `REDIS_URL` and `DATABASE_URL` are read without prefix too, as hosts commonly give them.

    `process` is set by the parent of several (`bot.processes`): which of them this is, from 1.
    """

    model_config = SettingsConfigDict(env_prefix="LIANBAN_", populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = 8080
    processes: Annotated[int, Field(ge=1, le=64)] = 1
    process: int = 0
    data: Path = ROOT / "var"
    counties: Path = ROOT / "config" / "counties"
    accounts: Path | None = None
    redis_url: Annotated[str | None, Field(validation_alias="REDIS_URL")] = None
    database_url: Annotated[str | None, Field(validation_alias="DATABASE_URL")] = None
    keys: SecretStr | None = None
    current_key: str = ""
    lookup_key: SecretStr | None = None
    sandbox: str | None = None
    window: float = 300
    fault: str = ""
    faults: bool = False
    ops_host: str = "127.0.0.1"
    ops_port: int = 9180
    log: Literal["json", "console"] | None = None
    turns: int = Limits.at_once
    waiting: int = Limits.waiting
    burst: float = Limits.burst
    rate: float = Limits.rate
    silence: float = Limits.silence
    text: int = Limits.text
    room: int = ROOM

    def database(self) -> str:
        """The SQL database: the one set, else a file in the data directory."""
        return self.database_url or f"sqlite:///{self.data / 'lianban.sqlite3'}"

    def limits(self) -> Limits:
        """What one process takes on."""
        return Limits(
            at_once=self.turns,
            waiting=self.waiting,
            burst=self.burst,
            rate=self.rate,
            silence=self.silence,
            text=self.text,
        )


class KeysMissing(Exception):
    """The keys that seal personal data are not set."""


def keyring(settings: Settings) -> tuple[Keyring, bytes]:
    """The wrapping keys and the lookup key: from the settings, or, only with the sandbox, made once in the data directory.

    `LIANBAN_KEYS` is a JSON object of key id to base64 of 32 bytes. Raises KeysMissing.
    """
    if settings.keys and settings.lookup_key:
        keys = {name: base64.b64decode(key) for name, key in json.loads(settings.keys.get_secret_value()).items()}
        return Keyring(settings.current_key or next(reversed(keys)), keys), base64.b64decode(
            settings.lookup_key.get_secret_value()
        )
    if not settings.sandbox:
        raise KeysMissing("set LIANBAN_KEYS and LIANBAN_LOOKUP_KEY (python -m bot keys makes them)")
    return _sandbox_keys(settings.data / "sandbox-keys.json")


def new_keys() -> dict[str, str]:
    """A fresh key and lookup key, base64."""
    return {"k1": base64.b64encode(os.urandom(32)).decode(), "lookup": base64.b64encode(os.urandom(32)).decode()}


def _sandbox_keys(path: Path) -> tuple[Keyring, bytes]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(new_keys()), encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Keyring("k1", {"k1": base64.b64decode(kept["k1"])}), base64.b64decode(kept["lookup"])
