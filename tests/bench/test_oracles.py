"""Test data of other projects is parsed, sorted by what is ours to read, and counted; here with a checkout of our own making."""

import json
import sys

import pytest

from bench.oracles import doctests, jionlp, recognizers
from bench.oracles.__main__ import main
from bench.oracles.cases import Case, Oracle, ask, failures, rows


def written(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def outcomes(found):
    return {oracle.name: ask(oracle) for oracle in found}


def spec(text, **resolution):
    return {"Input": f"我说{text}", "Results": [{"Text": text, "Resolution": resolution}]}


def moment(text, kind, value, now="2026-11-27T09:00:00"):
    future = {"FutureResolution": {kind: value}}
    return {"Input": text, "Context": {"ReferenceDateTime": now}, "Results": [{"Text": text, "Value": future}]}


SPECS = {
    "Number/Chinese/NumberModel.json": [
        spec("三百二十", value="320"),
        spec("三 分 之 二", value="0.67"),
        spec("负八", value="-8"),
        spec("二十几万", value="200000"),
        spec("两打", value="24"),
        spec("七七", value="78"),
        {"Input": "四川", "Results": []},
    ],
    "NumberWithUnit/Chinese/DimensionModel.json": [
        spec("三十公分", value="30", unit="Centimeter"),
        spec("八亩", value="8", unit="Meter"),
        spec("六斤", value="6", unit="Jin"),
        spec("负三米", value="-3", unit="Meter"),
    ],
    "NumberWithUnit/Chinese/CurrencyModel.json": [
        spec("七十元", value="70", unit="Chinese yuan", isoCurrency="CNY"),
        spec("七美元", value="7", unit="United States dollar", isoCurrency="USD"),
        spec("人民币", value=None, unit="Chinese yuan", isoCurrency="CNY"),
    ],
    "DateTime/Chinese/DateParser.json": [
        moment("12月3日", "date", "2026-12-03"),
        moment("农历六月初六", "date", "2027-07-09"),
        moment("1970年5月2日", "date", "1970-05-02"),
        moment("6月31日", "date", "0001-01-01"),
        moment("明天", "date", "2026-11-27"),
    ],
    "DateTime/Chinese/DateTimeParser.json": [moment("明天上午九点", "dateTime", "2026-11-28 09:00:00")],
    "DateTime/Chinese/TimeParser.json": [moment("下午四点半", "time", "16:30:00")],
}


@pytest.fixture
def specs(tmp_path):
    for path, cases in SPECS.items():
        written(tmp_path, f"Specs/{path}", "\ufeff" + json.dumps(cases, ensure_ascii=False))
    return tmp_path


def test_sentences_of_json(specs):
    found = outcomes(recognizers.oracles(specs))
    number, measure, money, day, day_and_time, time = found.values()
    assert (number.right, number.ours) == (1, 2)
    assert number.left_out == {"fractions": 1, "negative": 1, "approximate (十余万)": 1, "dozens": 1}
    assert (measure.right, measure.ours, measure.left_out) == (1, 2, {"weight": 1, "negative": 1})
    assert (money.right, money.ours) == (1, 1)
    assert money.left_out == {"other currencies": 1, "yuan without a number": 1}
    assert (day.right, day.ours, day.left_out) == (1, 2, {"lunar": 1, "before 2000": 1, "no such day": 1})
    assert (day_and_time.right, day_and_time.ours, time.right, time.ours) == (1, 1, 1, 1)


TIMES = """
import time
raise SystemExit("nobody runs this")

def test():
    base = 1795741200  # 2026-11-27 09:00 in China
    cases = [
        ["12月3日", base, point("2026-12-03 00:00:00", "2026-12-03 23:59:59")],
        ["2027年3月4日下午两点", time.time(), point("2027-03-04 14:00:00", "2027-03-04 14:59:59")],
        ["明天", [2026, 5, 6], point("2026-05-07 00:00:00", "2026-05-07 23:59:59")],
        ["后天", {"year": 2026, "month": 5}, point("2026-05-03 00:00:00", "2026-05-03 23:59:59")],
        ["11月3日", base, point("2026-11-03 00:00:00", "2026-11-03 23:59:59")],
        ["2026年12月", base, point("2026-12-01 00:00:00", "2026-12-31 23:59:59")],
        ["腊月初三", base, point("2027-01-10 00:00:00", "2027-01-10 23:59:59")],
        ["六月初六日", base, point("2027-07-09 00:00:00", "2027-07-09 23:59:59")],
        ["劳动节", base, point("2027-05-01 00:00:00", "2027-05-01 23:59:59")],
        ["五天后", base, point("2026-12-02 00:00:00", "2026-12-02 23:59:59")],
        ["12月第二个周二", base, point("2026-12-08 00:00:00", "2026-12-08 23:59:59")],
        ["早上六点", base, point("2026-11-27 06:00:00", "2026-11-27 06:59:59")],
        ["明年", base, {"type": "time_span", "definition": "accurate", "time": []}],
        ["八天", None, {"type": "time_delta", "definition": "accurate", "time": {}}],
        ["每天六点", base, 2, {"type": "time_period", "definition": "accurate", "time": {}}],
    ]
""".replace("point(", '{"type": "time_point", "definition": "accurate", "time": [').replace('")]', '"]}]')

ADDRESSES = """
cases = [
    ["示范市小冀区文化路6号", True, True, {"detail": "文化路6号"}],
    ["示范市小冀区文化路8号（老邮局对面）", True, True, {"detail": "文化路8号（老邮局对面）"}],
    ["示范市小冀区", True, True, {"detail": ""}],
    ["示范市云朵", True, True, {"detail": "云朵"}],
]
"""


def test_lists_of_python(tmp_path):
    written(tmp_path, "test/test_time_parser.py", TIMES)
    written(tmp_path, "test/test_location_parser.py", ADDRESSES)
    time, answered, among_words = outcomes(jionlp.oracles(tmp_path)).values()
    assert (time.right, time.ours, time.wrong) == (4, 4, ())
    assert time.left_out == {
        "spans": 1, "durations": 1, "recurring": 1, "longer than a day": 1, "lunar": 2,
        "holidays and solar terms by name": 1, "offsets (20天后)": 1, "nth of a period": 1, "time of day alone": 1,
        "past by default there, to come here": 1,
    }  # fmt: skip
    assert (answered.right, answered.ours) == (4, 4)
    assert (among_words.right, among_words.ours) == (2, 3)
    assert among_words.left_out == {"nothing behind province, city and county": 1}


IDENTITY = '''"""Numbers.

>>> validate('410721 19900101 0006')
'410721199001010006'
>>> validate('410721199013010004')
Traceback (most recent call last):
    ...
InvalidComponent: ...
"""
raise SystemExit("nobody runs this")
'''
LISTED = """
>>> numbers = '''
...
... 91410721MA000901X3
...
... '''
>>> [x for x in numbers.splitlines() if x and not uscc.is_valid(x)]
[]
>>> uscc.validate('91410721MA000901X4')
Traceback (most recent call last):
    ...
InvalidChecksum: ...
"""


def test_numbers_of_doctests(tmp_path):
    for module, listed in (("ric", ">>> ric.format('410721199001010006')\n'410721199001010006'\n"), ("uscc", LISTED)):
        written(tmp_path, f"stdnum/cn/{module}.py", IDENTITY if module == "ric" else '""">>> import this"""')
        written(tmp_path, f"tests/test_cn_{module}.doctest", listed)
    identity, organisation = outcomes(doctests.oracles(tmp_path)).values()
    assert (identity.right, identity.wrong) == (2, ())
    assert (organisation.right, organisation.wrong) == (2, ())


def test_what_is_left_out_is_told_by_the_case_alone():
    oracle = Oracle(
        "ours", "int", (Case("1", 1), Case("", 0)), lambda case: int(case.said), {"empty": lambda one: not one.said}
    )
    assert ask(oracle).left_out == {"empty": 1}  # and it is never read


def test_the_table():
    oracle = Oracle(
        "ours",
        "int",
        (Case("1", 1), Case("2", (3, None)), Case("", 0)),
        lambda case: int(case.said),
        {"empty": lambda one: not one.said},
    )
    outcome = ask(oracle)
    assert list(rows([(oracle, outcome)]))[2:] == ["| ours | `int` | 1 of 2 | empty 1 |"]
    assert list(failures([(oracle, outcome)])) == ["\nours, int:", "  2: expected 3 nothing, got 2"]


def test_the_command_reads_what_it_is_given(specs, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["oracles", "--recognizers", str(specs), "--failures"])
    main()
    said = capsys.readouterr().out
    assert "`read_number` | 1 of 2 | fractions 1, negative 1" in said
    assert "七七: expected 78, got 77" in said
    assert "JioNLP" not in said


def test_the_command_wants_a_checkout(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["oracles"])
    with pytest.raises(SystemExit):
        main()
    assert "no checkout given" in capsys.readouterr().err
