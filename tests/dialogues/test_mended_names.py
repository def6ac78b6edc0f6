"""Names, contacts and numbers told before, of which a part is put right."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("name", "said", "mended"),
    [
        ("新乡县百清源洗车行", "清源前头那个百字去掉 打快了", "新乡县清源洗车行"),
        ("新乡县老石家豆腐坊", "老字不要 执照上没有", "新乡县石家豆腐坊"),
        ("新乡县老石家豆腐坊", "多打了一个“家”字", "新乡县老石豆腐坊"),
        ("新乡县老石家豆腐坊", "名字不要改", "新乡县老石家豆腐坊"),
    ],
)
def test_a_character_is_left_out(name, said, mended):
    assert filled("xinxiang", "用水新装", f"店名 {name} 执照92410721MA00085197", said)["applicant_name"] == mended


_TWO = "项目负责人：岳克俭 13800005811。经办人：覃松 15100005822。"


@pytest.mark.parametrize(
    ("said", "manager", "clerk"),
    [
        ("岳工和我的电话写反了,对调一下。", "岳克俭 15100005822", "覃松 13800005811"),
        ("项目负责人和经办人填反了", "覃松 15100005822", "岳克俭 13800005811"),
        ("电话没写反吧?", "岳克俭 13800005811", "覃松 15100005822"),
    ],
)
def test_two_people_are_exchanged(said, manager, clerk):
    told = filled("xinxiang", "临时用电", _TWO, said)
    assert (told["project_manager"], told["clerk"]) == (manager, clerk)


def test_somebody_else_does_the_errands():
    told = filled("xinxiang", "用水新装", "经办人 倪峰 18000006885", "经办人不写倪峰 改成 宗小芹 15300006896")
    assert told["clerk"] == "宗小芹 15300006896"


def test_the_end_of_a_number_is_put_right_at_once():
    told = filled("xinxiang", "特种行业 水 户号40055218 换大表", "户号末尾18 不是 是81")
    assert told["water_account"] == "40055281"


def test_whoever_signs_a_letter_writes_it():
    letter = "我院全称新乡县夕照红养老院,法定代表人祁玉兰,现申请用水新装。\n此致\n敬礼!\n院办 卞小雨"
    assert filled("xinxiang", letter, "联系电话用我的 15900005506 经办人也是我")["clerk"] == "卞小雨 15900005506"


def test_a_service_is_no_title():
    assert "project_name" not in filled("xinxiang", "公租房项目报天然气 居民的 我是代理公司的")


@pytest.mark.parametrize(
    ("first", "then"),
    [("身份证前十位 3425291983", "后八位 0617000X"), ("身份证 342529198306", "剩下的 17000X")],
)
def test_an_identity_number_in_two_messages(first, then):
    assert filled("jingxian", "水 电 新装", first, then)["document_number"] == "34252919830617000X"


def test_a_document_of_another_kind():
    told = filled("jingxian", "燃气 新装", "梁振国 军官证 00123456")
    assert (told["document_kind"], told["document_number"]) == ("其他证件", "00123456")


@pytest.mark.parametrize("said", ["覃松的电话换了 新号15500001414", "覃松电话写错了 应该是15500001414"])
def test_somebody_has_another_number(said):
    told = filled("xinxiang", "临时用电", _TWO, said)
    assert (told["clerk"], told.get("phone")) == ("覃松 15500001414", None)


def test_a_cooperative_of_a_village_is_no_name():
    told = filled("xinxiang", "我们是古固寨镇三王庄村的合作社 用水新装", "新乡县三王庄绿源种植专业合作社 理事长常建军")
    assert told["applicant_name"] == "新乡县三王庄绿源种植专业合作社"


def test_whom_to_call_is_told_before_his_number():
    told = filled("jingxian", "电表过户", "联系我就行13300001111 家里座机5101234")
    assert told["phone"] == "13300001111"
