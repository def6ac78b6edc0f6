"""The demonstration's stewards are entered while people are served: records that are away do not end the program."""

import datetime as dt
from types import SimpleNamespace

from bot import demo
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


class Staffing:
    """Away at first, and once more in the middle."""

    def __init__(self):
        self.kept, self.troubles = {}, [TimeoutError(), OSError()]

    async def put(self, staff):
        if self.troubles and len(self.kept) in {0, 3}:
            raise self.troubles.pop()
        self.kept[staff.id] = staff

    async def one(self, name):
        return self.kept[name].model_copy(update={"person": "o_bound"})


class Logins:
    """Of those who sign in to the console."""

    def __init__(self):
        self.given = {}

    async def of(self, staff):
        return None

    async def give(self, login, _):
        self.given[login.staff] = login


async def test_stewards_are_entered_when_the_records_are_back(monkeypatch):
    monkeypatch.setattr(demo, "_PAUSE", 0.0)
    staffing = Staffing()
    logins = Logins()
    house = SimpleNamespace(counties=shipped(), staffing=staffing, clock=lambda: NOW, logins=logins)
    await demo.bind_stewards(house, "http://127.0.0.1:1")
    assert staffing.kept.keys() == {one.id for one in demo.demo_stewards()}
    assert staffing.troubles == []
    assert logins.given.keys() == {one.staff for one in demo.demo_logins()} <= staffing.kept.keys()
