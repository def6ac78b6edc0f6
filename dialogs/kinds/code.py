"""Identity, organisation, project, document and account numbers; which one may hang on another answer (X72, R24)."""

import re
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from dialogs.folding import fold
from dialogs.reading import Context, Reading, Refusal, Understood
from dialogs.schemes import scheme_of
from model.fields import CodeField
from model.values import Code

#: An identity number somewhere in a text; whether it is one is told by its check digit.
IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{6})[ -]?(\d{4})[ -]?(\d{4})[ -]?(\d{3}[0-9Xx×])(?![0-9A-Za-z])")
_PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)
_LEAD = re.compile(
    r"^(?:我的?|单位|公司|法人|老)?(?:身份证件?号?码?|统一社会信用代码|信用代码|代码|证号|户号|项目代码|号码|号|是|:|\s)+"
)


def parse(text: str, field: CodeField, context: Context) -> Reading:
    """The number in its one spelling; the reasons are `<scheme>.<what>`, each with the count or digit that is wrong."""
    number = re.sub(r"[\s.]", "", _LEAD.sub("", fold(text)).strip(" 。,;:()")).upper().replace("×", "X")
    match scheme_of(field, context.answers):
        case "identity":
            return identity(number, context.now.date())
        case "organisation":
            return organisation(number)
        case "project":
            return project(number)
        case "account":
            return account(number)
        case "document":
            return document(number)


def identity(number: str, today: date) -> Reading:
    """18 digits, the last may be X: length, province, birth date, check digit (X76); holders of any area code are accepted."""
    number = number.replace("-", "")
    if len(number) == 18 and re.fullmatch(r"[0-9A-Z]+", number) and not number[:17].isdigit() and uscc.is_valid(number):
        return Refusal("identity.organisation")
    if not re.fullmatch(r"\d+X?", number):
        return Refusal("identity.letters") if re.search(r"\d{6}", number) else Refusal("identity.none")
    if len(number) != 18:
        return Refusal("identity.length", {"length": str(len(number))})
    if int(number[:2]) not in _PROVINCES:
        return Refusal("identity.province", {"digits": number[:2]})
    try:
        born = ric.get_birth_date(number)
    except ValueError:
        return Refusal("identity.birth", {"digits": number[6:14]})
    if not date(1900, 1, 1) <= born <= today:
        return Refusal("identity.birth", {"digits": number[6:14]})
    if ric.calc_check_digit(number) != number[-1]:
        return Refusal("identity.check")
    return Understood(Code(scheme="identity", number=number))


def organisation(number: str) -> Reading:
    """18 characters of the unified social credit code; a wrong inner organisation digit only warns."""
    number = number.replace("-", "")
    if (
        re.fullmatch(r"\d{17}[\dX]", number)
        and ric.calc_check_digit(number) == number[-1]
        and not uscc.is_valid(number)
    ):
        return Refusal("organisation.identity")
    if len(re.findall(r"[0-9A-Z]", number)) < 6:
        return Refusal("organisation.none")
    if len(number) != 18:
        return Refusal("organisation.length", {"length": str(len(number))})
    if bad := next((char for char in number if char in "IOSVZ" or not re.fullmatch(r"[0-9A-Z]", char)), None):
        return Refusal("organisation.letter", {"letter": bad})
    if not uscc.is_valid(number):
        return Refusal("organisation.check")
    return Understood(
        Code(scheme="organisation", number=number), () if inner_digit(number[8:17]) else ("organisation.inner",)
    )


def inner_digit(code: str) -> bool:
    """Whether the organisation code inside (characters 9–17) has the check digit of GB 11714."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    values = [int(char, 36) for char in code[:8]]
    left = 11 - sum(weight * value for weight, value in zip(weights, values, strict=True)) % 11
    return code[8] == {10: "X", 11: "0"}.get(left, str(left))


def project(number: str) -> Reading:
    """`dddd-dddddd-dd-dd-dddddd`, any dashes or none (R2); a wrong check digit of a code since 2020-11 only warns."""
    digits = number.replace("-", "")
    if not re.search(r"\d{4}", digits):
        return Refusal("project.none")
    if not digits.isdigit():
        return Refusal("project.letters")
    if len(digits) != 20:
        return Refusal("project.length", {"length": str(len(digits))})
    parts = (digits[:4], digits[4:10], digits[10:12], digits[12:14], digits[14:])
    warnings = () if 2015 <= int(digits[:4]) <= 2020 or mod_11_10.is_valid(digits) else ("project.check",)
    return Understood(Code(scheme="project", number="-".join(parts)), warnings)


def account(number: str) -> Reading:
    """A meter account: digits, leading zeros kept (X85)."""
    number = number.replace("-", "")
    if not re.fullmatch(r"[0-9A-Z]{4,20}", number):
        return Refusal("account.digits")
    return Understood(Code(scheme="account", number=number))


def document(number: str) -> Reading:
    """Any other document: format only (R24)."""
    if not re.fullmatch(r"[0-9A-Z()\-]{5,24}", number):
        return Refusal("document.format")
    return Understood(Code(scheme="document", number=number))
