"""Free words: values in the middle of their name (共2期), and what is told of a service that asks for a description."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.kinds.number import check
from dialogs.numerals import read_number
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.goes_on import same_kind
from dialogs.understanding.lexicon import lexicon
from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt, fit
from dialogs.understanding.within.amounts import is_old, measured_once
from dialogs.understanding.within.words import CHAT
from model.fields import AddressField, NumberField, TextField
from model.values import Address, Amount, Words


def cells(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """Values in the middle of their name: 共2期, 恒流牌的, 从一楼挪到二楼."""
    marked, rows = scene.marked, fillable(scene.form).supplies
    for hit in marked.hits:
        for sense in hit.of("cell"):
            field, (start, end) = sense.field, hit.inside
            if (needs := scene.needs(field)) is None or len(needs) > 2:
                continue
            bonus, why = fit(scene, field, hit.start, topic_at)
            said = marked.said(start, end)
            value: Understood | None = None
            if isinstance(field, NumberField):
                if field.id in fillable(scene.form).row_of and is_old(marked, start):
                    field = next((one.old for one in rows if one.new is field and one.old), field)
                    needs = scene.needs(field)
                    if needs is None or "原" not in field.called:
                        continue  # 现在用的是一台160的变压器
                value, end = _number(marked, field, start, end)
            elif isinstance(field, TextField):
                said = _PUT_IN.sub("", _without_names(marked, said))
                odd = CHAT.search(said) or _SENTENCE.search(said) or _NO_MAKE.match(marked.text, hit.end)
                value = None if odd else Understood(Words(text=said))
            elif isinstance(field, AddressField) and not _VAGUE.fullmatch(said):
                value = Understood(Address(text=said))
            if value is not None:
                yield Candidate(
                    field.id, value, start, end, 54 + bonus, f"“{hit.text}”，{why}", needs, group=(str(hit.start),)
                )


def _without_names(marked: Marked, said: str) -> str:
    """天罡, of 热表天罡牌: without the name of another field before it."""
    first = next(iter(lexicon(marked.form).scan(said)), None)
    return said[first.end :] if first and first.start == 0 and first.of("label") and first.end < len(said) else said


_SENTENCE = re.compile(r"[我你他们没]|有|还是|[这那][个栋]|装[了好上]|^\d+号?$")
_PUT_IN = re.compile(r"^(?:这次|这回|本次|现在|新|都|我们)*(?:装|用|选|买|上)的(?:都?是)?(?=..)")
"""这次装的恒泽牌."""
_NO_MAKE = re.compile("[号照坊楼位匾]")
"""17号楼的门牌号: no make."""
_VAGUE = re.compile(r"[前后里外上下左右这那旁][面边头]|[这那]里?|外地|老家|别处")
"""No place anybody could find: 从前面搬到后院."""


def _number(marked: Marked, field: NumberField, start: int, end: int) -> tuple[Understood | None, int]:
    """The number in its name, with the unit that may stand behind it (长1.2公里), and where it ends."""
    amount = next((one for one in marked.amounts[1] if one.start <= start < one.end and one.end >= end), None)
    if amount is not None:
        found = measured_once(marked, field, amount)
        reading = found.reading if found else None
        return (reading if isinstance(reading, Understood) else None), amount.end
    number = read_number(marked.said(start, end))
    reading = check(number, field.unit, field) if number is not None else None
    return (reading if isinstance(reading, Understood) else None), end


def descriptions(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """A service's description in free words, where its section asks for one and nothing else: 有线 住宅756户."""
    marked = scene.marked
    for field in fields.described:
        section = scene.form.section_of[field.id]
        option = scene.option_of(section)
        if option is None or not scene.open(field):
            continue
        if (needs := scene.needs(field)) is None:
            continue
        if scene.chosen == {option} and (run := _counted(marked)) is not None:
            said = marked.said(*run).strip(" :,、")
            yield Candidate(field.id, Understood(Words(text=said[: field.most])), *run, 46, "只办这一项，说的是概况")
        for _start, end, options in scene.marked.services:
            if option not in options:
                continue
            words = _words_behind(marked, end)
            if words is not None and topic_at(words[0]) is section:
                start, last = words
                said, same = with_homes(scene, _ABOUT_IT.sub("", marked.said(start, last)).strip(" :,、"))
                if same or re.search(r"\d", said) or _counts_homes(marked, start, last):
                    yield Candidate(
                        field.id,
                        Understood(Words(text=said[: field.most])),
                        start,
                        last,
                        47,
                        "这一项的概况",
                        needs,
                        "derived" if same else "said",
                        unsure=same,
                        how="own",
                    )


