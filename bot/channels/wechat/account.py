"""The configuration of one official account."""

import base64
import binascii
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from model.frozen import Frozen
from model.scene import OURS

PUBLIC_API = "https://api.weixin.qq.com"
PUBLIC_OPEN = "https://open.weixin.qq.com"
PUBLIC_SDK = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"

AES_KEY_CHARACTERS = 43


class Mode(StrEnum):
    """How the platform pushes (platform rule: 明文模式, 兼容模式, 安全模式)."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


class Kind(StrEnum):
    """What the account is, and so what it may push (platform rule: 接口权限). Only a service account may send 模板消息; a
    subscription account (订阅号) that is verified may send 客服消息, one that is not may send nothing and has no menu of ours.
    """

    SERVICE = "service"
    VERIFIED_SUBSCRIPTION = "verified_subscription"
    SUBSCRIPTION = "subscription"


TemplateId = Annotated[str, Field(min_length=1, max_length=64)]
Scenes = tuple[Annotated[str, Field(min_length=1)], ...]


class PreviousServer(Frozen):
    """Whoever had the account before us has a server that goes on answering what is not ours (ADR 26).

    `url` is the callback address that stood in the platform's settings; it may be a private one, the operator sets it.
    `scenes` are the beginnings of the scenes of our own QR codes.
    """

    url: Annotated[str, Field(pattern=r"^https?://[^\s/?#@]+(?:[/?][^\s#]*)?$")]
    scenes: Scenes = (OURS,)


class PreviousReplies(Frozen):
    """There was no server, but automatic replies: `autoreplies` is the file that `account save` wrote, we give what is in it."""

    autoreplies: Path
    scenes: Scenes = (OURS,)


Previous = PreviousServer | PreviousReplies


class Subscriptions(Frozen):
    """订阅通知 by our name of the template, each with the platform's id: one message for each time that the person agrees, or
    all once he has agreed for good (platform rule: 一次性, 长期). Raises ValueError where a name or an id is of both kinds.
    """

    one_time: dict[str, TemplateId] = Field(default_factory=dict)
    long_term: dict[str, TemplateId] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if twice := sorted(self.one_time.keys() & self.long_term.keys()):
            raise ValueError(f"{twice[0]} is of both kinds")
        if twice := sorted(set(self.one_time.values()) & set(self.long_term.values())):
            raise ValueError(f"{twice[0]} is of both kinds")
        return self

    @property
    def templates(self) -> dict[str, str]:
        """The platform's ids by our names."""
        return {**self.one_time, **self.long_term}

    def kind(self, template_id: str) -> Literal["one_time", "long_term"] | None:
        """What agreeing to it means; None: it is none of ours."""
        if template_id in self.one_time.values():
            return "one_time"
        return "long_term" if template_id in self.long_term.values() else None


class Account(Frozen):
    """One official account: who it is, its secrets (kept out of `repr` and of error messages), and its template ids.

    `id` is ours and stands in the URL; `original_id` (gh_…) is what the platform calls the account in messages.
    `templates` maps our name of a template to the platform's id; `fields`, by the platform's id, our names of its fields to
    those it was granted with, where they differ (platform rule: thing1, thing5 … are fixed with the template).
    `open_base` is where the platform sends people back from (网页授权), `sdk_url` its JS-SDK. `card_readings`: so many photos of
    cards a day are read by the platform's service, 0: none (ADR 30).
    `subscriptions` are those of our names that go as 订阅通知 to whoever agreed to it.
    `previous_aes_key` is still accepted. `previous` is whoever had the account before us.
    Raises pydantic's ValidationError when a key is not an EncodingAESKey, the mode needs a key and has none, or two of our
    fields have one name at the platform.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    county: str
    original_id: str
    appid: str
    appsecret: Annotated[str, Field(repr=False)]
    token: Annotated[str, Field(repr=False, min_length=1)]
    aes_key: Annotated[str, Field(repr=False)] = ""
    previous_aes_key: Annotated[str | None, Field(repr=False)] = None
    kind: Kind = Kind.SERVICE
    mode: Mode = Mode.SAFE
    api_base: str = PUBLIC_API
    open_base: str = PUBLIC_OPEN
    sdk_url: str = PUBLIC_SDK
    templates: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, dict[str, str]] = Field(default_factory=dict)
    card_readings: Annotated[int, Field(ge=0)] = 0
    subscriptions: Subscriptions = Subscriptions()
    previous: Previous | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        for key in self.aes_keys:
            aes_key_bytes(key)
        if self.mode is not Mode.PLAIN and not self.aes_key:
            raise ValueError("this mode needs aes_key (EncodingAESKey)")
        for template, names in self.fields.items():
            if len(set(names.values())) < len(names):
                raise ValueError(f"two fields of {template} have one name at the platform")
        return self

    def field_at_platform(self, template_id: str, field: str) -> str:
        """The platform's name of one of our fields."""
        return self.fields.get(template_id, {}).get(field, field)

    @property
    def may_text(self) -> bool:
        """Whether it may send 客服消息, and have a menu."""
        return self.kind is not Kind.SUBSCRIPTION

    @property
    def may_card(self) -> bool:
        """Whether it may send 模板消息."""
        return self.kind is Kind.SERVICE

    @property
    def aes_keys(self) -> tuple[str, ...]:
        """The keys a message may be encrypted with, the current one first."""
        return tuple(key for key in (self.aes_key, self.previous_aes_key) if key)


def aes_key_bytes(key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey (platform rule: 43 characters, base64 without its `=`). Raises ValueError."""
    try:
        found = base64.b64decode(key + "=", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("an EncodingAESKey is base64") from error
    if len(key) != AES_KEY_CHARACTERS or len(found) != 32:
        raise ValueError("an EncodingAESKey has 43 characters")
    return found
