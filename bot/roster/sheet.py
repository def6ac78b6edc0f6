"""How the sheet of staff is laid out: its headings, what a duty is called, and its example row."""

from typing import Final, Literal

from model.county import County
from model.staff import Duty

Column = Literal["name", "body", "phone", "duty", "districts", "id", "note"]

SHEET: Final = "人员"
MOST_BYTES: Final = 2_000_000
"""Of a workbook that is taken."""
HEADINGS: Final[dict[Column, str]] = {
    "name": "姓名",
    "body": "单位",
    "phone": "电话",
    "duty": "职责",
    "districts": "负责的乡镇",
    "id": "编号",
    "note": "备注",
}
ALSO: Final[dict[str, Column]] = {
    "单位名称": "body",
    "所属单位": "body",
    "手机": "phone",
    "手机号": "phone",
    "手机号码": "phone",
    "电话号码": "phone",
    "联系电话": "phone",
    "身份": "duty",
    "乡镇": "districts",
    "片区": "districts",
    "负责片区": "districts",
    "说明": "note",
}
NEEDED: Final[tuple[Column, ...]] = ("name", "body", "phone")

EXAMPLE: Final = "示例"
"""What the note of the example row begins with."""
EXAMPLE_NAME: Final = "张示例"
EXAMPLE_PHONE: Final = "13800000000"
EVERYWHERE: Final = "全部"


def duties(county: County) -> dict[str, Duty]:
    """What a duty is called in this county; the first name of each is the one that is offered."""
    return {
        county.steward: "steward",
        "负责人": "lead",
        "督办": "supervisor",
        "窗口热线": "clerk",
        "服务管家": "steward",
        "服务专员": "steward",
        "经办人": "steward",
        "单位负责人": "lead",
        "督办人员": "supervisor",
        "窗口": "clerk",
        "热线": "clerk",
        "窗口人员": "clerk",
        "热线人员": "clerk",
    }
