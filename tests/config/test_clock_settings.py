"""What `check` says of hours, limits and warnings that are wrong: the place, what is wrong, what would be valid (J35, R7, R27)."""

import shutil
from pathlib import Path

import pytest

from config.check import check
from config.loader import COUNTIES

HOURS = 'hours: [["08:30", "12:00"], ["14:00", "17:30"]]'
ORDER = '上班时间的先后不对：每段从早到晚，一段接一段，不重叠 → 例如 [["08:30", "12:00"], ["14:00", "17:30"]]'
SPANS = '上班时间要一段一段写，每段有起有止 → 例如 [["08:30", "12:00"], ["14:00", "17:30"]]'
LENGTH = (
    "期限要写一种长度，也只能写一种 → 写 days（工作日）、working_hours（工作小时）或 hours（小时，不分昼夜）中的一个"
)
SURVEY = "name: 踏勘, limit: {days: 1}"
HALF = "{share: 50, tell: [steward]}"
PLANNED = "not_before: planned_time"


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        (HOURS, 'hours: [["12:00", "08:30"]]', "hours", ORDER),
        (HOURS, 'hours: [["08:30", "12:00"], ["11:30", "17:30"]]', "hours", ORDER),
        (HOURS, 'hours: [["14:00", "17:30"], ["08:30", "12:00"]]', "hours", ORDER),
        (HOURS, "hours: []", "hours", ORDER),
        (HOURS, 'hours: [["08:30"]]', "hours", SPANS),
        (HOURS, 'hours: ["08:30", "17:30"]', "hours", SPANS),
        (HOURS, "hours: 08:30-17:30", "hours", SPANS),
        (HOURS, 'hours: [["8点", "12:00"]]', "hours › 第1项 › 8点", "这里应是时间 → 时间写成 17:30"),
        (
            'closes: "17:30"',
            'closes: "06:30"',
            "closes",
            "closes（06:30）在上班时间（08:30）以前，按天算的期限就没有时间了 → 写收工的时间，例如 17:30",
        ),
        (SURVEY, "name: 踏勘, limit: {days: 1, hours: 3}", "steps › 踏勘 › limit", LENGTH),
        (SURVEY, "name: 踏勘, limit: {}", "steps › 踏勘 › limit", LENGTH),
        (
            SURVEY,
            "name: 踏勘, limit: {hours: 3, count_first: true}",
            "steps › 踏勘 › limit",
            "count_first（当天算第一天）只能和 days 一起写 → 去掉 count_first，或者期限用 days",
        ),
        (
            SURVEY,
            "name: 踏勘, limit: {days: 1, instead: [{when: {field: servics, has: [水]}, limit: {days: 2}}]}",
            "steps › 踏勘 › limit › instead › 第1项 › when › field",
            "没有叫“servics”的字段 → 您想写的可能是：services",
        ),
        (
            SURVEY,
            "name: 踏勘, limit: {days: 1, instead: [{when: {field: services, has: [水]}, limit: {days: 2, hours: 1}}]}",
            "steps › 踏勘 › limit › instead › 第1项 › limit",
            LENGTH,
        ),
        (
            HALF,
            "{share: 50, tell: [stewart]}",
            "warnings › 第1项 › tell › stewart",
            "不能写“stewart” → 您想写的可能是：steward",
        ),
        (
            HALF,
            "{share: 50, tell: [所长]}",
            "warnings › 第1项 › tell › 所长",
            "可以写：steward、lead、supervisor、window",
        ),
        (HALF, "{share: 50, tell: []}", "warnings › 第1项 › tell", "至少要有 1 项，现在有 0 项"),
        (HALF, "{share: 0, tell: [steward]}", "warnings › 第1项 › share", "0 太小了 → 不小于 1"),
        (HALF, "{share: 5000, tell: [steward]}", "warnings › 第1项 › share", "5000 太大了 → 不大于 1000"),
        (
            "{share: 80, tell: [steward, lead]}",
            "{share: 50, tell: [lead]}",
            "warnings › 第2项 › share",
            "百分之 50 写了两遍 → 合成一条，tell 里写上所有人",
        ),
        (
            PLANNED,
            "not_before: plan_time",
            "steps › 踏勘 › not_before",
            "申请表没有叫“plan_time”的字段 → 您想写的可能是：planned_time",
        ),
        (
            PLANNED,
            "not_before: address",
            "steps › 踏勘 › not_before",
            "“使用地址”不是日期题 → 可以写：applied_on、planned_time",
        ),
        (
            "{step: acceptance, name: 验收",
            "{step: acceptance, name: 验收, not_before: planned_time",
            "steps › 验收 › not_before",
            "“验收”的期限不是从推送算起的，不能写 not_before → 只有 contact 和 survey 能写",
        ),
    ],
)
def test_told_with_its_place(tmp_path: Path, old: str, new: str, where: str, said: str) -> None:
    """One slip, one mistake, on its line."""
    directory = tmp_path / "jingxian"
    shutil.copytree(COUNTIES / "jingxian", directory)
    file = directory / "process.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    report, good = check(directory)
    assert not good
    (mistake,) = report.splitlines()[1:]
    place, _, told = mistake.strip().removeprefix(f"{file}:").partition(f" [{where}] ")
    assert place.startswith(f"{line}:")
    assert said in told
