"""The dialogue core alone: messages per second of one core over the whole 新乡县 form, without wording and with it."""

import datetime as dt
import time

from bench.walk import next_answer
from config.loader import load_counties
from dialogs.advance import advance
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.conversation import Conversation
from model.message import Actor, TextMessage

ROUNDS = 20


def run() -> None:
    """Prints both figures and the number of messages of the form."""
    county = load_counties()["xinxiang"]
    wording = Wording(county)
    actor = Actor(person="p")
    messages, advancing, worded = 0, 0.0, 0.0
    for _ in range(ROUNDS):
        conversation = Conversation(id="a:p", account="a", person="p", county=county.id)
        now = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
        while (text := next_answer(county, conversation)) is not None:
            now += dt.timedelta(seconds=20)
            began = time.process_time()
            outcome = advance(county, conversation, TextMessage(text=text), actor, now)
            middle = time.process_time()
            _, conversation = wording.reply(outcome.conversation, outcome.events)
            advancing += middle - began
            worded += time.process_time() - middle
            messages += 1
    print(f"engine: {messages // ROUNDS} messages for the whole 新乡县 form, {ROUNDS} times")
    print(
        f"  advance            {advancing / messages * 1e6:8.0f} µs a message  {messages / advancing:8.0f} messages/s"
    )
    print(
        f"  advance + wording  {(advancing + worded) / messages * 1e6:8.0f} µs a message  {messages / (advancing + worded):8.0f} messages/s"
    )
