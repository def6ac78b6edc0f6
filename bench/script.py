"""What an applicant says from the first word to the receipt, and by what the right reply to each is known."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bench.peers.questions import FORM, GREETING, RECEIPT
from bench.walk import next_answer
from config.loader import load_counties
from dialogs.advance import advance
from handlers.wording.wording import Wording
from model.conversation import Conversation
from model.message import Actor, TextMessage

NOBODY = "0nobody0"
"""The person in whose name the script is written; stands in every id made from it."""

_SHOWN = 40
_RECEIPT = "办件号"


@dataclass(frozen=True, slots=True)
class Line:
    """One message, and words that stand in the right reply and in no other."""

    say: str
    expect: str


def product_script() -> list[Line]:
    """The whole 新乡县 form as the product asks for it today: what to expect is what its engine says in this process."""
    return [line for line, _ in _walk()]


def windows(count: int) -> list[tuple[int, int, Conversation | None]]:
    """The script cut into so many stretches: where each begins and ends, and the conversation in which it begins."""
    walked = list(_walk())
    starts = [len(walked) * number // count for number in range(count)]
    return [
        (start, end, walked[start - 1][1] if start else None)
        for start, end in zip(starts, [*starts[1:], len(walked)], strict=True)
    ]


def half_way() -> tuple[Conversation, Line]:
    """A conversation in which half the form is filled in, and what its applicant says next."""
    walked = list(_walk())
    middle = len(walked) // 2
    return walked[middle - 1][1], walked[middle][0]


def _walk() -> Iterator[tuple[Line, Conversation]]:
    """Every message, with the conversation after it."""
    county = load_counties()["xinxiang"]
    wording, actor = Wording(county), Actor(person=NOBODY)
    conversation = Conversation(id=f"bench:{NOBODY}", account="bench", person=NOBODY, county=county.id)
    now = dt.datetime.now(dt.UTC)
    while (text := next_answer(county, conversation)) is not None:
        outcome = advance(county, conversation, TextMessage(text=text), actor, now)
        reply, conversation = wording.reply(outcome.conversation, outcome.events)
        yield Line(text, _telling(reply.text) if reply.text else _RECEIPT), conversation


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
