"""`lifecycle`: how an order goes from the push to the connection, drawn from the core's one table (X160, J91)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, get_args

from model.county import County
from model.order import OrderState
from model.process import Step
from routing.transitions import PATH, TABLE, standing, verdict

_STATES: Final = {
    OrderState.ROUTED: "已推送",
    OrderState.TAKEN: "已接单",
    OrderState.CONTACTED: "已对接",
    OrderState.SURVEY_AGREED: "踏勘已约",
    OrderState.SURVEYED: "已踏勘",
    OrderState.SCHEMED: "方案已定",
    OrderState.BUILT: "已完工",
    OrderState.ACCEPTED: "验收通过",
    OrderState.CONNECTED: "已接通",
}
_WHO: Final = {"applicant": "申请人", "steward": "管家", "lead": "负责人", "staff": "窗口", "clock": "时钟"}
_ONWARD: Final = {
    OrderState.TAKEN: "接单",
    OrderState.CONTACTED: "已联系",
    OrderState.SURVEY_AGREED: "约踏勘，申请人同意",
    OrderState.SURVEYED: "意见通过",
    OrderState.SCHEMED: "接入方案",
    OrderState.BUILT: "外线完工，内部已完工",
    OrderState.ACCEPTED: "验收通过",
    OrderState.CONNECTED: "接通",
}
_BACK: Final = (
    (OrderState.SURVEY_AGREED, OrderState.CONTACTED, "改时间；意见不通过"),
    (OrderState.BUILT, OrderState.SCHEMED, "验收不通过"),
)
EVERY: Final[tuple[Step, ...]] = get_args(Step)


def drawn(steps: tuple[Step, ...]) -> str:
    """The states of a process with these steps as Mermaid; steps that a county does not have are not passed through."""
    return "\n".join(["stateDiagram-v2", *_arrows(steps), ""])


def _arrows(steps: tuple[Step, ...]) -> Iterator[str]:
    here = [state for state in PATH if standing(state, steps) is state]
    yield from (f"  {state.value}: {_STATES[state]}" for state in here)
    yield f"  [*] --> {here[0].value}: 推送"
    for before, after in pairwise(here):
        yield f"  {before.value} --> {after.value}: {_ONWARD[after]}"
    for before, after, why in _BACK:
        if before in here:
            yield f"  {before.value} --> {standing(after, steps).value}: {why}"
    yield f"  {here[-1].value} --> [*]: 各项都办完，办结"


def tabled() -> str:
    """Which command may be given in which state, and by whom, as a table: ● allowed, · too early, blank: past."""
    marks = {"allowed": "●", "too_early": "·", "already": ""}
    lines = ["| 命令 | 谁 | " + " | ".join(_STATES[state] for state in PATH) + " |", "|---" * (len(PATH) + 2) + "|"]
    for do, rule in TABLE.items():
        who = "、".join(_WHO[role] for role in rule.by)
        cells = (marks[verdict(do, state, EVERY)] for state in PATH)
        lines.append(f"| `{do}` | {who} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def page(counties: dict[str, County]) -> str:
    """The whole of `docs/lifecycle.md`."""
    parts = [
        "# 一项业务怎样办下来",
        "",
        "由 `make docs` 按 `routing/transitions.py` 和各县的 `process.yaml` 画出，不要手改。",
        "",
    ]
    for county in counties.values():
        steps = tuple(rule.step for rule in county.process.steps)
        named = "、".join(rule.name for rule in county.process.steps)
        parts += [f"## {county.name}", "", f"环节：{named}。", "", "```mermaid", drawn(steps).rstrip(), "```", ""]
    parts += ["## 什么时候能做什么", "", "● 可以做，· 还早，空着的是已经过了。", "", tabled()]
    return "\n".join(parts)
