"""kill -9 while a webhook is on its way: nothing is lost, and what went twice has the same id and the same words."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.webhooks.signing import new_secret
from model.commands.intake import Take
from model.webhook import Webhook
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.outbox import LEASE
from storage.records import Records
from storage.staffing import Staffing
from storage.webhooks import Webhooks
from tests.records.office import Office, steward_of
from tests.routing.county import NOW, submission
from tests.webhooks.dying import VAULT, send
from tests.webhooks.receiver import listening

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("point", "arrivals"),
    [("claim:before", 0), ("claim:after", 0), ("post:before", 0), ("post:after", 1), ("finish:before", 1), ("finish:after", 1)],
)  # fmt: skip
async def test_whoever_comes_after_makes_up_for_it(point: str, arrivals: int, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    await upgrade(url)
    database = open_database(url)
    office = await Office(database, Records(database, VAULT, fold), Staffing(database, VAULT)).open()
    async with listening() as system:
        hook = Webhook(
            county="xinxiang", body="water_body", url=system.url, secret=new_secret(), allow_private=True
        )  # fmt: skip
        await Webhooks(database, VAULT).put(hook)
        case = await office.accept(submission(office.county, "用水"))
        await office.done(case, steward_of(case), Take(order=case.orders[0].id))
        command = [sys.executable, "-m", "tests.webhooks.dying", url, point]
        died = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=False, timeout=120)
        assert died.returncode == -signal.SIGKILL
        assert len(system.got) == arrivals
        await send(url, NOW + LEASE)
        await database.close()
    words = {one.id: one.body for one in system.got}
    assert [words[one.id] == one.body for one in system.got] == [True] * len(system.got)
    once = list(dict.fromkeys((one.id, one.message["type"]) for one in system.got))
    assert [kind for _, kind in once] == ["order.routed", "order.taken"]
