"""The API over a real core and a database of its own: two counties, everybody on duty, keys for portals and bodies."""

import dataclasses
import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import TypeAdapter
from yarl import URL

from handlers.casework import Casework
from handlers.web.api.door import Api
from handlers.web.api.problems import MEDIA_TYPE, Problem
from handlers.web.api.routes import Route
from handlers.wording.catalogue import Catalogue
from model.staff import Staff
from routing.evolve import fold
from storage.clients import Clients
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.api.applications import NOW, whole
from tests.shipped import shipped

COUNTIES = shipped()
AGREEMENTS = {name: {"version": 1} for name in ("notice", "identity", "declaration")}


@dataclasses.dataclass
class Answer:
    """What came back, with its JSON, if it was any."""

    status: int
    json: Any
    headers: Any


class Hall:
    """The API as other systems meet it. Everything it answers is checked against what it says of itself."""

    def __init__(self, http: TestClient[Any, Any], clients: Clients, casework: Casework, database: Database) -> None:
        self.http = http
        self.clients = clients
        self.casework = casework
        self.database = database
        self.outbox = Outbox(database)
        self.now = NOW
        self.allowed = True
        self.api: Api | None = None
        self.asked = 0
        self.seen: set[tuple[str, int]] = set()

    async def key(self, county: str = "jingxian", body: str | None = None) -> str:
        return (await self.clients.add(county, "一个系统", body, self.now))[1]

    async def ask(
        self,
        method: str,
        path: str | URL,
        key: str | None = None,
        body: Any = None,
        *,
        once: str | None = "",
        **more: Any,
    ) -> Answer:
        """One request; a POST gets an idempotency key of its own unless one is given, or None."""
        headers = dict(more.pop("headers", {}))
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        if method == "POST" and once is not None:
            self.asked += 1
            headers["Idempotency-Key"] = once or f"request-{self.asked}"
        if body is not None:
            more["data"] = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        async with self.http.request(method, path, headers=headers, **more) as response:
            return await self._checked(method, response)

    async def _checked(self, method: str, response: ClientResponse) -> Answer:
        raw = await response.read()
        found = json.loads(raw)
        route = self._route(method, response.url.path)
        if response.status >= 400:
            assert response.content_type == MEDIA_TYPE
            assert response.headers["Cache-Control"] == "no-store"
            problem = Problem.model_validate_json(raw)
            assert problem.status == response.status
            assert problem.title and problem.detail
            assert route is None or response.status in route.problems, (route.name, response.status)
        elif route is not None:
            assert response.content_type == "application/json"
            assert response.status == route.status
            TypeAdapter(route.response).validate_json(raw)
        self.seen.add((route.name if route else "", response.status))
        return Answer(response.status, found, response.headers)

    def _route(self, method: str, path: str) -> Route | None:
        parts = path.removeprefix("/api/v1").split("/")
        for route in self.api._routes if self.api else ():
            own = route.path.split("/")
            fits = len(own) == len(parts) and all(a.startswith("{") or a == b for a, b in zip(own, parts, strict=True))
            if route.method == method and fits:
                return route
        return None

    async def submitted(self, key: str, *options: str, county: str = "jingxian", **given: Any) -> Any:
        """A case that must come about."""
        found = await self.ask("POST", "/api/v1/cases", key, application(county, *options, **given))
        assert found.status == 201, found.json
        return found.json


def application(county: str, *options: str, **given: Any) -> dict[str, Any]:
    """A whole application as a portal sends it."""
    one = COUNTIES[county]
    return {"form_version": one.form.version, "answers": whole(one, *options, **given), "agreements": {**AGREEMENTS}}


@pytest.fixture(scope="session")
async def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("api") / "migrated.db"
    await upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
async def hall(migrated_once: Path, tmp_path: Path) -> AsyncIterator[Hall]:
    file = tmp_path / "records.db"
    file.write_bytes(migrated_once.read_bytes())
    database = open_database(f"sqlite:///{file}")
    vault = Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32)
    staffing, clients = Staffing(database, vault), Clients(database, vault)
    casework = Casework(Records(database, vault, fold), staffing, COUNTIES)
    for county in COUNTIES.values():
        for body in county.bodies:
            name = f"{county.id}-{body.id}"
            one = Staff(id=name, county=county.id, body=body.id, name=f"管家{body.short}", phone="13900000009")
            await staffing.put(one)
            await staffing.issue_code(name, f"code {name}", NOW + dt.timedelta(days=1))
            await casework.redeem(f"code {name}", "account", f"person-{name}", NOW)
    app = web.Application(client_max_size=256 * 1024)
    made: list[Hall] = []
    catalogues = {name: Catalogue(county) for name, county in COUNTIES.items()}
    api = Api(
        casework,
        clients,
        COUNTIES,
        catalogues,
        clock=lambda: made[0].now,
        allow=lambda _: made[0].allowed,
    )
    api.add_to(app)
    async with TestClient(TestServer(app)) as http:
        made.append(Hall(http, clients, casework, database))
        made[0].api = api
        yield made[0]
    await database.close()
