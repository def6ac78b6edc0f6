"""短信: what of the notices goes by it, and how long one may be (design §2.4)."""

import re
from typing import Final

from pydantic import Field as Setting

from model.frozen import Frozen

LONGEST: Final = 134
"""UTF-16 units of two segments: one has 70, of several each 67 (3GPP TS 23.040)."""
SIGNATURE: Final = 14
"""Of these the signature before the words may take: 2 to 12 characters in 【】, as carriers register them."""
WORDS: Final = LONGEST - SIGNATURE
"""What is left for the words, whatever the signature."""

_MATTERS: Final = (
    "applicant.steward",
    "applicant.steward_changed",
    "applicant.times_asked",
    "applicant.survey_proposed",
    "applicant.survey_agreed",
    "applicant.time_set",
    "applicant.survey_joined",
    "applicant.survey_released",
    "applicant.survey_off",
    "applicant.survey_repeated",
    "applicant.reminded",
    "applicant.visit_late",
    "applicant.visit_explained",
    "applicant.plan_near",
    "applicant.unreached",
    "applicant.papers",
    "applicant.supplements_asked",
    "applicant.supplement_returned",
    "applicant.supplements_reminded",
    "applicant.supplements_extended",
    "applicant.supplements_returned",
    "applicant.waits",
    "applicant.opinion",
    "applicant.row_failed",
    "applicant.external_line",
    "applicant.scheme",
    "applicant.acceptance",
    "applicant.connected",
    "applicant.delay",
    "applicant.delay_plain",
    "applicant.amendment_answered",
    "applicant.urge_answered",
    "applicant.declined",
    "applicant.end_announced",
    "applicant.ended",
    "applicant.closed",
    "steward.task",
    "steward.takeover",
    "steward.survey_agreed",
    "steward.time_set",
    "steward.survey_moved",
    "steward.contact_denied",
    "steward.urged",
    "steward.warning",
    "lead.urged",
    "lead.warning",
    "supervisor.warning",
)
"""What has a day to be kept or an act of his own in it, and how it ended: a message costs money and rings."""

_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)


class ShortMessages(Frozen):
    """Which notices may go by SMS, by the names of their texts, and how many a day to one number."""

    notices: tuple[str, ...] = _MATTERS
    a_day: int = Setting(default=6, ge=1, le=50)


def reaches(phone: str) -> bool:
    """Whether an SMS can be sent there: a mobile's number of the mainland, and nothing else."""
    return _MOBILE.fullmatch(phone) is not None


def length(text: str) -> int:
    """How much of a message a text takes: characters beyond the basic plane take two."""
    return len(text.encode("utf-16-le", errors="replace")) // 2
