"""What was told before is put right in a later message: pieces of it, short words, services; and what only sounds like it."""

import pytest

from tests.dialogues.people import identity_check
from tests.dialogues.telling import shortly

_CARD = "41072119850312000"
_CARD += identity_check(_CARD)
_PERSON = ("报水 新装 居民用", "张三 13700001234 朗公庙镇朗公庙村中心街5号", f"身份证{_CARD}")
_POWER = ("商户报电 新装 三相", "新乡县示例饭店 老板李明 13700001234", "古固寨镇三王庄村东口")
_SUPPLY = (*_POWER, "第一路80千瓦 原来没有 申请100千伏安 没有第二路 不要自备电源")
_NET = ("家里装宽带 移动200兆", "泾川镇青弋路20号 张三 13700001234", "周六上午来装")


@pytest.mark.parametrize(
    ("last", "field", "value"),
    [
        ("名字写错了 是张珊", "applicant_name", "张珊"),
        ("不是张三 是张山 山水的山", "applicant_name", "张山"),
        ("张三改张小三", "applicant_name", "张小三"),
        ("名字打成张三了，张叁", "applicant_name", "张叁"),
        ("地址写错了 是朗公庙镇曲水村8号", "applicant_address", "朗公庙镇曲水村8号"),
        ("5号不对 是15号", "applicant_address", "朗公庙镇朗公庙村中心街15号"),
        ("门牌是7号", "applicant_address", "朗公庙镇朗公庙村中心街7号"),
        ("不是中心街 是中兴街", "applicant_address", "朗公庙镇朗公庙村中兴街5号"),
        ("朗公庙镇打错了，是翟坡镇", "applicant_address", "翟坡镇朗公庙村中心街5号"),
        ("号码最后一位是5不是4", "phone", "13700001235"),
        ("电话开头是138 不是137", "phone", "13800001234"),
        ("电话里的1234是1324", "phone", "13700001324"),
    ],
)
def test_a_piece_takes_the_place_of_another(last, field, value):
    assert shortly("xinxiang", *_PERSON, last)[field] == value


@pytest.mark.parametrize(
    "last",
    [
        *(
            "不是公司 是个人",
            "不是我家 是邻居家漏水",
            "水压不对 改天我再看看",
            "不是张三的事 是你们的事",
            "你们那边改流程了",
        ),
        *("以前是砖房改成楼房了", "开头是我爸弄的", "材料改成电子版行不", "还是你们上门吧"),
    ],
)
def test_what_puts_nothing_right(last):
    assert shortly("xinxiang", *_PERSON, last) == shortly("xinxiang", *_PERSON)


@pytest.mark.parametrize(
    ("last", "field", "value"),
    [
        (("容量写错了 应该是160",), "power_1_new", "160千伏安"),
        (("千瓦数不对 60",), "power_1_load", "60千瓦"),
        (("算了 还是125吧",), "power_1_new", "125千伏安"),
        (("除臭不是15 是18",), "power_1_new", "100千伏安"),
        (("改成160千伏安", "改回去吧"), "power_1_new", "100千伏安"),
        (("改成160千伏安", "不改了 还按原来的"), "power_1_new", "100千伏安"),
        (("就3个人",), "power_1_new", "100千伏安"),
        (("那就5号来",), "power_1_new", "100千伏安"),
    ],
)
def test_a_number_in_a_few_words(last, field, value):
    assert shortly("xinxiang", *_SUPPLY, *last)[field] == value


@pytest.mark.parametrize(
    ("last", "field", "value"),
    [
        ("提到500", "net_bandwidth", "500兆"),
        ("那上个500的", "net_bandwidth", "500兆"),
        ("500兆多少钱", "net_bandwidth", "200兆"),
        ("移动信号不好 换联通", "net_operator", "联通"),
        ("还是电信吧", "net_operator", "电信"),
        ("还是电信便宜啊", "net_operator", "移动"),
        ("后面加个3栋201", "address", "泾川镇青弋路20号3栋201"),
        ("3栋2单元201", "address", "泾川镇青弋路20号3栋2单元201"),
        ("3栋的邻居也要装", "address", "泾川镇青弋路20号"),
    ],
)
def test_one_line_in_a_few_words(last, field, value):
    assert shortly("jingxian", *_NET, last)[field] == value


@pytest.mark.parametrize(
    ("last", "half"), [("改下午", "下午"), ("上午不行 下午才有人", "下午"), ("下午我上班", "上午")]
)
def test_the_other_half_of_the_day(last, half):
    assert half in shortly("jingxian", *_NET, last)["planned_time"]


@pytest.mark.parametrize(
    ("last", "capacity"), [("千瓦 说错了", "200千瓦"), ("是千瓦不是千伏安", "200千瓦"), ("千瓦是啥", "200千伏安")]
)
def test_another_unit(last, capacity):
    assert shortly("jingxian", "电 新装 商用", "主供200千伏安", last)["power_main"] == capacity


@pytest.mark.parametrize(
    ("last", "services"),
    [
        ("就水和电吧", "用水、用电"),
        ("那就只弄电和气 水村里有", "用电、燃气"),
        ("划掉燃气", "用水、用电"),
        ("老板让把气换成热力", "用水、用电、热力"),
        ("只有水急", "用水、用电、燃气"),
        ("就水电要多少钱", "用水、用电、燃气"),
        ("只要水、电、气", "用水、用电、燃气"),
    ],
)
def test_services_that_are_left(last, services):
    assert shortly("xinxiang", "报水电气 新装", last)["services"] == services


@pytest.mark.parametrize(
    ("last", "numbers"),
    [("7号楼换成9号楼", "359"), ("再加个6号楼", "3576"), ("楼号不对 是3 5 8", "358"), ("还有6号楼什么时候能接", "357")],
)
def test_lists_of_buildings_later(last, numbers):
    said = shortly("xinxiang", "热力 我们是开发商", "3 5 7号楼", last)["heat_buildings"]
    assert [one for one in said if one.isdigit()] == list(numbers)
