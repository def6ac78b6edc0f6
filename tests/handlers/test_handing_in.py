"""From the promise to the receipt, whatever dies in between: nothing confirmed is lost, changed, or kept for ever."""

import asyncio
import datetime as dt
import os

import pytest

from bot.sending import WeChatSender
from bot.sweeping import Sweeper
from dialogs.submitting import frozen, submission_of
from handlers.book import Page, SealedBook
from handlers.notices import Notices
from handlers.ports import Picture
from handlers.turn import _with_quota
from model.calendar import CHINA
from model.conversation import Conversation, Quota
from model.delivery import Failed, Obsolete, Recipient, Row
from model.draft import Answer, Draft
from model.message import (
    FollowMessage,
    MenuMessage,
    PhotoMessage,
    Reply,
    TextMessage,
    UnfollowMessage,
    WithdrawnMessage,
)
from model.values import Files, StoredFile
from storage.conversations import Committed, Loaded, Work
from storage.steps import Step
from storage.vault import Keyring, Vault
from tests.e2e.jobs import XINXIANG
from tests.shipped import shipped
from tests.transcripts.stage import PNG, empty_database, set_up

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
LATER = NOW + dt.timedelta(minutes=1)
PERSON = "o_someone"
HEATING = (
    "热力|个人|同意|李示例|不同意|小冀镇示范路10号|13800000000|小冀镇示范路10号|否|10万平方米|1期|1期|3号楼|52000|49000|未缴|否|否|"
    "2027年11月15日|没装|照片|好了|后面补|后面补|后面补"
)
FILE = StoredFile(digest="0" * 64, media_type="image/png", size=1)


@pytest.fixture(scope="module")
def county():
    return shipped()["xinxiang"]


@pytest.fixture
async def stage(county, tmp_path):
    made = set_up(county, NOW, tmp_path / "home", await empty_database(tmp_path / "template.sqlite3"))
    yield made
    if isinstance(made.fetching._gallery, Slow):
        made.fetching._gallery.may.set()
    await made.close()


async def filled(stage):
    """Up to the promise."""
    for text in XINXIANG.split("|"):
        await stage.say(PERSON, TextMessage(text=text))
    draft = (await stage.talk(PERSON)).draft()
    assert draft is not None
    return draft


class Slow:
    """A platform that takes its time to give a photo."""

    def __init__(self, picture):
        self.picture, self.may = picture, asyncio.Event()

    async def fetch(self, account, media_id):
        await self.may.wait()
        return self.picture


async def promised_too_soon(stage, picture):
    """The promise comes while a photo is still on the platform; what lets it go."""
    gallery = stage.fetching._gallery = Slow(picture)
    for text in HEATING.split("|"):
        message = PhotoMessage(media_id="m", name="证.png") if text == "照片" else TextMessage(text=text)
        _, reply = await stage.say(PERSON, message)
        assert "没看懂" not in reply.text
    assert "XXLB" not in reply.text
    assert "承诺" in reply.text
    _, reply = await stage.say(PERSON, TextMessage(text="我承诺"))
    [draft] = (await stage.talk(PERSON)).drafts
    assert draft.state == "submitting"
    assert reply.text
    assert "XXLB" not in reply.text
    assert not await stage.turns.settle(stage.county.id, PERSON)
    assert await stage.core.cases(stage.county.id, PERSON) == ()
    gallery.may.set()


async def replies(stage):
    rows = await stage.outbox.claim(stage.now + dt.timedelta(minutes=1), 50)
    return [row for row in rows if row.kind == "reply"]


async def interrupted(stage):
    """Confirmed while the core is away by a message that got no answer."""
    await filled(stage)
    keep, stage.core.away = stage.book.keep, True

    async def dies(page, conversation, *, step, key, reply, **due):
        if key is not None:
            raise asyncio.CancelledError
        return await keep(page, conversation, step=step, key=key, reply=reply, **due)

    stage.book.keep = dies
    with pytest.raises(asyncio.CancelledError):
        await stage.say(PERSON, TextMessage(text="我承诺"))
    stage.book.keep, stage.core.away = keep, False


