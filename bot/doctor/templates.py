"""The templates of the accounts file against those the account has, field by field."""

import re
from collections.abc import Mapping
from typing import Final

from bot.channels.wechat.results import Failed, Refusal
from bot.doctor import places
from bot.doctor.answers import Industries, Template, Templates
from bot.doctor.finding import Check, Finding, act, good, unseen
from bot.doctor.mapping import Fields, is_written
from bot.doctor.refusals import UNAUTHORISED, failed

_PLACE: Final = re.compile(r"\{\s*\{\s*(\w+)\.DATA\s*\}", re.ASCII)
"""Platform rule: a template's text holds its fields as `{{thing1.DATA}}`."""
_STRIPPED: Final = frozenset({"first", "remark"})
"""Platform rule: since 2023 these are not shown, and need no value."""
_SHOWN: Final = 8


def judged(found: Templates | Failed, mapped: Mapping[str, str], ours: Mapping[str, Fields]) -> Finding:
    """获取已选用模板列表. Seen: it leaves out templates of a service category (类目模板), which can be sent all the same; so an id that is
    not in it proves nothing where none of ours is.
    """
    if not isinstance(found, Templates):
        if isinstance(found, Refusal) and found.code in UNAUTHORISED:
            return unseen(Check.TEMPLATES, "没有模板消息的权限，看不到", "先解决“接口权限”")
        return failed(Check.TEMPLATES, found)
    has = {one.template_id: one for one in found.template_list}
    used = {name: template for name, template in mapped.items() if name in ours and is_written(template)}
    if not used:
        return unseen(
            Check.TEMPLATES,
            f"清单里还没有写模板编号；后台列出 {len(has)} 个模板",
            "先解决“模板的名字”",
            listed=tuple(map(_title, has.values())),
        )
    absent = sorted(name for name, template in used.items() if template not in has)
    if len(absent) == len(used):
        return unseen(
            Check.TEMPLATES,
            f"微信列出 {len(has)} 个模板，没有一个是清单里写的：类目模板它不列出，所以看不出编号对不对",
            f"{places.TEMPLATES}，我的模板：一个一个核对编号，和每个模板的栏（要有哪几栏见“模板的名字”或 config/messages/notices.yaml）",
            listed=tuple(map(_title, has.values())),
        )
    wrong = [
        line
        for name, template in sorted(used.items())
        if template in has
        for line in differ(name, has[template].title, has[template].content, ours[name])
    ]
    if not (absent or wrong):
        return good(Check.TEMPLATES, f"清单里的 {len(set(used.values()))} 个编号后台都有，栏也对")
    lines = [f"“{name}”的编号 {used[name]} 后台没有（类目模板微信不列出：是的话到后台核对）" for name in absent] + wrong
    said = [f"{len(absent)} 个名字的编号后台没有" if absent else "", f"{len(wrong)} 处栏对不上" if wrong else ""]
    more = [f"还有 {len(lines) - _SHOWN} 处：加 --json 看 templates 的 listed"] if len(lines) > _SHOWN else []
    return act(
        Check.TEMPLATES,
        "；".join(one for one in said if one),
        *lines[:_SHOWN],
        *more,
        f"编号不对：{places.TEMPLATES}，在“我的模板”里抄对编号，改{places.FILE}",
        "栏对不上：换一个栏的种类和数目一样的模板，栏名不同的在清单的 fields 里写上对照（docs/doctor.md）",
        listed=tuple(lines),
    )


def industry(found: Industries | Failed) -> Finding:
    """获取行业信息 (template/get_industry): which of the older templates can be chosen. Nothing depends on it."""
    if not isinstance(found, Industries):
        return unseen(Check.INDUSTRY, "没有问到；只用类目模板的不要紧", f"{places.TEMPLATES}：看服务类目里有没有合适的")
    named = [
        "-".join(part for part in (one.first_class, one.second_class) if part)
        for one in (found.primary_industry, found.secondary_industry)
    ]
    chosen = "、".join(one for one in named if one)
    return good(Check.INDUSTRY, chosen or "没有选行业（用类目模板的不用选）")


def differ(name: str, title: str, content: str, ours: Fields) -> list[str]:
    """Where the fields of a template of this title and text are not those that we fill."""
    theirs = frozenset(_PLACE.findall(content)) - _STRIPPED
    title = f"“{name}”用的模板“{title}”"
    lacking, left = sorted(ours - theirs), sorted(theirs - ours)
    found = [f"{title}没有 {'、'.join(lacking)}，填了也不显示"] if lacking else []
    return [*found, f"{title}还要 {'、'.join(left)}，不填微信不收（47003）"] if left else found


def _title(template: Template) -> str:
    fields = " ".join(_PLACE.findall(template.content))
    return f"{template.template_id} {template.title} {fields}"
