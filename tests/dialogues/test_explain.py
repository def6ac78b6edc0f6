"""`explain`: a table that says what a message was taken for and why, aligned on a terminal."""

import json
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.explaining import ExplainMistake, explain, read_given
from tests.dialogues.people import NOW
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]


def tables(report):
    """The two tables of a report, each as its lines."""
    return [part.split("\n")[1:] for part in report.split("\n\n")[1:3]]


def columns(line):
    """Where each cell of a line begins, in columns of a terminal."""
    return [width(line[: match.start()]) for match in re.finditer(r"(?<=\s\s)\S|^\S", line)]


def test_the_command_prints_what_won_and_why(capsys):
    assert main(["explain", "xinxiang", "法人侯示例，电话13800000001，要报水和电"]) == 0
    report = capsys.readouterr().out
    marks, readings = tables(report)
    assert any("13800000001" in line and "电话" in line for line in marks)
    (won,) = [line for line in readings if "法定代表人" in line and "取  " in line]
    assert "侯示例" in won
    assert "在“法人”后面" in won
    assert "取：基本信息 / 法定代表人 = 侯示例（说的）" in report
    assert "办理事项改为：用水、用电" in report


def test_answers_before_the_message_count(tmp_path, capsys):
    before = tmp_path / "answers.json"
    before.write_text(json.dumps({"services": "水和电"}), "utf-8")
    assert main(["explain", "xinxiang", "电先不报了", "--answers", str(before)]) == 0
    report = capsys.readouterr().out
    assert "不办了：用电" in report
    assert "办理事项改为：用水" in report


def test_a_stretch_that_could_be_two_things_is_shown_as_a_question():
    report = explain(COUNTY, "一期", NOW, {"services": "热力"})
    assert re.search(r"要问：“一期”是 .+、还是 .+？", report), report


def test_nothing_understood_is_said():
    assert "没有读出表上的内容。" in explain(COUNTY, "嗯", NOW)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"nothing": "1"}', "没有：nothing"),
        ('{"phone": "12"}', "联系电话"),
        ("[1]", "应是一个对象"),
        ("{", "不是 JSON"),
    ],
)
def test_answers_that_cannot_be_read_are_told(tmp_path, capsys, content, said):
    path = tmp_path / "answers.json"
    path.write_text(content, "utf-8")
    assert main(["explain", "xinxiang", "嗯", "--answers", str(path)]) == 1
    assert said in capsys.readouterr().err


def test_a_missing_file_and_a_missing_county_are_told(tmp_path, capsys):
    with pytest.raises(ExplainMistake, match="读不了"):
        read_given(tmp_path / "nothing.json")
    assert main(["explain", "elsewhere", "嗯"]) == 1
    assert "没有这个县" in capsys.readouterr().err


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(
        ("示例街道1号", "建筑面积5万2平\n", "\U0001f600", "e\u0301", "\x1b[31m", "法人李示例", "（）", "　")
    ),
    st.text(max_size=20),
)
def test_columns_stand_under_each_other(known, strange):
    """Whatever is written, every line of a table has its cells where the rule under the head has its strokes."""
    for lines in tables(explain(COUNTY, f"{known}{strange}，1-4号楼", NOW)):
        strokes = columns(lines[1])
        for line in lines:
            assert all(char.isprintable() for char in line)
            assert width(line) >= strokes[-1]
            for left, right in pairwise(strokes):
                cell = cut(line, left, right)
                assert width(cell) == right - left, line
                assert cell.endswith("  "), line


def cut(line, left, right):
    """The characters between two columns of a terminal."""
    at, cell = 0, ""
    for char in line:
        cell += char if left <= at < right else ""
        at += width(char)
    return cell


def width(text):
    """Columns on a terminal, worked out apart from the program."""
    return sum((unicodedata.east_asian_width(char) in "WF") + 1 - bool(unicodedata.combining(char)) for char in text)
