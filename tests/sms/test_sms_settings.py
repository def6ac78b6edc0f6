"""The file of the gateways: what is wrong in it is said with its place, and no secret is quoted."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.sms.filling import Json, filled, filled_text, holes
from bot.channels.sms.reading import at, json_in
from bot.settings import Settings
from bot.texting import SmsMistaken, read_gateways

GOOD: dict[str, Any] = {
    "county": "xinxiang",
    "url": "https://sms.example.cn/send",
    "headers": {"Authorization": "Bearer {secret.key}"},
    "body": {"to": "{phone}", "text": "{text}"},
    "secrets": {"key": "s3cret-value"},
    "taken": {"path": "code", "values": ["0"]},
    "signature": "【新乡县联办】",
}


def read(tmp_path: Path, written: object) -> list[str]:
    file = tmp_path / "sms.json"
    file.write_text(written if isinstance(written, str) else json.dumps(written), encoding="utf-8")
    return [one.county for one in read_gateways(Settings(sms=file), ("xinxiang", "jingxian"))]


def test_a_good_file(tmp_path: Path) -> None:
    assert read(tmp_path, [GOOD, GOOD | {"county": "jingxian", "url": "http://127.0.0.1:9/x"}]) == [
        "xinxiang",
        "jingxian",
    ]
    assert read_gateways(Settings(sms=None), ("xinxiang",)) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"url": "http://sms.example.cn/send"}, "要用 https"),
        ({"url": "http://10.0.0.8/send"}, "要用 https"),
        ({"url": "https://user:pass@sms.example.cn/"}, "用户名"),
        ({"url": "https://sms.example.cn/{phone}"}, "花括号"),
        ({"url": "sms.example.cn"}, "完整的网址"),
        ({"body": {"to": "{phone}"}}, "{text} 或 {template}"),
        ({"body": {"to": "{phone}", "text": "{words}"}}, "不认识 {words}"),
        ({"body": {"to": "{phone}", "text": "{text"}}, "花括号不成对"),
        ({"body": {"to": "{phone}", "text": "{text.__class__}"}}, "不认识 {text.__class__}"),
        ({"headers": {"X-Text": "{text}"}}, "headers.X-Text 里不认识 {text}"),
        ({"headers": {"A b": "x"}}, "headers"),
        ({"secrets": {"key": "s3cret-value\r\nX: y"}}, "换行"),
        ({"digests": {"mac": {"of": "{text}", "hash": "md5", "secret": "none"}}}, "digests.mac"),
        ({"digests": {"mac": {"of": "{text}", "hash": "crc32"}}}, "digests.mac.hash"),
        ({"codes": {"1": "sometimes"}}, "codes.1"),
        ({"templates": {"applicant.steward": {"id": "T1"}}}, "{template}"),
        ({"signature": "联办"}, "【联办】"),
        ({"signature": "【新乡县水电气暖网联合报装办】"}, "2 到 12"),
        ({"seconds": 60}, "seconds"),
        ({"protects_minutes": -1}, "protects_minutes"),
        ({"protect_minutes": 10}, "protect_minutes"),
        ({"county": "nowhere"}, "没有这个县：nowhere"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    with pytest.raises(SmsMistaken) as wrong:
        read(tmp_path, [GOOD | change])
    assert says in str(wrong.value)
    assert "s3cret-value" not in str(wrong.value)


@pytest.mark.parametrize(
    ("written", "says"), [("{", "不是 JSON"), ({}, "一个列表"), ([GOOD, GOOD], "写了两次"), ([7], "第1项")]
)
def test_a_file_that_is_none(tmp_path: Path, written: object, says: str) -> None:
    with pytest.raises(SmsMistaken, match=says):
        read(tmp_path, written)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(SmsMistaken, match="打不开"):
        read_gateways(Settings(sms=tmp_path / "none.json"), ())


def test_filling_is_data_and_nothing_is_evaluated() -> None:
    values: dict[str, Json] = {
        "phone": "13800000000",
        "text": '{phone}"}{{7*7}}',
        "params": {"a": "b"},
        "secret.key": "k",
    }
    shape: Json = {"to": ["+86{phone}"], "words": "{text}", "all": "{params}", "n": 7, "brace": "{{x}}"}
    assert filled(shape, values) == {
        "to": ["+8613800000000"],
        "words": '{phone}"}{{7*7}}',
        "all": {"a": "b"},
        "n": 7,
        "brace": "{x}",
    }
    assert filled_text("Bearer {secret.key}", values) == "Bearer k"
    assert set(holes(shape)) == {"phone", "text", "params"}


@given(st.text(), st.dictionaries(st.text(), st.text() | st.integers()))
def test_whatever_is_filled_in_comes_out_as_it_was(text: str, params: dict[str, Json]) -> None:
    values: dict[str, Json] = {"text": text, "params": params}
    assert filled({"a": "{text}", "b": ["<{text}>"], "c": "{params}"}, values) == {
        "a": text,
        "b": [f"<{text}>"],
        "c": params,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab0"), inner, max_size=3),
)


@given(JSON, st.text(alphabet="ab01-.²", min_size=1, max_size=9))
def test_any_path_in_any_answer_is_a_text_or_nothing(answer: object, path: str) -> None:
    found = at(answer, path)
    assert found is None or isinstance(found, str)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_are_nothing(body: bytes) -> None:
    at(json_in(body), "code")
