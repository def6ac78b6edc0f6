"""Numbers that are told by another one: 入网面积比建面少800, 入网按建面的九成, 配套费按入网面积交的, 柴发改成6台 (of 1000 each)."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts
from model.condition import Says
from model.fields import NumberField
from model.values import Amount

_LESS_THAN = re.compile(
    rf"\s*(?:的|面积|那个){{0,2}}比(?P<other>[^\d,。;\n]{{1,8}}?)(?P<how>少|多|小|大)(?:了)?\s*(?P<number>{NUMBER})"
)
_LESS_BY = re.compile(rf"(?:的|面积){{0,2}}(?:要|得|需|须)?(?:扣|减|刨|除|去)[掉除去]?(?:了)?\s*(?P<number>{NUMBER})")
"""入网的要扣掉1200平: less than what was named just before."""
_PAID_FOR = Sought(
    rf"(?:按照?|照|依|以|算)[这那]?(?:入网|建筑)?(?:的|面积)?\s?(?P<size>{NUMBER})(?P<unit>\s?个?(?:平方?米?|㎡|m2|方))?"
    r"(?:的)?(?:面积)?(?:来|去|都|全|一次性?|足额)?(?:[交缴付](?!多少)|算的|(?<=算)|的(?=$|[\s,。;]))"
    rf"|(?P<of>{NUMBER})(?:平方?米?|㎡|m2|方)?的面积(?=$|[\s,。;])"
)
"""配套费按7200交的, 算46750平的, 七千三的面积."""
_FEE_NEAR = 30
_PAID_BY = re.compile(r"(?:按照?|照着?|依|用)(?:的)?$")
_PAID = re.compile(
    r"\s?(?:的|[那这]个)?(?:面积|数|那个数|的数){0,2}(?:来|去|全|都|已经?|一起|一并|一次性?|足额|全额){0,2}"
    r"(?:交|缴|算|付|收|(?<=数)(?=$|[\s,。;)])|[\s,]?(?:总共|一共|合计|共计?|总计|拢共|计)(?=[\d一二三四五六七八九两]))"
)
_NOT_PAID = re.compile(r"没[交缴有]|未[交缴]|还没|暂未|的话|多少|怎么|吗|\?")
_BEHIND = 6
_IT = re.compile(r"(?:它|这个|那个|前面那个|上面那个|前一个|前者)(?:数|面积|数字)?$")
_TENTHS = (
    r"(?P<tenths>[一二三四五六七八九1-9])成(?P<half>半|[一二三四五六七八九])?|(?P<percent>\d{1,2}(?:\.\d)?)\s?%"
    r"|百分之(?P<said>[一二三四五六七八九十]{1,3})|(?P<of_two>一半)"
)
_SHARE = re.compile(rf"[^\d,。;\n]{{0,6}}?(?P<other>[\u4e00-\u9fff]{{2,8}}?)的?\s?(?:{_TENTHS})")
_PART_AHEAD = re.compile(
    rf"(?:其中|里头|里面|当中|只有|有|,|\s)(?:的)?(?:{_TENTHS})(?:的)?(?:面积)?(?:是|要|想|申请|打算|准备|能|可)?$"
)
_PART_BEHIND = re.compile(
    rf"\s?(?:面积)?(?:只|就|大概|约)?(?:是|为|占|按|取|报|有)?(?:其中|它|这个数?|那个数?)?的?(?:{_TENTHS})(?=$|[\s,。;)])"
)
_AHEAD = 14
_EACH_SAID = re.compile(
    rf"(?P<many>{NUMBER})[台个组].{{0,6}}?(?:每|单|一)?[台个组]?.{{0,2}}?(?P<each>{NUMBER})(?:千瓦|kw)", re.IGNORECASE
)


def reckoned(scene: Scene) -> Iterator[Candidate]:
    """All of them, worked out, to be read back where they are no plain copy."""
    yield from _compared(scene)
    yield from _shares(scene)
    yield from _parts(scene)
    yield from _paid(scene)
    yield from _paid_for(scene)
    yield from _recounted(scene)


@once
def _comparing(marked: Marked) -> list[tuple[Hit, re.Match[str]]]:
    return [(hit, match) for hit in marked.labels if (match := _LESS_THAN.match(marked.text, hit.end))]


def _compared(scene: Scene) -> Iterator[Candidate]:
    """入网面积比建面少800: a number told by its difference from another."""
    for hit, match in _comparing(scene.marked):
        number = read_number(match["number"])
        base = _last(scene, hit) if _IT.match(match["other"]) else _base(scene, *match.span("other"))
        if number is None or base is None:
            continue
        total = base.number - number if match["how"] in "少小" else base.number + number
        yield from _made(hit, base, total, match.end(), "和另一项相比")

    for hit, match in _lessening(scene.marked):
        number, base = read_number(match["number"]), _last(scene, hit)
        if number is not None and base is not None and number < base.number:
            yield from _made(hit, base, base.number - number, match.end(), "从前一项里减去")


@once
def _lessening(marked: Marked) -> list[tuple[Hit, re.Match[str]]]:
    return [(hit, match) for hit in marked.labels if (match := _LESS_BY.match(marked.text, hit.end))]


@once
def _sharing(marked: Marked) -> list[tuple[Hit, re.Match[str]]]:
    return [(hit, match) for hit in marked.labels if (match := _SHARE.match(marked.text, hit.end))]


def _shares(scene: Scene) -> Iterator[Candidate]:
    """入网按建面的九成: a share of another number."""
    for hit, match in _sharing(scene.marked):
        base = _base(scene, *match.span("other"))
        if base is None:
            continue
        share = _share(match)
        if share is not None:
            yield from _made(hit, base, base.number * share, match.end(), "另一项的几成")


@once
def _partly(marked: Marked) -> list[tuple[Hit, re.Match[str]]]:
    found = list[tuple[Hit, re.Match[str]]]()
    for hit in marked.labels:
        match = _PART_BEHIND.match(marked.text, hit.end) or _PART_AHEAD.search(
            marked.text, max(marked.sentence_start(hit.start), hit.start - _AHEAD), hit.start
        )
        if match:
            found.append((hit, match))
    return found


def _parts(scene: Scene) -> Iterator[Candidate]:
    """建面10.5万平,其中八成入网: a share of the number named last."""
    for hit, match in _partly(scene.marked):
        base, share = _last(scene, hit), _share(match)
        if base is not None and share is not None:
            end = max(match.end(), hit.end)
            yield from _made(hit, base, base.number * share, end, "前一项的几成")


def _last(scene: Scene, hit: Hit) -> Amount | None:
    """The value of the number that was named last before this name, in its sentence."""
    start = scene.marked.sentence_start(hit.start)
    for before in reversed(scene.marked.labels_before(hit.start, 3)):
        own = {sense.field.id for sense in hit.of("label")}
        if before.start >= start and (base := _base(scene, before.start, before.start + 1, own)) is not None:
            return base
    return None


def _share(match: re.Match[str]) -> Decimal | None:
    if match["of_two"]:
        return Decimal("0.5")
    if match["percent"]:
        return Decimal(match["percent"]) / 100
    number = read_number(match["tenths"] or match["said"])
    if number is None:
        return None
    if match["said"]:
        return number / 100
    half = Decimal(5) if match["half"] == "半" else read_number(match["half"] or "零") or Decimal(0)
    return number / 10 + half / 100


def _base(scene: Scene, start: int, end: int, but: Collection[str] = ()) -> Amount | None:
    """The value of the number that is named in this stretch."""
    hits = scene.marked.hits_from(start, end)
    names = [sense.field.id for hit in hits for sense in hit.of("label") if sense.field.id not in but]
    found = next((scene.answers[one].value for one in names if one in scene.answers), None)
    return found if isinstance(found, Amount) else None


def _made(hit: Hit, base: Amount, total: Decimal, end: int, why: str) -> Iterator[Candidate]:
    for sense in hit.of("label"):
        if isinstance(sense.field, NumberField) and base.unit == sense.field.unit:
            reading = check(total, base.unit, sense.field)
            yield Candidate(
                sense.field.id, reading, hit.start, end, 100, why, certainty="derived", unsure=True, how="own"
            )


def _paid(scene: Scene) -> Iterator[Candidate]:
    """配套费按入网面积交的: the size that money was paid for is another one of the form's."""
    marked, fields = scene.marked, scene.form.fields
    sized = [fields[one.per] for one in fillable(scene.form).numbers if one.per is not None and one.unit == "元"]
    for hit in marked.labels if sized else ():
        if not _PAID_BY.search(marked.said(max(0, hit.start - 3), hit.start)) or not _PAID.match(marked.text, hit.end):
            continue
        if _NOT_PAID.search(marked.text, marked.sentence_start(hit.start), hit.end + _BEHIND):
            continue
        base = _base(scene, hit.start, hit.start + 1)
        for field in sized:
            needs = scene.needs(field)
            if base is not None and needs is not None and isinstance(field, NumberField) and field.unit == base.unit:
                yield Candidate(
                    field.id,
                    Understood(base),
                    hit.start,
                    hit.end,
                    90,
                    f"按“{hit.text}”交的",
                    needs,
                    "derived",
                    how="own",
                )


