"""Platform signatures. The library's check compares with `!=`; ours takes the same time for every wrong signature."""

import hashlib
import hmac


def signature(*parts: str) -> str:
    """Platform rule: the SHA-1 of the sorted parts, joined, in hexadecimal.

    Raises UnicodeEncodeError when a part is not text (half a surrogate pair).
    """
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def signed(given: str, *parts: str) -> bool:
    """Whether `given` is the signature of the parts; in constant time, and False for parts that are not text."""
    try:
        return hmac.compare_digest(given.encode(), signature(*parts).encode())
    except UnicodeEncodeError:
        return False
