"""Free words are kept as they were written, however they were read."""

import pytest

from dialogs.as_written import as_written
from model.values import Address, Words, YesNo


@pytest.mark.parametrize(
    ("read", "message", "kept"),
    [
        ("厂区在半山腰,水压要够", "用水备注：厂区在半山腰，水压要够", "厂区在半山腰，水压要够"),
        ("示例(新乡)有限公司", "单位：示例（新乡）有限公司", "示例（新乡）有限公司"),
        ("A栋-2", "在Ａ栋－２", "A栋－2"),
        ("不在里面", "别的话", "不在里面"),
        ("DN50", "DN50 的管子", "DN50"),
    ],
)
def test_words(read, message, kept):
    assert as_written(Words(text=read), message).text == kept
    assert as_written(Address(text=read), message).text == kept


def test_nothing_else_changes():
    assert as_written(YesNo(yes=True), "有") == YesNo(yes=True)
