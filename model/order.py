"""An order (单项工单): one service of a case at one body, its clocks, and what was found and built (design §2.3, §5)."""

import datetime as dt
from enum import StrEnum

from model.backdating import Backdating, Entered
from model.calendar import Due, WarningTime
from model.cells import Filled, Taken
from model.delay import Delay
from model.ending import Announced, Declining, Ending
from model.events.claims import Offer
from model.events.clock import Cause
from model.events.works import Part
from model.frozen import Frozen
from model.process import Timed
from model.route import Route
from model.site import SitePapers
from model.supplement import Correction
from model.unreached import FailedCall


class OrderState(StrEnum):
    """Where one service of a case stands (X160)."""

    ROUTED = "routed"  # 已推送
    TAKEN = "taken"  # 已接单
    CONTACTED = "contacted"  # 已对接
    SURVEY_AGREED = "survey_agreed"  # 踏勘已约
    SURVEYED = "surveyed"  # 已踏勘
    SCHEMED = "schemed"  # 方案已定，施工中
    BUILT = "built"  # 已完工
    ACCEPTED = "accepted"  # 验收通过
    CONNECTED = "connected"  # 已接通


class Opinion(Frozen):
    """A survey or acceptance opinion: the ticked words, the text beside them, whether it passes; what was taken and signed at the site."""

    text: str
    remark: str = ""
    passes: bool
    by: str
    at: dt.datetime
    site: SitePapers = SitePapers()


class Pause(Frozen):
    """A limit did not run in this time, and why; the limit goes on at `until`. None: it stands still."""

    cause: Cause
    since: dt.datetime
    until: dt.datetime | None = None


class Clock(Frozen):
    """A limit that runs for a step of an order, with its ledger of pauses.

    `warned` is the highest share of it, in percent, that was warned of; `met_at` is when the step was done, `stopped_at`
    when its order ended or was connected before that. `extended`: so often an applicant was given more time for what he is to hand in.
    """

    started_at: dt.datetime
    due: Due
    pauses: tuple[Pause, ...] = ()
    warned: int = 0
    extended: int = 0
    met_at: dt.datetime | None = None
    stopped_at: dt.datetime | None = None

    @property
    def begins_at(self) -> dt.datetime:
        """When it runs from: the applicant may have planned a later time than that at which it was set (R27)."""
        return max([self.started_at, *(one.until for one in self.pauses if one.cause == "planned" and one.until)])

    @property
    def waits(self) -> bool:
        """Whether the step is still waited for."""
        return self.met_at is None and self.stopped_at is None

    @property
    def stands(self) -> bool:
        """Whether the limit stands still, nobody knows how long."""
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def runs(self) -> bool:
        """Whether it is to be kept: the step is not done, and time passes."""
        return self.waits and not self.stands

    @property
    def kept(self) -> bool:
        """Whether the step was done in time; while the limit stood still nobody became late."""
        if self.met_at is None:
            return False
        until = min(self.met_at, self.pauses[-1].since) if self.stands else self.met_at
        return until <= self.due.at

    @property
    def next(self) -> WarningTime | None:
        """The warning that comes next, if the step is not done before; none while the limit stands still."""
        if not self.runs:
            return None
        return next((one for one in self.due.warnings if one.share > self.warned), None)


class Scheme(Frozen):
    """接入方案: what is to be built, in how many promised working days, and whether the user has works of his own (X35, X44)."""

    text: str
    days: int | None = None
    inside: bool = False
    digs: tuple[str, ...] = ()
    together: bool = False
    by: str
    at: dt.datetime

    @property
    def parts(self) -> frozenset[Part]:
        """The works that must be done before the acceptance."""
        return frozenset({"outside", "inside"} if self.inside else {"outside"})


class Order(Frozen):
    """One service of a case at one body; `steward` is a staff id, None while nobody of the body can be reached.

    `works`: the parts that are done, outside the red line and inside (X44).
    `candidates`: the bodies of which one must be chosen, because the district does not tell; `body` is the first of
    them, and `offers` are those that may claim it themselves. `introduced`: the applicant was told who its steward is,
    and hears of every change from then on.
    `correction`: its steward has asked for more (补正).
    `permits`: the kinds of approvals without which nothing may be built outside (X45, J27).
    `deniable_until`: so long he can say that nobody reached him, whatever was reported.
    `calls`: those that reached nobody since the applicant was last heard of.
    `delay`: the promised day that has passed, and what was said of it.
    `entered`: the step that was done last; `backdatings`: of which steps somebody says that they were
    done before they were entered, in their order, and which wait for a reason or an answer.
    `relief_asked`: its steward would have another do it, and the head of the body has not decided.
    `ending`: it is over without a connection; `declining` and `announced`: it is about to be.
    `taken`: who took it first for the body that has it; `cells` are those of the form that the body has written into.
    `route`: nothing is built for it, and it has steps of its own.
    """

    id: str
    service: str
    body: str
    steward: str | None = None
    state: OrderState = OrderState.ROUTED
    clocks: dict[Timed, Clock] = {}
    survey: Opinion | None = None
    scheme: Scheme | None = None
    works: frozenset[Part] = frozenset()
    acceptance: Opinion | None = None
    candidates: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    introduced: bool = False
    deniable_until: dt.datetime | None = None
    calls: tuple[FailedCall, ...] = ()
    delay: Delay | None = None
    entered: Entered | None = None
    backdatings: tuple[Backdating, ...] = ()
    correction: Correction | None = None
    permits: tuple[str, ...] = ()
    relief_asked: bool = False
    ending: Ending | None = None
    declining: Declining | None = None
    announced: Announced | None = None
    taken: Taken | None = None
    cells: dict[str, Filled] = {}
    route: Route | None = None

    @property
    def unreached(self) -> bool:
        """Whether so many calls have failed that its limits wait for the applicant."""
        return any(one.pauses for one in self.calls)

    @property
    def late(self) -> Delay | None:
        """The promised day that has passed while its step is still waited for; None once it is done, stands still or was moved."""
        clock = self.clocks.get(self.delay.step) if self.delay else None
        if clock is None or self.delay is None or not clock.runs or self.ending is not None:
            return None
        return self.delay if clock.due.at == self.delay.due else None

    @property
    def urged(self) -> Clock | None:
        """The clock of an urging that nobody has answered yet."""
        clock = self.clocks.get("urge")
        return clock if clock is not None and clock.waits else None

    def backdating_of(self, entry: int) -> Backdating | None:
        """What waits about the step entered as this event."""
        return next((one for one in self.backdatings if one.entry == entry), None)

    def due(self, step: Timed) -> Due | None:
        """The deadline of a step, done or not; None without a limit."""
        clock = self.clocks.get(step)
        return clock.due if clock else None
