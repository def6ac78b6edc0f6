"""One person, several applications (我的办件): beginning another, going from one to the other, naming the one that is meant."""

from dialogs import (
    adding,
    attaching,
    card_photos,
    card_values,
    consulting,
    inviting,
    papers,
    passing_on,
    pausing,
    reassigning,
    supplying,
    terminating,
    withdrawing,
)
from dialogs.carrying import copy_draft, sources
from dialogs.choosing import offer
from dialogs.drafting import open_draft, switch
from dialogs.events import (
    CopyAsked,
    NewOpened,
    Outdated,
    PhotoDropped,
    ProgressAsked,
    RatingAsked,
    Registering,
    SupplementsWanted,
    SureAsked,
    Switched,
    TooManyDrafts,
    Unclear,
    UrgeAsked,
)
from dialogs.roles import speak_as, take_role
from dialogs.turn import Turn
from model.conversation import Conversation
from model.draft import Draft, Sure

NEW, LIST, FRESH, OTHERS, NONE = "new", "list", "fresh", "others", "none"
"""Choices that stand for themselves: another application, the whole list, without copying, copy from another, none of them."""


def apply(turn: Turn) -> None:
    """报装: with an open draft, the choice between it and a new one; a draft with nothing in it is simply asked on."""
    drafts = turn.conversation.applications
    if not any(draft.answers for draft in drafts):
        begin(turn)
        return
    last = drafts[-1] if drafts[-1].answers else next(draft for draft in reversed(drafts) if draft.answers)
    speak_as(turn, "applicant")
    switch(turn, last)
    rest = (LIST,) if len(drafts) + len(turn.conversation.cases) > 1 else ()
    offer(turn, "apply", (f"d:{last.id}", NEW, *rest))


def begin(turn: Turn) -> None:
    """A new application: an empty draft is used again, beyond the bound nothing is opened; then 照上一件填 is offered."""
    speak_as(turn, "applicant")
    drafts = turn.conversation.applications
    empty = next((draft for draft in reversed(drafts) if not draft.answers), None)
    if empty is not None:
        switch(turn, empty)
    elif len(drafts) >= turn.county.most_drafts:
        turn.emit(TooManyDrafts(turn.county.most_drafts))
        matters(turn)
        return
    else:
        open_draft(turn, turn.county.form)
    before = sources(turn)
    if len(before) + len(drafts) > 1 or turn.conversation.cases:
        turn.emit(NewOpened(kept=sum(bool(draft.answers) for draft in drafts)))
    if before:
        offer(turn, "copy", (f"y:{before[0]}", FRESH, *((OTHERS,) if len(before) > 1 else ())))


def matters(turn: Turn, about: str = "matters") -> None:
    """我的办件: open drafts, the one used last first, then cases, newest first."""
    offer(turn, about, choices_of(turn.conversation))


def choices_of(conversation: Conversation) -> tuple[str, ...]:
    """Everything of this person that can be chosen, as choices."""
    drafts = tuple(f"d:{draft.id}" for draft in reversed(conversation.applications))
    waiting = tuple(f"s:{draft.id}" for draft in reversed(conversation.handed_in))
    return (*drafts, *waiting, *(f"c:{link.case}" for link in reversed(conversation.cases)))


def which(turn: Turn, given: str) -> None:
    """Words that could be for any of the open drafts: nothing is stored, the person says which."""
    turn.emit(Unclear("which", given))
    drafts = tuple(f"d:{draft.id}" for draft in reversed(turn.conversation.applications))
    offer(turn, "which", (*drafts, NEW))


def take(turn: Turn, choice: str) -> None:  # noqa: PLR0915 - one case per kind
    """Does what a choice means; it carries its target, so a tap works whatever else is under way."""
    kind, _, target = choice.partition(":")
    draft = next((one for one in turn.conversation.applications if one.id == target), None)
    match kind:
        case "d" if draft is not None:
            _continue(turn, draft)
        case "k" if draft is not None:
            _continue(turn, draft)
            turn.events.pop()
            turn.change_draft(attention=Sure(about="cancel"))
            turn.emit(SureAsked("cancel"))
        case "s":
            waiting = next((one for one in turn.conversation.handed_in if one.id == target), None)
            turn.emit(Registering(waiting) if waiting else ProgressAsked())
        case "c":
            turn.change(floor=None if turn.has_draft else turn.conversation.floor)
            turn.emit(ProgressAsked(target))
        case "u":
            turn.change(floor=None if turn.has_draft else turn.conversation.floor)
            turn.emit(UrgeAsked(target))
        case "v":
            turn.emit(RatingAsked(target))
        case "b":
            turn.emit(SupplementsWanted(target))
        case "w":
            supplying.place(turn, target, turn.conversation.photo)
        case "cw" | "o" | "z" | "cb" | "g" | "stay":
            withdrawing.take(turn, kind, target)
        case "tell":
            passing_on.take(turn)
        case "ad" | "as":
            adding.take(turn, target)
        case _ if kind in reassigning.KINDS:
            reassigning.take(turn, kind, target)
        case _ if kind in consulting.KINDS:
            consulting.take(turn, target)
        case _ if kind in pausing.KINDS:
            pausing.take(turn, target)
        case _ if kind in papers.KINDS:
            papers.take(turn, kind, target)
        case _ if kind in terminating.KINDS:
            terminating.take(turn, kind, target)
        case "y" if turn.has_draft and turn.draft.act is None:
            _copy(turn, target)
        case "card":
            card_photos.choose(turn, target)
        case "read":
            card_values.decide(turn, target)
        case "p":
            field, _, name = target.partition(":")
            attaching.place_photo(turn, field, name)
        case "i":
            inviting.tapped(turn, choice)
        case "r" if target in ("applicant", "steward"):
            take_role(turn, "steward" if target == "steward" else "applicant")
            if turn.conversation.role == "steward" and not turn.has_draft:
                inviting.list_tasks(turn)
        case "new":
            begin(turn)
        case "list":
            matters(turn)
        case "others" if turn.has_draft:
            offer(turn, "copy", tuple(f"y:{name}" for name in sources(turn)))
        case "fresh" | "none":
            turn.change(floor=None, photo=None)
            if kind == "none":
                turn.emit(PhotoDropped())
        case _:
            turn.emit(Outdated(matter=True))


def cancel(turn: Turn) -> None:
    """取消 with nothing active: which of the open drafts."""
    drafts = turn.conversation.applications
    if drafts:
        offer(turn, "cancel", tuple(f"k:{draft.id}" for draft in reversed(drafts)))
    else:
        turn.emit(Unclear("no_draft", "取消"))


def _continue(turn: Turn, draft: Draft) -> None:
    switch(turn, draft)
    speak_as(turn, "applicant")
    turn.change(floor=None)
    turn.emit(Switched(draft.filled))


def _copy(turn: Turn, target: str) -> None:
    turn.change(floor=None)
    source = next((one for one in turn.conversation.drafts if one.id == target), None)
    if source is not None:
        copy_draft(turn, source)
    else:
        turn.emit(CopyAsked(target, turn.draft.id))
