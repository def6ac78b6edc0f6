"""One HTTP exchange with the platform: limits, timeouts, and every way it can fail as a value."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.channels.wechat.errors import Meaning
from bot.channels.wechat.results import NoAnswer, Refusal, TooLarge
from bot.channels.wechat.sdk import Upload

MAX_JSON_BYTES = 1024 * 1024
_OK = 200
_SERVER_FAULT = 500


@dataclass(frozen=True, slots=True)
class Patience:
    """Timeouts in seconds: to connect, for a whole call, for a whole download; an upload has to end before its push gives up."""

    connect: float = 3
    call: float = 10
    download: float = 60
    upload: float = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """A 200 with its whole body."""

    body: bytes = field(repr=False)
    content_type: str
    filename: str | None


async def exchange(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    *,
    params: Mapping[str, str],
    body: Mapping[str, Any] | None,
    timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    limit: int,
    upload: Upload | None = None,
) -> Answer | TooLarge | NoAnswer:
    """Send and read at most `limit` bytes. Follows no redirects: they would carry the token elsewhere."""
    data = _form(upload) if upload else None if body is None else json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"} if isinstance(data, bytes) else {}
    try:
        async with session.request(
            method, url, params=params, data=data, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            if response.status != _OK:
                return NoAnswer(f"http_{response.status}", may_have_arrived=response.status >= _SERVER_FAULT)
            return await _read(response, limit)
    # Only the type of these goes any further: their messages quote the URL, and it holds the token.
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        return NoAnswer(type(error).__name__, may_have_arrived=False)
    except (TimeoutError, OSError, aiohttp.ClientError) as error:
        return NoAnswer(type(error).__name__, may_have_arrived=True)


def _form(upload: Upload) -> aiohttp.FormData:
    # As it is, in UTF-8: the platforms show a name that was quoted with its percent signs.
    form = aiohttp.FormData(quote_fields=False)
    form.add_field(upload.part, io.BytesIO(upload.data), filename=upload.name, content_type=upload.media_type)
    return form


async def _read(response: aiohttp.ClientResponse, limit: int) -> Answer | TooLarge:
    if (response.content_length or 0) > limit:
        return TooLarge(limit)
    body = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > limit:
            return TooLarge(limit)
    disposition = response.content_disposition
    named = None if disposition is None else disposition.filename or ""
    return Answer(bytes(body), response.content_type, named)


def json_object(answer: Answer) -> dict[str, Any] | None:
    """The body as a JSON object, None if it is none. The declared type says nothing: errors come as text/plain too."""
    try:
        found = json.loads(answer.body, strict=False)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def refusal_in(found: Mapping[str, Any], meaning: Callable[[int], Meaning]) -> Refusal | None:
    """The error answer in a JSON object. Platform rule: errors come with status 200 and a non-zero errcode."""
    code = found.get("errcode", 0)
    if not isinstance(code, int) or code == 0:
        return None
    return Refusal.of(code, str(found.get("errmsg", "")), meaning)
