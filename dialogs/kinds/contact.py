"""A name and a phone in one cell; either may come first, and the missing one is asked for."""

import re

from dialogs.folding import fold
from dialogs.han import HAN
from dialogs.kinds.phone import PHONE, read_phone
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from model.fields import ContactField
from model.values import Contact, Phone

_NOISE = re.compile(
    r"(?:的?(?:联系)?(?:电话|手机号?码?|号码|联系方式)|(?:项目|工程|工地|现场)?(?:负责人|经理)|经办人|姓名|联系人|名字|叫|也是|是|也)+(?:是|:)?|[,、;:/()]"
)
_NAME = re.compile(rf"[{HAN}·.A-Za-z ]{{2,30}}")
_NO_NAME = re.compile(r"什么|怎么|为啥|哪里|哪个|哪位|是谁|吗|呢|同一|一样|没有|不是|不知|知道|告诉")
"""A sentence, not somebody's name."""


def parse(text: str, _: ContactField, context: Context) -> Reading:
    """Name and phone (`contact.name`, or the phone's reasons); half of it asks for the other half."""
    words = fold(text)
    found = PHONE.search(words)
    rest = words[: found.start()] + " " + words[found.end() :] if found else words
    digits = re.search(r"\d[\d-]*", rest)
    if digits and not found:
        reading = read_phone(digits[0], context.area_code)
        return reading if isinstance(reading, Refusal) else Refusal("phone.none")
    name = re.sub(r"\s+", " ", _NOISE.sub(" ", rest)).strip(" .")
    name = re.sub(rf"(?<=[{HAN}]) (?=[{HAN}])", "", name)
    if found is None:
        return Partial("phone", {"name": name}) if _is_name(name) else Refusal("contact.name")
    phone = read_phone(found[0], context.area_code)
    if not isinstance(phone, Understood) or not isinstance(phone.value, Phone):
        return phone
    if not name:
        return Partial("name", {"phone": phone.value.number})
    if not _is_name(name):
        return Refusal("contact.name")
    return Understood(Contact(name=name, phone=phone.value.number))


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _NO_NAME.search(name)
