"""Peer: python-telegram-bot by its own webhook (tornado), state in Redis; it answers by the Bot API.

Frozen, with its locked versions: what it shows is how a form in this framework does on the day it was written, by
somebody who knows it. Its own persistence keeps everything in memory and writes once a minute; state that survives has to be
read and written by the handler, and so it is: two round trips. Updates are handled concurrently. The library does not
answer in the webhook's response: the calls go to a stand-in of the Bot API that answers at once, over a pool of 64
connections. hiredis, uvloop.
"""

import asyncio
import json
import os

import redis.asyncio
import uvloop
from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from questions import RECEIPT, answer

DB = redis.asyncio.Redis.from_url(os.environ["BENCH_REDIS"])


async def fill(update, _):
    """One message."""
    key = f"form:{update.effective_user.id}"
    kept = await DB.get(key)
    state, reply, done = answer(json.loads(kept) if kept else None, update.message.text)
    await DB.set(key, json.dumps(state, ensure_ascii=False))
    if done:
        reply = f"{RECEIPT}{await DB.rpush('cases', update.effective_user.id)}"
    await update.message.reply_text(reply)


def main():
    """Until it is ended."""
    asyncio.set_event_loop(uvloop.new_event_loop())
    application = (
        Application.builder()
        .token(os.environ["BENCH_BOT_TOKEN"])
        .base_url(os.environ["BENCH_API"] + "/bot")
        .concurrent_updates(256)
        .connection_pool_size(64)
        .pool_timeout(30)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, fill))
    application.run_webhook(
        listen="127.0.0.1",
        port=int(os.environ["BENCH_PORT"]),
        url_path="wechat/bench",
        webhook_url=os.environ["BENCH_API"] + "/hook",
        allowed_updates=Update.ALL_TYPES,
        bootstrap_retries=5,
    )


if __name__ == "__main__":
    main()
