"""The generic gateway: one POST as the settings describe it, bounded in time and size, and every way it can end as a value."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

import aiohttp
import structlog

from bot.channels.sms.filling import Json, Values, filled, filled_text
from bot.channels.sms.gateway import NoAnswer, Refused, Sent, Sms, Why
from bot.channels.sms.reading import at, json_in
from bot.channels.sms.settings import Digest, GatewaySettings
from model.calendar import CHINA
from storage.steps import Step, passing

MOST_BYTES: Final = 64 * 1024
"""Of an answer that are read; a gateway's has a few hundred."""
_CONNECT_SECONDS: Final = 3.0
_BY_STATUS: Final = {401: Why.NOT_AUTHORISED, 403: Why.NOT_AUTHORISED, 429: Why.TOO_FAST}
_REDIRECTS, _ERRORS, _FAULTS = 300, 400, 500

log = structlog.get_logger()


class HttpGateway:
    """`SmsGateway` over HTTP. Never logs a number or a text: only the gateway's own code, or the kind of an error."""

    def __init__(
        self, settings: GatewaySettings, session: aiohttp.ClientSession, clock: Callable[[], dt.datetime]
    ) -> None:
        """The session belongs to the caller (`gateway_session`)."""
        self._settings = settings
        self._session = session
        self._clock = clock

    async def send(self, sms: Sms) -> Sent | Refused | NoAnswer:
        """See `SmsGateway`."""
        if self._settings.templates and sms.template not in self._settings.templates:
            return Refused(Why.NO_TEMPLATE)
        passing(Step.SMS, "before")
        found = await self._posted(sms)
        passing(Step.SMS, "after")
        if isinstance(found, Refused):
            log.warning("sms.refused", county=self._settings.county, why=found.why, code=found.code)
        elif isinstance(found, NoAnswer):
            log.warning("sms.no_answer", county=self._settings.county, reason=found.reason)
        return found

    async def _posted(self, sms: Sms) -> Sent | Refused | NoAnswer:
        settings, values = self._settings, self._values(sms)
        headers = {name: filled_text(text, values) for name, text in settings.headers.items()}
        kind, data = _body(settings, values)
        timeout = aiohttp.ClientTimeout(total=settings.seconds, sock_connect=_CONNECT_SECONDS)
        try:
            async with self._session.post(
                settings.url,
                data=data,
                headers={"Content-Type": kind, "Accept-Encoding": "identity"} | headers,
                timeout=timeout,
                allow_redirects=False,  # they would carry number and key elsewhere
            ) as response:
                return self._meaning(response.status, await _read(response))
        # Only the kind of these goes any further: their messages may quote what was sent.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return NoAnswer(type(error).__name__, may_have_arrived=False)
        except (TimeoutError, OSError, ValueError, aiohttp.ClientError) as error:
            return NoAnswer(type(error).__name__, may_have_arrived=True)

    def _meaning(self, status: int, body: bytes | None) -> Sent | Refused | NoAnswer:
        settings = self._settings
        if _REDIRECTS <= status < _ERRORS:
            return NoAnswer(f"http_{status}", may_have_arrived=False)
        if body is None:
            return NoAnswer("oversize", may_have_arrived=True)
        answer = json_in(body)
        if status < _REDIRECTS and at(answer, settings.taken.path) in settings.taken.values:
            return Sent(at(answer, settings.number) or "" if settings.number else "")
        code = at(answer, settings.code or settings.taken.path)
        if code is not None and code in settings.codes:
            return Refused(settings.codes[code], code)
        if status in _BY_STATUS:
            return Refused(_BY_STATUS[status], f"http_{status}")
        if status >= _FAULTS:
            return NoAnswer(f"http_{status}", may_have_arrived=True)
        if status >= _ERRORS:
            return Refused(Why.REFUSED, _brief(code) or f"http_{status}")
        return Refused(Why.REFUSED, _brief(code)) if code else NoAnswer("unreadable", may_have_arrived=True)

    def _values(self, sms: Sms) -> Values:
        settings, now = self._settings, self._clock()
        template = settings.templates.get(sms.template)
        params = {} if template is None else {name: sms.params.get(one, "") for name, one in template.params.items()}
        values: dict[str, Json] = {
            "phone": sms.phone,
            "text": settings.signature + sms.text,
            "key": sms.key,
            "timestamp": str(int(now.timestamp())),
            "timestamp_ms": str(int(now.timestamp() * 1000)),
            "datetime": now.astimezone(CHINA).strftime("%Y%m%d%H%M%S"),
            "template": "" if template is None else template.id,
            "params": dict(params),
            "params_json": json.dumps(params, ensure_ascii=False),
            "params_list": list(params.values()),
        }
        values |= {f"secret.{name}": one.get_secret_value() for name, one in settings.secrets.items()}
        return values | {f"digest.{name}": self._digest(one, values) for name, one in settings.digests.items()}

    def _digest(self, digest: Digest, values: Values) -> str:
        text = filled_text(digest.of, values).encode()
        if digest.secret:
            raw = hmac.digest(str(values[f"secret.{digest.secret}"]).encode(), text, digest.hash)
        else:  # MD5 and SHA-1 where the gateway wants them: it chose, not we
            raw = hashlib.new(digest.hash, text, usedforsecurity=False).digest()
        if digest.write == "base64":
            return base64.b64encode(raw).decode()
        return raw.hex().upper() if digest.write == "HEX" else raw.hex()


def gateway_session() -> aiohttp.ClientSession:
    """Without cookies and proxies of the environment; nothing is unpacked, so that a small answer stays small."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, trust_env=False)


def _body(settings: GatewaySettings, values: Values) -> tuple[str, bytes]:
    shape: Json = dict(settings.body)
    body = filled(shape, values)
    if settings.form == "form":
        fields = body if isinstance(body, dict) else {}
        written = {name: one if isinstance(one, str) else _json(one) for name, one in fields.items()}
        return "application/x-www-form-urlencoded; charset=utf-8", urlencode(written).encode()
    data = _json(body).encode()
    if settings.form == "base64_json":
        return "text/plain; charset=utf-8", base64.b64encode(data)
    return "application/json; charset=utf-8", data


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _brief(code: str | None) -> str:
    """The gateway's own code for the log; what is longer than a code may hold anything."""
    return code if code is not None and len(code) <= 40 and code.isascii() else ""


async def _read(response: aiohttp.ClientResponse) -> bytes | None:
    """At most `MOST_BYTES`; None if there are more."""
    if (response.content_length or 0) > MOST_BYTES:
        return None
    body = bytearray()
    async for chunk in response.content.iter_chunked(16 * 1024):
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)
