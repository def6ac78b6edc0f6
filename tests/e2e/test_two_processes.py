"""Two processes on one port, none of them a leader; one is killed in the middle, and everybody arrives all the same."""

import asyncio
import json
import os
import re
import signal

import aiohttp
import pytest
from sqlalchemy import text

from bot.settings import new_keys
from storage.engine import open_database
from tests.e2e.jobs import XINXIANG, fill
from tests.e2e.process import Process, free_ports
from tests.e2e.running import Phone, eventually, gone, said
from tests.e2e.test_starting import refused
from tests.e2e.zygote import Forked

pytestmark = pytest.mark.xdist_group("walk")

PEOPLE = 6
LISTENING = '"event": "listening"'


@pytest.fixture(params=["one machine", "production stores"])
def stores(request, tmp_path):
    """Where records and conversations are: SQLite and the embedded Valkey, or PostgreSQL and a Redis of its own."""
    if request.param == "one machine":
        return {"DATABASE_URL": f"sqlite:///{tmp_path / 'lianban.sqlite3'}"}
    return {
        name: request.getfixturevalue(one)
        for name, one in {"DATABASE_URL": "postgres", "REDIS_URL": "external"}.items()
    }


class County:
    """Product and sandbox; the product knows the sandbox only as the platform it is set up for."""

    def __init__(self, session, folder, stores):
        self.session, self.stores = session, stores
        port = free_ports()
        self.origin, self.platform = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
        keys = new_keys()
        self.environment = {
            **stores,
            "LIANBAN_DATA": str(folder),
            "LIANBAN_ACCOUNTS": str(folder / "accounts.json"),
            "LIANBAN_KEYS": json.dumps({"k1": keys["k1"]}),
            "LIANBAN_LOOKUP_KEY": keys["lookup"],
        }
        self.accounts = folder / "accounts.json"
        self.sandbox = Forked(
            "sandbox", "--port", str(port + 1), "--product", self.origin,
            data=folder, environment={"PYTHONUNBUFFERED": "1"}, until=self.platform,
        )  # fmt: skip
        self.product = Process(
            "bot", "run", "--port", str(port), "--processes", "2",
            data=folder, environment=self.environment, until=LISTENING,
        )  # fmt: skip

    async def start(self):
        await self.sandbox.start()
        async with self.session.get(f"{self.platform}/sandbox/accounts") as answer:
            listed = await answer.json()
        names = {"id": "id", "original_id": "original_id", "appid": "appid", "appsecret": "appsecret", "token": "token"}
        one = next(one for one in listed if one["id"] == "xinxiang")
        account = {ours: one[theirs] for ours, theirs in names.items()}
        account |= {
            "aes_key": one["EncodingAESKey"],
            "mode": one["mode"],
            "county": "xinxiang",
            "api_base": self.platform,
        }
        self.accounts.write_text(json.dumps([account]))
        await self.product.start()
        await eventually(lambda: len(self.said(LISTENING)) == 2, within=60)

    async def phone(self, person):
        body = {"openid": person, "nickname": person}
        async with self.session.post(f"{self.platform}/sandbox/phones/xinxiang", json=body) as answer:
            assert answer.status in {200, 201}, await answer.text()
        phone = Phone(self.session, self.platform, "xinxiang", person)
        await phone.act("follow")
        return phone

    def said(self, words):
        return [line for line in self.product.lines if words in line]

    def processes(self):
        """The ids of all that were started, in order."""
        return [int(re.search(r"pid\W{1,4}(\d+)", line)[1]) for line in self.said("process.started")]

    def served_by(self):
        return {re.search(r"process\W{1,4}([12])", line)[1] for line in self.said("wechat.inbound")}

    async def count(self, table):
        database = open_database(self.stores["DATABASE_URL"])
        try:
            async with database.reading() as connection:
                return (await connection.execute(text(f"select count(*) from {table}"))).scalar()
        finally:
            await database.close()


async def test_two_processes_share_everybody_and_one_dies(tmp_path, stores):
    async with aiohttp.ClientSession() as session:
        county = County(session, tmp_path, stores)
        try:
            await county.start()
            added = await said(
                "staff", "add", "xinxiang", "water_company", "王示例", "13800000001", **county.environment
            )
            steward = await county.phone("o_steward")
            assert "王示例" in await steward.say(f"绑定 {re.search(r'绑定码：([0-9A-Z]+)', added)[1]}")
            people = [await county.phone(f"o_applicant_{number}") for number in range(PEOPLE)]
            victim = county.processes()[0]
            half = len(XINXIANG.split("|")) // 2

            async def apply(phone):
                said = XINXIANG.split("|")
                await fill(phone, "|".join(said[:half]))
                arrived.append(phone)
                if len(arrived) == PEOPLE // 2:
                    os.kill(victim, signal.SIGKILL)
                await fill(phone, "|".join(said[half:]))
                return await phone.say("我承诺")

            arrived = []
            receipts = await asyncio.gather(*(apply(phone) for phone in people))
            assert all("已收到" in receipt for receipt in receipts), receipts
            assert len({re.search(r"XXLB\S*\d", receipt)[0] for receipt in receipts}) == PEOPLE
            assert await county.count("cases") == PEOPLE
            await steward.pushed("新任务", within=60, times=PEOPLE)
            assert len(await steward.pushes("新任务")) == PEOPLE
            assert county.served_by() == {"1", "2"}
            await eventually(lambda: len(county.said(LISTENING)) == 3, within=60)  # the dead one is back
            assert gone(victim)
            assert len(county.processes()) == 3
        finally:
            await county.product.end()
            await county.sandbox.end()
            print("".join(county.sandbox.lines + county.product.lines))
        assert all(gone(pid) for pid in county.processes())
        assert county.product.process.returncode == 0


async def test_a_mistake_ends_them_all_with_its_reason(tmp_path):
    keys = new_keys()
    told = await refused("run", "--processes", "2", "--port", str(free_ports()), LIANBAN_DATA=str(tmp_path),
                         LIANBAN_KEYS=json.dumps({"k1": keys["k1"]}), LIANBAN_LOOKUP_KEY=keys["lookup"])  # fmt: skip
    assert "LIANBAN_ACCOUNTS" in told


async def test_the_sandbox_has_one_process(tmp_path):
    told = await refused("run", "--sandbox", "--processes", "2", LIANBAN_DATA=str(tmp_path))
    assert "只能与一个进程" in told
