"""Several notices in one message: each case is named once, only one of them asks something, and it is short enough to read."""

from handlers.letter import Letter, Overtaken, Undeliverable
from handlers.merging import ROOM, merged
from model.delivery import Recipient, Row
from model.message import Act, Button, Invitation, Reply

ASKS = Invitation(id="i", kind="contact", case="c", number="1号", title="1号", acts=(Act(id="yes", label="到了"),))
BUTTON = Button(id="b", label="到了", say="到了")


def row(number: int, letter: Letter | Overtaken | Undeliverable) -> Row:
    case = letter.heading if isinstance(letter, Letter) else "1"
    to = Recipient(kind="applicant", id="p")
    return Row(id=number, key=f"k{number}", kind="notice", case=case, recipient=to, attempt=1)


def letter(text: str, heading: str = "【1号】", *, asks: bool = False, person: str = "p") -> Letter:
    reply = Reply(text=f"{heading}\n{text}", buttons=(BUTTON,) if asks else ())
    return Letter("a", person, reply, ASKS if asks else None, "t", {}, heading=heading)


async def gather(first: Letter, *others: Letter | Overtaken | Undeliverable) -> tuple[Reply, list[int]]:
    async def compose(one: Row) -> Letter | Overtaken | Undeliverable:
        return others[one.id]

    made, told = await merged(first, [row(number, one) for number, one in enumerate(others)], compose)
    return made.reply, [one.id for one in told]


async def test_one_after_the_other_under_one_heading():
    reply, told = await gather(letter("水接单了。"), letter("电接单了。"), letter("气接单了。", "【2号】"))
    assert reply.text == "【1号】\n水接单了。\n\n电接单了。\n\n【2号】\n气接单了。"
    assert told == [0, 1]


async def test_what_asks_stands_at_the_end_with_its_buttons():
    reply, told = await gather(letter("水联系到您了吗？", asks=True), letter("电接单了。"))
    assert reply.text == "【1号】\n电接单了。\n\n水联系到您了吗？"
    assert (reply.buttons, told) == ((BUTTON,), [0])


async def test_another_that_asks_goes_by_itself_and_nothing_about_its_case_before_it():
    reply, told = await gather(
        letter("水接单了。"),
        letter("电联系到您了吗？", asks=True),
        letter("电换人了。"),
        letter("气接单了。", "【2号】"),
    )
    assert told == [2]
    assert reply.text == "【1号】\n水接单了。\n\n【2号】\n气接单了。"
    assert not reply.buttons


async def test_nobody_hears_what_is_another_s_or_is_over():
    reply, told = await gather(
        letter("水接单了。"), Overtaken("答过了"), Undeliverable("没有"), letter("气接单了。", person="q")
    )
    assert (reply.text, told) == ("【1号】\n水接单了。", [])


async def test_no_longer_than_is_read():
    others = [letter("长" * 150, f"【{n}号】") for n in range(9)]
    reply, told = await gather(letter("水接单了。"), *others)
    assert len(reply.text) <= ROOM
    assert 1 < len(told) < 9
