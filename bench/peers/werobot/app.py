"""Peer: WeRoBot with sessions in Redis, served by gunicorn's gevent worker.

Frozen, with its locked versions: what it shows is how a form in this framework does on the day it was written, by
somebody who knows it. WeRoBot loads the session before the handler and stores it after: two round trips.
"""

import os

import redis
from werobot.session.redisstorage import RedisStorage

from questions import RECEIPT, answer
from werobot import WeRoBot

DB = redis.Redis.from_url(os.environ["BENCH_REDIS"])
robot = WeRoBot(token=os.environ["BENCH_TOKEN"], enable_session=True, session_storage=RedisStorage(DB, prefix="ws_"))
if os.environ["BENCH_WIRE"] == "safe":
    robot.config["APP_ID"] = os.environ["BENCH_APPID"]
    robot.config["ENCODING_AES_KEY"] = os.environ["BENCH_AES_KEY"]


@robot.text
def fill(message, session):
    """One message."""
    state, reply, done = answer(session.get("form"), message.content)
    session["form"] = state
    if done:
        reply = f"{RECEIPT}{DB.rpush('ws_cases', message.source)}"
    return reply


app = robot.wsgi
