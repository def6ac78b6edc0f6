"""One county's SMS gateway as data: where, what is posted, what its answers mean (docs/sms.md)."""

import ipaddress
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, JsonValue, SecretStr, field_validator, model_validator

from bot.channels.sms.filling import Json, holes
from bot.channels.sms.gateway import Why
from model.frozen import Frozen
from model.short_message import SIGNATURE, length

OF_MESSAGE: Final = (
    *("phone", "text", "key", "timestamp", "timestamp_ms", "datetime"),
    *("template", "params", "params_json", "params_list"),
)
"""What a placeholder may name, beside `secret.…` and `digest.…`."""
_IN_HEADERS: Final = ("key", "timestamp", "timestamp_ms", "datetime")
_TOKEN: Final = r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"  # noqa: S105 - the grammar of a header's name (RFC 9110)


class Digest(Frozen):
    """A checksum that the gateway wants: of a text with placeholders; with `secret` (the name of one) it is an HMAC."""

    of: str
    hash: Literal["md5", "sha1", "sha256"]
    secret: str = ""
    write: Literal["hex", "HEX", "base64"] = "hex"


class Taken(Frozen):
    """How an answer says that it took the message: at this dotted path stands one of these values."""

    path: Annotated[str, Field(min_length=1)]
    values: Annotated[tuple[str, ...], Field(min_length=1)]


class SmsTemplate(Frozen):
    """A template the gateway has approved; `params` by its own names, from the fields of our card (`character_string1`)."""

    id: str
    params: dict[str, str] = {}


class GatewaySettings(Frozen):
    """Checked when the program starts. Raises pydantic's ValidationError; no value of the file is quoted in it.

    `protects_minutes`: for so long the gateway takes a repeated `key` for the same message; 0: not at all, and what may have
    arrived is never sent again. `a_minute`, `a_day`: the most that is sent by it, 0: any number. `codes` say what a refusal
    means; it stands at `code`, if not where success stands.
    """

    model_config = ConfigDict(hide_input_in_errors=True, extra="forbid")

    county: str
    url: str
    form: Literal["json", "form", "base64_json"] = "json"
    headers: dict[Annotated[str, Field(pattern=_TOKEN)], str] = {}
    body: Annotated[dict[str, JsonValue], Field(min_length=1)]
    secrets: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")], SecretStr] = {}
    digests: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")], Digest] = {}
    taken: Taken
    number: str = ""
    code: str = ""
    codes: dict[str, Why] = {}
    templates: dict[str, SmsTemplate] = {}
    signature: str = ""
    seconds: Annotated[float, Field(gt=0, le=15)] = 8
    protects_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    a_minute: Annotated[int, Field(ge=0)] = 0
    a_day: Annotated[int, Field(ge=0)] = 0

    @field_validator("url")
    @classmethod
    def _safe(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.username is not None or parts.fragment or "{" in url:
            raise ValueError("网址里不要有用户名、密码、# 和花括号；密钥写在 secrets 里")
        if not parts.hostname or parts.scheme not in ("https", "http"):
            raise ValueError("要写完整的网址，例如 https://sms.example.cn/send")
        if parts.scheme == "http" and not _loopback(parts.hostname):
            raise ValueError("要用 https；只有本机（127.0.0.1）可以用 http")
        return url

    @field_validator("signature")
    @classmethod
    def _short(cls, signature: str) -> str:
        if signature and not (signature[0] == "【" and signature[-1] == "】" and 4 <= length(signature) <= SIGNATURE):
            raise ValueError("签名写成【联办】的样子，括号里 2 到 12 个字；网关自己加签名的留空")
        return signature

    @model_validator(mode="after")
    def _known(self) -> Self:
        secrets = tuple(f"secret.{name}" for name in self.secrets)
        digests = tuple(f"digest.{name}" for name in self.digests)
        body: Json = dict(self.body)
        named = _checked(body, (*OF_MESSAGE, *secrets, *digests), "body")
        for name, text in self.headers.items():
            _checked(text, (*_IN_HEADERS, *secrets, *digests), f"headers.{name}")
        for name, digest in self.digests.items():
            named |= _checked(digest.of, (*OF_MESSAGE, *secrets), f"digests.{name}")
            if digest.secret and digest.secret not in self.secrets:
                raise ValueError(f"digests.{name} 的 secret 要是 secrets 里的一个名字")
        if "phone" not in named or not named & {"text", "template"}:
            raise ValueError("body 里要有 {phone}，以及 {text} 或 {template}")
        if bool(self.templates) != ("template" in named):
            raise ValueError("用 {template} 就要写 templates，不用就不写")
        if any(set(one.get_secret_value()) & set("\r\n\0") for one in self.secrets.values()):
            raise ValueError("secrets 里不能有换行")
        return self


def _checked(shape: Json, known: tuple[str, ...], where: str) -> set[str]:
    named = set(holes(shape))
    if unknown := sorted(named - set(known)):
        raise ValueError(f"{where} 里不认识 {{{unknown[0]}}}；可以有：{'、'.join(known)}")
    return named


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
