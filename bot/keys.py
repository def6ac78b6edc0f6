"""The keys of an installation: from the environment, or from a file that is read again when it changes."""

import asyncio
import base64
import json
import os
import secrets as random
from pathlib import Path
from typing import Any, Final

import structlog

from bot.settings import KeysMissing, Settings, new_keys
from storage.vault import Keyring, Secrets, Vault

SANDBOX_KEYS: Final = "sandbox-keys.json"
"""The sandbox's own keys, beside its data."""
WATCH_SECONDS: Final = 2.0
"""How long a running program may go on under keys that the file has replaced."""

log = structlog.get_logger()


def secrets(settings: Settings, *, beside: bool = False) -> Secrets:
    """All keys: `LIANBAN_KEYS` and `LIANBAN_LOOKUP_KEY`, or a key file (`LIANBAN_KEYS_FILE`, or the sandbox's own).

    `beside`: a command beside a running program takes the sandbox's file too, where there is one. Raises KeysMissing.
    """
    if settings.keys and settings.lookup_key:
        keys = {name: _bytes(key) for name, key in json.loads(settings.keys.get_secret_value()).items()}
        before = settings.lookup_key_before
        return Secrets(
            Keyring(settings.current_key or next(reversed(keys)), keys),
            _bytes(settings.lookup_key.get_secret_value()),
            _bytes(before.get_secret_value()) if before else None,
        )
    file = key_file(settings, beside=beside)
    if file is None:
        raise KeysMissing(
            "set LIANBAN_KEYS and LIANBAN_LOOKUP_KEY, or LIANBAN_KEYS_FILE (python -m bot keys makes them)"
        )
    return _read(file)


def key_file(settings: Settings, *, beside: bool = False) -> Path | None:
    """The file the keys come from, None if they come from the environment. The sandbox's is made when it is missing."""
    if settings.keys and settings.lookup_key:
        return None
    if settings.keys_file is not None:
        return settings.keys_file
    file = settings.data / SANDBOX_KEYS
    if settings.sandbox and not file.exists():
        fresh = new_keys()
        write(file, {"current": "k1", "keys": {"k1": fresh["k1"]}, "lookup": fresh["lookup"]})
    return file if settings.sandbox or (beside and file.exists()) else None


def vault_of(settings: Settings, *, beside: bool = False) -> Vault:
    """A vault that reads its keys again when it meets one it does not know. Raises KeysMissing."""
    kept = secrets(settings, beside=beside)
    source = None if key_file(settings, beside=beside) is None else lambda: secrets(settings, beside=beside)
    return Vault(kept.keyring, kept.lookup, kept.lookup_before, source=source)


def add_key(file: Path) -> str:
    """Puts a fresh wrapping key into the file and makes it the current one; its id. Old ones stay readable."""
    kept = _kept(file)
    number = 1 + max((int(name[1:]) for name in kept["keys"] if name[1:].isdigit()), default=0)
    name = f"k{number}"
    write(file, kept | {"current": name, "keys": kept["keys"] | {name: _fresh()}})
    return name


def replace_lookup_key(file: Path) -> None:
    """Puts a fresh lookup key into the file; the present one stays beside it until everything is reindexed."""
    kept = _kept(file)
    write(file, kept | {"lookup": _fresh(), "lookup_before": kept["lookup"]})


def forget_lookup_key(file: Path) -> None:
    """Takes the replaced lookup key out of the file."""
    write(file, {name: value for name, value in _kept(file).items() if name != "lookup_before"})


def write(file: Path, kept: dict[str, object]) -> None:
    """Replaces the file whole, or not at all; readable to its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(f".{random.token_hex(4)}.part")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(kept, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)


class KeyWatch:
    """Lets a running program take up the keys of its file when somebody has changed them."""

    def __init__(self, vault: Vault, file: Path) -> None:
        """`vault` reads them by its own source."""
        self._vault = vault
        self._file = file
        self._seen = self._mark()

    async def run(self) -> None:
        """Looks every other second until cancelled."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            self.look()

    def look(self) -> None:
        """Takes up the keys if the file is another one now."""
        mark = self._mark()
        if mark == self._seen:
            return
        try:
            self._vault.refresh()
        except (OSError, ValueError, KeyError) as error:
            log.error("keys_unreadable", error=type(error).__name__)
        else:
            self._seen = mark
            log.info("keys_taken_up", current=self._vault.current)

    def _mark(self) -> tuple[int, int]:
        found = self._file.stat()
        return found.st_ino, found.st_mtime_ns


def _read(file: Path) -> Secrets:
    kept = _kept(file)
    keys = {name: _bytes(key) for name, key in kept["keys"].items()}
    before = kept.get("lookup_before")
    return Secrets(Keyring(kept["current"], keys), _bytes(kept["lookup"]), _bytes(before) if before else None)


def _kept(file: Path) -> dict[str, Any]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeysMissing(f"there is no key file {file}") from None
    if "keys" not in kept:  # as the sandbox wrote it first
        return {"current": "k1", "keys": {"k1": kept["k1"]}, "lookup": kept["lookup"]}
    return dict(kept)


def _fresh() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
