"""What a group robot says in the morning: numbers alone, once a day."""

import datetime as dt

import aiohttp
import pytest

from bot.channels.wechat.results import NoAnswer, Refusal, Sent
from bot.channels.wecom.robot import Robot
from bot.letters import OutboxLetters
from bot.mornings import Mornings
from bot.robots import Robots
from bot.sending import WeChatSender
from handlers.figures import FIGURES, Figures
from handlers.notices import Notices
from model.calendar import CHINA
from model.delivery import Delivered, Failed, Obsolete
from model.message import TextMessage
from sandbox.faults import Fault
from storage.desks import Desks
from tests.e2e.jobs import XINXIANG
from tests.shipped import shipped
from tests.transcripts.stage import empty_database, set_up
from tests.wecom.enterprise import platform

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
KEY = "34eb28e0-8b43-4a27-b0e6-66c1a633466d"


@pytest.fixture
async def stage(tmp_path):
    made = set_up(shipped()["xinxiang"], NOW, tmp_path / "home", await empty_database(tmp_path / "template.sqlite3"))
    yield made
    await made.close()


@pytest.fixture
async def at():
    async with platform() as there, aiohttp.ClientSession() as session:
        there.session = session
        there.robot = Robot(f"{there.app.api_base}/cgi-bin/webhook/send?key={KEY}", session)
        there.said = there.world.halls["xinxiang"].wecom.robots[KEY].said
        yield there


def figures(stage):
    wordings = {stage.county.id: stage.turns.wording(stage.county.id)}
    return Figures(Desks(stage.database), stage.counties, wordings, stage.clock)


async def applied(stage):
    await stage.hire("water_company")
    for text in (*XINXIANG.split("|"), "我承诺"):
        await stage.say("o_someone", TextMessage(text=text))
    await stage.deliver()


async def sent(stage, robot, *, days=0, others=0):
    """The row of that morning, and what sending it comes to; put down once however many processes there are."""
    stage.now = NOW + dt.timedelta(days=days)
    letters = OutboxLetters(stage.outbox)
    rounds = [
        Mornings(stage.staffing, letters, stage.counties, stage.clock, robots={"desk": "xinxiang", "other": "jingxian"})
        for _ in range(2)
    ]
    assert [await one.round() for one in rounds] == [1 + others, 0]
    (row,) = [row for row in await stage.outbox.claim(stage.now, 50) if row.template == FIGURES]
    announced = []

    async def announce(channel, protected, along=()):
        announced.append((channel, protected))

    notices = Notices(stage.core, stage.counties, {})
    robots = Robots({"desk": robot} if robot else {}, figures(stage))
    sender = WeChatSender((), (), stage.turns, stage.book, notices, stage.clock, robots=robots)
    return row, await sender.send(row, announce), announced


async def test_a_morning_in_numbers(stage, at):
    await applied(stage)
    _, outcome, announced = await sent(stage, at.robot, days=1, others=1)
    assert (outcome, announced) == (Delivered(), [("robot", None)])
    (said,) = at.said
    assert said.splitlines() == [
        "**11月24日（周二）报装进展**",
        "在办2项，今天到期2项，超时0项",
        "> 供水公司：在办1，今天到期1",
        "> 供电公司：在办1，今天到期1",
    ]
    assert not [word for word in ("贾文斌", "河南", "XXLB", "135", "龙泉路") if word in said]


async def test_who_is_late_is_a_number(stage, at):
    await applied(stage)
    await sent(stage, at.robot, days=3, others=1)
    assert "超时2项" in at.said[0]
    assert "> 供水公司：在办1，超时1" in at.said[0]


async def test_nothing_open_is_nothing_to_say(stage, at):
    _, outcome, announced = await sent(stage, at.robot)
    assert (outcome, announced, at.said) == (Obsolete(reason="nothing open"), [], [])


async def test_a_robot_that_was_taken_away(stage):
    await applied(stage)
    assert (await sent(stage, None, others=1))[1] == Obsolete(reason="no robot")


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"errcode": 45009}, Failed(reason="errcode 45009", retry_after=dt.timedelta(minutes=1))),
        ({"errcode": 93000}, Obsolete(reason="errcode 93000")),
        ({"silent": "after"}, Obsolete(reason="may have arrived")),
    ],
)
async def test_a_robot_that_does_not_answer_as_it_should(stage, at, fault, outcome):
    await applied(stage)
    at.world.halls["xinxiang"].faults.plan(Fault(path="qyapi/webhook/send", **fault))
    _, found, _ = await sent(stage, at.robot, others=1)
    assert found == outcome


async def test_what_may_have_been_said_is_not_said_again(stage, at):
    await applied(stage)
    row, _, announced = await sent(stage, at.robot, others=1)
    robots = Robots({"desk": at.robot}, figures(stage))
    again = await robots.send(row.model_copy(update={"channel": "robot"}), None)
    assert again == Obsolete(reason="may have arrived")
    assert (len(at.said), len(announced)) == (1, 1)


async def test_a_text_that_is_too_long_loses_whole_lines(at):
    assert await at.robot.say("\n".join(["> 供水公司：在办1"] * 400)) == Sent()
    assert set(at.said[0].splitlines()) == {"> 供水公司：在办1"}


async def test_an_address_that_is_none(at):
    wrong = Robot(f"{at.app.api_base}/cgi-bin/webhook/send?key=no", at.session)
    assert isinstance(await wrong.say("早"), Refusal)
    gone = Robot("http://127.0.0.1:9/cgi-bin/webhook/send?key=no", at.session)
    assert await gone.say("早") == NoAnswer("ClientConnectorError", may_have_arrived=False)
