"""What `check` says of 订阅通知 in the accounts file: the names are ours, names that share a template fill the same fields."""

from collections.abc import Collection, Iterable, Mapping

from bot.accounts import accounts_in
from bot.channels.wechat.account import Account
from bot.doctor.mapping import Fields, fields_of
from bot.settings import Settings
from config.nearest import nearest
from model.county import County


class SubscriptionsMistaken(Exception):
    """The `subscriptions` of an account cannot be used; the message says which name, and why."""


def subscriptions_told(settings: Settings, counties: Mapping[str, County], about: Collection[str]) -> list[str]:
    """A line for each account of some of them (`about`) that has some. Raises SubscriptionsMistaken, AccountsMissing, pydantic's errors."""
    accounts = accounts_in(settings.accounts, counties).official if settings.accounts else ()
    own = [one for one in accounts if one.county in about]
    return [line for one in own for line in _told(one, fields_of(counties[one.county]), settings.public_url)]


def _told(account: Account, ours: Mapping[str, Fields], public_url: str) -> Iterable[str]:
    mapped = account.subscriptions.templates
    if not mapped:
        return
    where, first = f"公众号 {account.id} 的 subscriptions", dict[str, str]()
    for name, template in mapped.items():
        if name not in ours:
            raise SubscriptionsMistaken(f"{where}：没有叫“{name}”的通知；{nearest(name, ours)}")
        other = first.setdefault(template, name)
        if ours[other] != ours[name]:
            raise SubscriptionsMistaken(
                f"{where}：编号 {template} 给了“{other}”和“{name}”，两个要填的栏不一样，不能共用"
            )
    kinds = (("一次性", account.subscriptions.one_time), ("长期", account.subscriptions.long_term))
    said = "、".join(f"{title} {len(set(one.values()))} 个模板管 {len(one)} 种通知" for title, one in kinds if one)
    if not account.may_card:
        yield f"公众号 {account.id} 是订阅号，不能发订阅通知：subscriptions 不起作用。"
    elif public_url:
        yield f"公众号 {account.id} 的订阅通知：{said}。"
    else:
        yield f"公众号 {account.id} 的订阅通知：{said}；没有设 LIANBAN_PUBLIC_URL，没有人会被请去同意，发不出去。"
