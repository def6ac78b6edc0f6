"""docs/webhooks.md is true: its example verifies a real request, its message is what is sent, its table has every type."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from bot.webhooks.posting import HttpPost
from bot.webhooks.signing import new_secret, secret_text
from model.webhook import Webhook
from routing.reports import GONE, REPORTED
from tests.webhooks.receiver import listening
from tests.webhooks.sample import sample

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


async def test_the_example_verifies_what_is_really_sent() -> None:
    shown: dict[str, Any] = {}
    exec(block("python"), shown)
    secret = new_secret()
    async with listening() as system:
        hook = Webhook(county="xinxiang", body="water", url=system.url, secret=secret, allow_private=True)
        for moment in (dt.timedelta(), dt.timedelta(hours=-1)):
            post = HttpPost(lambda moment=moment: dt.datetime.now(dt.UTC) + moment)
            await post(hook, "msg_1", '{"type":"ping","水":1}'.encode())
    now, old = system.got
    assert shown["is_ours"](secret_text(secret), now.headers, now.body)
    assert not shown["is_ours"](secret_text(secret), now.headers, now.body + b" ")
    assert not shown["is_ours"](secret_text(new_secret()), now.headers, now.body)
    assert not shown["is_ours"](secret_text(secret), old.headers, old.body)


async def test_the_message_shown_is_what_is_sent() -> None:
    assert json.loads(block("json")) == await sample()


def test_every_type_is_told_of() -> None:
    table = PAGE[PAGE.index("## 有哪些") : PAGE.index("## 怎么答")]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `") and "`type`" not in line]
    told = [name for cell in first for name in re.findall(r"`([a-z_.]+)`", cell)]
    assert len(told) == len(set(told))
    assert set(told) == {*REPORTED.values(), GONE, "ping"}
