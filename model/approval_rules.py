"""What a county decides about 行政审批: which permits works need, who decides them, how, and in how long (X45–X49, J27)."""

from typing import Literal

from pydantic import Field as Setting

from model.calendar import Length
from model.condition import Condition
from model.frozen import Frozen

Mode = Literal["normal", "deferred", "commitment", "filing", "parallel"]
"""一般办理, 容缺受理, 告知承诺, 告知承诺备案制, 并联审批制 (X47, J27)."""

ALL = "没报的都报"
"""The option of the form in which a steward applies that means every permit his order still needs."""

NOTHING = "都不动"
"""The option of the scheme's form that means: nothing is touched outside the red line."""

Channel = Literal["online", "offline"]

WorksFrom = Literal["granted", "accepted", "signed"]


class ModeRule(Frozen):
    """One way to apply: its name here, from when works may begin by it, and the policy it rests on (X15).

    `commitment` is the text that is signed where there is one (告知承诺). `items`: something may follow (容缺).
    """

    mode: Mode
    name: str
    works_from: WorksFrom = "granted"
    commitment: str = ""
    items: bool = False
    basis: str = ""


class ApprovalKind(Frozen):
    """A permit: what it is called and which body decides it (X46, J27).

    An order needs it if its scheme says that one of `works` is done (none named: any works), and, where there is a `when`, the
    application was answered so. `modes` are those allowed for it, all of the county's if none are named. `limits` by
    channel run from the acceptance (X48); a channel without one has none.
    """

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    body: str
    when: Condition | None = None
    works: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = ()
    limits: dict[Channel, Length] = {}


class ApprovalForms(Frozen):
    """The small forms in which stewards apply and officers answer; what has none is done by a tap."""

    apply: str | None = None
    drop: str | None = None
    hand_in: str | None = None
    send_back: str | None = None
    refuse: str | None = None


class ApprovalRules(Frozen):
    """`applies`: the public-service unit for its user (全程代办, X45), or the one who builds (建设主体, J7, J27).

    Either way it is the steward of the order who does it, and the applicant is never asked. `items_within`: how long what
    was left open (容缺) may take. `channels`: what they are called here.
    """

    applies: Literal["unit", "builder"] = "unit"
    modes: tuple[ModeRule, ...] = ()
    kinds: tuple[ApprovalKind, ...] = ()
    channels: dict[Channel, str] = {"online": "网上", "offline": "窗口"}
    items_within: Length | None = None
    forms: ApprovalForms = ApprovalForms()

    def kind(self, name: str) -> ApprovalKind | None:
        """The permit of this id or name."""
        return next((one for one in self.kinds if name in (one.id, one.name)), None)

    def channel(self, name: str) -> Channel | None:
        """The channel of this id or name."""
        return next((one for one, called in self.channels.items() if name in (one, called)), None)

    def mode(self, name: str, kind: ApprovalKind) -> ModeRule | None:
        """A way to apply for this permit, by its id or its name; None where it may not be taken."""
        return next((one for one in self.ways(kind) if name in (one.mode, one.name)), None)

    def ways(self, kind: ApprovalKind) -> tuple[ModeRule, ...]:
        """The ways in which this permit may be applied for."""
        return tuple(one for one in self.modes if not kind.modes or one.mode in kind.modes)
