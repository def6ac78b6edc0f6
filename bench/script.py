"""What an applicant says from the first word to the receipt, and by what the right reply to each is known."""

import datetime as dt
from dataclasses import asdict, dataclass

from bench.peers.questions import FORM, GREETING, RECEIPT
from bench.walk import next_answer
from config.loader import load_counties
from dialogs.advance import advance
from handlers.wording.wording import Wording
from model.conversation import Conversation
from model.message import Actor, TextMessage

_SHOWN = 40
_RECEIPT = "办件号"


@dataclass(frozen=True, slots=True)
class Line:
    """One message, and words that stand in the right reply and in no other."""

    say: str
    expect: str


def product_script() -> list[Line]:
    """The whole 新乡县 form as the product asks for it today: what to expect is what its engine says in this process."""
    county = load_counties()["xinxiang"]
    wording, actor = Wording(county), Actor(person="p")
    conversation = Conversation(id="a:p", account="a", person="p", county=county.id)
    now, lines = dt.datetime.now(dt.UTC), list[Line]()
    while (text := next_answer(county, conversation)) is not None:
        outcome = advance(county, conversation, TextMessage(text=text), actor, now)
        reply, conversation = wording.reply(outcome.conversation, outcome.events)
        lines.append(Line(text, _telling(reply.text) if reply.text else _RECEIPT))
    return lines


def peers_script() -> list[Line]:
    """The same form as the peers ask for it."""
    replies = [*(question["ask"].partition("\n")[0][:_SHOWN] for question in FORM), RECEIPT]
    said = [GREETING, *(question["answer"] for question in FORM)]
    return [Line(say, expect) for say, expect in zip(said, replies, strict=True)]


def constant_script(lines: list[Line], expect: str) -> list[Line]:
    """The same messages to a baseline, which always says the same."""
    return [Line(line.say, expect) for line in lines]


def as_json(lines: list[Line]) -> list[dict[str, str]]:
    """For the load's own process."""
    return [asdict(line) for line in lines]


def _telling(text: str) -> str:
    """The line that names section and number of the question; without such a line the last one."""
    lines = text.split("\n")
    return next((line for line in lines if line.startswith("〔")), lines[-1])[:_SHOWN]
