"""The findings on paper: for people, and for machines."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from bot.doctor.finding import TITLES, Finding, State

_STATES: Final[dict[State, str]] = {State.GOOD: "好", State.ACT: "要处理", State.UNSEEN: "看不出"}
_INDENT: Final = "          "


@dataclass(frozen=True, slots=True)
class Group:
    """The findings about one account, or (`account` is None) about this machine."""

    title: str
    account: str | None
    findings: tuple[Finding, ...]


def is_good(groups: Iterable[Group]) -> bool:
    """Whether nobody has to act."""
    return all(one.state is not State.ACT for group in groups for one in group.findings)


def text(groups: Sequence[Group]) -> list[str]:
    """Line by line; what is to be done is numbered below what was found."""
    lines = list[str]()
    for group in groups:
        lines += [group.title, *_lines(group.findings), ""]
    counted = {state: sum(one.state is state for group in groups for one in group.findings) for state in State}
    return [*lines, "，".join(f"{_STATES[state]} {count} 项" for state, count in counted.items()) + "。"]


def as_json(groups: Sequence[Group]) -> str:
    """One object: whether it is good, and every group with its findings."""
    made = [
        {
            "account": group.account,
            "title": group.title,
            "findings": [asdict(one) | {"title": TITLES[one.check]} for one in group.findings],
        }
        for group in groups
    ]
    return json.dumps({"good": is_good(groups), "groups": made}, ensure_ascii=False, indent=1)


def _lines(findings: Iterable[Finding]) -> Iterable[str]:
    """Of several that say the same, one line: what waits for something else is not worth one each."""
    alike: dict[tuple[State, str, tuple[str, ...]], list[str]] = {}
    for one in findings:
        alike.setdefault((one.state, one.said, one.do), []).append(TITLES[one.check])
    for (state, said, do), titles in alike.items():
        name = _STATES[state]
        yield f"  {name}{'　' * (3 - len(name))}  {'、'.join(dict.fromkeys(titles))}：{said}"
        for number, step in enumerate(do, 1):
            yield f"{_INDENT}{f'{number}. ' if len(do) > 1 else '→ '}{step}"
