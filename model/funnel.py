"""Where people stop in the form of a county: numbers alone, nobody's draft can be told from them."""

import datetime as dt

from model.frozen import Frozen


class Stop(Frozen):
    """So many drafts stand at this place (`field`, `notice`, `review` …); of them `rest` nobody has touched for a day."""

    place: str
    drafts: int
    rest: int


class Funnel(Frozen):
    """The open drafts of a county as they were counted at `counted_at`.

    `begun`: those begun in the last `days` days; `reviewed`: of these, those that have come to the review card. `stops` are of all that
    are open, in the order of the form.
    """

    county: str
    counted_at: dt.datetime
    days: int
    begun: int
    reviewed: int
    stops: tuple[Stop, ...] = ()
