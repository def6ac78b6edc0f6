"""`telephone`, as the hotline types it: a case from a few words, once; nothing is taken half or without the notice."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.editions_cli import office
from bot.keys import vault_of
from bot.settings import Settings
from model.submission import Submission
from model.telephone import OpenForm
from model.values import Declared
from storage.engine import open_database
from storage.migrate import upgrade
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.routing.county import steward

HALL = "hall-1"
SAID = ("办理业务=水、电", "申请人姓名=王示例", "phone=138 0000 0000", "使用地址=泾川镇示范路6号")
NOTED = ("--by", HALL, "--notice-read")


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_hired())


async def _hired() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    hall = steward("data_office", county="jingxian")
    await Staffing(database, vault).put(hall.model_copy(update={"id": HALL, "name": "窗口甲"}))
    await database.close()


def telephone(*words: str) -> int:
    return main(["telephone", "jingxian", *words])


async def _kept() -> Submission | None:
    async with office(Settings()) as here:
        case = await here.casework.numbered("jingxian", "(JXLB)000001")
        return None if case is None else await here.casework.submission(case.id)


def test_a_few_words_become_a_case_and_the_same_words_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert telephone(*SAID, *NOTED) == 0
        first, *orders, over = capsys.readouterr().out.splitlines()
        assert first.startswith("已收件：(JXLB)000001，申请表还有")
        assert orders == ["用水业务：供水公司", "用电业务：供电公司"]
        assert "codes jingxian --handover (JXLB)000001" in over
    kept = asyncio.run(_kept())
    assert kept is not None
    assert (kept.channel, kept.agreements["notice"].agreed) == ("telephone", True)
    assert {(one.by, one.role) for one in kept.answers.values()} == {(HALL, "staff")}
    assert kept.account == "api:jingxian"


def test_a_caller_who_is_in_wechat_is_told_there() -> None:
    assert telephone(*SAID, *NOTED, "--person", "gh_1:o_wang") == 0
    kept = asyncio.run(_kept())
    assert kept is not None
    assert (kept.account, kept.person) == ("gh_1", "o_wang")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*SAID[:3], *NOTED), "使用地址"),
        ((*SAID[:2], "phone=138", SAID[3], *NOTED), "联系电话：号码只有3位"),
        ((*SAID, "颜色=红", *NOTED), "申请表没有这一项：颜色；电话报装先登记：办理业务、使用地址"),
        ((*SAID, "颜色", *NOTED), "请写成 项目=内容：颜色"),
        ((*SAID, "--by", HALL), "请先念给来电人听"),
        ((*SAID, "--by", "nobody", "--notice-read"), "请写明是谁登记的"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert telephone(*words) == 1
    assert told in capsys.readouterr().err
    assert asyncio.run(_kept()) is None


def window(*words: str) -> int:
    return main(["window", "(JXLB)000001", *words, "--by", HALL])


async def _form() -> OpenForm:
    async with office(Settings()) as here:
        case = await here.casework.numbered("jingxian", "(JXLB)000001")
        assert case is not None
        assert case.telephone is not None
        return case.telephone


def test_the_window_fills_in_what_the_caller_says_later(capsys: pytest.CaptureFixture[str]) -> None:
    """X26: by the same kinds as in chat; what is typed is in the case, and everybody reads it there."""
    assert telephone("办理业务=水", *SAID[1:], *NOTED) == 0
    before = asyncio.run(_form()).lacking
    assert window("fill", "业务性质=商用", "water_demand=每天10吨") == 0
    assert "待补充：申请表还差" in capsys.readouterr().out
    form = asyncio.run(_form())
    assert set(before) - set(form.lacking) == {"business_nature", "water_demand"}
    typed = form.answers["water_demand"]
    assert (typed.by, typed.role, typed.confirmed) == (HALL, "staff", False)
    kept = asyncio.run(_kept())
    assert kept is not None
    assert "water_demand" in kept.answers
    assert "water_demand" not in kept.missing


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("业务性质=修水管", "业务性质："),
        ("供水需求=很多", "供水需求："),
        ("修水管", "看不懂：修水管。还空着的：业务性质"),
        ("没有这项=1", "看不懂：没有这项=1"),
        ("身份证号码=341823199001010007", "身份证号码不在这里填"),
        ("使用地址=示范路7号3栋202", "使用地址已经填过了"),
    ],
)
def test_what_does_not_fit_is_said_and_not_taken(said: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert telephone("办理业务=水", *SAID[1:], *NOTED) == 0
    before = asyncio.run(_form())
    assert window("fill", said) != 0
    assert told in capsys.readouterr().err
    assert asyncio.run(_form()) == before


def test_a_complete_form_is_read_to_the_caller(capsys: pytest.CaptureFixture[str]) -> None:
    assert telephone("办理业务=水", *SAID[1:], *NOTED) == 0
    assert window("fill", "业务性质=住宅", "申请人类型=住户", "证照类型=身份证") == 0
    assert window("read-out") != 0
    assert "还没填齐" in capsys.readouterr().err
    assert window("fill", "业务种型=新装", "供水需求=每天1吨") == 0
    assert asyncio.run(_form()).lacking == ()
    assert "待承诺：申请表填好了，请念给申请人听：以上内容由我本人" in capsys.readouterr().out
    assert window("read-out") == 0
    form = asyncio.run(_form())
    assert form.unconfirmed == ()
    taken = form.answers["agreed"]
    assert (taken.value, taken.by, taken.role) == (Declared(version=1), HALL, "staff")
