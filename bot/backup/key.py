"""The key of backups: one of its own, never in a backup, given by the environment or a file."""

import base64
import binascii
import os
from typing import Final

from bot.backup.envelope import KEY_BYTES
from bot.settings import Settings

_HOW: Final = (
    "生成一把：python -m bot keys backup；设成 LIANBAN_BACKUP_KEY，或者写进一个文件、路径设成 LIANBAN_BACKUP_KEY_FILE"
)


class BackupKeyMissing(Exception):
    """There is no key for backups, or it is none; the message says what to do."""


def fresh_key() -> str:
    """A new key, base64."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def backup_key(settings: Settings) -> bytes:
    """The key that is set. Raises BackupKeyMissing."""
    if settings.backup_key is not None:
        text, where = settings.backup_key.get_secret_value(), "LIANBAN_BACKUP_KEY"
    elif (file := settings.backup_key_file) is not None:
        try:
            text, where = file.read_text(encoding="ascii"), str(file)
        except (OSError, UnicodeDecodeError) as error:
            raise BackupKeyMissing(f"读不了备份钥匙的文件{file}：{_why(error)}") from error
    else:
        raise BackupKeyMissing(f"没有设备份钥匙。{_HOW}")
    try:
        key = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BackupKeyMissing(f"{where}里不是一把备份钥匙（44个字符，以=结尾）。{_HOW}")
    return key


def _why(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "不是文字"
