"""Paths that a person may be led back to: of ours, and nowhere else."""

from typing import Final

_LONGEST: Final = 1024
_ON_THE_WAY: Final = ("/pages/sign-in/", "/pages/signed-in/", "/pages/sign-out/")


def local_path(path: str) -> str | None:
    """The same path if it is one of our pages, else None. It goes into a header: nothing but what an address may hold.

    A sign-in is no place to come back to: it would lead to itself.
    """
    plain = path.isascii() and path.isprintable() and not set(path) & set(' \\"<>')
    if not plain or len(path) > _LONGEST or not path.startswith("/pages/") or path.startswith(_ON_THE_WAY):
        return None
    return path
