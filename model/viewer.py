"""Who looks at a county's figures, or says something about them."""

from model.frozen import Frozen
from model.staff import Staff


class Viewer(Frozen):
    """A member of staff: he supervises the county (`body` is None), or heads one body of it and sees that alone."""

    staff: str
    county: str
    body: str | None = None

    @classmethod
    def of(cls, staff: Staff) -> "Viewer | None":
        """By his duty; None for whoever has no such duty."""
        if staff.duty == "supervisor":
            return cls(staff=staff.id, county=staff.county)
        return cls(staff=staff.id, county=staff.county, body=staff.body) if staff.duty == "lead" else None

    @property
    def supervises(self) -> bool:
        """Whether he sees the whole county."""
        return self.body is None
