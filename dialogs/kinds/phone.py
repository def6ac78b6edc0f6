"""Mobile and landline numbers, spoken digits (幺三三…) and local numbers without area code included."""

import re

import phonenumbers

from dialogs.folding import fold
from dialogs.numerals import DIGITS
from dialogs.reading import Context, Reading, Refusal, Understood
from model.fields import PhoneField
from model.values import Phone

_SPOKEN = "".join(char for char, digit in DIGITS.items() if char not in "两俩")
_LEAD = re.compile(r"^(?:我的?|联系)?(?:电话|手机|座机|号码|联系方式|手机号码?|是|:|\s)+")
_LANDLINE = re.compile(r"\(?(0\d{2,3})\)?[- ]?(\d{7,8})(?:[-转 ,]*(?:分机|转)?\s*(\d{1,6}))?")
_LOCAL = re.compile(r"([2-8]\d{6,7})(?:(?:[-转 ,]|分机)+(\d{1,6}))?")
#: A phone somewhere in a text: for cells with a name and a phone.
PHONE = re.compile(
    r"(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}"
    r"|\(?0\d{2,3}\)?[- ]?\d{7,8}(?:(?:转|分机|-)\s*\d{1,6})?"
    rf"|[{_SPOKEN}](?:\s?[{_SPOKEN}]){{6,11}}"
    r"|(?<!\d)[2-8]\d{6,7}(?!\d)"
)


def parse(text: str, _: PhoneField, context: Context) -> Reading:
    """The number in one spelling (`phone.short`, `phone.long`, `phone.prefix`, `phone.none`)."""
    return read_phone(text, context.area_code)


def read_phone(text: str, area_code: str) -> Reading:
    """Mobile: 11 digits. Landline: `区号-号码转分机`; seven or eight digits alone get the county's area code."""
    words = _LEAD.sub("", fold(text))
    words = "".join(str(DIGITS[char]) if char in _SPOKEN else char for char in words)
    words = words.strip(" 。,;").removeprefix("+").strip()
    digits = re.sub(r"[- ]", "", words)
    if re.fullmatch(r"(?:0?0?86)1\d{10}", digits):
        digits = digits[-11:]
    if re.fullmatch(r"1\d{10}", digits):
        return Understood(Phone(number=digits)) if _possible(digits) else Refusal("phone.prefix", {"given": digits[:3]})
    if match := _LANDLINE.fullmatch(words):
        area, number, extension = match.groups()
        return Understood(Phone(number=f"{area}-{number}" + (f"转{extension}" if extension else "")))
    if match := _LOCAL.fullmatch(words):
        number, extension = match.groups()
        return Understood(Phone(number=f"{area_code}-{number}" + (f"转{extension}" if extension else "")))
    if not digits.isdigit():
        return Refusal("phone.none")
    length = {"length": str(len(digits))}
    return Refusal("phone.short", length) if len(digits) < 11 else Refusal("phone.long", length)


def _possible(mobile: str) -> bool:
    number = phonenumbers.parse(mobile, "CN")
    return mobile[1] not in "012" and phonenumbers.is_possible_number(number)
