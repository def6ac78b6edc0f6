"""No number of a person survives into a log line or on a screen (design §6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.mask import mask_identity, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("+86 138-1234-5678", "+86 138-****-5678"),
        ("8613812345678", "86138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("0392-7234567", "0392-*****67"),
        ("(0392)7234567", "(0392)*****67"),
        ("010-12345678", "010-******78"),
        ("021 1234 5678", "021 **** **78"),
        ("7234567", "*****67"),
        ("110", "***"),
        ("", ""),
        ("没有", "**"),
    ],
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("identity", "masked"),
    [
        ("41018219900101123X", "410***********123X"),
        ("410182900101123", "410********1123"),
        ("91410621MA9F12345X", "914***********345X"),
        ("2020-410182-48-01-012345", "202*-******-**-**-**2345"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_identities(identity: str, masked: str) -> None:
    assert mask_identity(identity) == masked


@pytest.mark.parametrize(
    ("name", "masked"), [("张三", "张*"), ("王小明", "王**"), ("李", "*"), ("", ""), (" 张三 ", "张*"), ("·", "*")]
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678，联系张三", "电话138****5678，联系张三"),
        ("手机138-1234-5678或139 1234 5678", "手机138-****-5678或139 **** 5678"),
        ("手机138 123 45678", "手机138 *** *5678"),
        ("手机1381 234 5678", "手机1381 *** 5678".replace("1381", "138*")),
        ("座机（0392）7234567", "座机（0392）*****67"),
        ("身份证41018219900101123x。", "身份证410***********123x。"),
        ("身份证410182 1990 0101 1234", "身份证410*** **** **** 1234"),
        ("身份证410182 19900101 1234", "身份证410*** ******** 1234"),
        ("身份证410182 19900101 123X", "身份证410*** ******** 123X"),
        ("旧证410182900101123", "旧证410********1123"),
        ("卡6222021234567890123", "卡622************0123"),
        ("两个1381234567813912345678", "两个138***************5678"),
        ("信用代码：91410621MA9F12345X", "信用代码：914***********345X"),
        ("代码2020-410182-48-01-012345可研", "代码202*-******-**-**-**2345可研"),
        ("代码2020—410182—48—01—012345", "代码202*—******—**—**—**2345"),
        ("代码20204101824801012345", "代码202*************2345"),
        ("电话13812345678身份证410182199001011234", "电话138****5678身份证410***********1234"),
        ("13812345678 13912345678", "138****5678 139****5678"),
    ],
)
def test_numbers_in_free_text(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "容量400kVA，两台，10千伏",
        "2026-01-15 10:30:00 第3次",
        "工单JX000123，编号202601150001",
        "周三上午9点，1990年，1-2号楼",
        "金额123456.78元",
        "ts=1790000000123",
    ],
)
def test_other_text_is_untouched(text: str) -> None:
    assert mask_text(text) == text


DIGITS = "0123456789"
PHONES = st.builds(
    lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), st.text(DIGITS, min_size=9, max_size=9)
)
IDENTITIES = st.builds(
    lambda body, last: body + last, st.text(DIGITS, min_size=17, max_size=17), st.sampled_from(DIGITS + "Xx")
)
AROUND = st.text(st.sampled_from("张三的电话是，。:/ \n（）abc"), max_size=6)


@given(AROUND, PHONES | IDENTITIES, AROUND)
def test_no_phone_or_identity_survives_in_any_surroundings(before: str, number: str, after: str) -> None:
    masked = mask_text(before + number + after)
    assert number not in masked
    assert len(masked) == len(before) + len(number) + len(after)
    assert masked.startswith(before)
    assert masked.endswith(after)


@given(st.text())
def test_masking_is_total_keeps_the_length_and_is_done_once(text: str) -> None:
    masked = mask_text(text)
    assert len(masked) == len(text)
    assert mask_text(masked) == masked
    assert len(mask_phone(text)) == len(text)
    assert len(mask_identity(text)) == len(text)
