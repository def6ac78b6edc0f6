"""The ways of delivery before a platform that counts nothing: for tests about what is sent, not about quotas."""

from types import SimpleNamespace

from bot.ways.gate import Gate
from bot.ways.in_turn import ways_of
from storage.breakers import Go
from storage.ledger import NotOpen, Spent


class _Ledger:
    async def spend(self, conversation, rights, now, last):
        right = next((one for one in rights if now < one.until), None)
        return NotOpen("closed") if right is None else Spent(right.name, 0)

    async def give_back(self, conversation, spent):
        return None

    async def exhaust(self, conversation, rights):
        return None

    async def bar(self, conversation, why, now):
        return None

    async def shut(self, conversation, way, last):
        return None


class _Breakers:
    async def admit(self, *_):
        return Go(1)

    async def shut(self, *_):
        return None


class _Client:
    """A test's client with the account that the real one has."""

    def __init__(self, name, client):
        self.account = SimpleNamespace(
            id=name,
            appid=f"wx-{name}",
            templates=_Every(),
            field_at_platform=lambda _, field: field,
            may_text=True,
            may_card=True,
        )
        self.send_text = client.send_text
        self.send_template = getattr(client, "send_template", None)


class _Every(dict):
    def get(self, name, default=None):
        return name


def open_gate(clock):
    """A gate that lets everybody through."""
    return Gate(_Breakers(), _Ledger(), clock)


def open_ways(clients, turns, compose, clock, beside=None):
    """客服消息 while its window is open, then 模板消息."""
    gate = open_gate(clock)
    served = {name: _Client(name, one) for name, one in clients.items() if one is not None}
    return ways_of(served, turns, gate, compose, clock, beside)
