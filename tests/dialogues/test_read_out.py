"""Numbers read out over the telephone: in groups, with counted zeros, with an extension behind them."""

import pytest

from dialogs.read_out import read_out
from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"
IDENTITY = "410721194903150005"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("四一零七二一 一九四九零三一五 零零零五", "410721 19490315 0005"),
        ("三四一八二三 一九九三零五一七 零零零X", "341823 19930517 000X"),
        ("二六零三 四一零七二一 零四 零一 三零九一七八", "2603 410721 04 01 309178"),
        ("幺五八 四个零 四一二七", "158 0000 4127"),
        ("一八九四个零三三六二", "18900003362"),
        ("户号三个零五一二三", "户号0005123"),
        ("五零八零三一六,再转八零一二", "5080316转8012"),
        ("总机5080338 分机806", "总机5080338转806"),
        ("5080338(转12)", "5080338转12"),
    ],
)
def test_digits_said_one_by_one(said, written):
    assert read_out(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "一百二十五个点", "电话5080338 三四个人", "灶4台 三个0.5方", "五六七八号楼", "一百八十三 二零零", "1 2 3 5 6 7 8 9 10 没4号",
        "水电转到5号楼", "户号5080338 转到我名下",
    ],
)  # fmt: skip
def test_what_is_no_number_read_out(said):
    assert read_out(said) == said


@pytest.mark.parametrize("said", ["四一零七二一 一九四九零三一五 零零零五", "四一零七二一一九四九零三一五零零零五"])
def test_an_identity_number_read_out(said):
    assert filled("xinxiang", "用电", FIRM, f"法人吴大勇 身份证{said}")["legal_identity"] == IDENTITY


@pytest.mark.parametrize(
    "said", ["电话5080338 分机806", "打总机五零八零三三八 再转八零六", "座机5080338，转806", "0373-5080338按分机806"]
)
def test_an_extension(said):
    assert filled("xinxiang", "用电", FIRM, said)["phone"] == "0373-5080338转806"
