"""A number after a word of correction, with no name of its own: 更正620."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import CUE, FIRM_CUE
from dialogs.understanding.fillable import fillable
from dialogs.understanding.known_numbers import known_numbers, value_before
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.not_so import NOT_SO, is_denied
from dialogs.understanding.once import once
from dialogs.understanding.rows import rows_of
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import amounts, is_of_each, is_old, measured_once, overtaken
from dialogs.understanding.within.growth import grown
from dialogs.understanding.within.units import with_unit
from model.fields import CodeField, ContactField, PhoneField, YesNoField
from model.values import Words, YesNo


def _in_place_of(marked: Marked, at: int) -> Decimal | None:
    """The number whose place the one here takes."""
    return next((pair.old.number for pair in grown(marked) if pair.new.start == at), None)


def _of_a_row(scene: Scene, at: int) -> bool:
    """Whether a thing that a table lists is named right before this place."""
    before = scene.marked.said(max(0, at - _NEAR), at).rstrip(" :,是改成为的有")
    return any(
        isinstance(cell, Words) and len(cell.text) > 1 and before.endswith(cell.text[-2:])
        for table in fillable(scene.form).tables
        for row in rows_of(scene.before, table)
        for cell in row.values()
    )


_NEAR, _CUE_BEFORE = 12, 8
_UNCHANGED = re.compile(
    rf"[^\s,。;\d]{{0,3}}(?:\s?[和跟与、]\s?{NUMBER}[^\s,。;\d]{{0,3}})?\s?(?:都|也|均|还是|仍)?(?:不变|不改|不动|不用改|没变|照旧)"
)
"""报的800和1250都不变."""

_IN_UNITS = re.compile(r"(?:公里|千米|里)数?(?![\d])[^\d。;]{0,12}$")
_ONE_OF_THEM = re.compile(r"(?:其中|里头|里面|还有|另有|有)(?:的)?$")
_HOME = re.compile(r"(?:[新旧老]房子?|新家|房号|房间号?|门牌号?|单元|[栋幢室])(?:应?该?是|写|改成?|为|:){0,2}\s?$")
"""更正 新房502: the number of a home."""
_COUNTED = re.compile(r"[根支盏辆头张条组把桌棵颗件股排号楼层巷弄村队]")
"""直流桩改成6根: counted in what no field is."""


@once
def _correcting(marked: Marked) -> list[tuple[Piece, bool]]:
    """The pieces with a word of correction in them or just before them, and whether it means nothing else."""
    return [
        (piece, bool(FIRM_CUE.search(marked.text, max(0, piece.start - _CUE_BEFORE), piece.end)))
        for piece in marked.pieces
        if CUE.search(marked.text, piece.start, piece.end)
        or CUE.search(marked.text, max(0, piece.start - _CUE_BEFORE), piece.start)
        or piece.start <= _judged(marked) <= piece.end
    ]


@once
def _judged(marked: Marked) -> int:
    """Where the only number of a message ends for which another one is found unfit (太大了 400就行, 设计院说要800); else -1."""
    judged = _JUDGED.fullmatch(marked.text)
    return judged.end("number") if judged and not marked.labels else -1


_EXPERT = (
    r"(?:设计院|设计|供电[所局]?|供电公司|电力局|水厂|自来水公司|热力公司?|燃气公司"
    r"|电工|水工|师傅|工程师|工人|老板|领导|技术员|会计|人家|他们?)"
)
_SAYS = (
    r"(?:[那这]边|的人?|上)?(?:核算|核|算|看)?(?:下来|过|了|完)?(?:也|又|刚才?|后来|今天)?"
    r"(?:说|讲|让|叫|建议|要求|给算|算|核|嫌|定)(?:的|了|是|着|我们?|咱们?|俺)?"
)
_UNFIT = (
    r"(?:[那这]个?|这么|那么)?(?:有点|稍|偏|太|嫌|过|还是|也|怕)*(?:大|小|多|少|高|低|富裕|浪费|保守|够呛)了?(?:点|些)?"
    r"|用不[了着上完](?:[那这]么)?[多大]?|(?:怕|还是|也)?不够用?|没[那这]么[大多]|用不到"
)
_JUDGED = re.compile(
    rf"(?:(?:哦|哎|唉|对了|那个|刚才?(?:[报写说填]的)?)[\s,]{{0,2}})?"
    rf"(?:(?:{_EXPERT}{_SAYS})[\s,]{{0,2}}(?:{_UNFIT})?|(?:{_UNFIT}))[\s,]{{0,2}}"
    rf"(?:[我俺咱]们?)?(?:那|就|还是|得|要|该|应该?|让|叫|给|建议|最好|至少|起码|先|只|再|直接){{0,3}}(?:报|要|写|填|按|上|用|装|弄|来|是)?(?:到|成|个)?\s?"
    rf"(?P<number>{NUMBER})\s?(?:个)?(?:千瓦|千伏安|kw|kva|吨|方)?"
    r"(?:就|也|才|足|都)?(?:行|够|可以|好|中|合适|成|差不多|保险|用)?(?:了|吧|的|啦|用)*[\s。,]?(?:就?听(?:他|人家|设计院)们?的)?[\s。]?",
    re.IGNORECASE,
)


def _beside_yes(label: Hit, atom: Atom) -> YesNoField | None:
    """The yes beside which this number is asked."""
    fields = [one.field for one in label.of("label")]
    counted = [one for one in fields if isinstance(one, YesNoField) and one.count_unit and one.count_unit == atom.unit]
    return counted[0] if len(counted) == len(fields) == 1 and atom.number else None


def _other_unit(marked: Marked, piece: Piece, atom: Atom) -> bool:
    """Whether the number is said to be one of kilometres and the like, of which the last number told is none."""
    return bool(_IN_UNITS.search(marked.text, max(marked.sentence_start(piece.start), atom.start - 16), atom.start))


def _numbered(label: Hit) -> bool:
    """Whether what this is the name of may have a number of things beside it."""
    return not all(isinstance(one.field, PhoneField | ContactField | CodeField) for one in label.of("label"))


_ONE_MORE = ("一个", "1个")


def put_right(scene: Scene, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """A number after a word of correction, with no name of its own: the last number of its unit."""
    marked = scene.marked
    denied = {read_number(match[1]) for match in NOT_SO.finditer(marked.text)}
    for piece, firm in _correcting(marked):
        for atom in amounts(marked, piece.start, piece.end):
            if is_denied(scene, atom.start) or overtaken(marked, atom) or is_old(marked, atom.start):
                continue
            if atom.text in _ONE_MORE and not CUE.search(marked.text, piece.start, piece.end):
                continue  # 电视改两台 房里也来一个
            if is_of_each(marked, atom.start, atom.end) or _of_a_row(scene, atom.start):
                continue
            if _ONE_OF_THEM.search(marked.said(max(piece.start, atom.start - 4), atom.start)) and any(
                other.unit == atom.unit for other in amounts(marked, piece.start, atom.start)
            ):
                continue  # 得两部 还有一部要接送药的电话
            if _UNCHANGED.match(marked.text, atom.end) or (not atom.unit and _COUNTED.match(marked.text, atom.end)):
                continue  # 更正 猛火灶4: a row of the table has it
            if not atom.unit and _HOME.search(marked.text, max(0, atom.start - 6), atom.start):
                continue
            label = marked.label_before(atom.start)
            if not atom.unit and (atom.text[:2].isdigit() and atom.text[0] == "0" or _other_unit(marked, piece, atom)):
                continue  # 他是0753; 公里数应为1.53
            if not atom.unit and label and label.start >= piece.start and not _numbered(label):
                continue  # 电话末位应为3
            if label and label.start >= marked.sentence_start(atom.start) and (told := _beside_yes(label, atom)):
                yield Candidate(
                    told.id, Understood(YesNo(yes=True, count=int(atom.number or 0))), atom.start, atom.end, 90,
                    f"“{label.text}”旁边的数",
                )  # fmt: skip
                continue  # 公租房不是0,是18户
            own = [one.field.id for one in label.of("label")] if label and atom.start - label.end <= 2 else []
            near = sorted((one for one in taken.values() if one.end <= atom.start), key=lambda one: -one.end)
            known = [one for one in known_numbers(scene) if firm or one[0].id in scene.before]
            if (old := _in_place_of(marked, atom.start)) is not None and (
                held := [one for one in known if value_before(scene, *one).number == old]
            ):
                known = held  # 45改36
            known = [one for name in near for one in known if one[0].id == name.field] or known
            for field, value in known:
                if denied and value_before(scene, field, value).number not in denied:
                    continue  # 除臭不是15 是18: a part of the load, and no answer
                if (own and field.id not in own) or ("原" in field.called and not own):
                    continue  # it has a name of its own; what there was before is not changed by what is to be
                found = measured_once(marked, field, atom if field.units else with_unit(scene, field, atom))
                if (
                    found is None
                    or not isinstance(found.reading, Understood)
                    or found.reading.value == value == value_before(scene, field, value)
                ):
                    continue
                if atom.unit or not field.units or value.unit:
                    reading = found.reading if atom.unit else check(atom.number or Decimal(0), value.unit, field)
                    yield Candidate(field.id, reading, atom.start, atom.end, 35, "改刚才的数", how="own")
                    break
