"""A survey that a body leads, as far as it has come."""

import datetime as dt
from typing import Any, Final

from model.order import Opinion
from model.sheet import Promise, Row, Sheet
from tests.paper.made import NOW

_FAILED = Opinion(text="不符合", remark="间距不够", passes=False, by="u2", at=NOW)
_PASSED = Opinion(text="待整改", remark="补图纸", passes=True, by="u1", at=NOW)
SURVEYED: Final[dict[str, Any]] = {
    "lead": "city_management",
    "sheet": Sheet(
        organiser="u1",
        rows=(
            Row(body="planning", opinion=_FAILED, basis="规范4.1.9"),
            Row(body="highway", surveyor="张示例", opinion=_PASSED),
        ),
        promise=Promise(day=dt.date(2026, 12, 7), days=10),
    ),
}
"""What of a case is so."""
