"""What can be said to what an applicant wants changed (更正): it is done so, or why it cannot be."""

from collections.abc import Iterator
from typing import Final

from model.case import Case
from model.county import County
from model.message import Act
from model.order import Order
from routing.amendments import unanswered

_MOST: Final = 3
"""So many wait on a task at once, the newest first: it is the one that was just pushed."""
_SHOWN: Final = 10
"""Characters of each, where several wait."""


def amendment_acts(case: Case, order: Order, county: County) -> Iterator[Act]:
    """Two for each that waits; nothing where the county has it answered by telephone. `county`: under the case's process."""
    rule = county.process.amending
    if rule is None:
        return
    waiting = unanswered(case, order)[::-1][:_MOST]
    if not waiting:
        return
    yes, no = (county.messages[f"act.answer_amendment_{what}.label"] for what in ("yes", "no"))
    said = {
        what: (label, *county.messages[f"act.answer_amendment_{what}.words"].split())
        for what, label in (("yes", yes), ("no", no))
    }
    version = county.forms[rule.form].version
    for place, (number, one) in enumerate(waiting):
        about = f"：{one.words[:_SHOWN]}" if len(waiting) > 1 else ""
        words = said if place == 0 else {"yes": (), "no": ()}
        yield Act(id=f"answer_amendment.yes.{number}", label=yes + about, words=words["yes"])
        yield Act(
            id=f"answer_amendment.no.{number}",
            label=no + about,
            words=words["no"],
            form=rule.form,
            form_version=version,
        )
