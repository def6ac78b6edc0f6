"""The product's Door against vectors: each must open, at its own time, and nothing that differs in one place may."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bench.independent.vectors import Sealed, Signed
from bot.channels.wechat.account import Account, Mode
from bot.channels.wechat.envelope import Door
from bot.channels.wechat.refused import Refused
from sandbox.crypto import signature

_WINDOW = 300.0
_ECHO = "echo"
_UNSIGNED = Signed("", "token", "1700000000", "nonce")
"""Around a ciphertext whose file has no signature of it."""
_KEY = "A" * 43


@dataclass(frozen=True, slots=True)
class _Visit:
    """Who stands at which door, and when: `seconds` after the timestamp."""

    query: Mapping[str, str]
    sealed: str = ""
    token: str = ""
    key: str = _KEY
    receiver: str = "wx0"
    seconds: float = 0.0


def wrong_url(vector: Signed) -> list[str]:
    """What went wrong with a signature of a URL: nothing, or one line each."""
    query = {"signature": vector.value, "timestamp": vector.timestamp, "nonce": vector.nonce, "echostr": _ECHO}
    right = _Visit(query, token=vector.token)
    return list(_wrong(right, _ECHO, _spoilt(right, "signature")))


def wrong_sealed(vector: Sealed) -> list[str]:
    """The same of a ciphertext."""
    signed = vector.signed or _UNSIGNED
    right = _Visit(_query(signed, vector.value), vector.value, signed.token, vector.key, vector.receiver)
    if vector.signed:
        right = replace(right, query={**right.query, "msg_signature": vector.signed.value})
    spoilt = {**_spoilt(right, "signature"), **_spoilt(right, "msg_signature"), **_resealed(right, signed)}
    return list(_wrong(right, vector.text, spoilt))


def _query(signed: Signed, sealed: str) -> dict[str, str]:
    """The query of a push; most files have no more of it than the signature of its body."""
    parts = (signed.token, signed.timestamp, signed.nonce)
    return {
        "signature": signature(*parts), "timestamp": signed.timestamp, "nonce": signed.nonce, "encrypt_type": "aes",
        "msg_signature": signature(*parts, sealed),
    }  # fmt: skip


def _spoilt(right: _Visit, mark: str) -> dict[str, _Visit]:
    """The same with one thing wrong."""
    query = right.query
    one_more = str(int(query["timestamp"]) + 1)
    return {
        f"another {mark}": replace(right, query={**query, mark: _other(query[mark])}),
        f"no {mark}": replace(right, query={name: value for name, value in query.items() if name != mark}),
        "another nonce": replace(right, query={**query, "nonce": query["nonce"] + "1"}),
        "another timestamp": replace(right, query={**query, "timestamp": one_more}),
        "another token": replace(right, token=right.token + "x"),
        "too late": replace(right, seconds=_WINDOW + 1),
        "too early": replace(right, seconds=-_WINDOW - 1),
    }


def _resealed(right: _Visit, signed: Signed) -> dict[str, _Visit]:
    """What only shows after the signature: the body is another and rightly signed, or the door has another key or appid."""
    value, end = right.sealed, right.sealed.rstrip("=")
    bodies = {
        "its end damaged": end[:-8] + _other(end[-8]) + end[-7:] + value[len(end) :],
        "cut": value[: len(value) // 2 // 4 * 4],
        "not base64": "?" + value[1:],
        "empty": "",
    }
    return {
        **{
            f"{name}, signed anew": replace(right, query=_query(signed, body), sealed=body)
            for name, body in bodies.items()
        },
        "body and signature apart": replace(right, sealed=_other(value[0]) + value[1:]),
        "another key": replace(right, key=_other(right.key[0]) + right.key[1:]),
        "another receiver": replace(right, receiver=right.receiver + "x"),
    }


def _other(text: str) -> str:
    """The same with another first character, which means other bits in base64 and in hexadecimal."""
    return ("b" if text[0] == "a" else "a") + text[1:]


def _wrong(right: _Visit, want: str, spoilt: Mapping[str, _Visit]) -> Iterator[str]:
    try:
        got = _visited(right)
    except Refused as refused:
        yield f"refused: {refused.reason}"
    else:
        if got != want:
            yield f"opened to another text: {got[:80]!r}"
    for name, visit in spoilt.items():
        try:
            _visited(visit)
        except Refused:
            continue
        yield f"{name}: not refused"


def _visited(visit: _Visit) -> str:
    at = dt.datetime.fromtimestamp(int(visit.query["timestamp"]) + visit.seconds, dt.UTC)
    account = Account(
        id="vector", county="xinxiang", original_id="gh", appid=visit.receiver, appsecret="s",
        token=visit.token, aes_key=visit.key, mode=Mode.SAFE,
    )  # fmt: skip
    door = Door(account, lambda: at, _WINDOW)
    if "echostr" in visit.query:
        return door.greet(visit.query)
    return door.open(visit.query, f"<xml><Encrypt><![CDATA[{visit.sealed}]]></Encrypt></xml>".encode()).xml
