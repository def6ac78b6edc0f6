"""Several notices to one applicant in one message: who is told three things in a row reads one letter, not three (X162)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from handlers.letter import Letter, Overtaken, Undeliverable
from model.delivery import Row
from model.message import Reply

Compose = Callable[[Row], Awaitable[Letter | Overtaken | Undeliverable]]

ROOM: Final = 600
"""Characters of a message that is still read to its end."""


async def merged(first: Letter, beside: Sequence[Row], compose: Compose) -> tuple[Letter, tuple[Row, ...]]:
    """The letter with those of `beside` in it that ask nothing, and which these are; a case is named once in a row.

    What the first asks stands at the end, with its buttons. What asks something of its own goes by itself, and nothing
    goes before what was written earlier about the same case.
    """
    told, letters, waits = list[Row](), list[Letter](), set[str]()
    for row in beside:
        letter = await compose(row)
        if not isinstance(letter, Letter):
            continue
        goes = letter.invitation is None and not letter.withdraws and row.case not in waits
        same = (letter.account, letter.person) == (first.account, first.person)
        if not (goes and same and len(_text(first, [*letters, letter])) <= ROOM):
            waits.add(row.case or "")
            continue
        told.append(row)
        letters.append(letter)
    if not told:
        return first, ()
    text = _text(first, letters)
    reply = first.reply.model_copy(update={"text": text}) if first.invitation else Reply(text=text)
    return replace(first, reply=reply), tuple(told)


def _text(first: Letter, others: Sequence[Letter]) -> str:
    """The paragraphs of the letters; a heading is not said twice in a row."""
    parts, before = list[str](), ""
    for letter in (*others, first) if first.invitation else (first, *others):
        again = bool(letter.heading) and letter.heading == before
        parts.append(letter.body if again else letter.reply.text)
        before = letter.heading
    return "\n\n".join(parts)
