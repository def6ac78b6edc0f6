"""What a log line may say about a person and about an exception."""

import hashlib
import traceback
from pathlib import PurePath

_DEPTH = 6


def person_mark(account: str, person: str) -> str:
    """A short mark that tells people apart in a log without naming them."""
    return hashlib.blake2s(f"{account}:{person}".encode(errors="replace"), digest_size=5).hexdigest()


def where(error: BaseException) -> str:
    """The innermost frames of an exception, without its message: that may quote what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-_DEPTH:]
    return " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames)
