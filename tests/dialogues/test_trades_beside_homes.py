"""What a place is used for (业务性质) where a home is spoken of too, or a trade only in passing."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("said", "nature"),
    [
        ("我家楼下开了个小店，楼上自己住，要接水", "商用"),
        ("我家开麻辣烫的，水表坏了要换", "商用"),
        ("家门口搭了间轮胎店 接电", "商用"),
        ("磨坊要三相电，磨面的", "工业"),
        ("泾县示例木业有限公司 报水", "工业"),
        ("村民委员会要装宽带", "其他"),
        ("寺里要接自来水", "其他"),
        ("报水。房子我们自己住", "住宅"),
        ("我在饭店上班，家里要装水表", None),
        ("我以前开超市，现在退休了家里要装宽带", None),
        ("我家旁边有个学校，要接自来水", None),
        ("超市要接电 我在楼上上班", "商用"),
    ],
)
def test_trade(said, nature):
    assert filled("jingxian", said).get("business_nature") == nature
