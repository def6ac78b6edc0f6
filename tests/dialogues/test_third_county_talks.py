"""A county nobody wrote code for talks from hello to a confirmed form."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from bench.walk import next_answer
from config.loader import county_directories, load_county
from dialogs.advance import advance
from dialogs.events import Submitted
from dialogs.submitting import submission_of
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.conversation import Conversation
from model.events.intake import CaseAccepted, OrderRouted
from model.message import Actor, TextMessage
from routing.accept import accept

DATA = Path(__file__).parents[1] / "config" / "data" / "counties"
THIRD = county_directories(DATA)


@pytest.mark.parametrize("directory", THIRD, ids=lambda one: one.name)
def test_it_talks_to_the_end_and_reaches_its_bodies(directory, tmp_path):
    # Its own texts override test texts; here it speaks with ours.
    copied = shutil.copytree(directory, tmp_path / directory.name, ignore=shutil.ignore_patterns("messages"))
    county = load_county(copied)
    wording = Wording(county)
    conversation = Conversation(id="a:p", account="a", person="p", county=county.id)
    now = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
    said = []
    for _ in range(100):
        text = next_answer(county, conversation)
        assert text is not None
        now += dt.timedelta(seconds=20)
        outcome = advance(county, conversation, TextMessage(text=text), Actor(person="p"), now)
        reply, conversation = wording.reply(outcome.conversation, outcome.events)
        said.append(f"{text} -> {reply.text}")
        if any(isinstance(event, Submitted) for event in outcome.events):
            break
    else:
        pytest.fail("\n".join(said[-6:]))
    submission = submission_of(county, conversation, conversation.drafts[0])
    events = accept(submission, county, "case", "N1", (), now)
    assert isinstance(events[0], CaseAccepted)
    assert any(isinstance(event, OrderRouted) for event in events)
