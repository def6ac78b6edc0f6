"""`replay`: plays stories against the engine alone and writes what it made of them, for scoring and for reading."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.values_out import path_of, value_out
from dialogs.advance import advance
from dialogs.events import DialogueEvent, Rejected
from dialogs.focus import OnConfirm, OnField, OnRows
from dialogs.focus import focus as focus_of
from dialogs.submitting import submission_of
from dialogs.visible import missing_fields, open_fields, visible_fields
from handlers.wording.materials import checklist
from handlers.wording.wording import Wording
from model.conversation import Conversation
from model.county import County
from model.draft import Agreement, Draft
from model.message import Actor, Reply, TextMessage
from model.values import Picks
from routing.derived import needs_lead
from routing.split import UnknownService, chosen

JOINT, SINGLE = "联合踏勘", "单独踏勘"
_NOW = re.compile(r"now=([^;]+);")
_TURN = dt.timedelta(seconds=5)


@dataclass
class Played:
    """A story played to its end: the conversation, the replies of each turn, what was asked and refused."""

    conversation: Conversation
    replies: list[Reply] = field(default_factory=list)
    asked: dict[str, None] = field(default_factory=dict)
    rejected: list[dict[str, Any]] = field(default_factory=list)


def play(county: County, wording: Wording, story: Mapping[str, Any]) -> Played:
    """All turns of a story, as text messages of one person at the story's time.

    Stories begin after the privacy notice and the separate consents: they tell how people write, not how they agree.
    """
    now = told_at(story)
    played = Played(begun(county, now))
    actor = Actor(person="story", role="staff" if story.get("role") == "hotline" else "applicant")
    for number, text in enumerate(story["turns"], 1):
        outcome = advance(county, played.conversation, TextMessage(text=text), actor, now)
        reply, played.conversation = wording.reply(outcome.conversation, outcome.events)
        played.replies.append(reply)
        _note(county, played, outcome.events, number)
        now += _TURN
    return played


def told_at(story: Mapping[str, Any]) -> dt.datetime:
    """The moment of a story, from which its dates are counted."""
    found = _NOW.search(story.get("notes", ""))
    return dt.datetime.fromisoformat(found[1]) if found else dt.datetime(2025, 3, 12, 9, tzinfo=dt.UTC)


def begun(county: County, now: dt.datetime) -> Conversation:
    """A conversation in which everything has been agreed to and nothing was said yet."""
    draft = Draft(
        id="story#1",
        form=county.form.id,
        form_version=county.form.version,
        opened_at=now,
        changed_at=now,
        agreements={name: Agreement(agreed=True, version=version, at=now) for name, version in _texts_of(county)},
    )
    fresh = Conversation(id="story", account="story", person="story", county=county.id, serial=1, greeted=True)
    return fresh.with_draft(draft)


def result(county: County, story: Mapping[str, Any], played: Played) -> dict[str, Any]:
    """The result object of a story, in the stories' own format."""
    draft = _application(county, played.conversation)
    form = county.form
    if draft is None:
        return {"id": story["id"], "values": {}, "asked": list(played.asked), "rejected": played.rejected,
                "to_confirm": [], "missing": [], "materials": [], "survey": None, "replies": _texts(played)}  # fmt: skip
    lacking = {one.id: one for one in (*open_fields(form, draft), *missing_fields(form, draft))}
    return {
        "id": story["id"],
        "values": _values(county, draft),
        "to_confirm": [
            path_of(form, form.fields[name]) for name, answer in draft.answers.items() if not answer.confirmed
        ],
        "asked": list(played.asked),
        "missing": [path_of(form, one) for one in lacking.values() if one.printed],
        "materials": [paper.title for paper in checklist(county, draft)],
        "rejected": played.rejected,
        "survey": _survey(county, played.conversation, draft),
        "replies": _texts(played),
    }


def replay(stories: Path, results: Path, counties: Mapping[str, County]) -> int:
    """Plays every story of a JSON-lines file and writes a result per line; how many there were."""
    count = 0
    with results.open("w", encoding="utf-8") as out:
        for county, wording, story in _stories(stories, counties):
            out.write(
                json.dumps(result(county, story, play(county, wording, story)), ensure_ascii=False, default=_plain)
                + "\n"
            )
            count += 1
    return count


def show(stories: Path, counties: Mapping[str, County], only: str | None = None) -> Iterator[str]:
    """The chat of each story (or of one) as a person would see it."""
    for county, wording, story in _stories(stories, counties):
        if only is not None and story["id"] != only:
            continue
        yield f"── {story['id']} {county.name}"
        for turn, reply in zip(story["turns"], play(county, wording, story).replies, strict=True):
            yield f"\n　　　　　　　　{turn}"
            buttons = (f"[{'' if one.number is None else f'{one.number} '}{one.label}]" for one in reply.buttons)
            yield "\n".join(filter(None, (reply.text, " ".join(buttons))))
        yield ""


def _texts_of(county: County) -> Iterator[tuple[str, int]]:
    if county.form.notice:
        yield "notice", county.form.notice.version
    yield from ((name, consent.version) for name, consent in county.form.consents.items())


def _stories(path: Path, counties: Mapping[str, County]) -> Iterator[tuple[County, Wording, dict[str, Any]]]:
    wordings: dict[str, Wording] = {}
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            story = json.loads(line)
            county = counties[story["county"]]
            yield county, wordings.setdefault(county.id, Wording(county)), story


def _note(county: County, played: Played, events: tuple[DialogueEvent, ...], turn: int) -> None:
    for event in events:
        if isinstance(event, Rejected):
            name = county.form.fields[event.field].called
            played.rejected.append({"turn": turn, "label": name, "value": event.given})
    draft = _application(county, played.conversation)
    on = focus_of(county.form, draft) if draft and draft.state == "filling" else None
    if isinstance(on, OnField | OnRows | OnConfirm) and on.field.id in county.form.fields:
        played.asked[path_of(county.form, on.field)] = None


def _application(county: County, conversation: Conversation) -> Draft | None:
    return next((one for one in reversed(conversation.drafts) if one.form == county.form.id), None)


def _values(county: County, draft: Draft) -> dict[str, Any]:
    """Values by section and label; composite cells are nested; staff cells and left-open ones are absent."""
    values: dict[str, Any] = {}
    services = draft.answers.get(county.places.services)
    if services and isinstance(services.value, Picks):
        values["选择事项"] = list(services.value.options)
    for one in visible_fields(county.form, draft.answers):
        answer = draft.answers.get(one.id)
        out = value_out(one, answer.value) if answer and answer.value else None
        path = path_of(county.form, one).split("/", 2 if one.cell else 1)
        if out is None or not (one.printed or one.called == "外线工程") or path[0] == "选择事项":
            continue
        place = values
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = out
    return values


def _survey(county: County, conversation: Conversation, draft: Draft) -> str | None:
    submission = submission_of(county, conversation, draft)
    try:
        services = chosen(submission, county)
    except UnknownService:
        return None  # nothing chosen yet
    return JOINT if len(services) >= county.process.survey.joint_from or needs_lead(submission, county) else SINGLE


def _texts(played: Played) -> list[list[str]]:
    return [["\n".join((reply.text, *(button.label for button in reply.buttons)))] for reply in played.replies]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)
