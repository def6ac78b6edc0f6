"""From the scheme to the connection (X35, X44, X51–X55)."""

from typing import Literal

from model.frozen import Frozen


class SchemeGiven(Frozen):
    """A body gave its connection scheme (X35). `together`: the applicant is told once all have given theirs (J18).

    `digs`: what its works touch outside the red line; `permits` are the approvals that they need for it (X45, J27).
    """

    event: Literal["scheme_given"] = "scheme_given"
    order: str
    steward: str
    scheme: str
    days: int | None = None
    inside: bool = False
    together: bool = False
    digs: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()


Part = Literal["outside", "inside"]


class WorksReported(Frozen):
    """Works outside or inside the building red line are done (X44, X51)."""

    event: Literal["works_reported"] = "works_reported"
    orders: tuple[str, ...]
    part: Part


class AcceptanceReported(Frozen):
    """The acceptance opinion (X52): passed, or not with the reasons (X55). `mend`: the works that must be done again, all if
    none is named.
    """

    event: Literal["acceptance_reported"] = "acceptance_reported"
    order: str
    steward: str
    result: str
    remark: str
    passes: bool
    mend: tuple[Part, ...] = ()

    def mend_of(self, parts: frozenset[Part]) -> frozenset[Part]:
        """Those of these parts that must be done again."""
        return parts & set(self.mend) or parts


class Connected(Frozen):
    """The service is connected (接通)."""

    event: Literal["connected"] = "connected"
    order: str
    steward: str
