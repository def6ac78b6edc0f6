"""Several numbers in one tale, and whose is to be written down."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例制冰有限公司要换变压器 法人范立冬 "


@pytest.mark.parametrize(
    ("turns", "phone", "clerk"),
    [
        ((FIRM + "厂长是我魏保全 我手机13800000012 法人13800000011", "联系电话填法人的 经办人填我"), "13800000011", "魏保全 13800000012"),
        ((FIRM + "法人手机13800000011 我是后勤的陶文娟 我手机13800000012 联系电话写法人的 经办写我",), "13800000011", "陶文娟 13800000012"),
        ((FIRM + "范总13800000011 经办人徐丽娟 13800000012 联系电话留范总的",), "13800000011", "徐丽娟 13800000012"),
        ((FIRM + "立冬手机13800000011 俺嘞13800000012 我叫秦广义 联系电话写立冬嘞 经办是俺",), "13800000011", "秦广义 13800000012"),
        (("俺叫尚二奎 个人用电新装 手机13800000011 俺闺女尚盼盼会用手机13800000012 单子是她替俺填的 经办人写她",), "13800000011", "尚盼盼 13800000012"),
    ],
)  # fmt: skip
def test_whose_number_is_to_be_called(turns, phone, clerk):
    found = filled("xinxiang", *turns)
    assert (found["phone"], found["clerk"]) == (phone, clerk)


def test_a_name_ends_before_where_its_bearer_is():
    said = "店关门了 水电都退 我爸方鹤年 店里法人是他 手机13800000011 我叫方磊在合肥 手机13800000012 申请人写我爸 电话写他的"
    assert filled("jingxian", said)["phone"] == "13800000011"


@pytest.mark.parametrize(
    "name", ["新乡县雪梅舞蹈培训中心", "新乡县康源献血服务站", "新乡县小冀镇专职消防救援站", "新乡县松烟笔墨庄"]
)
def test_a_firm_before_where_it_is(name):
    assert filled("xinxiang", f"用电新装 执照叫{name}在翟坡镇文化街38号")["applicant_name"] == name