async def test_a_receipt_is_in_the_outbox_before_its_case_is_committed(stage):
    await interrupted(stage)
    keep, seen = stage.book.keep, []

    async def dies_after(page, conversation, *, step, key, reply, **due):
        seen.append([row.refs["key"] for row in await replies(stage)])
        await keep(page, conversation, step=step, key=key, reply=reply, **due)
        raise asyncio.CancelledError

    stage.book.keep = dies_after
    with pytest.raises(asyncio.CancelledError):
        await stage.turns.settle(stage.county.id, PERSON)
    stage.book.keep = keep
    [[key]] = seen
    reply = await stage.book.said(f"{stage.county.id}:{PERSON}", key)
    assert "XXLB" in reply.text


async def test_no_case_is_committed_that_nobody_could_be_told_of(stage, monkeypatch):
    await interrupted(stage)

    async def away(*_, **__):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(stage.outbox, "reply", away)
        assert not await stage.turns.settle(stage.county.id, PERSON)
    assert await stage.turns.settle(stage.county.id, PERSON)
    assert len(await replies(stage)) == 1


async def test_after_the_commit_the_receipt_goes_at_once(stage):
    await interrupted(stage)
    assert await stage.turns.settle(stage.county.id, PERSON)
    rows = await stage.outbox.claim(stage.now, 50)
    assert [row.kind for row in rows if row.recipient.kind == "applicant"] == ["reply"]
    assert {row.recipient.id for row in rows if row.recipient.kind == "applicant"} == {PERSON}


def sender(stage):
    return WeChatSender({stage.county.id}, (), stage.turns, stage.book, Notices(stage.core, {}, {}), stage.clock)


def reply_row(stage, key, attempt=1):
    refs = {"account": stage.county.id, "person": PERSON, "key": key}
    to = Recipient(kind="applicant", id=PERSON)
    return Row(id=1, key="k", kind="reply", recipient=to, refs=refs, attempt=attempt)


async def test_a_reply_still_to_be_committed_is_tried_again_and_an_empty_one_is_nobodys_work(stage):
    outcome = await sender(stage).send(reply_row(stage, "later"), None)
    assert isinstance(outcome, Failed)
    assert not outcome.permanent
    never = await sender(stage).send(reply_row(stage, "later", attempt=4), None)
    assert isinstance(never, Obsolete), "nobody is to be called about it"
    page = await stage.turns.page(stage.county.id, PERSON)
    await stage.book.keep(page, page.conversation, key="empty", reply=Reply(), step=Step.TURN)
    assert isinstance(await sender(stage).send(reply_row(stage, "empty"), None), Obsolete)


async def test_a_form_waits_for_its_photos_and_takes_them_along(stage):
    await promised_too_soon(stage, Picture(PNG))
    pushed = await stage.deliver()
    [receipt] = [one.reply.text for one in pushed if one.person == PERSON and one.reply and one.reply.text]
    assert "XXLB" in receipt
    [case] = await stage.core.cases(stage.county.id, PERSON)
    submission = await stage.core.submission(case.id)
    assert isinstance(submission.answers["heat_planning_permit"].value, Files)
    assert "heat_planning_permit" not in submission.missing
    assert "heat_site_plan" in submission.missing
    assert not (await stage.talk(PERSON)).jobs


async def test_a_form_whose_photo_is_gone_is_opened_again(stage):
    await promised_too_soon(stage, Picture(b"", "file.gone"))
    pushed = await stage.deliver()
    [asked] = [one.reply.text for one in pushed if one.person == PERSON and one.reply and one.reply.text]
    assert "规划许可证" in asked
    draft = (await stage.talk(PERSON)).draft()
    assert draft is not None
    assert draft.state == "filling"
    assert await stage.core.cases(stage.county.id, PERSON) == ()
    await stage.say(PERSON, TextMessage(text="后面补"))
    _, reply = await stage.say(PERSON, TextMessage(text="我承诺"))
    assert "XXLB" in reply.text


async def test_a_conversation_that_was_lost_meets_no_case_of_its_past(stage):
    await filled(stage)
    await stage.say(PERSON, TextMessage(text="我承诺"))
    stage.book.talks.clear()
    await filled(stage)
    _, reply = await stage.say(PERSON, TextMessage(text="我承诺"))
    assert "XXLB" in reply.text
    assert len(await stage.core.cases(stage.county.id, PERSON)) == 2


async def test_what_was_confirmed_stays_whatever_the_form_becomes(stage, county):
    draft = frozen(county, await filled(stage))
    talk = await stage.talk(PERSON)
    before = submission_of(county, talk, draft)
    gone = county.model_copy(update={"forms": {}})
    assert submission_of(gone, talk, draft) == before


