"""`window`, as the hotline types it: a case as it stands, and every act on a caller's behalf; nothing is done half understood."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.editions_cli import office
from bot.keys import vault_of
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from handlers.window_acts import ACTS, window_act
from handlers.window_desk import NotUnderstood, Typed
from model.calendar import CHINA
from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, ProposeSurvey
from model.event import Recorded
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.records.office import Office, filled, steward_of
from tests.routing.county import NOW, jingxian, steward, submission
from tests.routing.desk import Desk

NUMBER = "(JXLB)000001"
HALL = "hall-1"
NEITHER = ("是否安装变压器=否", "是否开通谷峰用电=否")
TOMORROW = NOW + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a case of water and gas, whose gas company nobody knows yet; the window is one of the staff."""
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_handed_in())


async def _handed_in() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["jingxian"]
    staffing = Staffing(database, vault)
    desk = Office(database, Records(database, vault, fold), staffing, county)
    for body, name in (("water_company", "汪清"), ("xinao", "查新"), ("xinao", "查二"), ("ganghua", "方港")):
        who = steward(body, county="jingxian", name=name)
        await desk.hire(who.model_copy(update={"name": name}))
    hall = steward("data_office", county="jingxian", duty="supervisor")
    await desk.hire(hall.model_copy(update={"id": HALL, "name": "窗口甲", "body": next(iter(county.body))}))
    case = await desk.accept(filled(county, "水", "气"))
    who, order = steward_of(case), case.orders[0].id
    for do in (Take(order=order), ReportContact(order=order), ProposeSurvey(order=order, at=TOMORROW)):
        case = await desk.done(case, who, do)
    await database.close()


def window(*words: str) -> int:
    return main(["window", NUMBER, *words])


async def _case() -> Case:
    async with office(Settings()) as here:
        case = await here.casework.numbered("jingxian", NUMBER)
        assert case is not None
        return case


def events() -> list[str]:
    """What the log of the case says, and who did it."""

    async def read() -> tuple[Recorded, ...]:
        async with office(Settings()) as here:
            case = await here.casework.numbered("jingxian", NUMBER)
            assert case is not None
            return await here.casework.events(case.id)

    return [f"{one.event.event} {one.actor.staff or ''}".strip() for one in asyncio.run(read())]


def test_the_case_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert window() == 0
    told = capsys.readouterr().out
    assert told.startswith(NUMBER)
    assert "王示例　13900000001" in told
    assert "用水业务：11月24日（周二）09:30上门看现场（踏勘），等您答复" in told


