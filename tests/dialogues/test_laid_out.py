"""Particulars as people paste them: tables, lists, names of fields in brackets, quoted messages; and free words for a cell."""

import pytest

from tests.dialogues.telling import filled, told

FIRM = "新乡县恒信机械有限公司"
AT = "小冀镇文化街5号"
CODE = "2506-410721-04-02-715531"


@pytest.mark.parametrize(
    "said",
    [
        f"单位名称\t{FIRM}\n法定代表人\t秦建国\n地址\t{AT}\n电话\t13800001234",
        f"单位名称\t法人\t地址\t电话\n{FIRM}\t秦建国\t{AT}\t13800001234",
        f"序号\t项目\t内容\n1\t单位名称\t{FIRM}\n2\t法定代表人\t秦建国\n3\t单位地址\t{AT}\n4\t联系电话\t13800001234",
        f"| 单位名称 | {FIRM} |\n| 法人 | 秦建国 |\n| 地址 | {AT} |\n| 电话 | 13800001234 |",
        f"单位名称 | {FIRM} | 法人 | 秦建国 | 地址 | {AT} | 电话 | 13800001234",
        f"1、单位名称：{FIRM} 2、法人：秦建国 3、地址：{AT} 4、电话：13800001234",
        f"【单位名称】{FIRM}【法定代表人】秦建国【单位地址】{AT}【联系电话】13800001234",
        f"单位名称—{FIRM}；法人—秦建国；单位地址—{AT}；电话—13800001234",
        f"单位名称：：{FIRM}\n法人代表…秦建国\n地址->{AT}\n电话~13800001234",
        f"单位名称\n{FIRM}\n法人\n秦建国\n地址\n{AT}\n电话\n13800001234",
        f"单位名称、法人、地址、电话：{FIRM}、秦建国、{AT}、13800001234",
    ],
)
def test_particulars_in_a_table(said):
    found = filled("xinxiang", "用电新装", said)
    names = ("applicant_name", "legal_representative", "applicant_address", "phone", "project_name", "project_address")
    assert [found.get(one) for one in names] == [FIRM, "秦建国", AT, "13800001234", None, None]


@pytest.mark.parametrize("said", ["单位/项目地址", "单位地址及项目地址", "单位地址、项目地址"])
def test_one_value_for_two_names(said):
    found = filled("xinxiang", "用电新装", f"单位名称：{FIRM}\n{said}：{AT}")
    assert (found["applicant_address"], found["project_address"]) == (AT, AT)


@pytest.mark.parametrize("said", ["水1、3、5号楼 2、4号楼不办", "小区12层|一梯两户", "1、2、3都行"])
def test_what_is_no_table_stays_as_it_is(said):
    assert "applicant_name" not in filled("xinxiang", "用水", said)


