"""An application that a clerk fills in for somebody who has called, or stands before him (代填); its form is a draft of its own."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen

By = Literal["telephone", "window"]
"""How the person has come: he calls, or he is there and has his papers with him (J21)."""
State = Literal["open", "registered", "handed_over", "dropped", "expired"]


class Spoken(Frozen):
    """Something was read to him and he said yes: by whom, when, and which version of the text, or of the draft, it was."""

    by: str
    at: dt.datetime
    version: int


class Intake(Frozen):
    """Beside the draft, which alone holds what he said. `clerk`: who has begun it. `case`: what came of it.

    `notice`: the privacy notice was read to him. `read_back`: so was all that was understood until then (`version` is the draft's
    revision), and it is right. `revision` is the draft's, as far as it can be found by what it says.
    """

    id: str
    county: str
    clerk: str
    by: By
    opened_at: dt.datetime
    changed_at: dt.datetime
    revision: int = 0
    state: State = "open"
    case: str | None = None
    notice: Spoken | None = None
    read_back: Spoken | None = None

    @property
    def account(self) -> str:
        """Where its draft lies: a conversation of its own, with nobody in WeChat."""
        return f"intake-{self.county}"

    @property
    def conversation(self) -> str:
        """The id of that conversation."""
        return f"{self.account}:{self.id}"