def test_what_a_caller_wants_is_done_and_the_log_says_by_whom(capsys: pytest.CaptureFixture[str]) -> None:
    given = (
        ("assign", "用气业务", "--body", "新奥燃气", "--steward", "查二", "--words", "地址在新奥的片区"),
        ("phone", "--words", "139 0000 0002"),
        ("urge", "用气业务"),
        ("reply-urge", "用气业务", "--words", "明天上门"),
        ("announce-end", "用气业务", "--words", "三次约不到人"),
        ("keep-on", "用气业务"),
        ("withdraw", "用气业务", "--words", "不办了"),
        ("resume", "用气业务"),
    )
    before = len(events())
    for words in given:
        assert window(*words, "--by", HALL) == 0, (words, capsys.readouterr().err)
    assert "查二" in capsys.readouterr().out
    done = [one for one in events()[before:] if one.endswith(HALL)]
    assert [one.partition(" ")[0] for one in done if not one.startswith(("claim_settled", "clock"))] == [
        "order_assigned",
        "contact_changed",
        "urged",
        "urge_answered",
        "end_announced",
        "kept_on",
        "orders_ended",
        "orders_resumed",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("abolish",), "没有这个动作：abolish；有：assign、withdraw"),
        (("assign", "用气业务"), "没有这个单位：（没写）；有："),
        (("assign", "用气业务", "--body", "水务"), "没有这个单位：水务"),
        (("assign", "用气业务", "--body", "供水公司"), "请指派给办这项业务的单位"),
        (("assign", "用气业务", "--body", "新奥燃气", "--steward", "方港"), "没有这个人，或有几个同名：方港；有：查二"),
        (("assign", "--body", "新奥燃气"), "请写明是哪一项业务：用水业务、用气业务"),
        (("withdraw", "用电业务"), "没有这项业务：用电业务；有：用水业务、用气业务"),
        (("agree", "用水业务"), "这个时间已经过了"),
        (("announce-end", "用水业务"), "请写原因"),
        (("terminate", "用水业务"), "先"),
        (("phone", "--words", "12"), "看不出是哪个电话"),
        (("original", "授权书"), "没有在等这份原件：授权书；在等：没有"),
        (("confirm-decline", "用水业务"), "已经处理过了"),
    ],
)
def test_what_cannot_be_done_says_what_could(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = events()
    assert window(*words, "--by", HALL) == 1
    assert said in capsys.readouterr().err
    assert events() == before


def test_nobody_acts_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    for who in ((), ("--by", "nobody")):
        assert window("urge", *who) == 1
        assert "请写明是谁办的" in capsys.readouterr().err
    assert main(["window", "(JXLB)000009"]) == 1
    assert "没有这个办件" in capsys.readouterr().err


def test_every_act_is_told_to_whoever_asks(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["window", "--help"])
    told = capsys.readouterr().out
    assert all(one.told in told for one in ACTS.values())


def test_a_time_is_agreed_to_for_whom_it_waits() -> None:
    """One time that waits needs no name; of several the caller says which."""
    county = jingxian()
    desk = Desk(county, submission(county, "水", "电"))
    with pytest.raises(NotUnderstood, match="没有时间在等申请人答复"):
        window_act("agree", Typed(), desk.case, county, ())
    for place in (1, 2):
        desk.do(desk.steward(place), Take(order=f"case-{place}"))
        desk.do(desk.steward(place), ReportContact(order=f"case-{place}"))
    desk.do(desk.steward(), ProposeSurvey(order="case-1", at=TOMORROW))
    for names in ((), ("用水",), ("用电",)):
        do = window_act("agree", Typed(names), desk.case, county, ())
        assert do == AgreeSurvey(appointment="joint", sequence=1)


def test_a_consultation_from_the_asking_to_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    """The window convenes for a body that nobody of is reached; whoever looks for it later finds it by any word (X57, J34)."""
    day = f"{dt.datetime.now(CHINA).date() + dt.timedelta(days=2)}"
    month = f"{dt.datetime.now(CHINA):%Y-%m}"
    ask = ("consult", "用水业务", "供水公司", "城管局", "--words", "路口的管线有冲突")
    given = (
        ask,
        ("consult-time", day, "10:00", "--words", "三楼会议室"),
        ("consult-decline", "--words", "电话里说好了"),
        ask,
    )
    before = len(events())
    for words in given:
        assert window(*words, "--by", HALL) == 0, (words, capsys.readouterr().err)
    assert f"会商中：{NUMBER} 专题会商 等定时间" in capsys.readouterr().out
    done = [one.partition(" ")[0].removeprefix("consultation_") for one in events()[before:]]
    assert [one for one in done if one in ("asked", "named", "declined")] == ["asked", "named", "declined", "asked"]
    capsys.readouterr()
    assert main(["consultations", "jingxian", "路口", NUMBER, "--month", month, "--body", "城管局"]) == 0
    told = capsys.readouterr().out
    assert "没有开：电话里说好了" in told
    assert f"召集住建局  参加供水公司、城管局  {day} 10:00 三楼会议室" in told
    assert told.endswith("共2次。\n")
    for words in (("--month", "2026-01", "--body", "安广"), ("下水道",)):
        assert main(["consultations", "jingxian", *words]) == 0
        assert capsys.readouterr().out == "没有这样的会商。\n"
    for words, said in ((("--month", "11月"), "看不懂月份"), (("--body", "水务"), "没有这个单位")):
        assert main(["consultations", "jingxian", *words]) == 1
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("consult", "用水业务"), "请写为什么会商"),
        (("consult-time", "明天", "--words", "三楼"), "看不懂时间"),
        (("consult-minutes", "定了", "--words", "按0.8米"), "没有会商"),
        (("consult-done", "城管局"), "城管局没有要办的会商事项"),
    ],
)
def test_of_a_consultation_it_is_said_what_is_lacking(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert window(*words, "--by", HALL) == 1
    assert said in capsys.readouterr().err


def test_whom_to_call_at_a_body(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "directory", "jingxian", "新奥"]) == 0
    assert capsys.readouterr().out == "新奥燃气0563-5000004；今天找查二 13900000009\n"


def test_a_service_that_a_caller_wants_too_is_read_to_him_before_it_is_added(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """加办 (X19, X24): nothing is done before he has said yes; who wrote it is known."""
    add = ("add", "用电", "用电业务·业务种型=新装", "主供容量=8千瓦", *NEITHER, "--by", HALL)
    before = events()
    assert window(*add) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"请念给申请人听：\n给{NUMBER}加办用电业务")
    assert "主供容量：8千瓦" in told
    assert "承担相应责任" in told
    assert events() == before
    assert window(*add, "--read-out") == 0
    assert f"service_added {HALL}" in events()
    assert "用电业务：已转给供电公司" in capsys.readouterr().out
    assert window(*add, "--read-out") != 0
    assert "用电业务已经在这件里办着" in capsys.readouterr().err
    signed = asyncio.run(_case()).additions[0]
    assert signed.channel == "window"
    assert {(one.by, one.role, one.source) for one in signed.answers.values()} == {(HALL, "staff", "")}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((), "请写要加办的业务，再写它的 项目=内容；还能加办：用电业务、用网业务"),
        (("暖气",), "这里没有：暖气；还能加办：用电业务、用网业务"),
        (("用电",), "业务种型：这一项要填。例如：业务种型=新装"),
        (("用电", "业务种型=新装", "主供容量=很大"), "主供容量：写的是“很大”。"),
        (("用电", "供水需求=每天1吨"), "看不懂：供水需求=每天1吨。有：业务种型、主供容量"),
        (("用电", "用网", "备注=晚上在家"), "不止一项叫这个：备注=晚上在家。有：用电业务·备注、用网业务·备注"),
    ],
)
def test_what_does_not_fit_a_service_is_said_with_an_example(
    said: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = events()
    assert window("add", *said, "--by", HALL, "--read-out") != 0
    assert told in capsys.readouterr().err
    assert events() == before