@once
def _sizes_paid_for(marked: Marked) -> list[re.Match[str]]:
    return list(_PAID_FOR.finditer(marked.text))


def _paid_for(scene: Scene) -> Iterator[Candidate]:
    """配套费按7200交的: the size itself, behind the name of what is paid, with its unit or without."""
    marked, fields = scene.marked, scene.form.fields
    for field in fillable(scene.form).numbers:
        size = fields.get(field.per or "") if field.unit == "元" else None
        if not isinstance(size, NumberField) or (needs := scene.needs(size)) is None:
            continue
        beside = {
            field.id,
            size.id,
            *(name for name, _ in needs),
            *((size.when.field,) if isinstance(size.when, Says) else ()),
        }
        for match in _sizes_paid_for(marked):
            named = any(
                match.start() - hit.end <= _FEE_NEAR
                and any(sense.field.id in beside for sense in hit.of("label", "yes"))
                for hit in marked.labels_before(match.start(), 4)
                if hit.start >= marked.sentence_start(match.start())
            )
            group = "size" if match["size"] else "of"
            number = read_number(match[group])
            if not named or number is None or number < _SMALLEST or _NOT_PAID.search(match[0]):
                continue
            yield Candidate(
                size.id, check(number, size.unit, size), match.start(group), match.end(), 100, "按这个面积交的", needs
            )  # fmt: skip


_SMALLEST = 100
"""No fee is paid for less: 按40交 is a price."""


def _recounted(scene: Scene) -> Iterator[Candidate]:
    """柴发改成6台: as many times what one of them has, as it was said before (4台 单台一千千瓦)."""
    marked, form = scene.marked, scene.form
    for hit in marked.labels:
        for sense in hit.of("label"):
            for field in (*fillable(form).counted(sense.field.id), sense.field):
                known = scene.before.get(field.id)
                if not isinstance(field, NumberField) or field.unit != "千瓦" or known is None:
                    continue
                said = _EACH_SAID.search(known.source)
                inner = list(amounts(marked, hit.end, min(hit.end + 12, marked.sentence_end(hit.start))))
                count = inner[0] if inner and inner[0].unit in ("台", "个", "组") and inner[0].number else None
                each = read_number(said["each"]) if said else None
                if count is None or count.number is None or each is None or len(inner) > 1:
                    continue
                yield Candidate(
                    field.id, check(count.number * each, field.unit, field), hit.start, count.end, 84, "台数变了",
                    certainty="derived", unsure=True, how="own")  # fmt: skip
