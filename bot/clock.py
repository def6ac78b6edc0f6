"""The time. Instants come from here only, so that the sandbox can move them; durations never do."""

import datetime as dt


class WallClock:
    """The system's time plus an offset that the sandbox may set."""

    def __init__(self) -> None:
        """Starts with no offset."""
        self.offset = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """Now, aware, UTC."""
        return dt.datetime.now(dt.UTC) + self.offset
