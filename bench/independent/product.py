"""The product as it is started in production, on a port and in a directory of its own; and what it keeps, seen from outside."""

import json
import os
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import redis.asyncio

from bench.contestants import NOBODY_TURNED_AWAY, PRODUCT_KEY, product_command
from bench.independent.accounts import as_ours
from bench.processes import CORES, Server, free_port
from sandbox.accounts import Account
from storage.valkey import EmbeddedValkey

_DATABASE = "lianban.sqlite3"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for one account: its conversations with their replies, byte for byte; and how many rows SQL has, for whomever."""

    conversations: dict[bytes, dict[bytes, bytes]]
    replies: dict[bytes, bytes]
    rows: dict[str, int]

    @property
    def revision(self) -> int:
        """How many commits the conversations of this account have had."""
        return sum(int(one[b"rev"]) for one in self.conversations.values())


class Product:
    """A running one."""

    def __init__(self, server: Server, valkey: "redis.asyncio.Redis", rows: sqlite3.Connection) -> None:
        self._server, self._valkey, self._rows = server, valkey, rows
        tables = rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self._count = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for (name,) in tables)  # noqa: S608

    def url(self, account: Account) -> str:
        """Where the platform would push to."""
        return f"http://127.0.0.1:{self._server.port}/wechat/{account.id}"

    async def kept(self, account: Account) -> Kept:
        """What there is now."""
        conversations, replies = dict[bytes, dict[bytes, bytes]](), dict[bytes, bytes]()
        async for key in self._valkey.scan_iter(match=f"lianban:{{{account.id}%3A*", count=10_000):
            if key.endswith(b":c"):
                conversations[key] = cast("dict[bytes, bytes]", await self._valkey.hgetall(key))
            else:
                replies[key] = cast("bytes", await self._valkey.get(key))
        return Kept(conversations, replies, dict(self._rows.execute(self._count).fetchall()))


@asynccontextmanager
async def running(directory: Path, accounts: Iterable[Account]) -> AsyncIterator[Product]:
    """Starts it with these accounts; nobody listens where it looks for the platform. Raises DidNotStart."""
    listed, data = directory / "accounts.json", directory / "data"
    nowhere = f"http://127.0.0.1:{free_port()}"
    listed.write_text(json.dumps([as_ours(one, nowhere) for one in accounts]), encoding="utf-8")
    async with EmbeddedValkey(directory / "valkey") as valkey:
        port = free_port()
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LIANBAN_", "DATABASE_", "REDIS_"))
        }
        environment |= NOBODY_TURNED_AWAY | {
            "LIANBAN_ACCOUNTS": str(listed), "LIANBAN_DATA": str(data), "REDIS_URL": valkey.url, "LIANBAN_LOG": "json",
            "LIANBAN_KEYS": json.dumps({"k1": PRODUCT_KEY}), "LIANBAN_LOOKUP_KEY": PRODUCT_KEY,
        }  # fmt: skip
        client = redis.asyncio.Redis.from_url(valkey.url)
        async with Server(
            await product_command(port), environment, port, directory / "product.log", set(CORES)
        ) as server:
            rows = sqlite3.connect(f"file:{data / _DATABASE}?mode=ro", uri=True)
            try:
                yield Product(server, client, rows)
            finally:
                rows.close()
                await client.aclose()
