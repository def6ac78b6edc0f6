"""Numbers in an address put right or added: 不是88号 是86号, 门牌说反了 是86号, 房号漏了 601."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.address_numbers import NOTICED, put_right
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from model.fields import AddressField
from model.values import Address

_UNIT = r"(?:号楼|号院?|栋|幢|座|单元|室|楼|层|组|户)"
_NUMBER = r"\d{1,4}(?:-\d{1,4}){0,2}"
_IS = r"(?:,|\s){0,3}(?:而?是|应该是|应为|改[成为]|才对)?\s?"
_INSTEAD = (
    re.compile(rf"不是\s?(?P<old>{_NUMBER})(?P<unit>{_UNIT})?{_IS}(?P<new>{_NUMBER})(?P<as>{_UNIT})?(?![\d.万千百米兆吨平])"),
    re.compile(rf"(?P<new>{_NUMBER})(?P<as>{_UNIT})?[,\s]{{0,2}}不是\s?(?P<old>{_NUMBER})(?P<unit>{_UNIT})?(?![\d.万千百米兆吨平])"),
    re.compile(rf"(?P<old>{_NUMBER})(?P<unit>{_UNIT})\s?(?:要|得)?(?:改[成为]|换成|应该是|应为)\s?(?P<new>{_NUMBER})(?P<as>{_UNIT})?(?![\d.万千百米兆吨平])"),
    re.compile(rf"(?P<old>{_NUMBER})(?P<unit>{_UNIT})(?:不对|(?:[写说打报填记]|搞|弄)?错了?)[,\s]{{0,2}}(?:应该)?是?\s?(?P<new>{_NUMBER})(?P<as>{_UNIT})?(?![\d.万千百米兆吨平])"),
    re.compile(rf"(?P<new>{_NUMBER})(?P<as>{_UNIT})?[,\s]{{0,2}}(?:刚才|前面|上面|之前)?(?:写|说|打|报|填)成了?\s?(?P<old>{_NUMBER})(?P<unit>{_UNIT})?"),
)  # fmt: skip
_KIND = r"(?P<kind>门牌号?码?|房间?号|室号|楼栋?号|栋号|幢号|单元号?|楼层|几栋|几号)"
_WRONG = re.compile(
    rf"{_KIND}[^\d,。;\n]{{0,4}}(?:错|反|岔|不对|颠倒|更正|改|应该是|是(?=\d))[^\d。;\n]{{0,6}}?(?P<new>{_NUMBER})(?P<as>{_UNIT})?(?![\d.])"
)
_NEW_ROOM = re.compile(
    r"(?:更正|改|不对|错)[^\d,。;\n]{0,4}(?P<kind>新?房子?|新家|屋里?)(?:应?该?是|号)?\s?(?P<new>\d{3,4})(?=室?(?:$|[\s,。;]))"
)
"""更正 新房502."""
_MORE = re.compile(
    rf"{_KIND}?[^\d,。;\n]{{0,4}}(?:漏|忘|没[写说报]|补|少[写说报]|后[面边头](?:再|还)?(?:加|带)|再加上|加上)[^\d。;\n]{{0,6}}?"
    rf"(?P<more>(?:{_NUMBER}(?:号楼|号院?|栋|幢|座|单元))*{_NUMBER}{_UNIT}?)(?=$|[\s,。;])"
)
_ADDED = re.compile(
    rf"后[面边头](?:再|还)?(?:加|补|带)(?:上|个)?\s?(?P<more>(?:{_NUMBER}(?:号楼|号院?|栋|幢|座|单元))*{_NUMBER}{_UNIT}?)(?=$|[\s,。;])"
)
_ALONE = re.compile(
    r"(?:(?:是|在|住)?(?:\d{1,4}(?:号楼|栋|幢|座|单元|层|楼)[\s\-]?){1,3}(?:\d{2,4}(?:室|户|号)?)?)[吧的。]?"
)
"""3栋2单元301 and no more: the end of the place told just before."""
_REGION = re.compile(r"[一-鿿]{2,4}[镇乡]$")
_LATELY = 8
_ROOM = re.compile(r"房|室")
_HOUSE = re.compile(r"楼栋?号|栋|幢")
_SCORE = 240
"""More than a bare place has that would overrule the one told before."""


def renumbered(scene: Scene) -> Iterator[Candidate]:
    """The addresses told before, with another number in them, or one more."""
    told = _told(scene)
    if not told:
        return
    text = scene.marked.text
    yield from _longer(scene, told)
    for pattern in _INSTEAD if re.search("不是|改|应|成", text) else ():
        for match in pattern.finditer(text):
            for field, old in told:
                made = _with(old, match["old"], match["unit"] or match["as"] or "", match["new"])
                if made is not None:
                    yield _candidate(field, made, match)
                    break
    mended = None if scene.marked.places else _put_right(told, text)
    if mended is not None:
        yield mended
    for match in (*_WRONG.finditer(text), *_NEW_ROOM.finditer(text)) if mended is None else ():
        former = fillable(scene.form).former
        field, old = next((one for one in told if one[0] not in former), told[0])
        unit = match.groupdict().get("as") or ""
        if (made := _renumbered(old, match["kind"], unit, match["new"])) is not None:
            yield _candidate(field, made, match)
    for match in _ADDED.finditer(text):
        yield _candidate(told[0][0], f"{told[0][1]}{match['more']}", match)
    whole = _ALONE.fullmatch(text.strip())
    if whole and told[0][0].id in scene.draft.trail[-_LATELY:] and not re.search(r"[栋幢座室层]|单元|号楼", told[0][1]):
        yield _candidate(told[0][0], f"{told[0][1]}{whole[0].lstrip('是在住').rstrip('吧的。')}", whole)
    for match in _MORE.finditer(text):
        field, old = told[0]
        if match["kind"] and not old.endswith(match["more"]):
            yield _candidate(field, f"{old}{match['more']}", match)


def _longer(scene: Scene, told: list[tuple[AddressField, str]]) -> Iterator[Candidate]:
    """范岭村2组36号 after 合河乡范岭村: the same place, told on."""
    for place in scene.marked.places:
        for field, old in told[:1]:
            if _REGION.fullmatch(old) and not re.match(r"[一-鿿]{2,4}[镇乡]", place.text):
                made = Understood(Address(text=f"{old}{place.text}"))
                yield Candidate(field.id, made, place.start, place.end, _SCORE, "前面那个地址接着说", how="own")
                return
        for field, old in told:
            most = min(len(old), len(place.text) - 1)
            size = next((n for n in range(most, 1, -1) if old.endswith(place.text[:n])), 0)
            whole = size == len(old) and _is_of(scene, field, place.start) and not re.search(r"\d", old)
            if size and (whole or size < len(old)):
                text = f"{old}{place.text[size:]}"
                yield Candidate(
                    field.id,
                    Understood(Address(text=text)),
                    place.start,
                    place.end,
                    _SCORE,
                    "前面那个地址接着说",
                    how="own",
                )
                break


def _is_of(scene: Scene, field: AddressField, at: int) -> bool:
    """Whether no other address is named before this place: 地址你就写 朗公庙镇示例村东头 after 朗公庙镇示例村."""
    label = scene.marked.label_before(at)
    named = [one.field for one in label.of("label") if isinstance(one.field, AddressField)] if label else []
    return not named or field in named


def _put_right(told: list[tuple[AddressField, str]], text: str) -> Candidate | None:
    """The first of the addresses told that has the number which is put right."""
    noticed = NOTICED.search(text)
    made = ((field, put_right(old, text)) for field, old in told) if noticed else ()
    return next((_candidate(field, new, noticed) for field, new in made if noticed and new is not None), None)


def _candidate(field: AddressField, text: str, match: re.Match[str]) -> Candidate:
    return Candidate(
        field.id,
        Understood(Address(text=text)),
        match.start(),
        match.end(),
        _SCORE,
        "前面那个地址里的号改了",
        how="own",
    )


def _told(scene: Scene) -> list[tuple[AddressField, str]]:
    """The addresses told before this message: the one named in it, then the one told last."""
    fields = {one.id: one for one in fillable(scene.form).addresses}
    named = [one.field.id for hit in scene.marked.labels if len(hit.of("label")) == 1 for one in hit.of("label")]
    order = dict.fromkeys((*named, *reversed(scene.draft.trail), *scene.before))
    return [
        (fields[name], answer.value.text)
        for name in order
        if name in fields and (answer := scene.before.get(name)) is not None and isinstance(answer.value, Address)
    ]


def _with(address: str, old: str, unit: str, new: str) -> str | None:
    """The address with the number replaced; None if it is not in it."""
    found = re.search(rf"(?<![\d\-]){re.escape(old)}(?={re.escape(unit)})(?![\d\-])", address)
    return f"{address[: found.start()]}{new}{address[found.end() :]}" if found else None


def _renumbered(address: str, kind: str, unit: str, new: str) -> str | None:
    """The address with the number of this kind replaced."""
    if _ROOM.search(kind):
        pattern = r"\d{1,4}(?=室?$)"
    elif _HOUSE.search(kind):
        pattern = r"\d{1,4}(?=号楼|栋|幢|座|#)"
    else:
        pattern = rf"{_NUMBER}(?={unit or '号'}(?!楼))"
    found = list(re.finditer(rf"(?<!\d){pattern}", address))
    return f"{address[: found[-1].start()]}{new}{address[found[-1].end() :]}" if found else None
