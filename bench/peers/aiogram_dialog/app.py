"""Peer: aiogram-dialog on aiogram's RedisStorage, by webhook; it sends its windows by the Bot API.

Frozen, with its locked versions: what it shows is how a form in this framework does on the day it was written, by
somebody who knows it. One window with a TextInput per question, `Next` on success: the library's own example. The library
sends its windows itself and keeps the ids of what it sent, so they cannot travel in the webhook's response: the calls go to
a stand-in of the Bot API that answers at once. No keyboards (they would have to be removed again by a call each), uvloop,
hiredis.
"""

import os

import redis.asyncio
import uvloop
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import DefaultKeyBuilder
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiogram_dialog.widgets.input import TextInput
from aiogram_dialog.widgets.text import Format
from aiohttp import web

from aiogram import Bot, Dispatcher, F, Router
from aiogram_dialog import Dialog, ShowMode, StartMode, Window, setup_dialogs
from questions import FORM, RECEIPT, ask, card, parse, read_back

DB = redis.asyncio.Redis.from_url(os.environ["BENCH_REDIS"])
router = Router()
Form = type("Form", (StatesGroup,), {f"q{number}": State() for number in range(len(FORM))})
STATES = [getattr(Form, f"q{number}") for number in range(len(FORM))]


def _accepts(question):
    def value(text):
        found = parse(question, text)  # what is wrong is a ValueError: the widget calls on_error
        return text if found is None else found

    return value


async def _filled(message, widget, manager, value):
    number = int(widget.widget.widget_id[1:])
    question = FORM[number]
    answers = manager.dialog_data.setdefault("answers", {})
    answers[question["id"]] = value
    if number + 1 == len(FORM):
        case = await DB.rpush("cases", message.from_user.id)
        await message.answer(f"{RECEIPT}{case}")
        await manager.done(show_mode=ShowMode.NO_UPDATE)
        return
    manager.dialog_data["read_back"] = read_back(question, value)
    await manager.next(show_mode=ShowMode.SEND)


async def _wrong(message, widget, manager, error):
    manager.dialog_data["read_back"] = str(error)


async def _getter(dialog_manager, **_):
    number = STATES.index(dialog_manager.current_context().state)
    question, said = FORM[number], dialog_manager.dialog_data
    words = card(said["answers"]) if question["kind"] == "review" else ask(question)
    return {"words": "\n".join(filter(None, (said.get("read_back"), words)))}


DIALOG = Dialog(
    *(
        Window(
            Format("{words}"),
            TextInput(id=f"i{number}", type_factory=_accepts(question), on_success=_filled, on_error=_wrong),
            state=STATES[number],
            getter=_getter,
        )
        for number, question in enumerate(FORM)
    )
)


@router.message(F.text)
async def begin(message, dialog_manager):
    """The first message of a person."""
    await dialog_manager.start(STATES[0], mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def serve():
    """Until it is ended."""
    dispatcher = Dispatcher(storage=RedisStorage(DB, key_builder=DefaultKeyBuilder(with_destiny=True)))
    dispatcher.include_router(DIALOG)
    dispatcher.include_router(router)
    setup_dialogs(dispatcher)
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BENCH_API"]))
    app = web.Application()
    SimpleRequestHandler(dispatcher, Bot(os.environ["BENCH_BOT_TOKEN"], session)).register(app, "/wechat/bench")
    await web._run_app(  # noqa: SLF001 - run_app without a loop of its own
        app, host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), access_log=None, print=None
    )


if __name__ == "__main__":
    uvloop.run(serve())
