"""kill -9 at every named point of every way: all that was acknowledged is there, once, and ends within a minute."""

import re
import subprocess
import sys

import pytest

from storage.steps import POINTS, Step
from tests.e2e.jobs import AGENT, fill, short
from tests.e2e.keeping import kept
from tests.e2e.process import ROOT
from tests.e2e.running import apart

pytestmark = pytest.mark.usefixtures("known")

STARTING = {
    "talk": ["migrate:before:1", "migrate:after:1", "token:before:1", "token:after:3"],
    "push": ["edition:before:1", "edition:after:1", "staff:before:1", "staff:after:1", "menu:before:1"],
    "papers": ["bind:before:1", "bind:after:1", "menu:after:1"],
}
"""Met while starting on empty stores. The lock of the token (its first passage) would be waited for: see the long run."""
FAULTS = {
    "talk": [
        "turn:before:3", "turn:after:9", "submitting:before:1", "submitting:after:1", "accept:before:1", "accept:after:1",
        "receipt:after:1", "receipt:before:1", "settled:before:1", "settled:after:1", "swept:before:1", "swept:after:1",
    ],
    # At every start it is looked whether there is something to claim: there is, when the one before has died over it.
    "push": ["claim:before:2", "claim:after:1"]
    + [
        f"{step}:{when}:1"
        for step in ("invited", "quota", "announce", "text", "finish", "command", "card", "report", "opt_in", "notice")
        for when in ("before", "after")
    ],
    "papers": [f"{step}:{when}:1" for step in ("letter", "photo", "fetched") for when in ("before", "after")],
}  # fmt: skip
KEEPING = (
    Step.EXPIRED, Step.RELEASE, Step.FORGET, Step.SWAP, Step.ADOPT, Step.ERASURE, Step.DESTROY, Step.CLEAR, Step.ROTATE,
    Step.REINDEX, Step.CLIENT, Step.CREDIT, Step.WEBHOOK, Step.POST, Step.CALLED, Step.SMS, Step.PASSED, Step.LOOK,
    Step.UPLOAD, Step.SESSION, Step.HANDOVER, Step.LOGIN, Step.SUPERVISED, Step.INTAKE, Step.DESK, Step.SHEET_CODE,
    Step.RESTORE, Step.AGAIN, Step.CALENDAR, Step.HUMAN,
)  # fmt: skip
APART = {"erase:before", "erase:after"} | {f"{step}:{when}" for step in KEEPING for when in ("before", "after")}
"""No person's doing leads there: erasing is below, what the retention job and the rotation pass in `tests/privacy`, what
another system asks for in `tests/api`, what the own systems of bodies are sent in `tests/webhooks`, SMS in `tests/sms`, what staff note or issue at a command line in `tests/records`,
what is for another program, or looked at by a steward, in `tests/wechat`, signing in to pages in `tests/pages` and to the console in `tests/console`,
where a survey sheet is signed, who talks to staff, what failed is sent again and a calendar is uploaded too; and restoring a backup in `tests/backup`.
"""


@pytest.fixture
def known():
    """No point may be forgotten, and none may be named that is not there."""
    met = [fault.rpartition(":")[0] for faults in (*STARTING.values(), *FAULTS.values()) for fault in faults]
    assert sorted([*met, *APART]) == sorted(map(str, POINTS))


def said_by(number):
    return f"泾川镇示范路{number}号3栋201", "李示例", f"138{number:08}", f"门牌{number}"


async def applies(stage, number, *, lost=False):
    """An applicant's form and promise; `lost`: nobody asks again, should the promise kill."""
    address, name, phone_number, remark = said_by(number)
    phone = await stage.new_phone(f"o_jx_kill{number}")
    await fill(phone, short(address, name, phone_number, remark))
    stage.promised[phone.person] = (address, name, phone_number, remark)
    if lost:
        await stage.say_once(phone.person, "我承诺")
        return phone
    # Where the start takes long it is pushed before the platform asks again, and that is answered with nothing.
    receipt = await phone.say("我承诺") or (await phone.pushed("已收到"))["content"]
    assert len(set(re.findall(r"\(JXLB\)\d{6}", receipt))) == 1, receipt
    assert "已收到" in receipt
    return phone


async def one_receipt(phone):
    """The receipt is on the phone once: as the reply, or pushed."""
    receipts = [one for one in await phone.entries() if "已收到" in one.get("content", "")]
    assert len(receipts) == 1, receipts


async def talk(stage, number):
    lost = stage.keeper.step == "receipt" and "before" in stage.keeper.armed
    phone = await applies(stage, number, lost=lost)
    await stage.finished()
    await one_receipt(phone)


async def push(stage, number):
    """A new task reaches the steward, who takes it."""
    water = stage.phone("o_jx_water")
    if stage.keeper.step in ("card", "report", "opt_in", "notice"):
        await stage.forward(49 * 3600)  # no 客服消息 any more (platform rule)
        if stage.keeper.step in ("opt_in", "notice"):
            await water.act("subscribe", templates=["sub_jx_task"])
    else:
        await water.say("任务")
    phone = await applies(stage, number)
    await stage.finished()
    (joint,) = await stage.books.numbers(phone.person)
    listed = await water.say("任务")
    if joint not in listed or "接单" not in listed:
        tasks = [line for line in listed.split("\n") if joint in line]
        listed = await water.say(re.search(r"\d+", tasks[0]).group())
    assert "已记录" in await water.say("接单")
    await stage.finished()
    await one_receipt(phone)


async def papers(stage, number):
    """A paper is handed in; what it is put into is a draft."""
    phone = await stage.new_phone(f"o_jx_paper{number}")
    await fill(phone, AGENT)
    reply = phone.read(await phone.act("file"))
    assert "正在保存" in reply
    await stage.finished()
    pushes = await phone.pushes("存好了")
    assert len(pushes) <= 1
    assert "单位全称" in await phone.say("好了")


LIVES = {"talk": talk, "push": push, "papers": papers}


@pytest.mark.parametrize("name", LIVES)
async def test_killed_at_every_point(tmp_path, name):
    async with (
        apart(tmp_path, interval=0.3, start=False) as site,
        kept(site, FAULTS[name], STARTING[name]) as stage,
    ):
        number = 0
        while stage.keeper.left:
            number, before = number + 1, stage.keeper.left
            await LIVES[name](stage, number)
            assert stage.keeper.left < before, f"nobody came by {stage.keeper.armed}"
        await stage.check()


ERASING = """
import asyncio, sys
from bot.faults import hang_fault
from bot.settings import Settings
from storage.files import FileStore
from storage.vault import Keyring, Vault

async def main():
    vault = Vault(Keyring("k", {"k": b"1" * 32}), b"2" * 32)
    files, key = FileStore(sys.argv[1], vault), vault.new_record_key()
    if sys.argv[2]:
        await files.put(key, "record", b"paper")
        hang_fault(Settings(fault=sys.argv[2], faults=True))
    await files.erase("record")

asyncio.run(main())
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_erasing(tmp_path, when):
    def erase(fault):
        return subprocess.run([sys.executable, "-c", ERASING, str(tmp_path), fault], cwd=ROOT, timeout=30).returncode

    assert erase(f"erase:{when}:1") == -9
    assert (tmp_path / "record").exists() == (when == "before")
    assert erase("") == 0
    assert not (tmp_path / "record").exists()
