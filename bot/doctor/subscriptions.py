"""订阅通知 of the accounts file against what the account has: ids, kinds, fields, and whether anybody is ever asked."""

from collections.abc import Mapping
from typing import Final

from bot.channels.wechat.account import Subscriptions
from bot.channels.wechat.results import Failed, Refusal
from bot.doctor import places
from bot.doctor.answers import SubscriptionTemplate, SubscriptionTemplates
from bot.doctor.finding import Check, Finding, act, good
from bot.doctor.mapping import Fields
from bot.doctor.refusals import UNAUTHORISED, failed
from bot.doctor.templates import differ

_KINDS: Final = {2: "one_time", 3: "long_term"}
"""Platform rule: the type of a template."""
_CALLED: Final = {"one_time": "一次性", "long_term": "长期"}
_SHOWN: Final = 8


def judged(
    found: SubscriptionTemplates | Failed, ours: Subscriptions, fields: Mapping[str, Fields], *, asks: bool
) -> Finding:
    """获取私有模板列表 (newtmpl/gettemplate). `asks`: our address is known, so that people can be sent to the page that asks them."""
    if not ours.templates:
        return good(Check.SUBSCRIPTIONS, "没有用（可以不用，见 docs/opt-ins.md）")
    if not asks:
        return act(
            Check.SUBSCRIPTIONS,
            "没有设 LIANBAN_PUBLIC_URL，没有人会被请去同意，订阅通知一条也发不出去",
            "设 LIANBAN_PUBLIC_URL=https://你的域名，重新启动",
        )
    if not isinstance(found, SubscriptionTemplates):
        if isinstance(found, Refusal) and found.code in UNAUTHORISED:
            return act(
                Check.SUBSCRIPTIONS,
                "这个号没有订阅通知的权限",
                f"{places.SUBSCRIPTIONS}；不用的话从清单里去掉 subscriptions",
            )
        return failed(Check.SUBSCRIPTIONS, found)
    has = {one.template_id: one for one in found.data}
    lines = [
        line for name, template in sorted(ours.templates.items()) for line in _wrong(name, template, has, ours, fields)
    ]
    if not lines:
        return good(Check.SUBSCRIPTIONS, f"清单里的 {len(set(ours.templates.values()))} 个编号后台都有，种类和栏也对")
    more = [f"还有 {len(lines) - _SHOWN} 处：加 --json 看 subscriptions 的 listed"] if len(lines) > _SHOWN else []
    return act(
        Check.SUBSCRIPTIONS,
        f"{len(lines)} 处和后台对不上",
        *lines[:_SHOWN],
        *more,
        f"编号：{places.SUBSCRIPTIONS}，在“我的模板”里抄对；一次性的写在 one_time 里，长期的写在 long_term 里",
        "栏对不上：换一个栏的种类和数目一样的模板，栏名不同的在清单的 fields 里写上对照（docs/doctor.md）",
        listed=tuple(lines),
    )


def _wrong(
    name: str,
    template_id: str,
    has: Mapping[str, SubscriptionTemplate],
    ours: Subscriptions,
    fields: Mapping[str, Fields],
) -> list[str]:
    if name not in fields:
        return []  # told with the names
    template = has.get(template_id)
    if template is None:
        return [f"“{name}”的编号 {template_id} 后台没有"]
    kind, is_kind = ours.kind(template_id), _KINDS.get(template.type)
    found = differ(name, template.title, template.content, fields[name])
    if kind is not None and is_kind is not None and kind != is_kind:
        found.insert(0, f"“{name}”的编号 {template_id} 后台是{_CALLED[is_kind]}的，清单里写成了{_CALLED[kind]}的")
    return found
