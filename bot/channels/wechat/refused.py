"""Why a request from outside is turned away."""


class Refused(Exception):
    """The request is not answered. `status` is 400 (broken) or 403 (not from the platform); `reason` is for the log."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def broken(reason: str) -> Refused:
    """The request cannot be read."""
    return Refused(400, reason)


def forbidden(reason: str) -> Refused:
    """The request can be read but does not come from the platform, or not for this account."""
    return Refused(403, reason)
