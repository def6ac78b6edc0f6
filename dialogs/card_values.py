"""What was read on the photo of a card: checked as if it had been typed, shown, and kept only as its person says (ADR 30)."""

from dialogs.answering import store
from dialogs.card_events import CardLeftOut, CardRead, CardSettled, CardTaken, CardUnread
from dialogs.card_photos import in_draft, targets
from dialogs.choosing import offer
from dialogs.consenting import hold
from dialogs.drafting import switch
from dialogs.events import Outdated
from dialogs.focus import OnConsent
from dialogs.kinds import parse
from dialogs.migration import fits
from dialogs.reading import Understood
from dialogs.turn import Turn
from dialogs.visible import consent_refused, visible_fields
from model.card import Card
from model.draft import Answer, Draft, Editing
from model.fields import CodeField
from model.message import CardReadMessage

LONGEST = 200
"""Characters of a part that are looked at."""
_SOURCES: dict[Card, str] = {"identity": "身份证照片", "licence": "营业执照照片"}


def take_read(turn: Turn, message: CardReadMessage) -> None:
    """What was read joins the draft it is for, wherever its person is by now. Nothing is said of a draft that was handed in or
    given up meanwhile, nor of a job that was done before.
    """
    job = next((one for one in turn.conversation.readings if one.id == message.job), None)
    if job is None:
        return
    turn.change(readings=tuple(one for one in turn.conversation.readings if one.id != job.id))
    draft = next((one for one in turn.conversation.applications if one.id == job.draft), None)
    if draft is None:
        return
    if message.refused is not None:
        turn.emit(CardUnread(draft.id, job.card, message.refused))
        return
    with in_draft(turn, draft):
        found, same = _found(turn, job.card, message.parts)
        if found:
            turn.change_draft(read={**draft.read, **found})
            _show(turn, pushed=True)
        else:
            turn.emit(CardUnread(draft.id, job.card, "card.same" if same else "card.nothing"))


def decide(turn: Turn, target: str) -> None:
    """`all`, `mine` (only what is empty still), `edit`, `none`, each with `:<draft>`; `not:<field>:<draft>` leaves one out.

    All of it is looked at anew: what its person has said since then is newer, and stays.
    """
    what, _, name = target.partition(":")
    left_out, _, rest = name.partition(":") if what == "not" else ("", "", name)
    draft = next((one for one in turn.conversation.applications if one.id == rest), None)
    if draft is None:
        turn.emit(Outdated(matter=True))
        return
    turn.change(floor=None)
    if not turn.has_draft:
        switch(turn, draft)
    with in_draft(turn, draft):
        waiting = pending(turn)
        match what:
            case _ if not waiting:
                turn.change_draft(read={})
                turn.emit(CardSettled(draft.id))
            case "all" | "mine":
                _take(turn, {name: one for name, one in waiting.items() if what == "all" or given(draft, name) is None})
            case "edit":
                offer(turn, "read_which", tuple(f"read:not:{one}:{draft.id}" for one in waiting))
            case "not" if left_out in waiting:
                turn.change_draft(read={one: answer for one, answer in waiting.items() if one != left_out})
                turn.emit(CardLeftOut(draft.id, left_out))
                if turn.draft.read:
                    _show(turn)
            case _:
                turn.change_draft(read={})
                turn.emit(CardTaken(draft.id, ()))


def pending(turn: Turn) -> dict[str, Answer]:
    """What waits for the word of its person: still on the form, and not said otherwise since it was read."""
    draft = turn.draft
    shown = {one.id: one for one in visible_fields(turn.form, draft.answers)}
    return {
        name: answer
        for name, answer in draft.read.items()
        if name in shown
        and not consent_refused(shown[name], draft)
        and ((said := given(draft, name)) is None or (said.at <= answer.at and said.value != answer.value))
    }


def given(draft: Draft, name: str) -> Answer | None:
    """What its person has said there; a number that waits for its consent counts, a field left open does not."""
    said = draft.answers.get(name) or draft.held.get(name)
    return said if said is not None and said.value is not None else None


def _found(turn: Turn, card: Card, parts: dict[str, str]) -> tuple[dict[str, Answer], bool]:
    """The values that stand up to the checks of their kinds and are not there yet; and whether all others were there already. A
    number whose check digit is wrong was misread: it is not offered.
    """
    found, same, misread = dict[str, Answer](), False, False
    for part, field in targets(turn, card):
        text = parts.get(part, "").strip()
        if not text or len(text) > LONGEST:
            continue
        reading = parse(text, field, turn.context)
        if not isinstance(reading, Understood):
            misread = True
            continue
        made = turn.made(reading.value, _SOURCES[card], certainty="guessed", warnings=reading.warnings)
        answer = made.model_copy(update={"confirmed": False})
        said = given(turn.draft, field.id)
        if said is not None and said.value == answer.value:
            same = True
        elif fits(field, answer):
            found[field.id] = answer
    return found, same and not misread


def _show(turn: Turn, *, pushed: bool = False) -> None:
    draft, waiting = turn.draft, pending(turn)
    differing = tuple(name for name in waiting if given(draft, name) is not None)
    fresh = tuple(name for name in waiting if name not in differing)
    mine = ["mine"] if fresh and differing else []
    edit = ["edit"] if len(waiting) > 1 else []
    what = ["all", *mine, *edit, "none"]
    turn.emit(CardRead(draft.id, fresh, differing))
    about = "read_one" if len(waiting) == 1 and differing else "read_differing" if differing else "read"
    offer(turn, about, tuple(f"read:{one}:{draft.id}" for one in what), pushed=pushed)


def _take(turn: Turn, waiting: dict[str, Answer]) -> None:
    """Each is an answer from now on, said by whoever confirmed it; a number whose consent was not asked yet waits for it."""
    attention, taken, held = turn.draft.attention, list[str](), list[str]()
    for name, read in waiting.items():
        field = turn.form.fields[name]
        made = turn.made(read.value, read.source, certainty="guessed", warnings=read.warnings)
        if isinstance(field, CodeField) and isinstance(turn.gate(field), OnConsent):
            hold(turn, field, made)
            held.append(name)
        else:
            events = len(turn.events)
            store(turn, field, made)
            del turn.events[events:]
            taken.append(name)
    if isinstance(attention, Editing) and attention.field in taken:
        attention = None
    turn.change_draft(read={}, attention=attention)
    if taken or not held:  # of what is held it was said already
        turn.emit(CardTaken(turn.draft.id, tuple(taken)))
