"""The day on which somebody may come: told from days that are taken, and from what else has a day."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.asking import asks
from dialogs.halves import AFTERNOON, BOTH, MORNING, plain_halves
from dialogs.kinds import date as dates
from dialogs.moments import read_moment
from dialogs.numerals import read_number
from dialogs.reading import Partial, Reading, Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.span import Span
from dialogs.understanding.within.dates import rests
from model.calendar import CHINA
from model.fields import DateField
from model.values import Day

_SCORE = 96
_N = r"[\d一二三四五六七八九十]{1,3}"
_WEEKDAY = r"(?:下下个?|下个?|这个?|本)?(?:周的?(?=周))?(?:周|星期|礼拜)[一二三四五六日天末](?!大扫|年)"
_DAY = re.compile(
    rf"(?:\d{{4}}[年.-])?(?:今年|明年)?{_N}月(?:份)?{_N}[号日好]?(?=\D|$)|{_N}月(?P<vague>初|份|底|末|中旬|里)"
    rf"|(?:(?:这个月|本月|当月|下个?月)的?)?(?<![\d路街巷道村组园院区弄第大小粗细])(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[号日](?![楼院铺门表线柱机商店厂房车库井棚地段路室台\d])"
    rf"|(?<![\d.])\d{{1,2}}(?=上午|下午)|(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/])"
    rf"|(?:(?<=[约到定在:])|(?<![\d.])(?=\d{{1,2}}\.\d{{1,2}}\s?(?:[上下]午|[号日]|早上)))(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|0?[1-9])[号日]?(?![\d.万千百元米平吨兆户个台方立])"
    rf"|大后[天儿日]|(?<!以)(?<!之)(?<!今)(?<!午)后[天儿日]|[明今][天儿日]|[明今](?=早|晚)|(?:这个?|本|下个?)?月底|{_WEEKDAY}"
)
_HALF = re.compile(
    rf"上午|下午|早上|早晨|{MORNING}|清早|一早|(?<=[明今])早|中午|{AFTERNOON}|傍晚|(?<=[明今])晚|晚上|(?<![A-Z])[AP]M(?![A-Z])"
    r"|(?:下班(?=之?前)|放学)(?=[之]?[前后](?:$|[ ,。;]|过?来|上门|到))|(?:吃过?|过)了?(?:中午?饭|午饭)"
    r"|(?:[\d一二两三四五六七八九十]{1,3})点(?!火)(?:半|钟|一刻|[\d]{1,2}分?)?"
    r"|(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?<!\d)\d{1,2}时(?![间常段])"
)
_CALLED = {"AM": "上午", "PM": "下午", "一早": "早上", "早": "早上", "晚": "晚上", "下班": "下午", "放学": "下午"}
_WHOLE = re.compile(BOTH)
_BUSY = re.compile(
    r"没人|没空|没时间|有事|出差|进货|上课|有课|看病|医院|撞了|(?<!行)不行|不在|要上班|我上班|来不了|赶不上|不方便|不得空|开会|扫除|别来|不来|不要来|"
    r"考试|要验|办喜事|喝喜酒|加班|值班|不成|不中|停课|走不开|没法|不合适|太晚|来不及|放假不"
)
_EVENT = re.compile(
    r"^[号日]?\s?(?:之?前(?![半晌])|以前|以后|之后|后(?![半晌])|起|就?(?:要|得|准备|打算|是)?(?:开业|开学|开张|开门|开园|开漂|开工|营业|交房|搬|进场|撤|入住|到期|截止|拆|成立|注册|签|放假|结婚|用上|通上|"
    r"要用|开工|竣工|完工|交付|办的|发的|下证|给你|补|交|送|发你|发给|盖|寄|退租|用))"
)
_OTHER = re.compile(
    r"(?:用到|租到|住到|截至|截止|到(?!\s)|成立|注册|自|从|期限|有效期|开业|生日|出生|计划|拟|备案)(?:于|时间|日期)?\s?[:是]?\s?$"
)
_EXCEPT = re.compile(r"(?:除了?|除开|避开|别在?|不要在?|不能在?)$")
"""Before a day on which nobody may come: 除了周一哪天都行."""
_COMES = re.compile(
    r"来|上门|约|在家|有人|[我都]在|看|装|接|收|抄|量|行|可以|方便|有空|得空|休|派|等|碰|定|改|挪|推|换|吧|在店|到场"
)
_SHIFT = re.compile(
    r"(?:往后|推后|推迟|延后|晚|顺延|再推|后推)(?:推|延|挪|个)?(?P<later>[一两二三四五六七\d])天"
    r"|(?:往前|提前|提早|早)(?:推|挪|个)?(?P<sooner>[一两二三四五六七\d])天|(?P<before>前一天|头一天|头天)|(?P<after>后一天|第二天|转天|次日)"
)
_HANDED_IN = re.compile(r"\s?(?:再|才|能|就|我)?(?:给|交|补|送|发|拿|寄|带|下来|办好|盖好)")
"""委托书晚两天给你们: the day of the visit stays."""
_SAME = re.compile(r"照旧|不变|一样|还是(?:那个|原来)")


@dataclass(frozen=True, slots=True)
class _Said:
    """A day as it is said, and where what is said of it ends."""

    text: str
    start: int
    end: int
    until: int


def appointments(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The last day that suits, of all that are named; with the half of the day that suits."""
    for field in fields.dates:
        if not field.halves or (needs := scene.needs(field)) is None:
            continue
        found: tuple[Reading, int, int] | None = None
        for said in _days(scene.marked):
            if _suits(scene, field, said):
                reading, end = _read(scene, field, said)
                whole = found is not None and isinstance(found[0], Understood) and isinstance(reading, Partial)
                if isinstance(reading, Understood | Partial) and not whole:
                    found = (reading, said.start, end)
        found = _shifted(scene, field) or found or _other_half(scene, field)
        if found is not None:
            reading, start, end = found
            moved = _moved(scene, field, reading, start)
            reading = moved or reading
            unsure = moved is not None or rests(scene, field, reading)
            yield Candidate(field.id, reading, start, end, _SCORE, "约的日子", needs, unsure=unsure)


