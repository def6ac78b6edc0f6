"""What is said of an agreed visit whose hour has passed (X36, X51, X53)."""

from typing import Literal

from model.frozen import Frozen


class ExplainVisit(Frozen):
    """说明原因: why nobody came at the agreed hour; another time is looked for."""

    do: Literal["explain_visit"] = "explain_visit"
    order: str
    reason: str


class PassVisit(Frozen):
    """The clock says that nothing is reported of it: those who were to come are to be asked, or the applicant told."""

    do: Literal["pass_visit"] = "pass_visit"
    appointment: str
    sequence: int
    which: Literal["ask", "tell"]
