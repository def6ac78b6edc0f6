"""A process that ends at any named point of keeping and rotating is finished by the next. The points are the code's own."""

import datetime as dt
import os

import pytest

from handlers.book import TALK
from handlers.editions import Editions
from storage.calendars import Calendars
from storage.editions import EditionStore
from storage.erasures import GONE
from storage.schema import record_keys
from storage.steps import Point, Step, hang
from storage.vault import Keyring, Secrets
from tests.privacy.conftest import NOW
from tests.privacy.test_retaining import DAY, draft_of, erased, everything, untouched
from tests.privacy.test_rotating import rotation, wrapped

KEEPING = {
    Step.ERASURE,
    Step.DESTROY,
    Step.CLEAR,
    Step.HANDOVER,
    Step.SUPERVISED,
    Step.INTAKE,
    Step.ERASE,
    Step.EXPIRED,
    Step.ADOPT,
    Step.RELEASE,
    Step.FORGET,
    Step.HUMAN,
}
ASKED = {Step.ERASURE, Step.TURN, Step.ERASE, Step.CLEAR, Step.HUMAN}
ROTATING = {Step.ROTATE, Step.SWAP, Step.REINDEX}
REGISTERING = {Step.EDITION}
OLD, NEW, LOOKUP, OTHER = (os.urandom(32) for _ in range(4))


# What differs between the databases is shown by the contract of the records.
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


class Ended(BaseException):
    """As kill -9: nobody catches it, and nothing is written after it."""


class Ending:
    """Ends whoever comes by the point for the `number`-th time; nothing is written by the dead."""

    def __init__(self, point=None):
        self.point, self.number, self.times, self.dead, self.met = point, 0, 0, False, set()

    def again(self):
        """The next process: it may come by once more than the one before."""
        self.number, self.times, self.dead = self.number + 1, 0, False

    def __call__(self, point):
        self.met.add(point.step)
        if self.dead:
            raise Ended
        if point == self.point:
            self.times += 1
            if self.times == self.number:
                self.dead = True
                raise Ended


def points(steps):
    found = [Point(step, when) for step in Step if step in steps for when in ("before", "after")]
    return pytest.mark.parametrize("point", found, ids=str)


async def walked(office, point, work):
    """The work by one process after the other until one comes to its end; what was met on the way."""
    ending = Ending(point)
    off = hang(ending)
    try:
        for _ in range(40):
            one = office.another()
            one.now = office.now
            ending.again()
            try:
                result = await work(one)
            except Ended:
                continue
            finally:
                await one.port.close()
            break
        else:
            pytest.fail("it never came to its end")
    finally:
        off()
    assert point is None or ending.number > 1, f"nobody came by {point}"
    return ending.met, result


async def all_that_is_due(office):
    """As `everything`, with a talk that is over, and a case whose photos' key an earlier version left with the draft."""
    office.now = NOW - 400 * DAY
    await office.say("past", "你好", "取消", "1")
    office.now = NOW
    made = await everything(office)
    case = made["wordy"]
    key = await office.records.photos_key(case.id)
    async with office.database.writing(Step.ADOPT) as connection:
        mine = (record_keys.c.case_id == case.id, record_keys.c.record == "photos")
        await connection.execute(record_keys.delete().where(*mine))
    page = await office.page("wordy")
    left = {f"key:{case.submission}": key.wrapped.encode(), "key:a:wordy#lost": key.wrapped.encode()}
    await office.store.commit("a:wordy", revision=page.revision, changed=left, step=Step.TURN)
    return made


async def a_round(one):
    return await one.kept.retaining.round()


async def test_the_steps_of_a_round_are_these(office):
    await all_that_is_due(office)
    met, _ = await walked(office, None, a_round)
    assert met == KEEPING


@points(KEEPING)
async def test_a_round_that_ends_anywhere(office, point):
    made = await all_that_is_due(office)
    await walked(office, point, a_round)
    office.now += dt.timedelta(hours=1)
    await office.kept.retaining.round()
    await untouched(office, made)
    await erased(office, made)
    assert set((await office.page("wordy")).keys) == {TALK}
    assert (await office.store.load("a:past")).revision == 0
    proofs = await office.account.proofs()
    assert sorted(one.rule for one in proofs) == ["cancelled", "cases", "drafts", "talk", "words", "words"]


async def erases(one):
    return await one.say("p", "确定删除", key="erase")


async def asked(office):
    """Somebody who is about to have all of it erased."""
    await office.say("p", "热力", "个人", "同意", "李示例")
    page = await office.page("p")
    draft = draft_of(page.conversation)
    await office.files.put(page.keys[draft], draft, b"photo")
    await office.say("p", "删除我的信息")
    return page


async def test_the_steps_of_an_erasure_that_was_asked_for_are_these(office):
    await asked(office)
    met, _ = await walked(office, None, erases)
    assert met == ASKED


@points(ASKED)
async def test_an_erasure_that_was_asked_for_and_ends_anywhere(office, point):
    """The platform asks again, and the next round proves it."""
    before = await asked(office)
    _, reply = await walked(office, point, erases)
    office.now += dt.timedelta(hours=1)
    await office.kept.retaining.round()
    [proof] = await office.account.proofs()
    assert (proof.rule, proof.proof, proof.counts["drafts"]) == ("asked", GONE, 1)
    assert proof.number in reply.text
    page = await office.page("p")
    assert set(page.keys) == {TALK}
    assert page.keys[TALK].wrapped != before.keys[TALK].wrapped
    assert await office.files.records() == frozenset()


async def rotates(one):
    job = rotation(one)
    await job.records()
    await job.conversations()
    await job.lookups("xinxiang", lambda submission: {"phone": [submission.answers["phone"].value.number]})


async def under_old_keys(office):
    office.vault.take(Secrets(Keyring("k1", {"k1": OLD}), LOOKUP))
    case = await office.hand_in("p")
    await office.say("draft", "热力", "个人", "同意", "李示例")
    await office.say("q", "你好")
    office.vault.take(Secrets(Keyring("k2", {"k1": OLD, "k2": NEW}), OTHER, LOOKUP))
    return case


async def test_the_steps_of_rotating_are_these(office):
    await under_old_keys(office)
    met, _ = await walked(office, None, rotates)
    assert met == ROTATING


@points(ROTATING)
async def test_rotating_that_ends_anywhere(office, point):
    """People go on meanwhile: what this process has at hand is served under whichever key it lies."""
    case = await under_old_keys(office)
    await walked(office, point, rotates)
    assert "李示例" in str((await office.talk("draft")).drafts[0].answers)
    await office.say("draft", "不同意")
    assert all(one.startswith("k2:") for one in await wrapped(office))
    assert await rotation(office).lookups_left() == 0
    office.vault.take(Secrets(Keyring("k2", {"k2": NEW}), OTHER))
    office.vault._unwrapped.clear()
    later = office.another()
    assert "李示例" in str((await later.talk("draft")).drafts[0].answers)
    assert (await later.records.submission(case.id)).answers
    assert await later.records.find("xinxiang", phone="13800000000") == (case.id,)
    await later.port.close()


async def registers(one):
    await Editions(one.counties, EditionStore(one.database), Calendars(one.database)).register(one.now)


async def test_the_steps_of_registering_are_these(office):
    met, _ = await walked(office, None, registers)
    assert met == REGISTERING


@points(REGISTERING)
async def test_registering_that_ends_anywhere(office, point):
    await walked(office, point, registers)
    kept = await EditionStore(office.database).listed("xinxiang")
    assert sorted(key.kind for key in kept) == ["form", "process"]
