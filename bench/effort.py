"""What an application costs its applicant: he opens with a story, answers what is asked, and hands the form in."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.applicant import LATER, NO, NOTHING, SKIP, Applicant
from bench.said import stands
from bench.scoring import asks_for, plain_label, tally
from bench.stories import Story, groups
from bot.replaying import Played, begun, result, told_at
from bot.values_out import path_of
from config.loader import load_counties
from dialogs.advance import advance
from dialogs.events import Asked, DialogueEvent
from dialogs.focus import Focus, OnConfirm, OnConsent, OnField, OnNotice, OnReview, OnRows, focus
from dialogs.together import together
from dialogs.visible import visible_fields
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.fields import Field
from model.message import Actor, TextMessage

_MOST = 200
"""Messages after which nobody goes on."""
_PAUSE = dt.timedelta(seconds=20)
ALL_LATER, ALL_EMPTY = "都后面补", "都没有"
_EMPTY = (LATER, NOTHING, SKIP, ALL_LATER, ALL_EMPTY, "不需要")


@dataclass(frozen=True, slots=True)
class Again:
    """A question about what was said before: `turn` is the message that says it, None if it follows from several."""

    story: str
    field: Field
    known: Any
    turn: str | None


@dataclass
class Visit:
    """One application from the first word to the end, and what it took."""

    story: Story
    sent: Counter[str] = field(default_factory=Counter)
    again: list[Again] = field(default_factory=list)
    filled: int = 0
    right: int = 0
    needless: int = 0
    recall: tuple[int, int] = (0, 0)
    stuck: str | None = None

    @property
    def messages(self) -> int:
        """All that the applicant sent."""
        return self.sent.total()


def run() -> None:
    """Prints the figures of each group and county, and the needless questions of the stories that may be looked at."""
    counties = load_counties()
    print("effort: a story's turns first, then only what is asked, until the form is handed in")
    everything = list[Visit]()
    for group in groups():
        visits = [visit(counties[story["county"]], story) for story in group.stories]
        everything += visits
        _print(group.name, visits)
        for name in counties:
            _print(f"  {name}", [one for one in visits if one.story["county"] == name])
        if not group.set_aside:
            _list(visits)
    _print("all together", everything)
    agreed = [visit(counties[one.story["county"]], one.story, agreed=True) for one in everything]
    _print("the same, agreed before", agreed)
    _bars(everything)


def visit(county: County, story: Story, *, agreed: bool = False) -> Visit:
    """Plays the applicant of this story; `agreed`: he has agreed to the notice and the consents before his first word."""
    return _Walk(county, story, agreed=agreed).walk()


class _Walk:
    """A visit under way."""

    def __init__(self, county: County, story: Story, *, agreed: bool) -> None:
        self._county, self._story = county, story
        self._applicant = Applicant.of(county, story)
        self._actor = Actor(person="story", role="staff" if story["role"] == "hotline" else "applicant")
        self._now = told_at(story)
        fresh = Conversation(id="story", account="story", person="story", county=county.id)
        self._talk = begun(county, self._now) if agreed else fresh
        self._played = Played(self._talk)
        self._said = list[str]()
        self._asked = set[str]()
        self._visit = Visit(story)

    def walk(self) -> Visit:
        """The opening, then one answer a question."""
        turns = self._story["turns"]
        for number, text in enumerate(turns, 1):
            self._say(text, "story")
            self._said.append(text)
            self._note_question()
            while (on := self._focus()) is not None and self._in_the_way(on, last=number == len(turns)):
                self._answer(on)
        self._count_understood()
        while self._visit.stuck is None and (on := self._focus()) is not None:
            self._answer(on)
        if self._visit.stuck is None and self._draft() is None:
            self._visit.stuck = "no form was opened"
        self._count_filled()
        return self._visit

    def _in_the_way(self, on: Focus, *, last: bool) -> bool:
        """What he answers before he goes on writing: agreements at once; a right value read back, unless there is more to say."""
        if self._visit.stuck is not None:
            return False
        if isinstance(on, OnConfirm):
            return last or on.field.id not in self._applicant.known or self._applicant.agrees(on.field, on.answer.value)
        return isinstance(on, OnNotice | OnConsent)

    def _answer(self, on: Focus) -> None:
        text = self._all_open(on) or self._applicant.answer(on)
        if (
            isinstance(on, OnConfirm)
            and self._applicant.agrees(on.field, on.answer.value)
            and not self._to_ask(on.field)
        ):
            self._visit.needless += 1
        if text is None or self._visit.messages >= _MOST:
            self._visit.stuck = f"{type(on).__name__} {getattr(getattr(on, 'field', None), 'id', '')}"
            return
        self._say(text, _kind(on, text))
        self._note_question()

    def _all_open(self, on: Focus) -> str | None:
        """What leaves this question and those after it open, if that is offered and there is nothing to say to any of them."""
        draft = self._draft()
        if draft is None or not isinstance(on, OnField) or on.want is not None:
            return None
        run = together(self._county.form, draft, on.field)
        if not run or any(one.id in self._applicant.known for one in run):
            return None
        return ALL_LATER if all(one.need == "deferrable" for one in run) else ALL_EMPTY

    def _say(self, text: str, kind: str) -> None:
        outcome = advance(self._county, self._talk, TextMessage(text=text), self._actor, self._now)
        self._talk = outcome.conversation
        self._events: tuple[DialogueEvent, ...] = outcome.events
        self._now += _PAUSE
        self._visit.sent[kind] += 1

    def _note_question(self) -> None:
        """Whether the question that stands now is about something that was said."""
        on = self._focus()
        if not isinstance(on, OnField | OnRows) or not any(isinstance(one, Asked) for one in self._events):
            return
        asked, known = on.field, self._applicant.known.get(on.field.id)
        if asked.printed:
            self._played.asked[path_of(self._county.form, asked)] = None
        half = (isinstance(on, OnField) and on.want is not None) or (isinstance(on, OnRows) and (on.asking or on.part))
        if known is None or half or asked.id in self._asked or asked.id in self._applicant.given or self._to_ask(asked):
            return
        if asked.id in self._applicant.allowed:  # right if it is there, but nobody said that it belongs there
            return
        saying = [text for text in self._said if stands(asked, known, text)]
        turn = None if len(saying) == 1 and self._is_anothers(asked, known) else next(iter(saying), None)
        everything_said = len(self._said) == len(self._story["turns"])
        if turn is not None or everything_said or (not saying and stands(asked, known, "\n".join(self._said))):
            self._asked.add(asked.id)
            self._visit.again.append(Again(self._story["id"], asked, known, turn))

    def _is_anothers(self, asked: Field, known: Any) -> bool:
        """Whether other cells have the same values: said once, they were said for those (单位地址同项目地址 comes later)."""
        others = [value for name, value in self._applicant.known.items() if name != asked.id]
        parts = list(known.values()) if isinstance(known, Mapping) else [known]
        return all(one in others for one in parts)

    def _to_ask(self, asked: Field) -> bool:
        """Whether a clerk would ask too."""
        return asks_for(self._story["expected"], _path(self._county, asked))

    def _focus(self) -> Focus | None:
        draft = self._draft()
        return focus(self._county.form, draft) if draft is not None and draft.state == "filling" else None

    def _draft(self) -> Draft | None:
        return next((one for one in reversed(self._talk.drafts) if one.form == self._county.form.id), None)

    def _count_understood(self) -> None:
        """What of the story stands on the form before anything was answered."""
        self._played.conversation = self._talk
        found = tally(self._story, result(self._county, self._story, self._played))
        self._visit.right, self._visit.needless = found.right, self._visit.needless + found.needless

    def _count_filled(self) -> None:
        draft = self._draft()
        if draft is None:
            return
        shown = [one for one in visible_fields(self._county.form, draft.answers) if one.kind != "declaration"]
        self._visit.filled = sum(one.id in draft.answers and draft.answers[one.id].value is not None for one in shown)
        self._played.conversation = self._talk
        found = tally(self._story, result(self._county, self._story, self._played))
        self._visit.recall = (found.right, found.right + found.wrong + found.missing)


def _kind(on: Focus, text: str) -> str:
    if isinstance(on, OnNotice | OnConsent):
        return "agreed"
    if isinstance(on, OnConfirm):
        return "read back"
    if isinstance(on, OnReview):
        return "handed in"
    return "nothing" if text in (*_EMPTY, NO) else "answered"


def _path(county: County, asked: Field) -> str:
    return "/".join(map(plain_label, path_of(county.form, asked).split("/")))


def _print(name: str, visits: list[Visit]) -> None:
    sent = sum((one.sent for one in visits), Counter[str]())
    filled = sum(one.filled for one in visits)
    right, needless = sum(one.right for one in visits), sum(one.needless for one in visits)
    written = sum(one.turn is not None for visit in visits for one in visit.again)
    followed = sum(len(visit.again) for visit in visits) - written
    got, wanted = (sum(one.recall[part] for one in visits) for part in (0, 1))
    handed = sum(one.stuck is None for one in visits)
    print(
        f"  {name:22} {len(visits):3} stories, {handed} handed in: {sent.total()} messages, {filled} fields filled:"
        f" {sent.total() / (filled or 1):.3f} messages a field,"
        f" {(sent.total() - sent['story']) / (filled or 1):.3f} beside the story's own"
    )
    print(f"    messages: {', '.join(f'{kind} {count}' for kind, count in sent.most_common())}")
    print(
        f"    asked though it stands in the turns: {written}; though it follows from them: {followed};"
        f" needlessly confirmed: {needless} of {right} right ({needless / (right or 1):.1%});"
        f" right when handed in: {got / (wanted or 1):.1%}"
    )


def _list(visits: list[Visit]) -> None:
    """By story and by the message that says it."""
    for visit in visits:
        for turn in dict.fromkeys(one.turn for one in visit.again):
            named = "、".join(f"{one.field.called} [{one.field.id}]" for one in visit.again if one.turn == turn)
            where = "follows" if turn is None else f"“{turn[:40]}{'…' if len(turn) > 40 else ''}”".replace("\n", "⏎")
            print(f"      {visit.story['id']} {where}: {named}")
        if visit.stuck is not None:
            print(f"      {visit.story['id']} not handed in: {visit.stuck}")


def _bars(visits: list[Visit]) -> None:
    per_field = sum(one.messages for one in visits) / (sum(one.filled for one in visits) or 1)
    again = sum(one.turn is not None for visit in visits for one in visit.again)
    needless = sum(one.needless for one in visits) / (sum(one.right for one in visits) or 1)
    met: Mapping[bool, str] = {True: "met", False: "MISSED"}
    print(
        f"  → {per_field:.3f} messages a field, bar 0.5 {met[per_field <= 0.5]}; {again} questions about what was said,"
        f" bar 0 {met[not again]}; {needless:.1%} confirmed without need, bar 5 % {met[needless <= 0.05]}\n"
    )
