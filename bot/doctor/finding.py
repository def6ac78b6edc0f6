"""What a look at one part of the set-up came to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Good; somebody has to act; or it cannot be seen from here."""

    GOOD = "good"
    ACT = "act"
    UNSEEN = "unseen"


class Check(StrEnum):
    """What is looked at: first this machine, then each account, in this order."""

    COUNTIES = "counties"
    KEYS = "keys"
    REDIS = "redis"
    SQL = "sql"
    ACCOUNTS = "accounts"
    ENTRY = "entry"
    MAPPING = "mapping"
    REACH = "reach"
    CLOCK = "clock"
    CREDENTIALS = "credentials"
    WHITELIST = "whitelist"
    API = "api"
    VERIFICATION = "verification"
    RIGHTS = "rights"
    ADDRESS = "address"
    DOMAIN = "domain"
    CERTIFICATE = "certificate"
    GREETING = "greeting"
    PAGES = "pages"
    PAGE_DOMAINS = "page_domains"
    CALLBACK = "callback"
    TEMPLATES = "templates"
    SUBSCRIPTIONS = "subscriptions"
    INDUSTRY = "industry"
    MENU = "menu"
    QUOTA = "quota"


TITLES: Final[dict[Check, str]] = {
    Check.COUNTIES: "县的资料",
    Check.KEYS: "加密钥匙",
    Check.REDIS: "Redis",
    Check.SQL: "数据库",
    Check.ACCOUNTS: "公众号清单",
    Check.ENTRY: "清单里的这一个",
    Check.MAPPING: "模板的名字",
    Check.REACH: "连到微信",
    Check.CLOCK: "时钟",
    Check.CREDENTIALS: "AppID 和 AppSecret",
    Check.WHITELIST: "IP 白名单",
    Check.API: "接口状态",
    Check.VERIFICATION: "账号类型和认证",
    Check.RIGHTS: "接口权限",
    Check.ADDRESS: "网址",
    Check.DOMAIN: "域名和备案",
    Check.CERTIFICATE: "HTTPS 证书",
    Check.GREETING: "接入验证",
    Check.PAGES: "网页",
    Check.PAGE_DOMAINS: "网页的域名",
    Check.CALLBACK: "微信来访",
    Check.TEMPLATES: "后台的模板",
    Check.SUBSCRIPTIONS: "订阅通知",
    Check.INDUSTRY: "行业",
    Check.MENU: "菜单",
    Check.QUOTA: "今天的额度",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: what was `said`, what to `do` step by step, and what is `listed` in full for machines only.

    Nothing secret stands in it: it goes to a screen and into files.
    """

    check: Check
    state: State
    said: str
    do: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


def good(check: Check, said: str, *, listed: tuple[str, ...] = ()) -> Finding:
    """Nothing is to be done."""
    return Finding(check, State.GOOD, said, (), listed)


def act(check: Check, said: str, *do: str, listed: tuple[str, ...] = ()) -> Finding:
    """Somebody has to do this."""
    return Finding(check, State.ACT, said, do, listed)


def unseen(check: Check, said: str, *do: str, listed: tuple[str, ...] = ()) -> Finding:
    """It cannot be told from here; `do` says where to look."""
    return Finding(check, State.UNSEEN, said, do, listed)