def test_what_is_quoted_is_not_said_again():
    found = filled("jingxian", "家里装宽带 泾川镇谢园路88号", "「原来在泾川镇南门街3号」\n- - - - - - -\n13800001234")
    assert (found["address"], found["phone"]) == ("泾川镇谢园路88号", "13800001234")
    assert filled("xinxiang", "用电新装", f"> 您单位的地址在哪儿？\n{AT}")["applicant_address"] == AT


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (f"恒信机械二期厂房 {CODE}", "恒信机械二期厂房"),
        (f"恒信机械二期厂房，项目代码{CODE}", "恒信机械二期厂房"),
        (f"项目：恒信机械二期厂房（{CODE}）", "恒信机械二期厂房"),
        (f"项目名称恒信机械二期厂房代码{CODE.replace('-', '')}", "恒信机械二期厂房"),
        (f"立项名称恒信机械二期厂房，赋码{CODE}", "恒信机械二期厂房"),
        (f"项目名称及代码：恒信机械二期厂房，{CODE}", "恒信机械二期厂房"),
        (f"项目 年产2万吨特种纤维项目 {CODE}", "年产2万吨特种纤维项目"),
    ],
)
def test_a_project_and_its_code(said, name):
    found = filled("xinxiang", "用电新装", FIRM, said)
    assert (found["project_name"], found["project_code"]) == (name, CODE)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (["恒信机械二期厂房这个项目 要上800的变压器"], "恒信机械二期厂房"),
        (["恒信机械二期厂房 项目就叫这个"], "恒信机械二期厂房"),
        (["工程名填电锅炉采暖改造就行"], "电锅炉采暖改造"),
        (["没有正式项目 你就写电锅炉采暖改造"], "电锅炉采暖改造"),
        (["项目名称：恒信二期厂房", "项目名称改成恒信三期厂房"], "恒信三期厂房"),
        (["这个项目名字是“饲料车间扩建”"], "饲料车间扩建"),
        (["项目名称是写执照上的还是写备案的"], None),
        (["项目那几栏都不用填吧 我们没有项目"], None),
        (["你们这个项目收费吗"], None),
    ],
)
def test_what_a_project_is_called(said, name):
    assert filled("xinxiang", "用电新装", FIRM, *said).get("project_name") == name


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (["工程规模那块填 管线总长350米 管径DN100"], ["350", "DN100"]),
        (["管道长度800米 管径PE110"], ["800", "PE110"]),
        (["管长：800米\n管径：PE110"], ["800", "PE110"]),
        (["管长约260米 管径PE110 填规模"], ["260", "PE110"]),
        (["给水管DN150 320米左右，写到规模那一栏"], ["DN150", "320"]),
        (["规模概述：两层食堂，建筑面积1600平米"], ["食堂", "1600"]),
        (["规模：PE管 外径63的，全长约140米，过路顶管18米"], ["63", "140", "18"]),
        (["规模：DN80水管60米", "管长改65米"], ["DN80", "65"]),
        (["规模：DN80水管60米", "规模改成 DN100钢管65米"], ["DN100钢管65"]),
    ],
)
def test_the_scale_in_parts(said, kept):
    found = filled("xinxiang", "用水新装", FIRM, *said)["project_scale"]
    assert all(one in found for one in kept), found


@pytest.mark.parametrize("said", ["规模那格怎么填 我们也不知道管子多长", "工程规模先空着", "你们管子一般用多粗的"])
def test_no_scale(said):
    assert "project_scale" not in filled("xinxiang", "用水新装", FIRM, said)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("需要办占道和破路的手续 写上", ["占道", "破路"]),
        ("要破路、占道，这两个手续请一起代办", ["破路", "占道"]),
        ("审批内容写上破路 占用人行道 手续是我自己跑还是你们代办", ["破路", "人行道"]),
        ("破路手续谁办", []),
        ("审批都包括哪些啊", []),
        ("隔壁厂上次办破路手续跑了半个月", []),
    ],
)
def test_permits(said, kept):
    found = filled("xinxiang", "用水新装", FIRM, "要过马路", said).get("approvals")
    assert found is None if not kept else all(one in found for one in kept) and "自己跑" not in found


@pytest.mark.parametrize("said", ["户号0045128", "0045128 这是户号", "户号004-5128", "水费单上的用户编号 0045128"])
def test_an_account_before_or_behind_its_name(said):
    assert filled("xinxiang", "水表要挪个地方", said)["water_account"] == "0045128"


@pytest.mark.parametrize(
    ("said", "brand"),
    [
        ("热表装的天罡的 320块", "天罡"),
        ("热表装好了 牌子是天罡", "天罡"),
        ("热表天罡牌128块都装好了", "天罡"),
        ("热表你们有推荐的牌子没", None),
    ],
)
def test_the_make_of_the_meters(said, brand):
    assert filled("xinxiang", "热力", FIRM, said).get("heat_meter_brand") == brand


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("光缆交接箱GPX-288的两台，GPX-144的一台", {"GPX-288": 2, "GPX-144": 1}),
        ("光缆交接箱型号GPX288 数量2台", {"GPX288": 2}),
        ("交接箱 型号：GXF5-144C 台数：3", {"GXF5-144C": 3}),
        ("光交 GXF-144×3", {"GXF-144": 3}),
        ("三台光交箱 型号都是GXF-144", {"GXF-144": 3}),
    ],
)
def test_cabinets(said, rows):
    values, _ = told("xinxiang", "通信", FIRM, said)
    assert {one["型号"]: int(one["台数"]) for one in values["通信"]["光缆交接箱型号及台数"]} == rows


@pytest.mark.parametrize(
    "said",
    ["客房一百三十六间，每间一个点，大堂再加四个", "6栋住宅楼 360户 都要通有线", "概况写 养老公寓 床位120张"],
)
def test_what_the_only_service_is_for(said):
    assert "项目概况" in told("xinxiang", "有线电视", FIRM, said)[0]["有线电视"]
