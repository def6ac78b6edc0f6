"""Why a page cannot be shown, as the person reads it."""

from typing import Final

BUSY: Final = 503


class Problem(Exception):
    """`pages.problems.<code>` in the catalogue says what happened and what to do; `again` is a local path to try it once more."""

    def __init__(self, status: int, code: str, *, again: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.again = again
