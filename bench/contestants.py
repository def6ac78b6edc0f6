"""Who is compared: the product, the two baselines and the peers, each on its wire, each started as its users would."""

import base64
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bench import pushes, trivial
from bench.environments import PEERS, interpreter
from bench.peers.traffic import CONTENT
from bench.script import Line, constant_script, peers_script, product_script

Kind = Literal["load", "product", "a", "b", "peer"]
PATH = "/wechat/bench"

PRODUCT_KEY = base64.b64encode(b"B" * 32).decode()
"""The key that seals, and looks up, in this run."""

EACH_PERSON = {"LIANBAN_BURST": "1000000", "LIANBAN_RATE": "1000000"}
"""Simulated applicants answer faster than people type: what one person may send is not limited here."""
NOBODY_TURNED_AWAY = {**EACH_PERSON, "LIANBAN_WAIT": "30", "LIANBAN_LAG": "30"}
"""As many at once as there are never come in life, and what is to be measured is the work."""


@dataclass(frozen=True, slots=True)
class House:
    """Where everything of this run lies and listens."""

    directory: Path
    redis_url: str
    stand_in: int


@dataclass(frozen=True, slots=True)
class Contestant:
    """One server on one wire. `by_api`: its answers are calls to the stand-in, not the HTTP response; `settings` are the
    product's.
    """

    name: str
    kind: Kind
    wire: str
    script: list[Line]
    command: Callable[[int], Awaitable[list[str]]]
    by_api: bool = False
    settings: Mapping[str, str] = field(default_factory=lambda: NOBODY_TURNED_AWAY)

    @property
    def title(self) -> str:
        """The name with the wire."""
        return f"{self.name}, {self.wire}"

    def environment(self, house: House, port: int) -> dict[str, str]:
        """What its process finds in its environment."""
        common = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL"}}
        if self.kind == "product":
            return common | _product(house, self.wire) | self.settings
        return common | {
            "BENCH_PORT": str(port), "BENCH_REDIS": house.redis_url, "BENCH_WIRE": self.wire,
            "BENCH_TOKEN": pushes.TOKEN, "BENCH_AES_KEY": pushes.AES_KEY, "BENCH_APPID": pushes.APPID,
            "BENCH_BOT_TOKEN": pushes.BOT_TOKEN, "BENCH_API": f"http://127.0.0.1:{house.stand_in}",
            "PYTHONPATH": str(PEERS),
        }  # fmt: skip


def contestants() -> list[Contestant]:
    """Everybody, in the order in which a round runs.

    All say the whole form up to the review card. What follows, handing in, is SQL and pushes, of which neither a baseline
    nor a peer does anything: the product does it in rows of its own.
    """
    whole, form, peers = product_script(), product_script()[:-1], peers_script()[:-1]
    constant = constant_script(form, CONTENT.partition("\n")[0])
    both = ("plain", "safe")
    return [
        *(Contestant("product", "product", wire, form, product_command) for wire in both),
        Contestant("product, handed in", "product", "safe", whole, product_command),
        *(Contestant("bare stack", "a", wire, constant, _program("bare")) for wire in both),
        *(Contestant("leanest stack", "b", wire, constant, _program("lean")) for wire in both),
        *(Contestant("WeRoBot", "peer", wire, peers, _gunicorn("werobot")) for wire in both),
        *(Contestant("wechatpy + Flask", "peer", wire, peers, _gunicorn("wechatpy_flask")) for wire in both),
        Contestant("aiogram", "peer", "telegram", peers, _program("aiogram")),
        Contestant("aiogram-dialog", "peer", "telegram", peers, _program("aiogram_dialog"), by_api=True),
        Contestant("python-telegram-bot", "peer", "telegram", peers, _program("python_telegram_bot"), by_api=True),
    ]


def load_itself() -> Contestant:
    """The trivial server, for the load's own limit."""
    lines = constant_script(product_script(), trivial.CONTENT)

    async def command(_: int) -> list[str]:
        return [sys.executable, "-m", "bench.trivial"]

    return Contestant("load itself", "load", "plain", lines, command)


async def product_command(port: int) -> list[str]:
    """As in production."""
    return [sys.executable, "-m", "bot", "run", "--port", str(port)]


def _program(name: str) -> Callable[[int], Awaitable[list[str]]]:
    async def command(_: int) -> list[str]:
        return [str(await interpreter(name)), str(PEERS / name / "app.py")]

    return command


def _gunicorn(name: str) -> Callable[[int], Awaitable[list[str]]]:
    async def command(port: int) -> list[str]:
        return [
            str(await interpreter(name)), "-m", "gunicorn", "--chdir", str(PEERS / name), "--bind", f"127.0.0.1:{port}",
            "--workers", "1", "--worker-class", "gevent", "--keep-alive", "75", "--log-level", "warning", "app:app",
        ]  # fmt: skip

    return command


def _product(house: House, wire: str) -> dict[str, str]:
    accounts = house.directory / f"accounts-{wire}.json"
    account = {
        "id": "bench", "county": "xinxiang", "original_id": pushes.ORIGINAL_ID, "appid": pushes.APPID,
        "appsecret": "bench", "token": pushes.TOKEN, "aes_key": pushes.AES_KEY, "mode": wire,
        "api_base": f"http://127.0.0.1:{house.stand_in}",
    }  # fmt: skip
    accounts.write_text(json.dumps([account]), encoding="utf-8")
    return {
        "LIANBAN_ACCOUNTS": str(accounts), "LIANBAN_DATA": str(house.directory / "data"), "REDIS_URL": house.redis_url,
        "LIANBAN_KEYS": json.dumps({"k1": PRODUCT_KEY}), "LIANBAN_LOOKUP_KEY": PRODUCT_KEY,
        "LIANBAN_WINDOW": "86400",  # the requests were made before the clock ran
    }  # fmt: skip
