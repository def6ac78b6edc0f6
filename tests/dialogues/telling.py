"""What the form holds after some messages, for tests of what people write."""

from functools import cache

from bot.replaying import play, result
from handlers.wording.wording import Wording
from tests.shipped import shipped

NOW = "now=2025-10-20T15:09:00+08:00;"


@cache
def _wording(county):
    return Wording(shipped()[county])


def told(county, *turns):
    """The values by section and label, and the paths of those to be confirmed, after these messages."""
    story = {"id": "t", "county": county, "turns": turns, "notes": NOW}
    done = result(shipped()[county], story, play(shipped()[county], _wording(county), story))
    return done["values"], done["to_confirm"]
