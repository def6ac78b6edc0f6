"""An extractor over an OpenAI-compatible API (chat completions): asked within bounds, believed in nothing (ADR 12)."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, Literal

import aiohttp
import structlog
from aiohttp import hdrs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.settings import Settings
from dialogs.left_open import Blank, LeftOpen
from dialogs.proposing import LONGEST, MOST
from model.message import Proposal

PROMPT: Final = Path(__file__).parent.parent / "config" / "prompts" / "extractor.txt"
MAX_BYTES: Final = 64 * 1024
AT_ONCE: Final = 4
"""So many turns wait for it at a time, a quarter of those one process has (`bot.limits`); the others go on without."""
REST: Final = 20.0
"""Seconds for which an extractor that gave no answer in time is left alone: nobody else shall wait for it in vain."""
_OK: Final = 200
_ANSWER_TOKENS: Final = 800

Outcome = Literal["proposed", "nothing", "late", "away", "refused", "oversize", "broken", "crowded", "resting"]

log = structlog.get_logger()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Found(_Strict):
    field: str = Field(max_length=100)
    words: str = Field(min_length=1, max_length=LONGEST)
    option: str | None = Field(default=None, max_length=LONGEST)


class _Content(_Strict):
    """What the model was asked to write."""

    found: tuple[_Found, ...] = Field(max_length=MOST)


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    """As much of the API's answer as we read; it may say more."""

    choices: list[_Choice] = Field(min_length=1)


class _Unanswered(Exception):
    """It gave no answer that can be used."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class OpenAIExtractor:
    """`handlers.ports.Extractor`. The session belongs to the caller; it must not unpack bodies, for they have a bound."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        url: str,
        model: str,
        key: str = "",
        seconds: float = 2.5,
        ended: Callable[[str, float], None] = lambda _outcome, _seconds: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`url` is the API's base (`https://host/v1`); `ended` hears of every outcome and the seconds it took."""
        self._session = session
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model = model
        self._headers = {hdrs.ACCEPT_ENCODING: "identity", hdrs.CONTENT_TYPE: "application/json"}
        if key:
            self._headers[hdrs.AUTHORIZATION] = f"Bearer {key}"
        self._seconds = seconds
        self._ended = ended
        self._clock = clock
        self._prompt = PROMPT.read_text("utf-8")
        self._under_way = 0
        self._rests_until = float("-inf")

    async def propose(self, left: LeftOpen) -> tuple[Proposal, ...]:
        """See `Extractor`."""
        if self._clock() < self._rests_until or self._under_way >= AT_ONCE:
            self._ended("crowded" if self._under_way >= AT_ONCE else "resting", 0)
            return ()
        began = time.monotonic()
        self._under_way += 1
        try:
            found = _read(await self._answer(left))
            outcome: Outcome = "proposed" if found else "nothing"
        except _Unanswered as error:
            found, outcome = (), error.outcome
        finally:
            self._under_way -= 1
        if outcome in ("late", "away", "refused"):
            self._rests_until = self._clock() + REST
        took = time.monotonic() - began
        self._ended(outcome, took)
        log.info("extractor", outcome=outcome, found=len(found), ms=round(took * 1000, 1))
        return found

    async def _answer(self, left: LeftOpen) -> bytes:
        """The body of a 200, at most `MAX_BYTES` of it. Raises `_Unanswered`: errors' own words may quote the request."""
        data = json.dumps(self._question(left)).encode()
        try:
            async with (
                asyncio.timeout(self._seconds),
                # A redirect would carry the key and the words elsewhere.
                self._session.post(self._url, data=data, headers=self._headers, allow_redirects=False) as response,
            ):
                if response.status != _OK:
                    raise _Unanswered("refused")
                return await _bounded(response)
        except TimeoutError:
            raise _Unanswered("late") from None
        except (aiohttp.ClientError, OSError, ValueError, RuntimeError):  # the last: its session ends with the program
            raise _Unanswered("away") from None

    def _question(self, left: LeftOpen) -> dict[str, Any]:
        asked = {"原话": left.text, "空着的项": [_worded(one) for one in left.blanks]}
        return {
            "model": self._model,
            "temperature": 0,
            "max_tokens": _ANSWER_TOKENS,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": self._prompt},
                {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
            ],
        }


@asynccontextmanager
async def extractor_of(
    settings: Settings, ended: Callable[[str, float], None]
) -> AsyncGenerator[OpenAIExtractor | None]:
    """The extractor that is set, None where none is. Its session keeps no cookies and heeds no proxy of the environment."""
    if not (settings.extractor_url and settings.extractor_model):
        yield None
        return
    key = settings.extractor_key.get_secret_value() if settings.extractor_key else ""
    async with aiohttp.ClientSession(auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield OpenAIExtractor(
            session,
            url=settings.extractor_url,
            model=settings.extractor_model,
            key=key,
            seconds=settings.extractor_seconds,
            ended=ended,
        )


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    if (response.content_length or 0) > MAX_BYTES:
        raise _Unanswered("oversize")
    body = bytearray()
    async for chunk in response.content.iter_chunked(16 * 1024):
        body += chunk
        if len(body) > MAX_BYTES:
            raise _Unanswered("oversize")
    return bytes(body)


def _read(body: bytes) -> tuple[Proposal, ...]:
    """Raises `_Unanswered` for whatever is not exactly what was asked for: no half of it is believed."""
    try:
        completion = _Completion.model_validate_json(body)
        content = _Content.model_validate_json(completion.choices[0].message.content)
    except ValidationError:
        raise _Unanswered("broken") from None
    return tuple(Proposal(field=one.field, words=one.words, option=one.option or "") for one in content.found)


def _worded(one: Blank) -> dict[str, Any]:
    worded = {
        "编号": one.field,
        "部分": one.section,
        "名称": one.name,
        "印的字": one.label,
        "说明": one.hint,
        "单位": one.unit,
        "选项": list(one.options),
    }
    return {name: value for name, value in worded.items() if value}
