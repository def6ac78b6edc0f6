"""The 新乡县 form as the users of a bot framework would write it: 78 questions in order, each with its check.

Frozen, with form.json beside it: what the product is compared with must not change because the product does. It does
what such users do and no more: one question after the other, a regular expression or a check digit for each answer, the
choices by number or by words, the answer read back, a review at the end. No over-answering, no undo, no corrections, no
sealing of what is kept: all of that would only make a peer slower. Runs in every peer's environment: standard library only.
"""

import json
import re
from datetime import date
from pathlib import Path

FORM = json.loads((Path(__file__).parent / "form.json").read_text(encoding="utf-8"))
GREETING = "你好"
RECEIPT = "已经提交，联合办件编号："
SKIPS = ("后面补", "跳过", "没有")

_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(\D*)")
_PHONE = re.compile(r"(?:(?:\+?86)?1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,6})?)")
_DATE = re.compile(r"([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?")
_BUILDING = re.compile(r"([0-9]+)(?:[-~到至]([0-9]+))?号?楼?")
_COUNTED = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([^\s0-9]+)")
_PROJECT = re.compile(r"[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9]{6,13}")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class Wrong(ValueError):
    """The answer does not fit; the text says what would."""


def parse(question, text):
    """The value of an answer, as JSON can hold it. Raises Wrong."""
    text = text.strip()
    if question.get("may_skip") and text in SKIPS:
        return None
    return _KINDS[question["kind"]](question, text)


def ask(question):
    """The question with its numbered choices."""
    options = question.get("options", ())
    return "\n".join((question["ask"], *(f"{number} {option}" for number, option in enumerate(options, 1))))


def read_back(question, value):
    """The answer as understood."""
    return f"{question['name']}先空着。" if value is None else f"好的，{question['name']}：{shown(value)}。"


def shown(value):
    """A value in words."""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def card(answers):
    """Everything that was answered."""
    lines = (f"{one['name']}：{shown(answers[one['id']])}" for one in FORM if answers.get(one["id"]) is not None)
    return "\n".join((*lines, FORM[-2]["ask"]))


def answer(state, text):
    """One message: the state before (None: a new person) to (the state after, the reply, whether the form is complete)."""
    if state is None:
        return {"at": 0, "answers": {}}, ask(FORM[0]), False
    question, answers = FORM[state["at"]], state["answers"]
    try:
        value = parse(question, text)
    except Wrong as wrong:
        return state, f"{wrong}\n{ask(question)}", False
    answers[question["id"]] = value
    at = state["at"] + 1
    if at == len(FORM):
        return {"at": at, "answers": answers}, RECEIPT, True
    following = FORM[at]
    words = card(answers) if following["kind"] == "review" else ask(following)
    return {"at": at, "answers": answers}, f"{read_back(question, value)}\n{words}", False


def _choice(question, text):
    options = question["options"]
    if question.get("several"):
        if text == "全部":
            return list(options)
        return [_one(options, part) for part in re.split(r"[\s、，,]+", text) if part]
    return _one(options, text)


def _one(options, text):
    if text.isdecimal() and 1 <= int(text) <= len(options):
        return options[int(text) - 1]
    if text in options:
        return text
    raise Wrong(f"请回复 1 到 {len(options)}，或者选项的字。")


def _yes_no(question, text):
    word, _, rest = text.partition(" ")
    said = _one(question["options"], word)
    if question.get("count_unit") and said == question["options"][0]:
        if not rest.strip().isdecimal():
            raise Wrong(f"请把户数也写上，例如：{said} 3")
        return [said, int(rest)]
    return said


def _number(question, text):
    found = _NUMBER.fullmatch(text)
    if not found or (found[2] and found[2] != question.get("unit")):
        raise Wrong(f"请写一个数，单位是{question.get('unit', '')}。")
    value = float(found[1].replace(",", ""))
    if question.get("whole"):
        if not value.is_integer():
            raise Wrong("请写整数。")
        return int(value)
    return value


def _text(question, text):
    if not 0 < len(text) <= question.get("most", 200):
        raise Wrong(f"请写 1 到 {question.get('most', 200)} 个字。")
    return text


def _phone(_, text):
    if not _PHONE.fullmatch(text.replace(" ", "")):
        raise Wrong("请写手机号（11位）或座机号。")
    return text


def _contact(_, text):
    found = _PHONE.search(text)
    if not found:
        raise Wrong("请写姓名和电话，例如：王示例 13800000001")
    name = (text[: found.start()] + text[found.end() :]).strip(" ，,：:")
    if not name:
        raise Wrong("请把姓名也写上。")
    return [name, found[0]]


def _code(question, text):
    text = text.upper()
    match question["scheme"]:
        case "project":
            good = _PROJECT.fullmatch(text)
        case "account":
            good = _ACCOUNT.fullmatch(text)
        case "identity":
            good = re.fullmatch(r"[0-9]{17}[0-9X]", text) and _identity_digit(text) == text[17]
        case _:
            good = re.fullmatch(f"[{_CODE_LETTERS}]{{18}}", text) and _organisation_digit(text) == text[17]
    if not good:
        raise Wrong("号码不对，请再核对一下。")
    return text


def _identity_digit(text):
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(text, _IDENTITY_WEIGHTS, strict=False)) % 11]


def _organisation_digit(text):
    total = sum(_CODE_LETTERS.index(letter) * weight for letter, weight in zip(text, _CODE_WEIGHTS, strict=False))
    return _CODE_LETTERS[(31 - total % 31) % 31]


def _date(_, text):
    found = _DATE.fullmatch(text)
    if not found:
        raise Wrong("请写年月日，例如：2026年6月30日")
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise Wrong("没有这一天，请再看看。") from None


def _buildings(_, text):
    numbers = set()
    for first, last in _BUILDING.findall(text):
        numbers.update(range(int(first), int(last or first) + 1))
    if not numbers or len(numbers) > 200:
        raise Wrong("请写楼号，例如：1-4号楼和6号楼")
    return sorted(numbers)


def _table(_, text):
    name, _, rest = text.partition(" ")
    cells = [[float(number), unit] for number, unit in _COUNTED.findall(rest)]
    if not name or not cells:
        raise Wrong("请写名称和数量，例如：双眼灶 2台")
    return [name, *cells]


def _attachment(_, text):
    raise Wrong("请发照片；手边没有，回复“后面补”。")


def _review(_, text):
    if text != "0":
        raise Wrong("都对请回复 0。")
    return text


_KINDS = {
    "choice": _choice, "yes_no": _yes_no, "number": _number, "text": _text, "address": _text, "phone": _phone,
    "contact": _contact, "code": _code, "date": _date, "buildings": _buildings, "table": _table,
    "attachment": _attachment, "review": _review,
}  # fmt: skip
