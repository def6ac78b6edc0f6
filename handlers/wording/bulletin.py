"""A bulletin in words: one line per body, counts beside every percentage."""

from collections.abc import Iterator

from handlers.wording.catalogue import Catalogue
from handlers.wording.outcomes import BulletinKnown
from model.calendar import CHINA
from model.county import County

_HOUR = 3600


def bulletin_lines(catalogue: Catalogue, county: County, known: BulletinKnown) -> Iterator[str]:
    """The sums of the county, then each body that had anything."""
    whole = known.until.astimezone(CHINA).date().replace(day=1) != known.month
    all_figures = known.figures.values()
    yield catalogue.say(
        "bulletin.title",
        month=known.month,
        until=None if whole else known.until,
        opened=sum(one.opened for one in all_figures),
        closed=sum(one.closed for one in all_figures),
        overdue=sum(one.overdue for one in all_figures),
    )
    for body, one in known.figures.items():
        mean = one.mean_to_contact
        names = [(county.process.rule(step), share) for step, share in one.on_time.items()]
        yield catalogue.say(
            "bulletin.body",
            body=county.body[body],
            figures=one,
            on_time=[(rule.name if rule else catalogue.say("bulletin.urge"), share) for rule, share in names],
            contacts=len(one.to_contact),
            hours="" if mean is None else f"{mean.total_seconds() / _HOUR:.1f}",
        )
