"""From the scheme to the connection (X35, X44, X51–X55)."""

from typing import Literal

from model.events.works import Part
from model.frozen import Frozen


class GiveScheme(Frozen):
    """接入方案: what is to be built, in how many promised working days, and whether the user must build inside (X35, J18).

    `digs`: what the works outside touch (路面、绿地 …), which decides about the permits they need.
    """

    do: Literal["scheme"] = "scheme"
    order: str
    scheme: str
    days: int | None = None
    inside: bool = False
    digs: tuple[str, ...] = ()


class ReportBuilt(Frozen):
    """外线完工: the body's works outside the red line are done (X44)."""

    do: Literal["built"] = "built"
    order: str


class ReportInside(Frozen):
    """内部完工: the user's own works are done (X44, X51, J19); of one order, or of all that wait for it."""

    do: Literal["built_inside"] = "built_inside"
    order: str | None = None


class ReportAcceptance(Frozen):
    """验收结果. `mend`: where what did not pass is, outside the red line or inside; everything if that is not said (X44, X55)."""

    do: Literal["acceptance"] = "acceptance"
    order: str
    result: str
    remark: str = ""
    mend: tuple[Part, ...] = ()


class Connect(Frozen):
    """接通."""

    do: Literal["connect"] = "connect"
    order: str
