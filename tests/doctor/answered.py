"""Short words for what the platform answers, and for what a look comes to."""

from bot.channels.wechat.results import NoAnswer, Refusal
from bot.doctor.finding import State

GOOD, ACT, UNSEEN = State.GOOD, State.ACT, State.UNSEEN
SILENT = NoAnswer("TimeoutError", may_have_arrived=True)


def no(code: int, errmsg: str = "api unauthorized") -> Refusal:
    """A refusal, with a rid as all have one."""
    return Refusal.of(code, f"{errmsg} rid: 6566f6d9-4a477f28-21702d49")
