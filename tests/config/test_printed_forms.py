"""Every cell of the two printed forms is there, with its exact words (X70–X149, J50–J89).

The tables below were written from the requirements, not from the counties' files.
"""

import pytest

from model.county import County
from model.fields import AttachmentField, ChoiceField, Field, NumberField, TableField, YesNoField
from tests.shipped import shipped

XINXIANG = """
X70  | 选择事项 | choice* | 用水 用电 燃气 热力 通信 有线电视
X71  | 建设单位(自然人)名称 | text
X72  | 统一社会信用代码(身份证号) | code
X73  | 建设单位(自然人)地址 | address
X74  | 法定代表人 | text
X75  | 联系电话 | phone
X76  | 身份证号码 | code
X77  | 工程项目名称 | text
X78  | 24位项目代码 | code
X79  | 工程项目地址 | address
X80  | 项目负责人及联系电话 | contact
X81  | 工程项目规模概述(管道长度、管径等) | text
X82  | 申请审批事项内容(可另附页) | text
X83  | 申请种类 | choice* | 新装 改表 分表 移表 移管线
X84  | 用水性质 | choice | 居民生活 合表居民 非居民生活 特种行业
X85  | 原表户号(改表、分表及移表的客户需填写) | code
X86  | 业务类型 | choice | 新装 增容 临时用电
X87  | 用电类别 | choice | 工业 非工业 商业 农业 居民小区 其他
X88  | 第一路电源容量 | number | 千瓦
X89  | 原有容量: | number | 千伏安
X90  | 申请容量: | number | 千伏安
X91  | 第二路电源容量 | number | 千瓦
X92  | 原有容量: | number | 千伏安
X93  | 申请容量: | number | 千伏安
X94  | 自备电源 | yes_no | 有 无
X95  | 容量: | number | 千瓦
X96  | 非线性负荷 | yes_no | 有 无
X97  | 受理人: | text | staff
X98  | 申请编号: | text | staff
X99  | 受理日期: | date | staff
X100 | 客户类别 | choice* | 居民客户 工、商业用户
X101 | (一) 报装户数 | number | 户
X102 | (二) 报装范围(楼号) | buildings
X103 | (三) 是否含有小户型 | yes_no | 是 否 户
X104 | (三) 是否含有小户型 | yes_no | 是 否 户
X105 | 是否含有公/廉租房 | yes_no | 是 否 户
X106 | 是否含有公/廉租房 | yes_no | 是 否 户
X107 | (四) 选择安装方式 | choice | 毛坯房安装 精装房暗埋
X109 | 用气性质 | choice* | 餐饮 单位食堂 工业设备 锅炉 直燃机 其他
X110 | 用气设备、数量 | table | 设备名称 台数 单台额定流量
X111 | 项目简介: 该项目总规划面积为____平方米 | number | 平方米
X112 | 共分: __期开发 | number | 期
X113 | 本次申请为__期 | number | 期
X114 | __号楼 | buildings
X115 | 规划建筑面积: | number | 平方米
X116 | 申请入网面积: | number | 平方米
X117 | 热力配套费缴纳面积: | number | 平方米
X118 | 热力配套费缴纳金额: | number | 元
X119 | 供热设施建设情况: 换热站 | yes_no | 是 否
X120 | 供热设施建设情况: 庭院管网建设 | yes_no | 是 否
X121 | 拟用热时间: | date
X122 | 计量表安装情况: 热量表是否安装 | yes_no | 是 否
X123 | 计量表安装品牌:(如已安装填写) | text
X124 | 计量表安装数量:(如已安装填写) | number | 块
X125 | 规划许可证(副本)(复印件加盖公章) | attachment | copy stamped
X126 | 小区规划平面图(复印件加盖公章) | attachment | copy stamped
X127 | 用热面积表(原件加盖公章) | attachment | original stamped
X128 | 配套费缴纳票据及分项单(复印件加盖公章) | attachment | copy stamped
X130 | 户数 | number | 户
X131 | 楼宇数量 | number | 栋
X132 | 电信间个数 | number | 个
X133 | 电信间总面积（平米） | number | 平米
X134 | 地下通信管道孔数 | number | 孔
X135 | 地下通信管道孔径 | number | 毫米
X136 | 地下通信管道是否与市政规划通信管道对接 | yes_no | 是 否
X137 | 地下通信管道长度（米） | number | 米
X138 | 光缆交接箱型号及台数 | table | 型号 台数
X139 | 光缆交接箱总容量 | number | 芯
X140 | 计划完成光纤到户备案时间 | date
X141 | 项目概况 | text
X142 | 建筑内管道布局图纸 | attachment | drawing
X143 | 建筑平面图纸 | attachment | drawing
X144 | 楼宇内部图纸 | attachment | drawing
X145 | 有线电视工程配套设施（含地下管道、配线管网、配线间、机房、楼内设备安装箱、墙内暗管及配套电源等）的设计文件 | attachment | drawing
X146 | 审核意见 | choice | staff 通过 不通过
X147 | 建设单位（盖章） | declaration
X148 | 经办人及联系电话 | contact
X149 | 年 月 日 | date | system
"""

