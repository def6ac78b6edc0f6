"""Who hears what a body has written into its cells of the form (X98, X146)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.cells import CellsFilled
from routing.noticing.addressing import to_applicant


def notices(case: Case, recorded: Recorded, event: CellsFilled) -> Iterator[Notice]:
    """The applicant, of what the county lets him hear."""
    if event.tell:
        yield to_applicant(case, recorded, "applicant.cells", f"{event.order}:cells", event.order)
