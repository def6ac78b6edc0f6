"""A conversation that is full takes nothing more, and everything that makes it smaller."""

import datetime as dt
import os

import pytest

from handlers.book import SealedBook
from handlers.effects import Effects
from handlers.handing_in import HandingIn
from handlers.turn import Turns
from model.message import TextMessage, Update
from storage.conversations import Conversations, open_port
from storage.valkey import EmbeddedValkey
from storage.vault import Keyring, Vault
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


@pytest.fixture
async def book(tmp_path):
    async with EmbeddedValkey(tmp_path / "valkey") as valkey:
        port = open_port(valkey.url)
        yield SealedBook(Conversations(port), Vault(Keyring("k", {"k": os.urandom(32)}), os.urandom(32)))
        await port.close()


async def test_what_is_full_takes_no_more_and_lets_go(book):
    county = shipped()["jingxian"]

    async def says(text, *, room=1 << 20):
        turns = Turns(
            {county.id: county}, {"a": county.id}, book, Effects(None), HandingIn(None, None), lambda: NOW, room=room
        )
        update = Update(account="a", person="p", key=f"{text}:{room}", at=NOW, message=TextMessage(text=text))
        return (await turns.answer(update)).text, (await turns.conversation("a", "p")).draft()

    for text in ("水", "住宅", "同意"):
        await says(text)
    _, before = await says("泾川镇示范路6号3栋201")
    full, same = await says("我叫李示例", room=1)
    assert "没有加进去" in full
    assert same == before
    assert full == (await says("我叫李示例", room=1))[0], "a redelivery hears the same"
    assert "示范路6号" in (await says("已填", room=1))[0]
    _, less = await says("上一步", room=1)
    assert less is not None
    _, goes_on = await says("我叫李示例")
    assert len(goes_on.answers) > len(before.answers)