@once
def _days(marked: Marked) -> list[_Said]:
    """The days of the message, the same one said twice (3日 周五) as one."""
    closed = bytearray(len(marked.text))
    numbers = [one for one in marked.atoms if one.shape != "amount"]
    taken: list[Span] = [*marked.places, *marked.firms, *numbers]
    for span in taken:
        closed[span.start : span.end] = b"\x01" * (span.end - span.start)
    found = list[_Said]()
    hits = [one for one in _DAY.finditer(marked.text) if 1 not in closed[one.start() : one.end()]]
    month = ""
    for at, one in enumerate(hits):
        if one["vague"]:
            month = one[0].removesuffix(one["vague"]) if one["vague"] in "初份里" else month
            if one["vague"] not in ("底", "末"):
                continue
        until = hits[at + 1].start() if at + 1 < len(hits) else len(marked.text)
        hard = re.compile(r"[。;\n]").search(marked.text, one.end(), until)
        until = hard.start() if hard else until
        text = f"{month}{one[0]}" if month and re.fullmatch(rf"{_N}[号日]", one[0]) else one[0]
        text = f"{text}号" if text.isdecimal() else text.replace("好", "号")
        month = "" if one["vague"] is None else month
        gap = marked.said(found[-1].end, one.start()) if found else ""
        if found and re.fullmatch(r"\s?[(,]?\s?(?:是|就是)?", gap) and _alike(found[-1].text, one[0]):
            last = found[-1]
            found[-1] = _Said(last.text, last.start, one.end(), until)
        else:
            found.append(_Said(text, one.start(), one.end(), until))
    return found


def _alike(one: str, other: str) -> bool:
    """Whether one is a day of the week and the other is not: they say the same day."""
    return bool(re.search(r"周|星期|礼拜", one)) != bool(re.search(r"周|星期|礼拜", other))


def _suits(scene: Scene, field: DateField, said: _Said) -> bool:
    """Whether somebody may come on that day: nobody is busy, and nothing else happens on it."""
    marked = scene.marked
    before, behind = marked.said(max(0, said.start - 8), said.start), marked.said(said.end, said.until)
    if _EXCEPT.search(before):
        return False
    if (_EVENT.match(behind) and not _HALF.match(behind)) or (
        _OTHER.search(before) and not re.search(r"[改挪推换延移]到\s?$|约\S{0,3}$", before)
    ):
        return False
    piece = re.split(r"[ ,、]", behind, maxsplit=1)[0]
    if _BUSY.search(piece) and not _half(behind):
        return False
    if scene.focused == field.id or _half(behind) or _WHOLE.search(behind):
        return True
    return bool(_COMES.search(behind[:16]) or re.search(r"约|上门|来|踏勘|看现场|[改挪推换]", before))


