"""The official accounts the stand-in platform serves, read from one JSON file."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .keys import AesKey
from .wecom_account import WeComApp

Role = Literal["applicant", "steward"]
Channel = Literal["official", "wecom"]


class Mode(StrEnum):
    """How messages travel. Platform rule: plain 明文, compatible 兼容 (both in one body), safe 安全 (sealed)."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class PhoneConfig(_Part):
    """One phone on the page: who holds it and what the page writes above it. Within `wecom` the openid is a userid."""

    openid: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.@-]+$")
    nickname: str = Field(min_length=1, max_length=40)
    role: Role = "applicant"
    title: str = Field(default="", max_length=40)
    channel: Channel = "official"


class Place(_Part):
    """The position the page proposes when a person sends one."""

    lat: float = Field(default=35.0, ge=-90, le=90)
    lon: float = Field(default=114.0, ge=-180, le=180)
    label: str = ""


class TemplateConfig(_Part):
    """A template the account was granted. `fields` maps keys to labels; `enums` lists what a const key may say."""

    template_id: str
    title: str = "服务通知"
    fields: dict[str, str] = Field(default_factory=dict)
    enums: dict[str, list[str]] = Field(default_factory=dict)
    listed: bool = True
    """Seen: templates of a service category (类目模板) can be sent, but the list of templates leaves them out."""


class SubscriptionConfig(TemplateConfig):
    """A template of 订阅通知: one message for each opt-in, or (long_term) as many as are sent once he has agreed."""

    kind: Literal["one_time", "long_term"] = "one_time"


class Registration(_Part):
    """What the platform tells of whoever holds the account, and of the yearly review of its verification (认证)."""

    kind: Literal["subscription", "service"] = "service"
    principal: str = Field(min_length=1)
    qualified: bool = True
    named: bool = True
    review_begins: date = date(2027, 3, 1)
    review_ends: date = date(2027, 5, 31)


class Account(_Part):
    """One official account: its credentials, its way of sending, its phones."""

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    county: str
    title: str
    original_id: str = Field(pattern=r"^gh_[0-9a-z]+$")
    appid: str = Field(pattern=r"^wx[0-9a-f]{16}$")
    appsecret: str = Field(min_length=16)
    token: str = Field(pattern=r"^[A-Za-z0-9]{3,32}$")
    encoding_aes_key: AesKey = Field(alias="EncodingAESKey")
    mode: Mode = Mode.SAFE
    sends_menu_id: bool = True
    """Platform rule: not every account gets the id of a tapped menu link; false leaves it out."""
    accepts_msgmenu: bool = False
    """Platform rule: the msgmenu kind is refused with 40200 on some accounts."""
    ocr: int = Field(default=100, ge=0)
    """Photos of cards read in a day. Platform rule: 100 are free, once they were claimed (服务市场); 0: nobody has."""
    page_domains: tuple[str, ...] = ("127.0.0.1", "localhost")
    """网页授权域名: hosts that a code may be sent to. Platform rule: the whole name, without scheme and port; not those below it."""
    js_domains: tuple[str, ...] = ("127.0.0.1", "localhost")
    """JS接口安全域名: hosts whose pages may use the JS-SDK."""
    place: Place = Place()
    templates: tuple[TemplateConfig, ...] = ()
    subscriptions: tuple[SubscriptionConfig, ...] = ()
    """Templates of 订阅通知, a list of their own; empty: any id will do, for one message each."""
    registration: Registration | None = None
    """Platform rule: an account may not ask for it with a token of its own, only a third-party platform with one that was
    granted to it. None: 48001, as for most.
    """
    industries: tuple[tuple[str, str], tuple[str, str]] = (("政府与公共事业", "公共事业非盈利机构"), ("房地产", "建筑"))
    phones: tuple[PhoneConfig, ...] = ()
    wecom: WeComApp | None = None
    """The app by which stewards of this county may be reached instead."""

    @model_validator(mode="after")
    def _distinct_phones(self) -> Self:
        openids = [phone.openid for phone in (*self.phones, *self.members)]
        if len(set(openids)) != len(openids):
            raise ValueError(f"account {self.id}: an openid is listed twice")
        return self

    @property
    def members(self) -> tuple[PhoneConfig, ...]:
        """The phones of the WeCom members."""
        return tuple(
            PhoneConfig(openid=one.userid, nickname=one.nickname, role="steward", title=one.title, channel="wecom")
            for one in (self.wecom.members if self.wecom else ())
        )


class SandboxConfig(_Part):
    """The whole file: accounts, where the product listens, and which days count as working days on the page's clock."""

    accounts: tuple[Account, ...] = Field(min_length=1)
    endpoint: str = "{product}/wechat/{account}"
    wecom_endpoint: str = "{product}/wecom/{account}"
    clock_url: str = "{product}/sandbox-clock"
    holidays: tuple[date, ...] = ()
    make_up_days: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _distinct_accounts(self) -> Self:
        apps = [account.wecom for account in self.accounts if account.wecom is not None]
        for what, listed in (("id", (*self.accounts, *apps)), ("appid", self.accounts), ("original_id", self.accounts)):
            values = [getattr(account, what) for account in listed]
            if len(set(values)) != len(values):
                raise ValueError(f"two accounts share the same {what}")
        if len({(app.corpid, app.agentid) for app in apps}) != len(apps):
            raise ValueError("two apps share the same corpid and agentid")
        return self


def load(path: Path) -> SandboxConfig:
    """Read and check a configuration file."""
    return SandboxConfig.model_validate_json(path.read_text(encoding="utf-8"))
