"""What a log line may say about a person and a message."""

import hashlib


class Marks:
    """Short marks that tell people and messages apart in a log without naming them: hashes under a key, so that nobody
    who has a list of names can look them up.
    """

    def __init__(self, key: bytes) -> None:
        """`key` of 16 to 32 bytes, the same in every process."""
        self._key = key

    def person(self, account: str, person: str) -> str:
        """The mark of a person."""
        return self._mark(f"{account}:{person}", b"person")

    def trace(self, key: str) -> str:
        """The trace of the message with this dedupe key (see `storage.trace`)."""
        return self._mark(key, b"trace")

    def _mark(self, text: str, use: bytes) -> str:
        return hashlib.blake2s(text.encode(errors="replace"), digest_size=6, key=self._key, person=use).hexdigest()
