"""The systems that use the API, and what each of them has asked for (X23, J22)."""

import datetime as dt
import hmac
import re
import secrets
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from model.client import Asked, Client
from storage.engine import Database
from storage.schema import api_clients, api_requests
from storage.steps import Step
from storage.vault import Vault

KEPT: Final = dt.timedelta(days=90)
"""So long an idempotency key is told from another request under the same key; the case itself is recognised for good."""

_KEY: Final = re.compile(r"lianban_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
_CONTEXT: Final = b"api key"


class Clients:
    """Clients by their keys. Of a key only a keyed hash is kept: whoever has the database alone can neither use one nor
    make one.
    """

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def add(self, county: str, name: str, body: str | None, now: dt.datetime) -> tuple[Client, str]:
        """A new client and its key, which is shown to nobody again."""
        client = Client(id=secrets.token_hex(8), county=county, name=name, body=body, made_at=now)
        secret = secrets.token_urlsafe(32)
        async with self._database.writing(Step.CLIENT) as connection:
            await connection.execute(
                insert(api_clients).values(client.model_dump() | {"hash": self._hashes(secret)[0]})
            )
        return client, f"lianban_{client.id}_{secret}"

    async def by_key(self, key: str) -> Client | None:
        """The client with this key, if nobody has withdrawn it."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        name, secret = found.groups()
        async with self._database.reading() as connection:
            row = (
                (await connection.execute(select(api_clients).where(api_clients.c.id == name))).mappings().one_or_none()
            )
        hashes = self._hashes(secret)
        matched = [hmac.compare_digest(one, row["hash"] if row else "") for one in hashes]
        if row is None or not any(matched) or row["revoked_at"] is not None:
            return None
        if not matched[0]:  # kept under the lookup key that is being replaced
            mine = (api_clients.c.id == name, api_clients.c.hash == row["hash"])
            async with self._database.writing(Step.CLIENT) as connection:
                await connection.execute(update(api_clients).where(*mine).values(hash=hashes[0]))
        return _client(row)

    async def listed(self) -> tuple[Client, ...]:
        """All clients, those whose key was withdrawn included, by county and age."""
        query = select(api_clients).order_by(api_clients.c.county, api_clients.c.made_at, api_clients.c.id)
        async with self._database.reading() as connection:
            return tuple(_client(row) for row in (await connection.execute(query)).mappings())

    async def revoke(self, client_id: str, now: dt.datetime) -> bool:
        """Withdraw a key, from the next request on; False if there is no such client, or it was withdrawn before."""
        alive = (api_clients.c.id == client_id, api_clients.c.revoked_at.is_(None))
        async with self._database.writing(Step.CLIENT) as connection:
            done = await connection.execute(update(api_clients).where(*alive).values(revoked_at=now))
            return done.rowcount == 1

    async def asked(self, client_id: str, key: str, content: bytes, now: dt.datetime) -> Asked:
        """Note that the client asks for this under its idempotency key; what it asked for before under the same one stands.

        Neither the key nor the content is kept, only keyed hashes of them.
        """
        names = self._vault.digests(key.encode(), b"api request")
        digests = self._vault.digests(content, b"api content")
        old = (api_requests.c.client == client_id, api_requests.c.at < now - KEPT)
        row = {"client": client_id, "key": names[0], "digest": digests[0], "at": now}
        mine = select(api_requests).where(api_requests.c.client == client_id, api_requests.c.key.in_(names))
        async with self._database.writing(Step.CLIENT) as connection:
            await connection.execute(delete(api_requests).where(*old))
            known = (await connection.execute(mine)).first()
            if known is None:
                await connection.execute(self._database.insert(api_requests).values(row).on_conflict_do_nothing())
                known = (await connection.execute(mine)).one()  # somebody else's, if the same came twice at once
        return Asked(known.at, known.digest not in digests)

    def _hashes(self, secret: str) -> tuple[str, ...]:
        return self._vault.digests(secret.encode(), _CONTEXT)


def _client(row: Any) -> Client:
    return Client.model_validate({name: row[name] for name in Client.model_fields})
