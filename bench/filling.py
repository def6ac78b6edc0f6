"""Conversations put straight into Redis, sealed by the product's own code, as if their people had been talking."""

import asyncio
import base64
from collections.abc import Sequence

import redis

from bench.contestants import PRODUCT_KEY, House
from bench.script import NOBODY
from handlers.book import Page, SealedBook
from model.conversation import Conversation
from model.message import Reply
from storage.conversations import Conversations, open_port
from storage.steps import Step
from storage.vault import Keyring, Vault

_LOADERS = 64


async def fill(
    house: House, client: "redis.Redis", templates: Sequence[Conversation | None], first: int, size: int
) -> None:
    """Gives each of `size` people, numbered from `first`, one of the templates in turn; None: nothing was said yet."""
    key = base64.b64decode(PRODUCT_KEY)
    port = open_port(house.redis_url)
    book = SealedBook(Conversations(port), Vault(Keyring("k1", {"k1": key}), key))
    texts = [None if one is None else one.model_dump_json() for one in templates]
    numbers = iter(range(size))

    async def some() -> None:
        for number in numbers:
            text = texts[number % len(texts)]
            if text is not None:
                conversation = Conversation.model_validate_json(text.replace(NOBODY, str(first + number)))
                nothing = Page(conversation.model_copy(update={"drafts": ()}), 0)
                await book.keep(nothing, conversation, key=None, reply=Reply(), step=Step.TURN)

    client.config_set("appendfsync", "no")
    await asyncio.gather(*(some() for _ in range(_LOADERS)))
    client.config_set("appendfsync", "always")
    await port.close()
