"""电话换成138…: another number to be called at, said after the form was handed in."""

import re

from dialogs.folding import fold
from dialogs.kinds.phone import PHONE, read_phone
from dialogs.reading import Understood
from model.values import Phone

_CHANGES = re.compile(
    r"(?:我的?|联系|手机|新)*(?:电话|手机|号码?|手机号码?|联系方式)(?:号码?)?(?:已经?)?"
    r"(?:换|改|变|更改|更换)(?:成|为|到|了)*(?:新的|新号)?[是:,，]?\s*(?P<number>.+?)(?:了|吧|。)?"
)


def new_phone(text: str, area_code: str) -> str:
    """The number, if this whole message gives another one; else nothing."""
    match = _CHANGES.fullmatch(fold(text).strip())
    if match is None or not PHONE.fullmatch(match["number"]):
        return ""
    read = read_phone(match["number"], area_code)
    return read.value.number if isinstance(read, Understood) and isinstance(read.value, Phone) else ""
