"""Days without a name before them, for a field that is asked or whose service is spoken of; appointments are elsewhere."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.kinds import date as dates
from dialogs.reading import Refusal
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt
from model.fields import DateField

_DAY = Sought(
    r"(?<!\d)20\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)|(?<=按)\s?1?\d\.[0-3]?\d(?![\d.万千])|[一二三四五六七八九十]{1,2}月(?:末|底|初)|(?<!\d)\d+月(?:\d+|[底末初]|中旬)|今天|明天|明早|后天|大后天|周|星期|礼拜|(?<!\d)\d+[号日]|月底|下周|这两天|上午|下午|(?<![一二三四五六七八九十])[一二三四五六七八九十]+[号日]"
)
_OF_PAPERS = re.compile(
    r"[能再才就会先去来]交(?!房|付)|送(?![暖热气])|盖章|补[交上齐]|寄|材料|资料|图纸|票据|面积表|打电话|回电|联系"
)
"""When papers come or somebody calls is no date of the form."""
_MEANT = re.compile(r"来|上门|约|在家|有人|看|装|改")
_ANOTHER = re.compile(r"开学|开业|之?前(?!面)|以后|交房")


def days_alone(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """The fields that each day could answer."""
    marked = scene.marked
    for piece in _dated(marked):
        said = marked.said(piece.start, piece.end)
        for field in fields.dates:
            named = _named(marked, field, piece)
            about = named or scene.form.section_of[field.id] is topic_at(piece.start)
            if field.halves or not (field.id == scene.focused or about) or _OF_PAPERS.search(said):
                continue
            if (needs := scene.needs(field)) is None:
                continue
            reading = dates.parse(said, field, scene.context)
            if re.search(r"[上中下]旬", said):
                reading = Refusal("date.vague", {"given": said[:20]})
            if isinstance(reading, Refusal) and reading.code == "date.none":
                continue
            score = 34 + (5 if scene.open(field) else 0) - (0 if about else 4)
            score += 16 if named else 0
            score += (4 if _MEANT.search(said) else 0) - (6 if _ANOTHER.search(said) else 0)
            days = list(_DAY.finditer(said))
            start, end = piece.start + days[0].start(), piece.start + days[-1].end()
            yield Candidate(field.id, reading, start, end, score, "日子", needs)


@once
def _named(marked: Marked, field: DateField, piece: Piece) -> bool:
    """Whether the day is that of the field by what is said behind it: 打算11月15号用暖, 明年6月底备案; and nobody asks."""
    days = list(_DAY.finditer(marked.text, piece.start, piece.end))
    behind = marked.hits_from(days[-1].end(), piece.end) if days else ()
    told = any(one.field is field for hit in behind for one in hit.of("label"))
    return told and not asks(marked.said(piece.start, piece.end + 1))


@once
def _dated(marked: Marked) -> list[Piece]:
    """The pieces that name a day and no place."""
    return [
        piece
        for piece in marked.pieces
        if _DAY.search(marked.text, piece.start, piece.end)
        and not re.search(r"每天|一天|天天|原来|以后才|号楼", marked.said(piece.start, piece.end))
        and not any(one.start < piece.end and piece.start < one.end for one in marked.places)
        and ("月" in marked.said(piece.start, piece.end) or not _of_buildings(marked, piece))
    ]


_COUNTED_ON = re.compile("(?:顺|推|错|延|挪|差|后|前)[了开后]?[一二三两][号个栋]")


def _of_buildings(marked: Marked, piece: Piece) -> bool:
    """Whether what looks like a day is a building: 楼是2号, 也是11到19号, 往后顺一号."""
    built = any(one.shape == "buildings" for one in marked.atoms_from(piece.start, piece.end))
    return built or bool(_COUNTED_ON.search(marked.text, piece.start, piece.end))
