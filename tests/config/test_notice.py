"""The yearly notice: read as it was published, printed and read again, and every way in which it can be mistaken (R31)."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.calendar_sheet import calendar_sheet, read_calendar_sheet
from bot.unread_words import unread_said
from config.calendar import national_calendar
from config.holidays.entry import Reading
from config.holidays.notice import printed, read_notice
from handlers.wording.catalogue import Catalogue
from model.arrangement import FEASTS, Arrangement, Feast, Span, calendar_under, changed_days, governed, year_of
from model.unread import Unread
from tests.shipped import shipped

# The days of the notices are facts; the words round them are those that notices have.
NOTICES = {
    2026: """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府：
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
2025年11月4日""",
    2025: """现将2025年元旦的安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2024: "国务院办公厅关于2024年部分节假日安排的通知 一、元旦：1月1日放假，与周末连休。二、春节：2月10日至17日放假调休，共8天。"
    "2月4日（星期日）、2月18日（星期日）上班。鼓励安排职工在除夕（2月9日）休息。三、清明节：4月4日至6日放假调休，共3天。"
    "4月7日（星期日）上班。四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。"
    "五、端午节：6月10日放假，与周末连休。六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。"
    "七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。",
    2019: """2019年部分节假日安排
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
}
GOOD = """2027年放假安排
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。
三、清明节：4月5日（周一）放假。
四、劳动节：5月1日至3日放假。
五、端午节：6月9日放假。
六、中秋节：9月15日放假。
七、国庆节：10月1日至7日放假。"""


def said_of(reading: Reading) -> tuple[str, ...]:
    """What is wrong, in words."""
    catalogue = Catalogue(shipped()["xinxiang"])
    return tuple(unread_said(one, catalogue) for one in reading.wrong)


@pytest.mark.parametrize("year", NOTICES)
def test_a_notice_says_what_the_library_has_of_its_year(year: int) -> None:
    reading = read_notice(NOTICES[year])
    assert reading.wrong == ()
    assert reading.arrangement is not None
    seed = national_calendar()
    assert changed_days(seed, calendar_under(seed, {year: reading.arrangement})) == ()


def test_what_is_passed_over_is_told() -> None:
    reading = read_notice(NOTICES[2026])
    assert reading.arrangement is not None
    assert reading.arrangement.source == "国务院办公厅关于2026年部分节假日安排的通知"
    assert reading.unused == ("国办发明电〔2025〕7号", "各省、自治区、直辖市人民政府:", "2025年11月4日")
    assert "鼓励安排职工在除夕(2月9日)休息" in read_notice(NOTICES[2024]).unused


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("1月1日（周五）", "1月1日（周四）"), "元旦：1月1日写的是周四，2027年1月1日（周五）才对"),
        (("3日（周日）放假，共3天", "3日（周日）放假，共4天"), "元旦：写的是4天"),
        (("2月14日（周日）上班", "2月12日（周五）上班"), "2027年2月12日（周五）写的是上班，它不是周末"),
        (("2月14日（周日）上班", "2月6日（周六）上班"), "2027年2月6日（周六）写放假又上班"),
        (("6月9日放假", "5月3日放假"), "2027年5月3日（周一）写了两次（劳动节、端午节）"),
        (("9月15日放假", "9月31日放假"), "中秋节：没有“9月31日”这一天"),
        (("9月15日放假", "2028年9月15日放假"), "不在2027年的放假安排里"),
        (("9月15日放假", "9月15日放三天假"), "中秋节：“9月15日放三天假”没有看懂"),
        (("10月1日至7日", "10月7日至1日"), "后一天比前一天早"),
        (("10月1日至7日", "10月1日至30日"), "太长了"),
        (("六、中秋节：9月15日放假。", ""), "没有读到：中秋"),
        (("六、中秋节：", "另，"), "没有看懂，不知道是哪个节"),
        (("2027年放假安排", ""), "没有写是哪一年"),
        (("2027年放假安排", "2027年放假安排，2026年元旦"), "写了几个年份：2026年、2027年"),
    ],
)
def test_what_is_mistaken_is_said_and_nothing_is_made_of_it(change: tuple[str, str], said: str) -> None:
    text = GOOD.replace(*change)
    assert text != GOOD
    reading = read_notice(text)
    assert reading.arrangement is None
    assert any(said in line for line in said_of(reading)), said_of(reading)
    assert reading.year == (None if "年份" in said or "哪一年" in said else 2027)
    assert read_notice(GOOD).arrangement is not None


def test_the_year_that_was_chosen_and_the_one_that_is_written() -> None:
    assert said_of(read_notice(GOOD, 2026)) == ("选的是2026年，文字里写的是2027年",)
    assert read_notice(GOOD.partition("\n")[2], 2027).arrangement is not None


@pytest.mark.parametrize(
    "text", ["", "  \n ", "你好", "一、" * 500, "1月1日放假" * 300, "(" * 3000, "一、元旦:" + "1日、" * 2000]
)
def test_nonsense_is_answered(text: str) -> None:
    reading = read_notice(text, 2027)
    assert reading.arrangement is None
    assert all(said_of(reading)) and reading.wrong


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """A year in which every feast has its own fortnight: days off at its beginning, worked weekend days at its end."""
    year = draw(st.integers(2027, 2040))
    begins = governed(year).first
    feasts = []
    for place, name in enumerate(FEASTS):
        first = begins + dt.timedelta(days=50 * place + draw(st.integers(0, 8)))
        spans, at = [], first
        for length in draw(st.lists(st.integers(1, 5), min_size=1, max_size=2)):
            spans.append(Span(first=at, last=at + dt.timedelta(days=length - 1)))
            at += dt.timedelta(days=length + 1)
        after = [at + dt.timedelta(days=one) for one in range(1, 15)]
        weekend = [day for day in after if day.weekday() > 4]
        feasts.append(
            Feast(
                name=name, off=tuple(spans), worked=tuple(sorted(draw(st.sets(st.sampled_from(weekend), max_size=3))))
            )
        )
    title = st.sampled_from([f"国务院办公厅关于{year}年部分节假日安排的通知", f"{year}年放假安排"])
    return Arrangement(year=year, feasts=tuple(feasts), source=draw(title))


@settings(max_examples=25, deadline=None)
@given(arrangements())
def test_what_is_printed_is_read(one: Arrangement) -> None:
    reading = read_notice(printed(one))
    assert (reading.arrangement, reading.wrong, reading.unused) == (one, (), ())
    calendar = calendar_under(national_calendar(), {one.year: one})
    assert all(calendar.is_workday(day) for day in one.worked)
    assert not any(calendar.is_workday(day) for day in one.off)
    assert {year_of(day) for day in one.off | one.worked} == {one.year}


def test_the_sheet_is_read_as_it_is_made() -> None:
    one = read_notice(GOOD).arrangement
    assert one is not None
    reading = read_calendar_sheet(calendar_sheet(2027, one))
    assert reading.arrangement == one
    empty = read_calendar_sheet(calendar_sheet(2027, None))
    assert empty.arrangement is None
    assert len(empty.unused) == len(FEASTS)
    assert empty.unused[0] == Unread("calendar.no_day", {"name": "元旦"}, 3)
    assert said_of(empty)[0].startswith("没有读到：元旦")
    assert said_of(read_calendar_sheet(calendar_sheet(2027, one), 2028)) == ("选的是2028年，表里写的是2027年",)
    assert "不是 Excel 工作簿" in said_of(read_calendar_sheet(b"abc"))[0]


def test_a_row_that_is_wrong_is_named_by_its_number() -> None:
    book = load_workbook(io.BytesIO(calendar_sheet(2027, None)))
    page = book["放假安排"]
    page["B3"], page["C3"], page["D3"] = "2027-01-01", "2027-01-03", "休"
    page["A4"], page["B4"] = "1月", "2027-02-05"
    page["B5"] = "2027-13-45"
    packed = io.BytesIO()
    book.save(packed)
    told = said_of(read_calendar_sheet(packed.getvalue()))
    assert told[:3] == (
        "第3行：安排写的是“休”，请写放假或上班",
        "第4行：节日写的是“1月”，请写节日的名字，例如春节",
        "第5行：没有“2027-13-45”这一天",
    )


def test_whatever_can_be_wrong_has_words() -> None:
    """The keys are plain strings where they are raised, so that none can be wanting unseen."""
    root, known = Path(__file__).parents[2], shipped()["xinxiang"].messages
    read = [
        *(root / "config" / "holidays").glob("*.py"),
        root / "bot" / "calendar_sheet.py",
        *(root / "bot" / "roster").glob("*.py"),
    ]
    keys = {key for file in read for key in re.findall(r'"((?:calendar|workbook)\.[\w.]+)"', file.read_text("utf-8"))}
    assert len(keys) > 30
    assert keys <= known.keys()


def test_a_year_that_is_uploaded_stands_for_its_own_days_alone() -> None:
    """New Year's weekends of the old year belong to the new year's notice, whichever of the two is uploaded."""
    seed = national_calendar()
    one = read_notice(NOTICES[2019]).arrangement
    assert one is not None
    without = Arrangement(year=2018, feasts=())
    after = calendar_under(seed, {2018: without})
    assert after.is_workday(dt.date(2018, 12, 29))
    assert not after.is_workday(dt.date(2018, 12, 31))
    assert after.is_workday(dt.date(2018, 10, 1))
    assert calendar_under(seed, {2028: one}).last_year == seed.last_year  # 2027 is not there
