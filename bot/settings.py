"""Settings from the environment (`LIANBAN_…`) and the command line; no secret has a default outside the sandbox."""

import base64
import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.limits import Limits
from handlers.room import ROOM

ROOT = Path(__file__).parent.parent


class Settings(BaseSettings):
    """Everything an operator sets. `REDIS_URL` and `DATABASE_URL` are read without prefix too, as hosts commonly give them.

    The extractor (ADR 12) is off unless both its URL, the base of an OpenAI-compatible API, and its model are set;
    `extractor_seconds` is how long a person waits for it, of the platform's five. `process` is set by the parent of several
    (`bot.processes`): which of them this is, from 1. `practice` is set by the command of that name. `public_url` is where we are reached:
    `/wechat/…` and `/pages/…` are below it.
    """

    model_config = SettingsConfigDict(env_prefix="LIANBAN_", populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = 8080
    processes: Annotated[int, Field(ge=1, le=64)] = 1
    process: int = 0
    data: Path = ROOT / "var"
    counties: Path = ROOT / "config" / "counties"
    accounts: Path | None = None
    public_url: Annotated[str, Field(pattern=r"^(https?://[^\s?#@]+)?$")] = ""
    sms: Path | None = None
    redis_url: Annotated[str | None, Field(validation_alias="REDIS_URL")] = None
    database_url: Annotated[str | None, Field(validation_alias="DATABASE_URL")] = None
    keys: SecretStr | None = None
    current_key: str = ""
    lookup_key: SecretStr | None = None
    lookup_key_before: SecretStr | None = None
    keys_file: Path | None = None
    backup_key: SecretStr | None = None
    backup_key_file: Path | None = None
    practice: bool = False
    sandbox: str | None = None
    window: float = 300
    fault: str = ""
    faults: bool = False
    ops_host: str = "127.0.0.1"
    ops_port: int = 9180
    log: Literal["json", "console"] | None = None
    turns: int = Limits.at_once
    waiting: int = Limits.waiting
    wait: float = Limits.wait
    lag: float = Limits.lag
    burst: float = Limits.burst
    rate: float = Limits.rate
    silence: float = Limits.silence
    text: int = Limits.text
    room: int = ROOM
    api_burst: Annotated[float, Field(ge=1)] = 60
    api_rate: Annotated[float, Field(gt=0)] = 10
    pages_burst: Annotated[float, Field(ge=1)] = 60
    pages_rate: Annotated[float, Field(gt=0)] = 2
    extractor_url: Annotated[str, Field(pattern=r"^(https?://[^\s?#]+)?$")] = ""
    extractor_model: str = ""
    extractor_key: SecretStr | None = None
    extractor_seconds: Annotated[float, Field(gt=0, le=3.5)] = 2.5

    def database(self) -> str:
        """The SQL database: the one set, else a file in the data directory."""
        return self.database_url or f"sqlite:///{self.data / 'lianban.sqlite3'}"

    def limits(self) -> Limits:
        """What one process takes on."""
        return Limits(
            at_once=self.turns,
            waiting=self.waiting,
            wait=self.wait,
            lag=self.lag,
            burst=self.burst,
            rate=self.rate,
            silence=self.silence,
            text=self.text,
        )


class KeysMissing(Exception):
    """The keys that seal personal data are not set."""


def new_keys() -> dict[str, str]:
    """A fresh key and lookup key, base64."""
    return {"k1": base64.b64encode(os.urandom(32)).decode(), "lookup": base64.b64encode(os.urandom(32)).decode()}
