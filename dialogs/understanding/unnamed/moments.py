"""Days without a name before them: an appointment, where the form has one."""

import re
from collections.abc import Iterator

from dialogs.kinds import date as dates
from dialogs.reading import Partial, Reading, Refusal, Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt
from dialogs.understanding.within.dates import rests
from model.fields import DateField
from model.values import Day

_DAY = re.compile(
    r"(?<!\d)\d+月(?:\d+|底|初|中旬)|今天|明天|明早|后天|大后天|周|星期|礼拜|(?<!\d)\d+[号日]|月底|下周|这两天|上午|下午|(?<![一二三四五六七八九十])[一二三四五六七八九十]+[号日]"
)


@once
def _dated(marked: Marked) -> list[Piece]:
    """The pieces that name a day and no place."""
    return [
        piece
        for piece in marked.pieces
        if _DAY.search(marked.text, piece.start, piece.end)
        and not re.search(r"每天|一天|天天|原来|以后才|号楼", marked.said(piece.start, piece.end))
        and not any(one.start < piece.end and piece.start < one.end for one in marked.places)
    ]


def days_alone(scene: Scene, fields: Fillable, topic_at: TopicAt) -> Iterator[Candidate]:
    """A day without a name before it: an appointment, where the form has one."""
    marked = scene.marked
    for piece in _dated(marked):
        said = marked.said(piece.start, piece.end)
        for field in fields.dates:
            about = scene.form.section_of[field.id] is topic_at(piece.start)
            if not (field.halves or field.id == scene.focused or about):
                continue
            if not field.halves and _OF_PAPERS.search(said):
                continue  # 今天能交三样
            if (needs := scene.needs(field)) is None:
                continue
            reading = dates.parse(said, field, scene.context)
            if re.search(r"[上中下]旬", said):
                reading = Refusal("date.vague", {"given": said[:20]})
            whole = marked.said(piece.start, marked.sentence_end(piece.start))
            if (
                field.halves
                and isinstance(reading, Understood)
                and isinstance(reading.value, Day)
                and re.search(r"上午下午|全天|都行|整天|一天都|都可以", whole)
            ):
                reading = Understood(Day(date=reading.value.date))
            elif (
                field.halves
                and isinstance(reading, Partial)
                and reading.want == "half"
                and re.search(r"上午下午|全天|整天", whole)
            ):
                reading = dates.parse(re.sub(r"上午下午都?行?|整天", "全天", whole), field, scene.context)
                if isinstance(reading, Understood) and isinstance(reading.value, Day):
                    reading = Understood(Day(date=reading.value.date))
            if isinstance(reading, Partial) and reading.want == "half" and len(whole) <= 24:
                reading = dates.parse(whole, field, scene.context)
            if field.halves and not isinstance(reading, Understood):
                reading = _simpler(scene, field, said, marked.said(piece.end, piece.end + 10), reading)
            if isinstance(reading, Understood) or ((field.id == scene.focused or about) and not _none(reading)):
                score = 34 + (5 if scene.open(field) else 0) - (0 if about or field.halves else 4)
                score += 4 if re.search(r"来|上门|约|在家|有人|看|装|改", said) else 0
                score += 12 if field.halves and _MOVED.search(marked.text, max(0, piece.start - 3), piece.end) else 0
                score -= 14 if field.halves and _BUSY.search(said) else 0
                score -= 6 if re.search(r"开学|开业|之?前(?!面)|以后|交房", said) else 0
                unsure = rests(scene, field, reading)
                days = list(_DAY.finditer(said))
                yield Candidate(
                    field.id,
                    reading,
                    piece.start + days[0].start(),
                    piece.start + days[-1].end(),
                    score,
                    "日子",
                    needs,
                    unsure=unsure,
                )


_WEEKDAY = re.compile(r"(?:下下|下个?|这个?|本)?(?:周|星期|礼拜)[一二三四五六日天]")


_HALF = re.compile(r"^[\s,]*(上午|下午|早上|中午)?\s?(?:[\d一二两三四五六七八九十]{1,3}点半?)?")


def _simpler(scene: Scene, field: DateField, said: str, after: str, reading: Reading) -> Reading:
    """The day without its weekday, without words beside it, or with the half of the day that follows."""
    days = list(_DAY.finditer(said))
    bare = said[days[0].start() : days[-1].end()]
    both = _WEEKDAY.sub("", said) if re.search(r"\d月\d|\d[号日]", said) else said
    half = _HALF.match(after)
    tries = [both, both + (half[0] if half else ""), bare + (half[0] if half else "")]
    if re.search(r"一整天|整天|全天|一天都", said + after):
        tries.append(bare + "全天")
    for one in tries:
        found = dates.parse(one, field, scene.context)
        if isinstance(found, Understood):
            if one.endswith("全天") and isinstance(found.value, Day):
                return Understood(Day(date=found.value.date))
            return found
    return reading


_MOVED = re.compile(
    r"(?:挪|改|推|换|延|移)(?:到|成|至|为|在)?(?=[\s]*(?:\d|周|下|这|本|礼拜|星期|后天|明天|大后))|不上就"
)


_OF_PAPERS = re.compile(
    r"[能再才就会先去来]交(?!房|付)|送|盖章|补[交上齐]|寄|材料|资料|图纸|票据|面积表|打电话|回电|联系"
)
"""When papers come or somebody calls is no date of the form."""


_BUSY = re.compile(r"没人|没空|有事|出差|进货|上课|看病|撞了|不行|不在|要上班|来不了|赶不上")
"""Words that take a day back."""


def _none(reading: object) -> bool:
    return getattr(reading, "code", "") == "date.none"
