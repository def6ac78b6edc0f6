"""人工会话: what is said is kept for staff and not read into any form, until one of them, the person, or time ends it (ADR 41)."""

import datetime as dt
from typing import Final

from dialogs import human_media, mine
from dialogs.commands import CommandWord, command, noted
from dialogs.human_events import EndedBy, HumanChanged, HumanEnded, HumanOpened, HumanSaid, HumanStill
from dialogs.turn import Turn
from model.calendar import WorkingTime
from model.conversation import Conversation
from model.county import County
from model.human import LONGEST, MOST, WORDS, HumanLine, HumanTalk, InboxRule, Kind
from model.message import (
    DeskMessage,
    FollowMessage,
    LocationMessage,
    MenuMessage,
    Message,
    OtherMessage,
    PhotoMessage,
    TextMessage,
    VoiceMessage,
)

_GOES_ON: Final = ("i:", "t:", "e:")
"""How taps begin that are never words for staff: answers to what a case asks, a task, what is kept of him."""


def ends_at(county: County, talk: HumanTalk) -> dt.datetime | None:
    """When an open talk ends if nobody says anything more; None if it is over.

    While somebody waits for staff only the time counts in which they work: nights and days off do not use up his patience. Once
    they have answered it is he who is silent, and that is counted by the clock.
    """
    if not talk.open:
        return None
    rule = county.inbox or InboxRule()
    if talk.waits_since is not None:
        return working(county).add(talk.waits_since, dt.timedelta(minutes=rule.minutes))
    return (talk.said_at or talk.opened_at) + dt.timedelta(minutes=rule.quiet)


def forgets_at(county: County, talk: HumanTalk) -> dt.datetime | None:
    """When what was said in a talk that is over is not kept any more."""
    if talk.ended_at is None:
        return None
    return talk.ended_at + dt.timedelta(days=(county.inbox or InboxRule()).keep)


def forgotten(conversation: Conversation) -> Conversation:
    """The conversation without it; it goes on under another key."""
    jobs = tuple(one for one in conversation.jobs if not one.line)
    return conversation.model_copy(update={"human": None, "jobs": jobs, "wiped": conversation.wiped + 1})


def working(county: County) -> WorkingTime:
    """When staff are there."""
    return WorkingTime(calendar=county.calendar, hours=county.process.hours)


def may_talk(turn: Turn) -> bool:
    """Whether 人工 leads to staff here: an applicant in his own conversation, in a county that has somebody to answer."""
    applies = turn.actor.role == "applicant" and turn.conversation.role == "applicant"
    return turn.county.inbox is not None and applies


def begin(turn: Turn, *, voice: VoiceMessage | None = None) -> None:
    """The talk begins; what was said in earlier ones stands before it, as long as it is kept. Only where `may_talk`.

    `voice`: the speech without words that begins it.
    """
    known, now = turn.conversation.human, turn.now
    keep = dt.timedelta(days=(turn.county.inbox or InboxRule()).keep)
    lines = tuple(one for one in known.lines if now - one.at < keep) if known else ()
    talk = HumanTalk(
        number=known.number + 1 if known else 1,
        version=known.version + 1 if known else 1,
        opened_at=now,
        waits_since=now,
        heard_at=now,
        lines=lines,
        first=known.count + 1 if known else 1,
        dropped=known.dropped + len(known.lines) - len(lines) if known else 0,
    )
    if voice is not None:
        talk = human_media.expect(turn, _with(talk, "voice", "", now), voice.media_id)
    turn.change(human=talk, floor=None, offer=None)
    turn.emit(HumanOpened(voice is not None, _back(turn.county, now), before=known))


def hear(turn: Turn, message: Message) -> bool:
    """A message while the talk is on. False: it is not for staff, and goes its way as always."""
    match message:
        case TextMessage(choice=choice) if (choice or "").startswith(_GOES_ON):
            return False
        case TextMessage(text=text):
            _words(turn, text)
        case VoiceMessage(text=text, media_id=media_id):
            _keep(turn, "voice", text, media_id)
        case PhotoMessage(name=name, media_id=media_id):
            _keep(turn, "file" if name else "photo", name, media_id)
        case LocationMessage(latitude=latitude, longitude=longitude, label=label):
            _keep(turn, "location", f"{label} {latitude:.5f},{longitude:.5f}".strip())
        case OtherMessage(event=True):
            pass
        case OtherMessage(name=name):
            _keep(turn, "other", name)
        case MenuMessage():
            turn.emit(HumanStill())
        case FollowMessage(quiet=quiet):
            turn.change(following=True)
            if not quiet:
                turn.emit(HumanStill())
        case _:
            return False
    return True


