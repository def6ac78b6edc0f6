"""同上: an address or a contact that was given before, said again in a word."""

import re
from collections.abc import Mapping

from dialogs.folding import plain_words
from model.draft import Answer
from model.fields import AddressField, ContactField, Field, PhoneField
from model.form import Form
from model.values import Address, Contact, Phone, Value, Words

_SAME = re.compile(
    r"(?:就?是|和|跟|同|与)?(?:上面|上边|前面|上|单位|公司|使用|原来?|建设单位|项目|工程|联系|负责人|项目负责人|刚才)*(?:的)?(?:地址|电话|人|那个)*"
    r"(?:都?是?一样的?|都?是?相同的?|都?是?同一个人?|都?是?一个人|是他|是她)|同(?:上|前|单位地址|联系电话|项目负责人|负责人|使用地址|公司地址)|就?是(?:项目)?负责人|我自己|本人|就是我|还是我|还是他"
)

_KINDS = ("address", "phone", "contact")


def same_as(field: Field, text: str, answers: Mapping[str, Answer], form: Form) -> Value | None:
    """The last address, contact or phone given before this field, if the words point back to it; else None."""
    if field.kind not in _KINDS:
        return None
    words = plain_words(text).replace(",", "")
    if not _SAME.fullmatch(words):
        return None
    before = [answers[name].value for name in form.fields if name != field.id and name in answers]
    match field:
        case AddressField():
            return _last(before, Address)
        case PhoneField():
            return _last(before, Phone)
        case ContactField():
            person = _person(field, answers, form) if "联系电话" in words else None
            return person or _last(before, Contact) or _person(field, answers, form)
        case _:
            return None


def _last(values: list[Value | None], shape: type[Value]) -> Value | None:
    return next((value for value in reversed(values) if isinstance(value, shape)), None)


def _person(field: Field, answers: Mapping[str, Answer], form: Form) -> Contact | None:
    """Who has been named by a personal field, with the phone given: the last name before this field."""
    names = [name for name, one in form.fields.items() if one.kind == "text" and one.personal and name in answers]
    said = [answers[name].value for name in names if name != field.id]
    name = next((value for value in reversed(said) if isinstance(value, Words)), None)
    phone = _last([answer.value for answer in answers.values()], Phone)
    if name is None or not isinstance(phone, Phone) or len(name.text) > 6:  # a firm is no person
        return None
    return Contact(name=name.text, phone=phone.number)
