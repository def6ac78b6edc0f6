"""A refusal on its way out of the routing core."""

from model.decision import Refused


class No(Exception):
    """Raised inside the core where a command turns out to be impossible; `decide` returns its `refused`."""

    def __init__(self, code: str, **about: str) -> None:
        super().__init__(code)
        self.refused = Refused(code=code, about=about)
