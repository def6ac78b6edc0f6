"""What is asked is told from what is said, whatever it is about; a question or chat is no value, and is answered."""

import pytest

from dialogs.advance import advance
from dialogs.asking import asks
from dialogs.events import Answered, HandedOver, Helped, Rejected
from dialogs.shaped import is_shaped
from model.message import TextMessage
from tests.dialogues.people import NOW
from tests.dialogues.test_undoing import ACTOR, COUNTY, OPENED, talk


@pytest.mark.parametrize(
    "said",
    [
        "踏勘一般几天能来", "盖章的材料都要哪几样", "用不用房东来签字呀", "谷峰划算不", "到底通了没", "外头的线谁出钱",
        "破路的手续是你们跑还是我们自己跑", "24号下午能上门不", "委托书下周补行吧", "你们窗口几点下班", "格式有吗", "能退押金吗？",
        "图纸要不要盖章", "电话写谁的", "这回还收不收", "人不在能销啵", "问两家一起来还是分开看", "劳您指点",
    ],
)  # fmt: skip
def test_a_question(said):
    assert asks(said)


@pytest.mark.parametrize(
    "said",
    [
        "峰谷什么的不要", "哪天都行", "原来没有", "大概十几米", "包了几亩地", "他不知道算不算", "房子还没通气", "先不", "好吧", "没啥",
        "水管60米 63的PE管", "还是要的", "新建给水管约260米，管径PE160", "不吃不喝的羊场", "示范网吧", "没多少",
    ],
)  # fmt: skip
def test_no_question(said):
    assert not asks(said)


@pytest.mark.parametrize(
    "said",
    [
        "盖章的材料都要哪几样", "踏勘一般几天能来", "光交容量是不是写错了 哦 两台576就是1152 没错", "问最快哪天能来看",
        "来电更正 二路不是630 是500", "要不要过马路我这边说不准", "猪场算农业电吧", "那你们看着办", "麻烦快一点",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["project_scale", "project_name", "project_address", "approvals", "tv_project"])
def test_chat_is_no_description(said, field):
    assert not is_shaped(COUNTY.form.fields[field], said)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("project_scale", "水管60米 63的PE管 都在院墙里头走"),
        ("project_scale", "路灯86盏，电缆1.35公里"),
        ("project_scale", "厂房两层，建筑面积五千平"),
        ("project_name", "示例网吧装修改造"),
        ("project_name", "新能源汽车充电站二期"),
        ("project_name", "云计算中心"),
        ("approvals", "破路两处、占道"),
        ("approvals", "绿地占用"),
        ("tv_project", "商住两用，住宅480户，底商32间"),
        ("project_address", "老磨坊后面那一排最西头的院子"),
    ],
)
def test_a_description(field, said):
    assert is_shaped(COUNTY.form.fields[field], said)


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("外头的线谁出钱", "fees"),
        ("电费一度多少", "fees"),
        ("管子啥时候能弄完", "time"),
        ("破路的手续是你们跑还是我们自己跑", "approvals"),
        ("你们窗口几点下班", "window"),
        ("用不用房东来签字呀", "authorisation"),
        ("图纸要几份", "materials"),
        ("不晓得头一趟要交哪些资料 劳您指点", "materials"),
        ("不知道要带啥证件", "materials"),
        ("挪一回要花多少", "fees"),
        ("老孟交了不少钱 我这个得多少", "fees"),
        ("这几样一次办得了吗", "together"),
        ("老水表要不要先拆", "old_meters"),
        ("30千瓦够不够啊", "capacity"),
    ],
)
def test_what_people_ask_is_answered_beside_values(said, topic):
    before, _ = talk(*OPENED)
    outcome = advance(COUNTY, before, TextMessage(text=f"电话13800000000 {said}"), ACTOR, NOW)
    assert any(isinstance(one, Answered) and one.topic == topic for one in outcome.events)
    assert "phone" in outcome.conversation.draft().answers


def test_what_a_field_means_is_answered_where_the_guide_does_not_know():
    before, _ = talk("用电", *OPENED[1:])
    for said in ("啥叫非线性负荷", "变频空调算不算非线性"):
        outcome = advance(COUNTY, before, TextMessage(text=said), ACTOR, NOW)
        assert any(isinstance(one, Helped) and one.field == "nonlinear_load" for one in outcome.events), said


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("配套费一点没缴 可不可以分年付", "可不可以分年付"),
        ("电话13800000000，电缆要从公路底下穿 归谁批", "归谁批"),
        ("电话13800000000 开票信息要不要现在给", "开票信息要不要现在给"),
        ("电话13800000000。屋里的管能不能先不动？", "屋里的管能不能先不动?"),
    ],
)
def test_a_question_nobody_knows_is_handed_over_beside_values(said, question):
    before, _ = talk("热力", *OPENED[1:])
    outcome = advance(COUNTY, before, TextMessage(text=said), ACTOR, NOW)
    assert [one.asked for one in outcome.events if isinstance(one, HandedOver)] == [question]


@pytest.mark.parametrize(
    "said",
    [
        "电话13800000000，那个就该填有，对不对",
        "电话13800000000 外头的路用不用挖开 说不好",
        "电话13800000000 带不带横杠都行",
    ],
)
def test_what_wants_no_answer_is_not_handed_over(said):
    before, _ = talk(*OPENED)
    outcome = advance(COUNTY, before, TextMessage(text=said), ACTOR, NOW)
    assert not any(isinstance(one, HandedOver) for one in outcome.events)


def test_what_stands_there_already_asks_nothing_when_it_is_said_again():
    before, _ = talk("用电", *OPENED[1:], "申请容量30kVA，合计18kW")
    answers = before.draft().answers
    outcome = advance(COUNTY, before, TextMessage(text="重新加过，没错，仍旧18kW。"), ACTOR, NOW)
    assert outcome.conversation.draft().attention is None
    assert outcome.conversation.draft().answers == answers
    assert not any(isinstance(one, Rejected) for one in outcome.events)


def test_a_name_nobody_has_heard_of_with_a_number_is_whoever_was_asked_for():
    before, _ = talk("用水", "建设单位", "同意", "新乡县示例公司", "后面补", "座机0373-5000001", "改项目负责人")
    phone = before.draft().answers["phone"].value
    outcome = advance(COUNTY, before, TextMessage(text="龘示例龘示例龘示例 13800000001"), ACTOR, NOW)
    answers = outcome.conversation.draft().answers
    assert answers["project_manager"].value.phone == "13800000001"
    assert answers["phone"].value == phone
