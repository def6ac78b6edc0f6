"""A case that the hotline kept for its caller became his in WeChat (交接)."""

from typing import Literal

from model.frozen import Frozen


class CaseHandedOver(Frozen):
    """The applicant is this person in this account from now on; `by` has made the code with which he came. No limit changes."""

    event: Literal["case_handed_over"] = "case_handed_over"
    by: str
    account: str
    person: str
