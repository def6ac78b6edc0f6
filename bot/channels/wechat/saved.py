"""What an account said and showed before us, as the platform tells it: its menu and its automatic replies, in a file (ADR 26).

The platform's answers are kept word for word: what we do not understand today is not lost.
"""

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import ValidationError

from model.frozen import Frozen

_OWNER_ONLY: Final = 0o600


class SavedMistake(Exception):
    """There is no such file, or it is none that `account save` wrote; or there is one already."""


class SavedAccount(Frozen):
    """`menu` is the answer of get_current_selfmenu_info, `autoreplies` that of get_current_autoreply_info."""

    format: Literal[1] = 1
    account: str
    appid: str
    saved_at: dt.datetime
    menu: dict[str, Any]
    autoreplies: dict[str, Any]


def read_saved(path: Path) -> SavedAccount:
    """The file as it was written. Raises SavedMistake."""
    try:
        return SavedAccount.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SavedMistake(f"没有这个文件：{path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SavedMistake(f"读不了 {path}：{type(error).__name__}") from error
    except ValidationError as error:
        raise SavedMistake(f"{path} 不是 account save 存下的文件，或者改坏了。") from error


def write_saved(path: Path, saved: SavedAccount) -> None:
    """A new file that only its owner reads. Raises SavedMistake where there is one: what was saved is never overwritten."""
    text = json.dumps(saved.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError as error:
        raise SavedMistake(f"已经有 {path}，不会覆盖它：请换一个文件名。") from error
    except OSError as error:
        raise SavedMistake(f"写不了 {path}：{type(error).__name__}") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
