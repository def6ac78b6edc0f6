"""A short message that says only what a value told before is now: 提到500, 那就500, 还是125吧, 千瓦 说错了, 改下午."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.halves import plain_halves
from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE
from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.units import fit_unit
from model.fields import DateField, NumberField
from model.values import Amount, Day

_SHORT = 14
"""Characters of such a message."""
_NUMBER = re.compile(
    rf"(?:算了|那么?|就|还是|,|\s|我|要|给|上|提|加|升|降|减|改|换|按|弄|来|用|写|填|报|到|成|为|个|高|低|大|小|点|一|吧)*"
    rf"(?:到|就|上个|还是|换个|来个|改|换|按|升|降)(?:到|成|为)?\s?(?P<number>{NUMBER})\s?(?P<unit>[^\s\d,。的吧了算好行呗]{{0,4}})(?:的|吧|了|算了|好了|就行|行了|呗)*[。!]?"
)
_UNIT = re.compile(
    r"(?:单位)?(?:应该)?(?:是|写错了?|说错了?|错了|不对|应|该|改成|按|,|\s|啊|哦|那个|都是)*(?P<unit>千瓦|千伏安|kw|kva|兆|m)(?:的)?"
    r"(?:,|\s|写错了?|说错了?|打错了?|搞错了?|刚才|不好意思|才对|吧|啊|不是|千伏安|千瓦|kva|kw)*",
    re.IGNORECASE,
)
_HALF = re.compile(r"(?P<half>上午|下午)(?P<busy>[^,。;\s]{0,4}?(?:不行|没人|没空|有事|不在|不方便|来不了|不成|不中))?")
_MOVES = re.compile(r"改|换|挪|还是|不行|没人|没空|有事|不在|不方便|来不了|才|吧$|不成|不中")
_GROWS = re.compile("[换增加升扩提]")
_LONGEST = 24
_SCORE = 60


def said_short(scene: Scene) -> Iterator[Candidate]:
    """The last value of its kind, put right."""
    text = scene.marked.text.strip()
    if not scene.before or asks(text):
        return
    if len(text) <= _SHORT:
        yield from _number(scene, text)
        yield from _unit(scene, text)
    if len(text) <= _LONGEST:
        yield from _half(scene, text)


def _lately(scene: Scene) -> list[tuple[NumberField, Amount]]:
    """The numbers told before, the last first."""
    return [
        (field, value)
        for name in reversed(scene.draft.trail)
        if isinstance(field := scene.form.fields.get(name), NumberField)
        and name in scene.before
        and isinstance(value := scene.before[name].value, Amount)
    ]


def _number(scene: Scene, text: str) -> Iterator[Candidate]:
    match = _NUMBER.fullmatch(text)
    asked = scene.form.fields.get(scene.focused or "")
    if match is None or (isinstance(asked, NumberField) and scene.open(asked)):
        return
    number, unit = read_number(match["number"]), match["unit"].lower()
    for field, value in _lately(scene):
        meant = _grown(scene, field, text) or field
        if "原" in meant.called or (unit and fit_unit(meant, unit)[0] is None):
            continue
        if (
            number is not None
            and (meant is not field or number != value.number)
            and isinstance(reading := check(number, fit_unit(meant, unit)[0] or value.unit, meant), Understood)
        ):
            yield Candidate(meant.id, reading, 0, len(scene.marked.text), _SCORE, "改刚才的数", how="own")
        return


def _grown(scene: Scene, field: NumberField, text: str) -> NumberField | None:
    """What is to be, where only what there was is told: 原来是315的变压器, and then 换成630."""
    rows = fillable(scene.form).supplies
    row = next((one for one in rows if field is one.old), None)
    if row is None or row.new is None or not _GROWS.search(text) or not scene.open(row.new):
        return None
    return row.new if scene.needs(row.new) == () else None


def _unit(scene: Scene, text: str) -> Iterator[Candidate]:
    match = _UNIT.fullmatch(text)
    if match is None or not (CUE.search(text) or "单位" in text):
        return
    for field, value in _lately(scene):
        unit = fit_unit(field, match["unit"].lower())[0] if field.units else None
        if unit is not None and unit != value.unit:
            yield Candidate(
                field.id,
                check(value.number, unit, field),
                0,
                len(scene.marked.text),
                _SCORE,
                "改刚才的数，单位",
                how="own",
            )
            return


def _half(scene: Scene, text: str) -> Iterator[Candidate]:
    """The other half of the day that was agreed."""
    fits = [one for one in _HALF.finditer(plain_halves(text)) if not one["busy"]]
    if not fits or not _MOVES.search(text) or re.search(r"\d|周|星期|礼拜|[今明后]天", text):
        return
    for name, answer in scene.before.items():
        field, value = scene.form.fields.get(name), answer.value
        half = fits[-1]["half"]
        if isinstance(field, DateField) and field.halves and isinstance(value, Day) and value.half not in (None, half):
            made = value.model_copy(update={"half": half, "time": None})
            yield Candidate(name, Understood(made), 0, len(scene.marked.text), _SCORE, "改刚才的时间", how="own")
