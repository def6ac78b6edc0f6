"""docs/coverage.md: every id with what shows it, what happened without it, and the courses of a case by county."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.rules.table import IDS, Course, Rule

PARTS = {
    "X": "新乡县（X）",
    "J": "泾县（J）",
    "C": "两县不同的地方（C）",
    "R": "文件没有写清、照这样理解的（R）",
}
_HEAD = """\
# 每一条要求由什么来证明

由 `python -m tests.rules` 按 `tests/rules/data` 写出，不要手改；`tests/rules/test_rules.py` 核对它没有过时。

- **证明**：测试的名字（省去开头的 `tests/`）；`对话 NAME` 是 `tests/transcripts/chats/NAME.txt`，一段整的对话，结尾是完整的事件记录。
- **去掉这一条**：有时限、条件或者要拒绝什么的，把它从县的数据或者代码里去掉，再跑一遍测试，必须有测试失败。写着失败的是哪一个。
- 没有做的，写明原因。
"""


def page(table: Sequence[Rule], ways: Sequence[Course], results: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page."""
    return "\n".join([*_summary(table, results), *_courses(ways), *_parts(table, results), *_open(table)]) + "\n"


def _summary(table: Sequence[Rule], results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    mutations = [name for rule in table for name, _ in rule.keyed()]
    killed = sum(bool(results.get(name, {}).get("killed_by")) for name in mutations)
    shown = sum(bool(rule.shown) for rule in table)
    yield _HEAD
    yield (
        f"共 {len(IDS)} 条：{shown} 条有测试证明，{len(table) - shown} 条没有做。"
        f"去掉一条再跑的有 {len(mutations)} 次，{killed} 次有测试失败。"
    )
    yield ""


def _courses(ways: Sequence[Course]) -> Iterator[str]:
    yield from ("## 一件事的每一种走法", "", "| 走法 | 新乡县 | 泾县 |", "|---|---|---|")
    for one in ways:
        yield f"| {one.name} | {_chat(one.xinxiang)} | {_chat(one.jingxian)} |"
    yield ""


def _parts(table: Sequence[Rule], results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for part, title in PARTS.items():
        yield from (f"## {title}", "", "| 编号 | 说的是 | 证明 | 去掉这一条 |", "|---|---|---|---|")
        for rule in table:
            if rule.id.startswith(part):
                yield f"| {rule.id} | {rule.says} | {_shown(rule)} | {'<br>'.join(_without(rule, results))} |"
        yield ""


def _open(table: Sequence[Rule]) -> Iterator[str]:
    yield from ("## 没有做的", "")
    for rule in table:
        if rule.reason and not rule.shown:
            yield f"- {rule.id}（{rule.says}）：{rule.reason}"


def _shown(rule: Rule) -> str:
    named = "<br>".join(_name(one) for one in rule.shown)
    if not rule.shown:
        return f"没有做：{rule.reason}"
    return f"{named}<br>还差：{rule.reason}" if rule.reason else named


def _without(rule: Rule, results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, one in rule.keyed():
        found = results.get(name)
        if found is None or found["digest"] != one.digest:
            yield f"{one.takes}：还没有跑"
        elif not found["killed_by"]:
            yield f"{one.takes}：**没有测试失败**"
        else:
            yield f"{one.takes} → {'、'.join(map(_name, found['killed_by']))} 失败"
    if rule.unbroken:
        yield rule.unbroken


def _name(short: str) -> str:
    return f"对话 `{short.removeprefix('chat:')}`" if short.startswith("chat:") else f"`{short}`"


def _chat(name: str) -> str:
    return f"[{name}](../tests/transcripts/chats/{name}.txt)"
