"""A spot in the premises that were told before: 楼建在院区西北角, 新楼盖在医院后院; and the house of a village told before."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from model.fields import AddressField
from model.values import Address

_SCORE = 70
_LATELY = 3
_YARD = r"(?:院区|院子|院|厂区|厂子|厂|校园|校区|学校|园区|园|单位|医院|公司|场区|场|店)(?:里面?|内|的)?"
_SIDE = r"(?:[东西][南北]角|[东西南北](?:侧|边|头|面|部|墙根)|[前后](?:院|面|边)|大?门口|空地上?)"
_SPOT = Sought(rf"{_YARD}{_SIDE}")
"""Without one of these nothing is built there."""
_BUILT = re.compile(
    r"(?P<what>[^\s,。;:!?]{0,10}?)(?:就|也|都|拟|要|准备)?(?:[建盖做起修落]|新建|建设|位于|施工)(?:在|于)?(?:本|我们?|俺们?|咱们?|老)?"
    rf"(?P<spot>{_YARD}{_SIDE})(?=$|[\s,。;!)])"
)
_ROUND_THE_VILLAGE = re.compile(
    r"(?:^|(?<=[\s,。;:!?]))(?P<what>[^\s,。;:!?\d]{0,8}?)(?:那[个块]?(?:地方|地儿)|这边|那边)?(?:就|也|都|是)?(?:在|搁|位于)(?:本|我们?|俺们?|咱们?|我家|俺家)?"
    r"(?P<spot>村(?:子|庄)?(?:[东西南北]{1,2}(?:头|边|口|地|面|侧|角|岸)?|口|委会?|部|中|前|后|外|边)[^\s,。;:!?]{0,14})(?=$|[\s,。;!?])"
)
"""机井在村南地: told from the village that was told before."""
_NO_SITE = re.compile(
    r"家$|人$|住|公司|单位|村委|部$|合作社|^社|杆|变压器|箱变|电表|隔壁|亲戚|邻居|儿子|女儿|[不没]|[爸妈]|卖|干活|上班"
)
_OF_VILLAGE = re.compile(r".*?(?:[村庄屯]|社区)(?![委部])")
_OF_OTHERS = re.compile(r"变压器|箱变|发电机|电表|水表|换热站|机房|隔壁|人家|原来|以前|去年|不$")
_HOUSE = re.compile(
    r"(?:门牌|门牌号码?|住|家)(?:就|是|在|:){0,2}\s?(?P<more>(?:[\d一二三四五六七八九十]{1,3}(?:组|队|排|街)){1,2}\d{1,4}号|(?:[\d]{1,3}(?:组|队|排)){0,2}\d{1,4}号)"
    r"(?=$|[\s,。;!])"
)
_HOUSE_ALONE = re.compile(r"(?P<what>[^\d]{0,10}?)(?P<more>(?:\d{1,3}(?:组|队|排)){0,2}\d{1,4}号)[吧嘞的。]?")
_NO_HOUSE = re.compile(
    r"[月路街巷镇乡]|上午|下午|[不没]|隔壁|邻居|邮编|[楼车表机桩]|之?前$|到$|[一二三四五六七八九十]$"
)
"""哦 村里讲有的 31号, where no number was told before."""
_VILLAGE = re.compile(r"(?:村|庄|屯|组|队|小区|家园|花园)$")


def in_the_yard(scene: Scene) -> Iterator[Candidate]:
    """Addresses that go on from the one that was told."""
    mine = [one for one in fillable(scene.form).addresses if one not in fillable(scene.form).former]
    told = next(
        ((one, value) for one in mine if (value := _text(scene, one)) is not None and scene.needs(one) == ()), None
    )
    if told is None:
        return
    field, where = told
    for other in mine[1:]:
        if other is not field and scene.open(other) and scene.needs(other) == ():
            yield from _spots(scene, other, where)
            yield from _round_the_village(scene, other, where)
    yield from _house(scene, field)


def _house(scene: Scene, field: AddressField) -> Iterator[Candidate]:
    """The number of the house in the village told before."""
    before = scene.before.get(field.id)
    where = before.value.text if before is not None and isinstance(before.value, Address) else ""
    if not _VILLAGE.search(where):
        return
    house = _HOUSE.search(scene.marked.text)
    if house is None and not scene.marked.places and field.id in scene.draft.trail[-_LATELY:]:
        house = _HOUSE_ALONE.fullmatch(scene.marked.text.strip())
        house = None if house is not None and _NO_HOUSE.search(house["what"]) else house
    if house is not None:
        yield _candidate(field, f"{where}{house['more']}", house)


def _spots(scene: Scene, field: AddressField, where: str) -> Iterator[Candidate]:
    for built in _BUILT.finditer(scene.marked.text) if _SPOT.search(scene.marked.text) else ():
        said = scene.marked.said(built.start(), built.end() + 1)
        if not _OF_OTHERS.search(built["what"]) and not asks(said):
            yield _candidate(field, f"{where}{built['spot']}", built)
            return


def _round_the_village(scene: Scene, field: AddressField, where: str) -> Iterator[Candidate]:
    """Where in the village what is to be connected stands."""
    village = _OF_VILLAGE.match(where)
    for told in _ROUND_THE_VILLAGE.finditer(scene.marked.text) if village is not None else ():
        said = scene.marked.said(told.start(), told.end() + 1)
        if village is not None and not _NO_SITE.search(told["what"]) and not asks(said):
            yield _candidate(field, f"{village[0].removesuffix('村')}{told['spot']}", told)
            return


def _candidate(field: AddressField, text: str, match: re.Match[str]) -> Candidate:
    return Candidate(
        field.id,
        Understood(Address(text=text)),
        match.start(),
        match.end(),
        _SCORE,
        "前面那个地址里面",
        (),
        "derived",
        how="own",
    )


def _text(scene: Scene, field: AddressField) -> str | None:
    answer = scene.answers.get(field.id)
    return answer.value.text if answer is not None and isinstance(answer.value, Address) else None