async def test_a_form_handed_in_leaves_the_conversation(stage):
    await filled(stage)
    await stage.say(PERSON, TextMessage(text="我承诺"))
    talk = await stage.talk(PERSON)
    assert not talk.drafts
    assert len(talk.cases) == 1


class Parts:
    """A store of parts in memory."""

    def __init__(self):
        self.parts, self.revision = {}, 0

    async def load(self, conversation, message=None):
        return Loaded(self.revision, dict(self.parts), None)

    async def refresh(self, conversation, message, *, revision, same):
        return await self.load(conversation, message)

    async def commit(
        self, conversation, *, revision, changed, step, message=None, reply=b"", work_due=None, later_due=None
    ):
        self.parts = {name: one for name, one in {**self.parts, **changed}.items() if one is not None}
        self.revision += 1
        return Committed(self.revision)


@pytest.mark.parametrize("state", ["submitting", "filling"])
async def test_a_draft_that_is_gone_takes_its_key_with_it(state):
    book = SealedBook(Parts(), Vault(Keyring("k", {"k": os.urandom(32)}), os.urandom(32)))
    talk = Conversation(id="a:p", account="a", person="p", county="x")
    answers = {"paper": Answer(value=Files(files=(FILE,)), by="p", at=NOW)}
    draft = Draft(id="a:p#1", form="f", form_version=1, opened_at=NOW, changed_at=NOW, state=state, answers=answers)
    page = (await book.keep(Page(talk, 0), talk.with_draft(draft), key=None, reply=Reply(), step=Step.TURN)).page
    await book.keep(page, talk, key=None, reply=Reply(), step=Step.TURN)
    again = await book.open(talk, None)
    assert not again.conversation.drafts
    assert draft.id not in again.keys


def test_only_what_a_person_does_opens_the_window_for_pushes():
    talk = Conversation(id="a:p", account="a", person="p", county="x")
    wrote = _with_quota(talk, TextMessage(text="1"), NOW)
    assert wrote.quota == Quota(wrote_at=NOW)
    assert _with_quota(wrote, TextMessage(text="1", choice="x"), LATER).quota == Quota(wrote_at=NOW, tapped_at=LATER)
    assert _with_quota(wrote, MenuMessage(key="m"), LATER).quota == Quota(wrote_at=NOW, tapped_at=LATER)
    assert _with_quota(wrote, FollowMessage(), LATER).quota == Quota(wrote_at=NOW, came_at=LATER)
    assert _with_quota(wrote, WithdrawnMessage(invitation="i"), LATER).quota == wrote.quota


def test_who_leaves_closes_it_until_he_is_back():
    talk = Conversation(id="a:p", account="a", person="p", county="x", quota=Quota(wrote_at=NOW, tapped_at=NOW))
    left = _with_quota(talk, UnfollowMessage(), LATER)
    assert left.quota == Quota(left_at=LATER)
    assert _with_quota(left, FollowMessage(), LATER).quota == Quota(came_at=LATER)


async def test_the_promise_opens_the_window_for_pushes(stage):
    await filled(stage)
    await stage.say(PERSON, TextMessage(text="我承诺"))
    assert (await stage.talk(PERSON)).quota.wrote_at == stage.now


class Index:
    """A work index, and turns that always fail for some."""

    def __init__(self, entries):
        self.entries, self.tried = entries, []

    async def work(self, before_ms, limit):
        return [one for one in self.entries if one.due_ms <= before_ms][:limit]

    async def next_due(self, account, person):
        return None

    async def work_done(self, conversation, due_ms, next_ms=None):
        self.entries.remove(Work(conversation, due_ms))
        return True

    async def settle(self, account, person):
        self.tried.append(person)
        if person.startswith("bad"):
            raise ValueError
        return True


async def test_what_always_fails_keeps_nobody_waiting():
    now = NOW
    index = Index([*(Work(f"a:bad{n}", n) for n in range(50)), Work("a:good", 99)])
    sweeper = Sweeper(index, index, lambda: now)
    assert await sweeper.round() == 0
    assert await sweeper.round() == 1
    assert index.tried.count("bad0") == 1
    for _ in range(200):
        now += dt.timedelta(seconds=5)
        await sweeper.round()
    assert 5 <= index.tried.count("bad0") <= 12
