"""One sample at the product's endpoint: turned away where it must be, then delivered three times as the platform does (platform rule)."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import aiohttp

from bench.independent.accounts import STRANGER, Case
from bench.independent.product import Kept, Product
from sandbox.accounts import Account, Mode
from sandbox.reply import Verdict, judge
from sandbox.wire import Envelope, seal

DELIVERIES = 3
_SECONDS = 10.0
_TURNED_AWAY = frozenset({400, 403})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what the platform would make of it."""

    status: int
    verdict: Verdict

    @property
    def kind(self) -> str:
        """For the table."""
        if self.status != 200:
            return str(self.status)
        return "reply" if self.verdict.parts else "malformed" if self.verdict.refused else "success"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: its three answers, how many answers it got besides, and what is wrong with them."""

    case: Case
    answers: tuple[Answer, ...]
    before: int
    wrong: tuple[str, ...]


async def deliver(product: Product, session: aiohttp.ClientSession, case: Case, stranger: Account) -> Outcome:
    """The whole of one case."""
    wrong = list[str]()
    hostile = _hostile(case, stranger)
    for name, account, request in hostile:
        answer = await _post(product, session, account, case, request)
        if answer.status not in _TURNED_AWAY:
            wrong.append(f"{name}: answered with {answer.status}")
    untouched = await product.kept(case.account)
    if untouched.conversations or untouched.replies:
        wrong.append("what was turned away left a trace")
    requests = _three(case)
    if case.way.at_once:
        answers = tuple(await asyncio.gather(*(_post(product, session, case.account, case, one) for one in requests)))
        first = None
    else:
        answers = (await _post(product, session, case.account, case, requests[0]),)
        first = await product.kept(case.account)
        answers += tuple([await _post(product, session, case.account, case, one) for one in requests[1:]])
    wrong += _wrong(case, answers, first, await product.kept(case.account))
    return Outcome(case, answers, len(hostile), tuple(wrong))


def _three(case: Case) -> list[Envelope]:
    """The first, the same bytes again, and the same document with a new timestamp, nonce and ciphertext."""
    first, again = (_sealed(case.account, case) for _ in range(2))
    return [first, first, again]


def _sealed(account: Account, case: Case) -> Envelope:
    return seal(account, case.sample.text, case.sample.person, time.time())


def _hostile(case: Case, stranger: Account) -> list[tuple[str, Account, Envelope]]:
    """Requests with this document that nobody may act on."""
    right = _sealed(case.account, case)
    forged = {name: "0" * 40 for name in right.query if name.endswith("signature")}
    found = [
        ("forged", case.account, Envelope({**right.query, **forged}, right.body)),
        ("unsigned", case.account, Envelope({}, right.body)),
        ("without a body", case.account, Envelope(right.query, b"")),
    ]
    if case.sample.to != STRANGER:
        found.append(("for another account", stranger, _sealed(stranger, case)))
    if case.way.mode is Mode.SAFE:
        open_one = case.account.model_copy(update={"mode": Mode.PLAIN})
        found.append(("in plain where all is safe", case.account, _sealed(open_one, case)))
    return found


async def _post(
    product: Product, session: aiohttp.ClientSession, account: Account, case: Case, request: Envelope
) -> Answer:
    """Status 0: no answer in time."""
    try:
        async with session.post(
            product.url(account), params=_named(request.query), data=request.body, headers={"Content-Type": "text/xml"},
            timeout=aiohttp.ClientTimeout(total=_SECONDS),
        ) as answer:  # fmt: skip
            body = await answer.read()
            verdict = judge(account, case.sample.person, body) if answer.status == 200 else Verdict("")
            return Answer(answer.status, verdict)
    except (aiohttp.ClientError, TimeoutError):
        return Answer(0, Verdict(""))


def _named(query: Mapping[str, str]) -> dict[str, str]:
    """Without an openid that the document does not name."""
    return {name: value for name, value in query.items() if value}


def _wrong(case: Case, answers: Sequence[Answer], first: Kept | None, last: Kept) -> Iterator[str]:
    """What the platform or the person would mind."""
    statuses = [one.status for one in answers]
    want = _TURNED_AWAY if case.sample.faults else {200}
    if not set(statuses) <= want:
        yield f"answered with {statuses} ({', '.join(case.sample.faults) or 'a whole message'})"
    yield from (f"malformed reply: {one.verdict.refused}" for one in answers if one.verdict.refused)
    if len({(one.status, one.verdict.parts) for one in answers}) != 1:
        yield f"three deliveries, different answers: {[one.kind for one in answers]}"
    if case.sample.unspoken and any(one.verdict.parts for one in answers):
        yield "an event beside the conversation was answered"
    effects = {1} if any(one.verdict.parts for one in answers) else {0, 1}
    if last.revision not in effects or len(last.replies) != last.revision:
        yield f"not one effect: revision {last.revision}, {len(last.replies)} replies kept"
    if case.sample.faults and last.conversations:
        yield "what was turned away left a trace"
    if first is not None and first != last:
        changed = [name for name, count in last.rows.items() if first.rows.get(name) != count]
        yield f"a redelivery changed what is kept (rows of {', '.join(changed) or 'none'})"