JINGXIAN = """
J50 | 联合办件号： | text | system
J51 | 日期： 年 月 日 | date | system
J52 | 业务性质 | choice | 住宅_ 工业_ 商用_ 其他_
J53 | 办理业务 | choice* | 水 电 气 网
J54 | 使用地址 | address
J55 | 原地址 (涉及改装、移机) | address
J56 | 申请人类型 | choice | 住户 法人 经办人
J57 | 如为经办人, 需提供法人授权委托书 | attachment | original stamped
J58 | 单位名称 | text
J59 | 统一社会信用代码 | code
J60 | 申请人姓名 | text
J61 | 联系电话 | phone
J62 | 证照类型 | choice | 身份证 护照 港澳居民来往内地通行证 台湾居民来往大陆通行证 营业执照 其他证件
J63 | 身份证号码 | code
J64 | 预约服务 | yes_no | 需要预约 不需要
J65 | 计划时间: ____ | date
J66 | 业务种型 | choice | 新装 改装 过户 销户 临时用水 消防 增容 其他_
J67 | 供水需求: | number | 吨/日
J68 | 备注 | text
J69 | 业务种型 | choice | 新装 改类 过户 销户 临时用电 增容 其他_
J70 | 主供容量: | number | 千伏安|千瓦
J71 | 备供容量: | number | 千伏安|千瓦
J72 | 是否安装变压器: ____ | yes_no | 是 否
J73 | 是否开通谷峰用电: | yes_no | 是 否
J74 | 备 注 | text
J75 | 供应企业 | choice | staff 港华 新奥
J76 | 业务种型 | choice | 通气点火 改管 过户 销户 其他_
J77 | 用气压力 (KPA): | number | 千帕
J78 | 天然气负荷 (方/小时): | number | 方/小时
J79 | 备 注 | text
J80 | 运营商选择 | choice* | 电信 移动 联通 安广
J81 | 业务类型 | choice* | 宽带 通讯 有线电视
J82 | 业务种类 | choice | 新装 迁移 过户 销户 其他_
J83 | 带宽需求: | number | 兆
J84 | 固话安装数量: | number | 门
J85 | 电视安装数量: | number | 台
J86 | 固话: | text
J86 | 电路 (专网): | text
J86 | 宽带: | text
J86 | 电视: | text
J87 | 备 注 | text
J88 | 业务首接单位: | text | staff
J89 | 登记人: | text | staff
"""


def county(name: str) -> County:
    return shipped()[name]


def cells(name: str, table: str) -> list[tuple[str, str, str, str, str]]:
    rows = [[part.strip() for part in line.split(" | ")] for line in table.strip().splitlines()]
    return [(name, row[0], row[1], row[2], row[3] if len(row) > 3 else "") for row in rows]


CELLS = cells("xinxiang", XINXIANG) + cells("jingxian", JINGXIAN)


def the_field(name: str, ref: str, label: str) -> Field:
    found = [
        field
        for field in county(name).form.fields.values()
        if ref in field.ref and field.label == label and field.printed
    ]
    assert len(found) == 1, f"{ref} {label}: {[field.id for field in found]}"
    return found[0]


def what(field: Field) -> list[str]:
    """The exact words of a field, as the tables above write them."""
    filler: list[str] = [] if field.filler == "applicant" else [field.filler]
    match field:
        case ChoiceField():
            return filler + [
                option.text + ("_" if option.blank in ("optional", "required") else "") for option in field.options
            ]
        case YesNoField():
            return [*filler, field.yes, field.no, *([field.count_unit] if field.count_unit else [])]
        case NumberField():
            return [*filler, field.unit or "|".join(field.units)]
        case TableField():
            return [column.label for column in field.columns]
        case AttachmentField():
            return [field.paper, *(["stamped"] if field.stamped else [])]
        case _:
            return filler


@pytest.mark.parametrize(("name", "ref", "label", "kind", "words"), CELLS)
def test_each_printed_cell(name: str, ref: str, label: str, kind: str, words: str) -> None:
    field = the_field(name, ref, label)
    several = isinstance(field, ChoiceField) and field.several
    assert (field.kind + ("*" if several else ""), what(field)) == (kind, words.split())


def test_no_other_printed_cell() -> None:
    listed = {(name, label) for name, _, label, _, _ in CELLS}
    for name in ("xinxiang", "jingxian"):
        for field in county(name).form.fields.values():
            assert not field.printed or (name, field.label) in listed, field.id


def test_the_printed_order() -> None:
    """Fields stand in the order of the form; only J53 is asked before J52, and the seal (X147) ends the form."""
    early = {"J53"}
    late = {"X147"}
    for name in ("xinxiang", "jingxian"):
        refs = [field.ref[0] for field in county(name).form.fields.values() if field.printed]
        numbers = [int(ref[1:]) for ref in refs if ref not in early | late]
        assert numbers == sorted(numbers)


def test_columns_and_units() -> None:
    """R1: flows in m³/时; counts are whole."""
    devices = county("xinxiang").form.fields["gas_devices"]
    assert isinstance(devices, TableField)
    assert [(column.unit, column.number, column.whole) for column in devices.columns] == [
        ("", False, False),
        ("台", True, True),
        ("m³/时", True, False),
    ]


def test_whole_numbers() -> None:
    whole = {
        field.ref[0]
        for name in ("xinxiang", "jingxian")
        for field in county(name).form.fields.values()
        if isinstance(field, NumberField) and field.whole
    }
    assert whole == {"X101", "X112", "X113", "X124", "X130", "X131", "X132", "X134", "X139", "J84", "J85"}


def test_extra_questions_are_not_printed() -> None:
    extra = {
        name: [field.name for field in county(name).form.fields.values() if not field.printed]
        for name in ("xinxiang", "jingxian")
    }
    assert extra == {
        "xinxiang": ["申请人类别", "申请审批事项附页", "外线工程", "预约时间", "热力配套费是否已缴纳"],
        "jingxian": ["是否需要其他服务", "承诺"],
    }