def serve(turn: Turn, message: DeskMessage) -> None:
    """What staff do, or time; what comes too late, or from a page of an earlier talk, changes nothing."""
    talk = turn.conversation.human
    if talk is None or not talk.open or talk.number != message.talk:
        return
    free = talk.taken_by in ("", message.staff)
    match message.do:
        case "take" if talk.taken_by in (message.over, message.staff):
            _change(turn, talk, taken_by=message.staff, taken_name=message.name)
        case "say" if free and message.text:
            said = _with(talk, "text", message.text, turn.now, staff=message.staff, name=message.name, key=message.key)
            had = {"said_at": turn.now, "waits_since": None, "taken_by": message.staff, "taken_name": message.name}
            turn.change(human=said.model_copy(update=had))
            turn.emit(HumanSaid(said.lines[-1]))
        case "end" if free:
            _end(turn, talk, "staff", message.name)
        case "time" if (ends := ends_at(turn.county, talk)) is not None and ends <= turn.now:
            _end(turn, talk, "time")
        case _:
            pass


def _words(turn: Turn, text: str) -> None:
    word, talk = command(text), turn.conversation.human
    if word is CommandWord.END_HUMAN and talk is not None:
        _end(turn, talk, "applicant")
    elif word is CommandWord.HUMAN and talk is not None:
        turn.emit(HumanOpened(voice=False, back=_back(turn.county, turn.now), before=talk, again=True))
    elif word is CommandWord.ERASE:
        mine.ask(turn)
    elif text.strip() and not (turn.conversation.floor == mine.SURE and mine.said(turn, text)):
        _keep(turn, "text", text)


def _keep(turn: Turn, kind: Kind, text: str, media_id: str = "") -> None:
    talk = turn.conversation.human
    if talk is None:
        return
    after = human_media.expect(turn, _with(talk, kind, text, turn.now), media_id)
    heard = {"heard_at": turn.now}
    if talk.waits_since is None and not _is_courtesy(text):
        heard["waits_since"] = turn.now
    turn.change(human=after.model_copy(update=heard), pushed=False)
    turn.emit(HumanChanged())


def _is_courtesy(text: str) -> bool:
    """好的, 谢谢: nobody has to answer it."""
    return noted(text) or command(text) is CommandWord.THANKS


def _with(
    talk: HumanTalk, kind: Kind, text: str, now: dt.datetime, *, staff: str = "", name: str = "", key: str = ""
) -> HumanTalk:
    """The talk with one line more; the oldest give way."""
    kept = text.strip()[:LONGEST]
    line = HumanLine(
        number=talk.count + 1,
        at=now,
        kind=kind,
        text=kept,
        staff=staff,
        name=name,
        key=key,
        cut=len(text.strip()) - len(kept),
    )
    lines = (*talk.lines, line)
    room, stays = WORDS, 0
    for one in reversed(lines):
        room -= len(one.text)
        if stays == MOST or (room < 0 and stays):
            break
        stays += 1
    changed = {"lines": lines[len(lines) - stays :], "dropped": talk.dropped + len(lines) - stays}
    return talk.model_copy(update=changed | {"version": talk.version + 1})


def _change(turn: Turn, talk: HumanTalk, **changes: object) -> None:
    turn.change(human=talk.model_copy(update=changes | {"version": talk.version + 1}))
    turn.emit(HumanChanged())


def _end(turn: Turn, talk: HumanTalk, by: EndedBy, name: str = "") -> None:
    waited = talk.waits_since is not None
    after = 0 if talk.said_at is None else max((one.number for one in talk.own if one.staff), default=0)
    left = tuple(one for one in talk.own if not one.staff and one.number > after and not _is_courtesy(one.text))
    over = {"ended_at": turn.now, "ended_by": by, "waits_since": None, "version": talk.version + 1}
    turn.change(human=talk.model_copy(update=over), floor=None)
    turn.emit(HumanEnded(by, name, left if waited else (), waited))


def _back(county: County, now: dt.datetime) -> dt.datetime | None:
    """From when on staff are there; None: they are."""
    opens = working(county).next(now)
    return opens if opens > now else None
