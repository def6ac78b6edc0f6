"""Peer: aiogram with its RedisStorage, by webhook, answering in the webhook's own response.

Frozen, with its locked versions: what it shows is how a form in this framework does on the day it was written, by
somebody who knows it. Fair to it: no call to the Bot API at all (the reply travels in the response), one state for the
whole form instead of one per question (that would be a fourth round trip), no lock on the person's events, uvloop,
hiredis. Three round trips: the middleware reads the state, the handler reads and writes the data.
"""

import os

import redis.asyncio
import uvloop
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.methods import SendMessage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from aiogram import Bot, Dispatcher, F, Router
from questions import RECEIPT, answer

DB = redis.asyncio.Redis.from_url(os.environ["BENCH_REDIS"])
router = Router()


class Form(StatesGroup):
    """The whole form is one state; which question is open stands in the data."""

    filling = State()


@router.message(StateFilter(None), F.text)
async def begin(message, state):
    """The first message of a person."""
    kept, reply, _ = answer(None, message.text)
    await state.set_state(Form.filling)
    await state.set_data(kept)
    return SendMessage(chat_id=message.chat.id, text=reply)


@router.message(Form.filling, F.text)
async def fill(message, state):
    """Any other message."""
    kept, reply, done = answer(await state.get_data(), message.text)
    await state.set_data(kept)
    if done:
        reply = f"{RECEIPT}{await DB.rpush('cases', message.from_user.id)}"
    return SendMessage(chat_id=message.chat.id, text=reply)


async def serve():
    """Until it is ended."""
    dispatcher = Dispatcher(storage=RedisStorage(DB))
    dispatcher.include_router(router)
    app = web.Application()
    SimpleRequestHandler(dispatcher, Bot(os.environ["BENCH_BOT_TOKEN"]), handle_in_background=False).register(
        app, "/wechat/bench"
    )
    await web._run_app(  # noqa: SLF001 - run_app without a loop of its own
        app, host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), access_log=None, print=None
    )


if __name__ == "__main__":
    uvloop.run(serve())
