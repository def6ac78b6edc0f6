"""What a push asks is read when it joins the conversation, never before: its reader may have answered meanwhile."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.channels.wechat.results import Sent
from bot.sending import WeChatSender
from bot.ways.places import PREPARED_AT_ONCE, Places
from handlers.letter import Letter
from model.conversation import Conversation, Quota
from model.delivery import Delivered, Postponed, Recipient, Row
from model.message import Act, CardMessage, Invitation, InvitationMessage, Reply, WithdrawnMessage
from storage.outbox import AlongGone
from tests.ways import open_ways

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
ROW = Row(
    id=1,
    key="k",
    kind="notice",
    recipient=Recipient(kind="staff", id="s"),
    template="steward.task",
    case="c",
    attempt=1,
)


def letter(*acts):
    invitation = Invitation(
        id="c-1",
        kind="task",
        case="c",
        number="1",
        order="c-1",
        title="",
        acts=tuple(Act(id=one, label=one) for one in acts),
    )
    return Letter("a", "p", Reply(text=" ".join(acts) or "-"), invitation if acts else None, "steward.task", {})


class Scene:
    """Notices, conversation and platform at once: the case changes between the first reading and the joining."""

    def __init__(self, *letters):
        self.letters, self.joined, self.sent, self.quota = list(letters), [], [], Quota(wrote_at=NOW)

    async def compose(self, row):
        return self.letters.pop(0) if len(self.letters) > 1 else self.letters[0]

    async def answer(self, update, fresh=None):
        # As Turns does: at every try, and the first one lost.
        for _ in range(2):
            message = update.message if fresh is None else await fresh()
        self.joined.append(message)
        return Reply()

    def conversation_id(self, account, person):
        return f"{account}:{person}"

    async def conversation(self, account, person):
        return Conversation(id="a:p", account=account, person=person, county="x", quota=self.quota)

    async def send_text(self, person, reply):
        self.sent.append(reply.text)
        return Sent("1")


async def announce(channel, protected, along=()):
    return None


@pytest.mark.parametrize(("last", "kind"), [(letter("contact"), InvitationMessage), (letter(), WithdrawnMessage)])
async def test_the_newest_state_joins_and_is_sent(last, kind):
    scene = Scene(letter("take"), letter("take"), last)
    sender = WeChatSender(
        {"a"}, open_ways({"a": scene}, scene, scene.compose, lambda: NOW), scene, None, scene, lambda: NOW
    )
    assert await sender.send(ROW, announce) == Delivered()
    (joined,) = scene.joined
    assert isinstance(joined, kind)
    if isinstance(joined, InvitationMessage):
        assert [act.id for act in joined.invitation.acts] == ["contact"]
    assert scene.sent == [last.reply.text]


def news(text):
    return Letter("a", "p", Reply(text=f"【1】\n{text}"), None, "applicant.opinion", {}, heading="【1】")


@pytest.mark.parametrize(("gone", "said"), [(False, "【1】\n水\n\n电"), (True, "【1】\n水")])
async def test_what_waits_beside_it_goes_in_the_same_message_unless_it_waits_no_more(gone, said):
    scene, announced = Scene(news("水"), news("电")), []
    other = ROW.model_copy(update={"id": 2, "key": "k2"})

    async def beside(row, now):
        return (other,)

    async def announces(channel, protected, along=()):
        announced.append([one.id for one in along])
        if gone and along:
            raise AlongGone

    ways = open_ways({"a": scene}, scene, scene.compose, lambda: NOW, beside)
    sender = WeChatSender({"a"}, ways, scene, None, scene, lambda: NOW)
    assert await sender.send(ROW, announces) == Delivered()
    assert scene.sent == [said]
    assert announced == ([[2], []] if gone else [[2]])


@pytest.mark.parametrize(("wrote", "kinds"), [(NOW, [InvitationMessage]), (None, [InvitationMessage, CardMessage])])
async def test_what_went_as_a_card_is_not_answered_by_a_number_nobody_saw(wrote, kinds):
    asked = replace(letter("take"), fields={"thing1": "用水报装"})
    scene = Scene(asked)
    scene.quota, sent = Quota(wrote_at=wrote), []

    async def send_template(person, template, fields, *, key):
        sent.append(fields)
        return Sent("1")

    scene.send_template = send_template
    ways = open_ways({"a": scene}, scene, scene.compose, lambda: NOW)
    sender = WeChatSender({"a"}, ways, scene, None, scene, lambda: NOW)
    assert isinstance(await sender.send(ROW, announce), Delivered)
    assert [type(one) for one in scene.joined] == kinds
    assert sent == ([] if wrote else [{"thing1": "用水报装"}])


async def test_where_one_way_hangs_only_so_many_wait_for_it_and_the_others_go_on():
    hangs, scene = asyncio.Event(), Scene(letter())
    scene.letters = [replace(letter(), fields={"thing1": "用水报装"})]
    scene.quota = Quota()

    async def send_template(person, template, fields, *, key):
        await hangs.wait()
        return Sent("1")

    scene.send_template = send_template
    ways = open_ways({"a": scene}, scene, scene.compose, lambda: NOW)
    sender = WeChatSender({"a"}, ways, scene, None, scene, lambda: NOW, places=Places(2))
    rows = [ROW.model_copy(update={"id": number, "key": f"k{number}"}) for number in range(3)]
    under_way = [asyncio.create_task(sender.send(row, announce)) for row in rows]
    done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
    assert [one.result() for one in done] == [Postponed(reason="template=crowded")]
    scene.quota = Quota(wrote_at=NOW)  # another way is not concerned
    assert await sender.send(ROW.model_copy(update={"id": 9, "key": "k9"}), announce) == Delivered()
    hangs.set()
    assert [type(await one) for one in under_way if one not in done] == [Delivered, Delivered]
    scene.quota = Quota()
    assert isinstance(await sender.send(ROW, announce), Delivered)  # the places are free again


async def test_only_so_many_are_worded_at_once_however_many_are_under_way():
    scene, hangs, at_work, most = Scene(letter()), asyncio.Event(), 0, 0

    async def compose(row):
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await hangs.wait()
        at_work -= 1
        return scene.letters[0]

    scene.compose = compose
    ways = open_ways({"a": scene}, scene, compose, lambda: NOW)
    sender = WeChatSender({"a"}, ways, scene, None, scene, lambda: NOW)
    rows = [ROW.model_copy(update={"id": number, "key": f"k{number}"}) for number in range(PREPARED_AT_ONCE + 4)]
    under_way = [asyncio.create_task(sender.send(row, announce)) for row in rows]
    while at_work < PREPARED_AT_ONCE:
        await asyncio.sleep(0)
    hangs.set()
    assert [await one for one in under_way] == [Delivered()] * len(rows)
    assert most == PREPARED_AT_ONCE