_HOMES = ("户", "间", "床", "张", "套", "栋", "幢", "层")
_THINGS = (*_HOMES, "铺", "家", "点", "个", "台", "桌")


_SAME_HOMES = re.compile(
    r"(?:覆盖)?户(?:数)?(?:也|就|都)?(?:(?:跟|和|与|同|按|照)(?:上面?|前面?|通信|燃气|气|网|那边|宽带|光纤)(?:的|那个?)?"
    r"(?:一样|相同|一致|的数)?|同数|一样|相同|一致)(?=$|[\s,。;])"
)


def with_homes(scene: Scene, said: str) -> tuple[str, bool]:
    """住宅,户数同上: with the number of homes that was told of another service, and whether there is one."""
    if not (same := _SAME_HOMES.search(said)):
        return said, False
    known = [
        answer.value
        for name, answer in scene.answers.items()
        if isinstance(answer.value, Amount) and answer.value.unit == "户" and scene.form.fields[name].need == "required"
    ]
    if not known:
        return said, False
    homes = format(known[-1].number.normalize(), "f")
    return f"{said[: same.start()]}{homes}户{said[same.end() :]}", True


def _counts_homes(marked: Marked, start: int, end: int) -> bool:
    """看电视 也是这九十六户."""
    return any(start <= one.start < end and one.unit in _HOMES for one in marked.amounts[1])


@once
def _counted(marked: Marked) -> tuple[int, int] | None:
    """The sentence that counts what the project has: 客房一百三十六间,每间一个点. From its first words to its last number."""
    counts = [one for one in marked.amounts[1] if one.unit in _THINGS]
    if not any(one.unit in _HOMES or any(home in one.text for home in _HOMES) for one in counts):
        return None
    start = marked.sentence_start(counts[0].start)
    labels = [one.end for one in marked.labels if start <= one.start < counts[0].start and one.end > start + 4]
    pieces = marked.pieces_to(start, marked.sentence_end(counts[0].start))
    told = [one for one in pieces if any(one.start <= each.start < one.end for each in counts)]
    begin = next(
        (
            one.start
            for one in pieces
            if one.end > told[0].start - _AHEAD and not _ABOUT_PAPERS.search(marked.text, one.start, one.end)
        ),
        told[0].start,
    )
    said = marked.said(begin, told[-1].end)
    return None if asks(said) or labels else (begin, told[-1].end)


_AHEAD = 12


_SIZE = Sought(
    r"(?:DN|PE|DE|De|[φΦ])\s?\d{2,4}(?!\d)|\d{2,4}的?(?:PE|pe|钢|铸铁|塑料|水|给水)管|(?:管径|口径|直径|粗细)[是为]?\s?\d{2,4}"
    r"|(?:[四六]分|[一二两]寸|[一二两三四五六]百[一二两三四五六七八九]?十?五?)[的嘞哩]?(?:PE|pe|钢|铸铁|塑料|水|给水)?管"
)
_MANY = r"(?:\d|[一二三四五六七八九十百两])[\d.一二三四五六七八九十百千两多来几]{0,8}"
_LENGTH = rf"{_MANY}(?:米|公里|(?:km|KM|m|M)(?![A-Za-z\d²³]))"
_PIPE = Sought(
    rf"(?:水管|管子|管线|管道|管|电缆|架空线|线路)(?:子|要|得|接|进来|过来|大约|大概|约|总长|全长|长|有|是|差不多|[拢总一]?共|[\s个]){{0,6}}{_LENGTH}|{_LENGTH}的?长?的?(?:水管|管|电缆)"
)
_LONG = re.compile(
    rf"^(?:大约|大概|约[摸莫]?|图纸?上|现场|实际?[测量]?|拉尺|量[的得]?|总长度?|全长|管长|长度?|长|差不多|[一总拢]?共|估[计摸]着?|距离|[挪移迁埋铺]|\s){{0,4}}{_LENGTH}(?:长|左右|上下|多点?|出头|的|吧)?$"
    rf"|^从[^,。;]{{1,14}}?[到至][^,。;]{{1,10}}?{_LENGTH}(?:长|左右|上下|的|吧|远)?$"
)


