"""`worklist`, as the hotline types it: whom to call, why, and what to say; a call is taken note of once."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.editions_cli import office
from bot.keys import vault_of
from bot.letters import OutboxLetters
from bot.retaining import beside
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from handlers.book import SealedBook
from handlers.enquiries import EnquiryWork
from model.conversation import Conversation
from model.delivery import Outcome, Unknown, Unreachable
from model.enquiry import AnswerEnquiry, AskEnquiry, EnquiryCommand, EnquiryDone
from model.human import HumanLine, HumanTalk
from model.message import Actor, Reply
from routing.enquiry_log import fold_enquiry
from routing.evolve import fold
from storage.engine import open_database
from storage.enquiries import Enquiries
from storage.human_talks import SUBJECT, HumanTalks
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.steps import Step
from tests.machine import own_machine
from tests.records.office import Office, filled
from tests.routing.county import NOW, steward

NUMBER = "(JXLB)000001"
CALLER = "water_company-汪清"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the task of a case reached its steward only perhaps, and the gas company has nobody in chat."""
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_left_over())


@asynccontextmanager
async def _office() -> AsyncGenerator[tuple[Office, Enquiries]]:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["jingxian"]
    office = Office(database, Records(database, vault, fold), Staffing(database, vault), county)
    yield office, Enquiries(database, vault, fold_enquiry)
    await database.close()


async def _left_over() -> None:
    async with _office() as (desk, _):
        await desk.hire(
            steward("water_company", county="jingxian", name="汪清").model_copy(update={"id": CALLER, "name": "汪清"})
        )
        await desk.accept(filled(desk.county, "水", "气"))
        await _nobody_is_reached(desk)


async def _nobody_is_reached(desk: Office) -> None:
    outbox = Outbox(desk.database)
    while rows := await outbox.claim(NOW, 10):
        for row in rows:
            ends: Outcome = Unreachable(reason="no_channel_body")
            if row.recipient.kind == "staff":
                await outbox.announce(row, "custom", None)
                ends = Unknown(reason="TimeoutError")
            await outbox.finish(row, ends, NOW, 0)


async def _asked() -> None:
    """Two questions, one with a number to call; the other has been answered."""
    async with _office() as (desk, enquiries):
        work = EnquiryWork(enquiries, desk.staffing, {desk.county.id: desk.county})
        for key, words, phone in (("m1", "谁来修水管", "13900000001"), ("m2", "水费怎么交", "")):
            asked = AskEnquiry(
                county="jingxian", words=words, person=f"p{key}", account="a", about="water", phone=phone
            )
            done = await work.ask(key, asked, Actor(person=f"p{key}"), NOW)
            assert isinstance(done, EnquiryDone)
        actor = Actor(person=f"person-{CALLER}", role="steward", staff=done.enquiry.owner.id)
        answer = EnquiryCommand(id="c2", enquiry=done.enquiry.id, actor=actor, do=AnswerEnquiry(words="在网上交"))
        assert isinstance(await work.execute(answer, NOW), EnquiryDone)
        await _nobody_is_reached(desk)


def test_a_question_is_put_and_its_answer_given_by_telephone(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_asked())
    assert main(["worklist", "jingxian"]) == 0
    told = capsys.readouterr().out
    lines = told.splitlines()
    assert any(
        "汪清　1390000" in line and line.endswith("　2件") for line in lines
    )  # his case and the question, in one call
    assert any("谁来修水管" in line and line.startswith("  ") for line in lines)
    assert "您是首问责任人" in told and "对方电话13900000001" in told
    answered = next(at for at, line in enumerate(lines) if "水费怎么交" in line)
    assert lines[answered - 1] == "提问的人　没有留电话"
    assert "在网上交" in told
    assert told.count("您是首问责任人") == 1  # of what has been answered its owner need not hear


