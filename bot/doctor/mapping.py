"""Our names of templates, as the county's messages have them, against those the accounts file maps."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Final

from bot.channels.wechat.account import Account
from bot.doctor import places
from bot.doctor.finding import Check, Finding, act, good
from model.county import County

Fields = frozenset[str]
_BEGINS: Final = "wechat."
_SHOWN: Final = 10


def fields_of(county: County) -> dict[str, Fields]:
    """The fields we fill, by our name of the template (`wechat.<template>.<field>`)."""
    found: dict[str, set[str]] = {}
    for key in county.messages:
        if key.startswith(_BEGINS):
            name, _, field = key.removeprefix(_BEGINS).rpartition(".")
            found.setdefault(name, set()).add(field)
    return {name: frozenset(fields) for name, fields in found.items()}


def judged(
    mapped: Mapping[str, str], ours: Mapping[str, Fields], by_consent: Mapping[str, str] | None = None
) -> Finding:
    """Every name has a template, be it one that goes `by_consent` (订阅通知) only; no name is unknown, and names that share one
    fill the same fields.
    """
    by_consent = by_consent or {}
    unknown = sorted((mapped.keys() | by_consent.keys()) - ours.keys())
    missing = sorted(name for name in ours if name not in by_consent and not is_written(mapped.get(name, "")))
    mixed = [*_mixed(mapped, ours), *_mixed(by_consent, ours)]
    if not (unknown or missing or mixed):
        return good(Check.MAPPING, f"程序用的 {len(ours)} 个名字都写了模板编号")
    said = [
        f"{len(unknown)} 个名字程序不认识" if unknown else "",
        f"程序用 {len(ours)} 个名字，{len(missing)} 个还没有写模板编号（这些事没法用卡片告诉人，要打电话）"
        if missing
        else "",
        f"{len(mixed)} 个编号给了栏不一样的名字" if mixed else "",
    ]
    do = [f"“{name}”不认识{_near(name, ours)}" for name in unknown[:_SHOWN]]
    do += [
        f"编号 {template} 给了“{one}”和“{other}”，两个要填的栏不一样，不能共用一个模板"
        for template, one, other in mixed[:_SHOWN]
    ]
    if missing:
        do += [
            f"{len(alike)} 个名字要这几栏：{'、'.join(fields)}；例如 {'、'.join(alike[:2])}"
            for fields, alike in by_fields(missing, ours)
        ]
        do.append(
            f"栏一样的名字共用一个模板就行（一个号最多 25 个）：{places.TEMPLATES}，每一种选一个；"
            "再运行 python -m bot doctor --templates，照它打印的填进清单"
        )
        do.append("后台找不到栏名一样的：选种类一样的，在清单的 fields 里写上对照（docs/doctor.md）")
    listed = tuple(f"{name}: {' '.join(sorted(ours[name]))}" for name in missing)
    return act(Check.MAPPING, "；".join(one for one in said if one), *do, listed=(*unknown, *listed))


def at_platform(account: Account, mapped: Mapping[str, str], ours: Mapping[str, Fields]) -> dict[str, Fields]:
    """The fields we fill as the platform calls them, by our name of the template."""
    return {
        name: frozenset(account.field_at_platform(mapped.get(name, ""), one) for one in fields)
        for name, fields in ours.items()
    }


def is_written(template: str) -> bool:
    """Whether this may be an id, and no gap or word still to be replaced (`bot.doctor.stub`)."""
    return bool(template.strip()) and template.isascii()


def by_fields(names: Iterable[str], ours: Mapping[str, Fields]) -> list[tuple[list[str], list[str]]]:
    """The names that fill the same fields together: fields and names, the most names first."""
    found: dict[Fields, list[str]] = {}
    for name in sorted(names):
        found.setdefault(ours[name], []).append(name)
    return [
        (sorted(fields, key=_number), alike) for fields, alike in sorted(found.items(), key=lambda one: -len(one[1]))
    ]


def _number(field: str) -> tuple[int, str]:
    digits = "".join(one for one in field if one.isdecimal())
    return int(digits or 0), field


def _mixed(mapped: Mapping[str, str], ours: Mapping[str, Fields]) -> list[tuple[str, str, str]]:
    first: dict[str, str] = {}
    mixed: dict[str, tuple[str, str, str]] = {}
    for name, template in mapped.items():
        if name in ours and is_written(template):
            other = first.setdefault(template, name)
            if ours[other] != ours[name]:
                mixed.setdefault(template, (template, other, name))
    return list(mixed.values())


def _near(name: str, ours: Mapping[str, Fields]) -> str:
    near = difflib.get_close_matches(name, ours, n=1)
    return f"，是不是 {near[0]}？" if near else "，删掉它，或对照 config/messages/notices.yaml 改"
