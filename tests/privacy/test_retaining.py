"""Retention with proof: what is due cannot be read any more, what is not due is untouched, wherever a round breaks off."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import select

from bot.sweeping import Sweeper
from handlers.book import TALK
from handlers.ports import CoreAway
from model.case import Case
from model.delivery import Delivered
from model.erasure import Erasure
from model.message import TextMessage, Update
from storage.erasures import GONE
from storage.funnels import Funnels
from storage.opt_ins import Heard, OptIns
from storage.schema import cases, commands, erasures, events, lookups, outbox, record_keys
from storage.steps import Step
from storage.vault import Unreadable
from tests.privacy.conftest import HEATING, NOW

DAY = dt.timedelta(days=1)


async def test_photos_belong_to_their_case_once_handed_in(office):
    case = await office.hand_in("p")
    page = await office.page("p")
    assert set(page.keys) == {TALK}
    submission = await office.records.submission(case.id)
    [photo] = [
        answer.value.files[0]
        for answer in submission.answers.values()
        if answer.value and answer.value.shape == "files"
    ]
    key = await office.records.photos_key(case.id)
    assert await office.files.get(key, submission.id, photo.digest)


async def everything(office):
    """Something of each kind, and one of each that is not due; a month later."""
    made = {}
    for name in ("old", "wordy", "open"):
        made[name] = await office.hand_in(name)
    for name in ("draft", "fresh", "cancelled"):
        await office.say(name, "热力", "个人", "同意", "李示例")
    await office.files.put(
        (await office.page("cancelled")).keys[draft_of(await office.talk("cancelled"))],
        draft_of(await office.talk("cancelled")),
        b"photo",
    )
    await office.say("cancelled", "取消", "1")
    await office.close_case(made["old"], NOW - 3700 * DAY)
    await office.close_case(made["wordy"], NOW - 100 * DAY)
    office.now = NOW + 10 * DAY
    await office.say("fresh", "你好")
    office.now = NOW + 32 * DAY
    return made


def draft_of(talk):
    return talk.drafts[0].id


async def untouched(office, made):
    """The open case, and the case of which only the words were due."""
    for name in ("open", "wordy"):
        case = await office.records.case(made[name].id)
        submission = await office.records.submission(made[name].id)
        assert isinstance(case, Case)
        assert await office.records.photos_key(case.id)
        assert any(answer.source for answer in submission.answers.values()) is (name == "open")
    assert [case.id for case in await office.core.cases("a", "open")] == [made["open"].id]
    assert (await office.talk("fresh")).drafts


async def erased(office, made):
    """Nothing of the old case, the draft and the cancelled draft is left but figures."""
    old = made["old"].id
    for door in (office.records.case, office.records.submission, office.records.words, office.records.photos_key):
        with pytest.raises(Unreadable):
            await door(old)
    assert await office.core.cases("a", "old") == ()
    assert len(await office.files.records()) == 2
    async with office.database.reading() as connection:
        for table in (lookups, commands, outbox, record_keys):
            assert not (await connection.execute(select(table).where(table.c.case_id == old))).all()
        [row] = (await connection.execute(select(cases).where(cases.c.id == old))).all()
        assert (row.account, row.person, row.sealed, row.words) == ("", "", b"", None)
        assert all(one.sealed == b"" for one in await connection.execute(select(events).where(events.c.case_id == old)))
        for row in await connection.execute(select(erasures)):
            assert row.pending is None
            assert (row.proof, row.proved_at is not None) == (GONE, True)
            assert not any(name in str(row) for name in ("old", "draft#", "cancelled#", "李示例", "示范路"))
    talk = await office.talk("draft")
    assert not talk.drafts
    assert talk.lapsed is not None
    assert set((await office.page("draft")).keys) == {TALK}


async def test_a_round_erases_what_is_due_and_proves_it(office):
    made = await everything(office)
    counted = await office.kept.retaining.round(dry=True)
    await untouched_but_words(office, made)
    done = await office.kept.retaining.round()
    assert +done == +counted == {"drafts": 1, "cancelled": 1, "words": 2, "cases": 1}
    await untouched(office, made)
    await erased(office, made)
    assert len(await office.account.proofs()) == 5
    assert not +await office.kept.retaining.round()
    assert len(await office.account.proofs()) == 5
    reply = await office.say("draft", "你好")
    assert "30天没有动" in reply.text


async def untouched_but_words(office, made):
    assert isinstance(await office.records.case(made["old"].id), Case)
    assert (await office.records.words(made["wordy"].id)) != {}


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "step"), [("account", "left"), ("store", "rewrite")])  # what writes: test_stopped
async def test_a_round_that_dies_between_its_writes_is_finished_by_the_next(office, owner, step, late):
    made = await everything(office)
    target = getattr(office, owner)
    whole, times = getattr(target, step), [0]

    async def dies(*args, **kwargs):
        times[0] += 1
        if times[0] % 2 == 0:
            return await whole(*args, **kwargs)
        if late:
            await whole(*args, **kwargs)
        raise asyncio.CancelledError

    setattr(target, step, dies)
    for _ in range(20):
        try:
            await office.kept.retaining.round()
        except asyncio.CancelledError:
            continue
        break
    setattr(target, step, whole)
    assert times[0] > 0
    office.now += dt.timedelta(hours=1)
    await office.kept.retaining.round()
    await untouched(office, made)
    await erased(office, made)


async def test_rounds_of_several_processes_at_once(office):
    made = await everything(office)
    other = office.another()
    other.now = office.now
    await asyncio.gather(*(one.kept.retaining.round() for one in (office, other, office)))
    await other.port.close()
    await untouched(office, made)
    await erased(office, made)
    assert len(await office.account.proofs()) == 5


async def test_a_case_that_is_open_is_never_touched(office):
    """Whatever is announced: the guard is in the transaction that destroys."""
    case = await office.hand_in("p")
    what = Erasure(kind="case", rule="cases", county="xinxiang", record=case.id, case=case.id)
    one = await office.account.marked(await office.account.mark(what, office.now))
    assert not await office.kept.eraser.case(one, office.now + 9999 * DAY, office.now)
    assert await office.records.submission(case.id)


async def test_pushes_that_ended_long_ago_name_nobody(office):
    await office.hand_in("p")
    for row in await office.outbox.claim(office.now, 10):
        await office.outbox.finish(row, Delivered(), office.now, 0)
    office.now += 91 * DAY
    done = await office.kept.retaining.round()
    assert done["pushes"] > 0
    assert not (await office.kept.retaining.round())["pushes"]


async def agreed(office, *people):
    """Each has agreed to one template and stopped another (订阅通知)."""
    for person in people:
        said = [
            Heard(f"{person}-{what}", "a", person, template, what, office.now)
            for template, what in (("T1", "one_time"), ("T2", "stopped"))
        ]
        await OptIns(office.database).keep(said, office.now)


async def opted(office, *people):
    return [await OptIns(office.database).of("a", person, office.now) for person in people]


async def test_what_is_left_of_opt_ins_goes_in_time(office):
    ledger = OptIns(office.database)
    await agreed(office, "p")
    taken = await ledger.take("a", "p", "T1", "row", office.now)
    await ledger.spend(taken, office.now)
    office.now += 4 * DAY
    assert (await office.kept.retaining.round(dry=True))["opt_ins"] == 1
    assert (await office.kept.retaining.round())["opt_ins"] == 1
    assert await opted(office, "p") == [1]


async def test_a_talk_nobody_goes_on_with_is_forgotten(office):
    await office.say("p", "你好", "取消", "1")
    assert not (await office.talk("p")).drafts
    await agreed(office, "p", "q")
    office.now += 367 * DAY
    assert (await office.kept.retaining.round())["talk"] == 1
    assert (await office.store.load("a:p")).parts == {}
    assert await opted(office, "p", "q") == [0, 2], "what he agreed to be sent is gone with it, that of others is not"
    assert (await office.proofs())["talk", "talk"].proof == GONE
    assert "您好" in (await office.say("p", "你好")).text


async def test_what_a_person_has_erased_is_gone_at_once(office):
    await office.say("p", "热力", "个人", "同意", "李示例")
    first = Update(account="a", person="p", key="first", at=office.now, message=TextMessage(text="不同意"))
    said = await office.turns.answer(first)
    draft, before = draft_of(await office.talk("p")), (await office.page("p")).keys
    await office.files.put(before[draft], draft, b"photo")
    await agreed(office, "p", "q")
    await office.say("p", "删除我的信息")
    reply = await office.say("p", "确定删除", key="erase")
    page = await office.page("p")
    assert set(page.keys) == {TALK}
    assert page.keys[TALK].wrapped != before[TALK].wrapped
    assert await office.files.records() == frozenset()
    proof = (await office.proofs())["talk", "asked"]
    assert (proof.proof, proof.counts) == (GONE, {"drafts": 1, "files": 1, "enquiries": 0, "opt_ins": 2})
    assert await opted(office, "p", "q") == [0, 2]
    assert proof.number in reply.text
    assert await office.say("p", "确定删除", key="erase") == reply
    again = await office.turns.answer(first)
    assert again.text == ""
    assert said.text != ""


async def test_an_erasure_nobody_carried_out_is_taken_back(office):
    await office.say("p", "热力", "个人", "同意", "李示例", "删除我的信息")
    keep = office.book.keep

    async def dies(*args, **kwargs):
        raise asyncio.CancelledError

    office.book.keep = dies
    with pytest.raises(asyncio.CancelledError):
        await office.say("p", "确定删除")
    office.book.keep = keep
    assert (await office.talk("p")).drafts
    office.now += dt.timedelta(hours=1)
    await office.kept.retaining.round()
    assert await office.account.proofs() == ()
    assert (await office.talk("p")).drafts


async def test_keys_of_an_earlier_version_go_to_their_cases(office):
    """It left the key of a draft handed in with photos in the conversation."""
    case = await office.hand_in("p")
    key = await office.records.photos_key(case.id)
    async with office.database.writing(Step.ADOPT) as connection:
        await connection.execute(record_keys.delete().where(record_keys.c.record == "photos"))
    page = await office.page("p")
    old = {f"key:{case.submission}": key.wrapped.encode(), "key:a:p#lost": key.wrapped.encode()}
    await office.store.commit("a:p", revision=page.revision, changed=old, step=Step.TURN)
    await office.kept.retaining.round()
    assert (await office.records.photos_key(case.id)).wrapped == key.wrapped
    assert set((await office.page("p")).keys) == {TALK}
    assert await office.files.records() == {case.submission}


async def test_one_reminder_whoever_looks(office):
    await office.say("p", "热力", "个人", "同意", "李示例")
    office.now = NOW + dt.timedelta(days=23, hours=2)
    other = office.another()
    other.now = office.now
    await asyncio.gather(*(one.turns.settle("a", "p") for one in (office, other, office, other)))
    await office.turns.settle("a", "p")
    await other.port.close()
    rows = await office.outbox.claim(office.now, 10)
    assert [row.template for row in rows] == ["applicant.draft_ends"]
    due = await office.turns.next_due("a", "p")
    assert dt.datetime.fromtimestamp(due / 1000, dt.UTC) > office.now + 6 * DAY


async def test_a_case_of_an_earlier_version_gets_its_photos_when_its_end_is_made_up(office):
    """That process died between accepting and taking the draft out of the conversation."""
    accept = office.core.accept

    async def as_before(submission, now, photos=None):
        await accept(submission, now)
        raise CoreAway

    office.core.accept = as_before
    await office.say("p", *HEATING.split("|"))
    [case] = await office.core.cases("a", "p")
    with pytest.raises(Unreadable):
        await office.records.photos_key(case.id)
    office.core.accept = accept
    assert await office.turns.settle("a", "p")
    assert (await office.records.photos_key(case.id)).wrapped.startswith("k1:")


async def test_the_sweeper_reminds_and_ends_a_draft_by_the_index(office):
    """The entry goes on from the reminder to the end, and from there to the end of the talk."""
    await office.say("p", "热力", "个人", "同意", "李示例")
    sweeper = Sweeper(office.store, office.turns, lambda: office.now)
    assert await sweeper.round() == 0
    office.now = NOW + dt.timedelta(days=23, hours=2)
    assert await sweeper.round() == 1
    assert (await office.talk("p")).drafts[0].reminded is not None
    assert await sweeper.round() == 0
    office.now = NOW + dt.timedelta(days=31)
    assert await sweeper.round() == 1
    assert (await office.talk("p")).drafts == ()
    assert (await office.proofs())["draft", "drafts"].proof == GONE
    office.now = NOW + dt.timedelta(days=367)
    assert await sweeper.round() == 1
    assert (await office.store.load("a:p")).revision == 0
    assert await office.store.work(2**52, 10) == []


async def test_where_drafts_stand_is_counted_on_the_way(office):
    """Of those that are left after the round; not of what was handed in, nor of what was erased just then."""
    await office.hand_in("done")
    await office.say("gone", "热力", "个人", "同意", "李示例")
    office.now += 40 * DAY
    await office.say("stands", "热力", "个人", "同意", "李示例")
    await office.say("greets", "你好")
    assert await Funnels(office.database).last("xinxiang") is None
    await office.kept.retaining.round(dry=True)
    assert await Funnels(office.database).last("xinxiang") is None
    await office.kept.retaining.round()
    found = await Funnels(office.database).last("xinxiang")
    assert (found.begun, found.counted_at, [one.drafts for one in found.stops]) == (1, office.now, [1])