def test_who_is_to_be_called_and_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worklist", "jingxian"]) == 0
    told = capsys.readouterr().out
    whom, steward_line = told.splitlines()[:2]
    assert "汪清　1390000" in whom and NUMBER in steward_line and "TimeoutError" in steward_line
    assert "新任务 (JXLB)000001：用水业务" in told
    assert "请先接单" in told and "回复" not in told  # he has nothing to answer to
    assert "no_channel_body" not in told and "单位在微信里没有人" in told
    assert told.splitlines()[-1].startswith("共2个电话要打，2件事要说")
    number = steward_line.split("　")[0].strip()
    assert main(["worklist", "jingxian", "--called", number, "--by", CALLER]) == 0
    assert "汪清打过" in capsys.readouterr().out
    assert main(["worklist", "jingxian"]) == 0
    assert "共1个电话要打" in capsys.readouterr().out
    assert main(["worklist", "xinxiang"]) == 0
    assert capsys.readouterr().out.strip() == "没有要打的电话。"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "没有这个县"),
        (["jingxian", "--called", "1"], "--by 工号"),
        (["jingxian", "--called", "1", "--by", "nobody"], "--by 工号"),
        (["jingxian", "--called", "99", "--by", CALLER], "没有这一条"),
    ],
)
def test_what_is_typed_wrong_is_said(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worklist", *words]) != 0
    out = capsys.readouterr()
    assert says in out.out + out.err


async def _states() -> set[str]:
    async with office(Settings()) as here:
        found = await here.calls.waiting("jingxian", 10)
        return {one.row.recipient.kind for one in found}


def test_a_call_is_noted_once(capsys: pytest.CaptureFixture[str]) -> None:
    main(["worklist", "jingxian"])
    numbers = [
        line.split("　")[0].strip() for line in capsys.readouterr().out.splitlines() if NUMBER in line and "　" in line
    ]
    assert [main(["worklist", "jingxian", "--called", numbers[0], "--by", CALLER]) == 0 for _ in range(2)] == [
        True,
        False,
    ]
    assert len(asyncio.run(_states())) == 1


def test_one_call_about_several_things(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_asked())
    main(["worklist", "jingxian"])
    lines = capsys.readouterr().out.splitlines()
    first = next(at for at, line in enumerate(lines) if "汪清" in line)
    numbers = [line.split("　")[0].strip() for line in lines[first:] if line.startswith("  ") and line[2].isdigit()][:2]
    assert main(["worklist", "jingxian", "--called", *numbers, "--by", CALLER]) == 0
    assert capsys.readouterr().out.count("汪清打过") == 2
    assert main(["worklist", "jingxian", "--called", *numbers, "--by", CALLER]) != 0
    assert "、".join(numbers) in "".join(capsys.readouterr())


async def _said_in_vain() -> None:
    """A clerk has answered in the chat, and it did not arrive."""
    said = HumanLine(number=1, at=NOW, text="请带上旧表的户号", staff=CALLER, name="汪清", key="k1")
    talk = HumanTalk(opened_at=NOW, lines=(said,))
    fresh = Conversation(id="jingxian:p9", account="jingxian", person="p9", county="jingxian")
    async with beside(Settings()) as stores:
        book, after = SealedBook(stores.store, stores.vault), fresh.model_copy(update={"human": talk})
        await book.keep(await book.open(fresh, None), after, step=Step.TURN, key=None, reply=Reply())
        row = await HumanTalks(stores.database).put(after, talk)
        outbox = Outbox(stores.database)
        await OutboxLetters(outbox).reply("jingxian", "p9", "k1", NOW, NOW + dt.timedelta(hours=48), f"{SUBJECT}{row}")
        for one in await outbox.claim(NOW, 10):
            await outbox.finish(one, Unreachable(reason="chat=closed"), NOW, 0)


def test_what_staff_said_in_the_chat_and_did_not_arrive(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_said_in_vain())
    assert main(["worklist", "jingxian"]) == 0
    told = capsys.readouterr().out
    assert "人工会话里的答复" in told
    assert "请带上旧表的户号" in told