def _half(behind: str) -> str:
    """The half of the day that suits, as it is said: not one on which somebody is busy (上午没人 下午来)."""
    found = list(_HALF.finditer(behind))
    for at, one in enumerate(found):
        until = found[at + 1].start() if at + 1 < len(found) else len(behind)
        if not _BUSY.search(re.split(r"[,。]", behind[one.end() : until])[0][:10]):
            more = found[at + 1] if at + 1 < len(found) and found[at + 1].start() <= one.end() + 1 else None
            said = _CALLED.get(one[0]) or ("下午" if one[0].endswith("饭") else plain_halves(one[0]))
            return said + (more[0] if more and "点" in more[0] and "点" not in said else "")
    return ""


def _read(scene: Scene, field: DateField, said: _Said) -> tuple[Reading, int]:
    marked = scene.marked
    behind = marked.said(said.end, said.until)
    half = _half(behind)
    if _WHOLE.search(behind) and (not half or re.search(r"上(?:午|半天)(?:和|、|,)?下(?:午|半天)|上下午", behind)):
        reading = dates.parse(f"{said.text}全天", field, scene.context)
        if isinstance(reading, Understood) and isinstance(reading.value, Day):
            reading = Understood(Day(date=reading.value.date))
        return reading, said.end
    if not half:
        before = re.search(r"(上午|下午)\s?$", marked.said(max(0, said.start - 4), said.start))
        half = before[1] if before else ""
    agreed = _agreed(scene, field)
    if not half and agreed is not None and agreed.half and _SAME.search(behind):
        half = agreed.half
    first = _HALF.search(behind)
    return dates.parse(f"{said.text}{half}", field, scene.context), said.end + (first.end() if first else 0)


def _agreed(scene: Scene, field: DateField) -> Day | None:
    """The day that was agreed before this message."""
    kept = scene.before.get(field.id)
    return kept.value if kept is not None and isinstance(kept.value, Day) else None


def _moved(scene: Scene, field: DateField, reading: Reading, start: int) -> Reading | None:
    """The half of the day that was agreed, where the appointment is put on another day: 16号有事 推到17号吧."""
    agreed = _agreed(scene, field)
    before = scene.marked.said(max(0, start - 4), start)
    if not isinstance(reading, Partial) or agreed is None or not re.search(r"[改挪推换延移调]", before):
        return None
    day = dt.date.fromisoformat(reading.about["day"])
    return Understood(Day(date=day, half=agreed.half))


def _other_half(scene: Scene, field: DateField) -> tuple[Reading, int, int] | None:
    """The other half of the day that was agreed: 改下午, 上午没空 下午来."""
    text, agreed = scene.marked.text, _agreed(scene, field)
    if agreed is None or len(text) > _SHORT or _days(scene.marked) or not _CHANGES.search(text):
        return None
    half = _half(text)
    if half[:2] not in ("上午", "下午", "早上") or asks(text):
        return None
    return dates.parse(f"{agreed.date.isoformat()}{half}", field, scene.context), 0, len(text)


_SHORT = 20
_CHANGES = re.compile(r"[改换挪调推]|还是|不行|没空|没人|有事|不在|吧$")


def _shifted(scene: Scene, field: DateField) -> tuple[Reading, int, int] | None:
    """A day counted from another one: of the message (25号搬家 前一天来), else from the one that was agreed."""
    marked = scene.marked
    shift = next(iter(_SHIFT.finditer(marked.text)), None)
    if shift is None:
        return None
    behind = marked.said(shift.end(), marked.sentence_end(shift.start()))
    if _HANDED_IN.match(behind):
        return None
    agreed = _agreed(scene, field)
    now = scene.context.now.astimezone(CHINA)
    named = [one for one in _days(marked) if one.end <= shift.start()]
    moment = read_moment(named[-1].text, now) if named else None
    day = moment.date if moment else agreed.date if agreed else None
    put_off = moment is not None and agreed is not None and moment.date == agreed.date  # 周四有事 往后推一天
    if day is None or not (moment is None or put_off or _COMES.search(behind[:12])):
        return None
    count = read_number(shift["later"] or shift["sooner"] or "一")
    day += dt.timedelta(days=int(count or 1) * (1 if shift["later"] or shift["after"] else -1))
    half = _half(behind)
    if not half and agreed is not None and (moment is None or put_off or _SAME.search(behind)):
        return Understood(Day(date=day, half=agreed.half)), shift.start(), shift.end()
    return dates.parse(f"{day.isoformat()}{half}", field, scene.context), shift.start(), shift.end()
