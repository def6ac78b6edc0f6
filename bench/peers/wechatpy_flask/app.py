"""Peer: wechatpy with Flask, state in Redis, served by gunicorn's gevent worker: the usual small official account.

Frozen, with its locked versions: what it shows is how a form in this framework does on the day it was written, by
somebody who knows it. Two round trips to Redis a message.
"""

import json
import os

import redis
from flask import Flask, Response, abort, request
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.utils import check_signature

from questions import RECEIPT, answer

TOKEN, SAFE = os.environ["BENCH_TOKEN"], os.environ["BENCH_WIRE"] == "safe"
DB = redis.Redis.from_url(os.environ["BENCH_REDIS"])
CRYPTO = WeChatCrypto(TOKEN, os.environ["BENCH_AES_KEY"], os.environ["BENCH_APPID"])
app = Flask(__name__)


@app.post("/wechat/<account>")
def push(account):
    """One message."""
    query, body = request.args, request.data
    try:
        check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
        if SAFE:
            body = CRYPTO.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
    except (InvalidSignatureException, InvalidAppIdException):
        abort(403)
    message = parse_message(body)
    xml = create_reply(fill(message.source, message.content), message).render()
    if SAFE:
        xml = CRYPTO.encrypt_message(xml, query["nonce"], query["timestamp"])
    return Response(xml, content_type="text/xml; charset=utf-8")


def fill(person, text):
    """The reply to a text."""
    key = f"form:{person}"
    kept = DB.get(key)
    state, reply, done = answer(json.loads(kept) if kept else None, text)
    DB.set(key, json.dumps(state, ensure_ascii=False))
    if done:
        reply = f"{RECEIPT}{DB.rpush('cases', person)}"
    return reply
