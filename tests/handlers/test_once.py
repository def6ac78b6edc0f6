"""Told once and told truly, whoever was faster and whoever died in between."""

import asyncio
import datetime as dt

import pytest

from bot.sending import WeChatSender
from handlers.notices import Notices
from model.calendar import CHINA
from model.delivery import Delivered, Obsolete
from model.message import TextMessage, WithdrawnMessage
from storage.steps import Step
from tests.e2e.jobs import XINXIANG
from tests.shipped import shipped
from tests.transcripts.stage import empty_database, set_up
from tests.ways import open_ways

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
PERSON = "o_someone"


@pytest.fixture(scope="module")
def county():
    return shipped()["xinxiang"]


@pytest.fixture
async def stage(county, tmp_path):
    made = set_up(county, NOW, tmp_path / "home", await empty_database(tmp_path / "template.sqlite3"))
    yield made
    await made.close()


class Died(BaseException):
    """The process is gone."""


def at_commit(stage, step, meanwhile):
    """Once, at the commit of this step: `meanwhile` happens first; it may raise."""
    keep = stage.book.keep

    async def kept(page, conversation, *, step: Step, **given):
        if step is wanted[0]:
            wanted[0] = None
            await meanwhile()
        return await keep(page, conversation, step=step, **given)

    wanted = [step]
    stage.book.keep = kept


async def dies():
    raise Died


async def promised(stage):
    """Confirmed by a message over which the process died; nobody has asked again yet. The message."""
    for text in XINXIANG.split("|"):
        await stage.say(PERSON, TextMessage(text=text))
    update = stage.update(PERSON, TextMessage(text="我承诺"))
    at_commit(stage, Step.RECEIPT, dies)
    with pytest.raises(Died):
        await stage.turns.answer(update)
    return update


async def test_words_said_once_more_keep_the_reply_of_the_first_time(stage):
    first, second = (stage.update(PERSON, TextMessage(text="你好")) for _ in range(2))
    said = await stage.turns.answer(first)
    assert await stage.turns.answered_alike(second, said) == said
    await stage.say(PERSON, TextMessage(text="水"))
    assert await stage.turns.answer(second) == said, "and nothing happens a second time"
    other = await stage.say(PERSON, TextMessage(text="进度"))
    assert await stage.turns.answered_alike(second, other) == said


class Client:
    """The platform's side of an account: all it was asked to send."""

    def __init__(self):
        self.sent = []

    async def send_text(self, person, reply):
        self.sent.append(reply.text)
        raise asyncio.CancelledError


async def pushed(stage, update):
    """What delivery does with the receipt's row."""
    rows = [row for row in await stage.outbox.claim(stage.now + dt.timedelta(minutes=1), 50) if row.kind == "reply"]
    assert len(rows) == 1
    client = Client()
    notices = Notices(stage.core, {}, {})

    async def announce(*_):
        return None

    ways = open_ways({stage.county.id: client}, stage.turns, notices.compose, stage.clock)
    sender = WeChatSender({stage.county.id}, ways, stage.turns, stage.book, notices, stage.clock)
    try:
        outcome = await sender.send(rows[0], announce)
    except asyncio.CancelledError:
        outcome = Delivered()
    return client.sent, outcome


async def test_a_redelivery_overtakes_the_sweeper(stage):
    """The sweeper has announced the receipt; before its commit, another process answers with it."""
    update = await promised(stage)
    answers = []

    async def asked_again():
        answers.append(await stage.elsewhere.answer(update))

    at_commit(stage, Step.SETTLED, asked_again)
    await stage.turns.settle(stage.county.id, PERSON)
    assert "XXLB" in answers[0].text
    sent, outcome = await pushed(stage, update)
    assert sent == []
    assert isinstance(outcome, Obsolete)
    assert await stage.turns.answer(update) == answers[0]


async def test_the_sweeper_overtakes_a_redelivery(stage):
    """A redelivery has computed the receipt as its answer; before its commit, the sweeper settles."""
    update = await promised(stage)

    async def settled():
        assert await stage.elsewhere.settle(stage.county.id, PERSON)

    at_commit(stage, Step.RECEIPT, settled)
    answer = await stage.turns.answer(update)
    assert (answer.text, answer.buttons) == ("", ())
    sent, _ = await pushed(stage, update)
    assert len(sent) == 1
    assert "XXLB" in sent[0]


async def taken(stage):
    """A steward with one task at hand, and his message that takes it."""
    steward = await stage.hire("water_company")
    for text in XINXIANG.split("|"):
        await stage.say(PERSON, TextMessage(text=text))
    await stage.say(PERSON, TextMessage(text="我承诺"))
    await stage.deliver()
    invitations = (await stage.talk(steward.person)).invitations
    assert len(invitations) == 1
    stage.now += dt.timedelta(seconds=20)
    return steward.person, stage.update(steward.person, TextMessage(text="接单")), invitations[0].id


@pytest.mark.parametrize("dead", [False, True], ids=["a race", "a death"])
async def test_what_the_first_try_did_is_told_by_the_next(stage, dead):
    """The task is taken in SQL; then its invitation goes before the conversation is committed."""
    person, update, invitation = await taken(stage)

    async def withdrawn():
        await stage.elsewhere.answer(stage.update(person, WithdrawnMessage(invitation=invitation)))
        if dead:
            raise Died

    at_commit(stage, Step.TURN, withdrawn)
    if dead:
        with pytest.raises(Died):
            await stage.turns.answer(update)
        stage.now += dt.timedelta(seconds=5)  # the platform asks again
    reply = await stage.turns.answer(update)
    assert "已记录“接单”" in reply.text
    assert (await stage.talk(person)).invitations[0].id == invitation
    [case] = await stage.core.cases(stage.county.id, PERSON)
    events = [one.event.event for one in await stage.core.events(case.id)]
    assert events.count("task_taken") == 1


async def test_a_message_that_did_nothing_is_read_anew(stage):
    """The same race, over words that ask the core for nothing: no recorded result, no story."""
    person, _, invitation = await taken(stage)
    update = stage.update(person, TextMessage(text="任务"))

    async def withdrawn():
        await stage.elsewhere.answer(stage.update(person, WithdrawnMessage(invitation=invitation)))

    at_commit(stage, Step.TURN, withdrawn)
    reply = await stage.turns.answer(update)
    assert "已记录" not in reply.text
    assert "XXLB" in reply.text
