"""证件照片: what is read on a card goes into fields that exist, are the applicant's, and can hold it."""

from collections.abc import Iterator
from typing import Final, get_args

from config.checks.conditions import condition_mistakes
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.card import READING, Card, CardReading
from model.fields import CodeField, Field

_KINDS: Final = {
    "name": ("text",),
    "representative": ("text",),
    "number": ("code",),
    "code": ("code",),
    "address": ("address", "text"),
}
"""The kinds of field that can hold a part."""
_CALLED: Final = {"text": "文字题", "code": "号码题", "address": "地址题"}
_SCHEMES: Final = {"number": "identity", "code": "organisation"}


def cards(parts: Parts) -> Iterator[Mistake]:
    """Every part of every card; that the notice says so, where it is claimed."""
    facts, form = parts.county.value, parts.form.value
    if facts is None or form is None:
        return
    for card in get_args(Card):
        for index, one in enumerate(facts.cards.of(card)):
            steps = ("cards", card, index)
            if one.field not in parts.form.broken:
                field = form.fields.get(one.field)
                if field is None:
                    valid = nearest(one.field, form.fields)
                    yield parts.county.mistake((*steps, "field"), f"没有叫“{one.field}”的字段", valid)
                elif problem := _unfit(field, one.part):
                    yield parts.county.mistake((*steps, "field"), f"“{field.called}”{problem[0]}", problem[1])
            yield from condition_mistakes(parts.county, form, parts.form.broken, one.when, (*steps, "when"))
    if facts.cards.in_notice and (form.notice is None or "识别" not in form.notice.text):
        valid = "在 form.yaml 的 notice 里写明证件照片会交给微信识别，version 加 1；或者去掉 in_notice"
        yield parts.county.mistake(("cards", "in_notice"), "个人信息告知里没有写到识别照片", valid)
    if facts.cards != CardReading() and READING in form.consents:
        valid = "换一个名字"
        yield parts.form.mistake(("consents", READING), f"“{READING}”是识别证件照片用的名字", valid)


def _unfit(field: Field, part: str) -> tuple[str, str] | None:
    """Why a part cannot go there, and what could."""
    if field.filler != "applicant":
        return "不由申请人填", "换成申请人填的字段"
    if field.kind not in _KINDS[part]:
        wanted = "或".join(_CALLED[kind] for kind in _KINDS[part])
        return f"放不下证件上的“{part}”", f"换成{wanted}的 id"
    if isinstance(field, CodeField):
        scheme = _SCHEMES[part]
        able = {field.scheme} if field.by is None else {*field.by.schemes.values(), field.by.otherwise}
        if scheme not in able:
            return "不是这种号码", f"换成 scheme: {scheme} 的号码题"
    return None