def sizes(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """How long and how wide pipes are, where the form asks for it in free words: 水管60米 63的PE管, DN50 约长一百二十米."""
    marked = scene.marked
    for field in fields.sized:
        needs = scene.needs(field)
        if needs is None or (run := sized(marked)) is None or _is_told(scene, field, marked.said(*run)):
            continue
        section = topic_at(run[0])
        if section is not None and any(isinstance(one, NumberField) and one.unit == "米" for one in section.fields):
            continue  # ducts have cells of their own
        said = marked.said(*run).strip(" ,、/")
        yield Candidate(
            field.id, Understood(Words(text=said[: field.most])), *run, 45, "管子的长短粗细", needs, group=(BESIDE,)
        )


def _is_told(scene: Scene, field: TextField, said: str) -> bool:
    """Whether as much was told before."""
    kept = scene.before.get(field.id)
    return kept is not None and (not isinstance(kept.value, Words) or same_kind(kept.value.text, said))


@once
def sized(marked: Marked) -> tuple[int, int] | None:
    """From the first to the last of the pieces, side by side, that tell a size of a pipe or its length."""
    found, aside = list[Piece](), 0
    for piece in marked.pieces:
        said = marked.said(piece.start, piece.end)
        if (_SIZE.search(said) or _PIPE.search(said) or _LONG.search(said)) and not _ABOUT_PAPERS.search(said):
            found.append(piece)
            aside = 0
        elif found and aside < _MOST_ASIDE and len(said) <= _AHEAD:
            aside += 1  # 口径DN80,调压箱接到机房,75米长
        elif any(_is_size(marked, one) for one in found):
            break
        else:
            found, aside = [], 0
    told = any(_is_size(marked, one) for one in found)
    if not told or not re.search(r"管|米|公里|\d(?:km|m)", marked.said(found[0].start, found[-1].end)):
        return None  # 水表DN20
    start, end = found[0].start, found[-1].end
    if max(one.end - one.start for one in (found[0], found[-1])) > _RUN_ON:
        told_at = [
            one.span() for pattern in (_SIZE, _PIPE, _LENGTHS) for one in pattern.finditer(marked.text, start, end)
        ]
        start, end = min(first for first, _ in told_at), max(last for _, last in told_at)
    return start, end


_LENGTHS, _MOST_ASIDE, _RUN_ON = re.compile(_LENGTH), 2, 20
"""A longer piece, without a sign in it, says more than the size: 光挪管道表还在老地方管子DN50的四五十米长."""


def _is_size(marked: Marked, piece: Piece) -> bool:
    said = marked.said(piece.start, piece.end)
    return bool(_SIZE.search(said) or _PIPE.search(said))


@once
def _words_behind(marked: Marked, at: int) -> tuple[int, int] | None:
    """From the first to the last words behind this place in its sentence that say something."""
    stop = marked.sentence_end(at - 1)
    pieces = marked.pieces_to(at, stop)
    first = next((max(one.start, at) for one in pieces if _tells(marked, one, at, stop)), None)
    last = next((one.end for one in reversed(pieces) if _tells(marked, one, at, stop)), None)
    return (first, last) if first is not None and last is not None else None


def _tells(marked: Marked, piece: Piece, at: int, stop: int) -> bool:
    if not (at <= piece.start and piece.end <= stop or piece.start < at < piece.end):
        return False
    return (
        len(marked.said(max(piece.start, at), piece.end).strip(" :,")) >= _SHORTEST
        and _ABOUT_PAPERS.search(marked.text, piece.start, piece.end) is None
    )


_SHORTEST = 2
_ABOUT_IT = re.compile(r"^(?:这块|那块|这边|方面|的话)?[\s:,、]*")


_ABOUT_PAPERS = re.compile(r"图纸|材料|资料|文件|一块|一起|也报|新装|报装|怎么|多少|啥|什么|后面|回头|\?|吗")
