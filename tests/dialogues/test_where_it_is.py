"""Where the work is and where the applicant is, as people say it."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"
PLACE = "翟坡镇创新路12号"


@pytest.mark.parametrize(
    "said",
    [
        f"公司登记在{PLACE}，施工的地方跟这是同一处", f"{PLACE} 干活办公都搁这", f"地点 {PLACE} 店和水都这", f"{PLACE} 厂门口就是工地",
        f"{PLACE} 照上跟门面是一处", f"地址：{PLACE}，要供热的正是这座楼", f"院子 {PLACE} 施工没别处", f"{PLACE}（公司也在）",
        f"棚区加办公室一个地方：{PLACE}", f"{PLACE} 公司跟场地都是", f"办公地点就是球场，{PLACE}", f"{PLACE} 门头跟照上一样",
        f"厂址{PLACE} 接水接电：都在厂子里", f"公司在{PLACE}，要用电的地方也是这门牌", f"地方在{PLACE} 合作社也挂在那儿",
        f"公司在{PLACE}，就在公司院里施工", f"俺住在{PLACE} 装水的 都是头里说那个地儿",
    ],
)  # fmt: skip
def test_the_work_is_where_the_applicant_is(said):
    found = filled("xinxiang", "用水、热力", FIRM, said)
    assert found["applicant_address"] == found["project_address"] == PLACE


@pytest.mark.parametrize(
    "said",
    [
        f"公司在{PLACE}，俺在厂里干了十年", f"公司在{PLACE}，房东也住这", f"公司在{PLACE}，施工没别的问题吧",
        f"公司在{PLACE}，水表在哪里装",
    ],
)  # fmt: skip
def test_nothing_is_said_of_the_work(said):
    assert "project_address" not in filled("xinxiang", "用水", FIRM, said)


@pytest.mark.parametrize(
    "said",
    [
        "棚搭在合河乡后河头村西洼 社的地址可不是那儿 是翟坡镇创新路12号",
        "店面：合河乡后河头村西洼；家：翟坡镇创新路12号",
        "证上嘞地方是翟坡镇创新路12号 菇棚在合河乡后河头村西洼",
    ],
)
def test_two_places(said):
    found = filled("xinxiang", "用水", FIRM, said)
    assert (found["applicant_address"], found["project_address"]) == (PLACE, "合河乡后河头村西洼")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("拟在小冀镇振兴路与文化街交叉口西50米开办宠物医院", "小冀镇振兴路与文化街交叉口西50米"),
        ("在翟坡镇 郭店西村 四组十一号", "翟坡镇 郭店西村 四组十一号"),
        ("家在翟坡镇北杨庄村，三组九号。院门外是个石碾子", "翟坡镇北杨庄村，三组九号"),
        ("证件上写的书院街52号", "书院街52号"),
    ],
)
def test_what_belongs_to_a_place(said, place):
    assert filled("xinxiang", "用水", said)["applicant_address"] == place


@pytest.mark.parametrize(
    "said",
    ["要迁的管起点村口、终点小学", "村外省道得开个口子", "牌照写的新乡县七里营镇大众浴池 号92410721MA00073132"],
)
def test_no_place(said):
    assert not {"applicant_address", "project_address"} & filled("xinxiang", "用水", said).keys()


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("施工位置（老宿舍）：小冀镇棉纺街21号院", "小冀镇棉纺街21号院"),
        ("工程地址(北院)：小冀镇棉纺街21号", "小冀镇棉纺街21号"),
    ],
)
def test_a_bracket_behind_the_name_of_a_field_is_none_of_its_value(said, place):
    assert filled("xinxiang", "用水", said)["project_address"] == place


def test_a_plot_of_a_park_is_no_firm():
    said = "我是桃花潭镇竹艺产业园3号安徽晨露竹业有限公司跑后勤的"
    found = filled("jingxian", said)
    assert found["organisation_name"] == "安徽晨露竹业有限公司"
    assert found["address"] == "桃花潭镇竹艺产业园3号"


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("家在翟坡镇小宋佛村5组 井在村北头自家地里", "翟坡镇小宋佛村北头自家地里"),
        ("家是翟坡镇小宋佛村6组 棚不在家 在村西河堤下头", "翟坡镇小宋佛村西河堤下头"),
        ("村委地址 翟坡镇小宋佛村中心街1号 广场在村委会对面", "翟坡镇小宋佛村委会对面"),
    ],
)
def test_round_the_village_told_before(said, where):
    assert filled("xinxiang", "用电", said)["project_address"] == where


@pytest.mark.parametrize("said", ["家在翟坡镇小宋佛村5组 电线杆在村北头", "家在翟坡镇小宋佛村5组 我妈在村北头"])
def test_what_else_stands_there_is_no_place_of_the_work(said):
    assert "project_address" not in filled("xinxiang", "用电", said)
