"""A photo that no paper is asked for may be of a card: whether, and as what, it is read, says its person (ADR 30).

Reading is a job of the conversation: what was read joins it as a message of its own (`dialogs/card_values.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, get_args

from dialogs.card_events import CardExpected, CardPhotoDropped, CardSettled
from dialogs.choosing import offer
from dialogs.drafting import switch
from dialogs.events import FileRefused, Outdated
from dialogs.focus import OnField, noticed
from dialogs.turn import Turn
from dialogs.visible import consent_refused, visible_fields
from model.card import READING, Card
from model.conversation import ReadJob
from model.draft import Agreement, Draft
from model.fields import Field
from model.holding import holds
from model.message import PhotoMessage

VERSION: Final = 1
"""Of what is asked (`choose.card`)."""
MOST: Final = 6
"""Photos read for one application: the day's quota is everybody's."""


def is_card(turn: Turn, message: PhotoMessage, *, asked: bool = False) -> bool:
    """Whether a photo may be one of a card: reading is on, the notice was agreed to, reading was not refused, and there is
    something it could fill in. `asked`: only if that is asked for right now.
    """
    if not message.readable or not turn.has_draft or turn.draft.act is not None or turn.draft.adding is not None:
        return False
    given = turn.draft.agreements.get(READING)
    if not noticed(turn.form, turn.draft) or (given is not None and not given.agreed):
        return False
    return bool(_asked_for(turn) if asked else possible(turn))


def take_card(turn: Turn, message: PhotoMessage) -> None:
    """It is read if nothing is left to be asked: may it be, and which card is it."""
    draft = turn.draft
    if draft.photos_read + len(draft.cards) >= MOST:
        turn.emit(FileRefused(None, "file.cards", draft.id))
        return
    turn.change_draft(cards=tuple(dict.fromkeys((*draft.cards, message.media_id))))
    cards = possible(turn)
    if len(cards) == 1 and _may_be_read(turn):
        _begin(turn, cards[0])
    else:
        about = "card_which" if _may_be_read(turn) else "card"
        offer(turn, about, (*(f"card:{one}:{draft.id}" for one in cards), f"card:none:{draft.id}"))


def choose(turn: Turn, target: str) -> None:
    """`<card or none>:<draft>` was chosen: the photos that wait are read so, or not at all."""
    what, _, name = target.partition(":")
    draft = next((one for one in turn.conversation.applications if one.id == name), None)
    card: Card | None = next((one for one in get_args(Card) if one == what), None)
    if draft is None:
        turn.emit(Outdated(matter=True))
        return
    turn.change(floor=None)
    if not draft.cards:
        turn.emit(CardSettled(draft.id))
        return
    if not turn.has_draft:
        switch(turn, draft)
    with in_draft(turn, draft):
        if not _may_be_read(turn):
            said = Agreement(agreed=card is not None, version=VERSION, at=turn.now)
            turn.change_draft(agreements={**draft.agreements, READING: said})
        if card is None:
            turn.change_draft(cards=())
            turn.emit(CardPhotoDropped(draft.id))
        else:
            _begin(turn, card)


def targets(turn: Turn, card: Card) -> tuple[tuple[str, Field], ...]:
    """The parts of this card and the fields they belong into, of those that are on the form now and not refused."""
    answers = turn.draft.answers
    shown = {one.id: one for one in visible_fields(turn.form, answers)}
    return tuple(
        (one.part, shown[one.field])
        for one in turn.county.cards.of(card)
        if one.field in shown and holds(one.when, answers) and not consent_refused(shown[one.field], turn.draft)
    )


def possible(turn: Turn) -> tuple[Card, ...]:
    """The cards that could be meant: those with what is asked for right now, else all that fill in anything."""
    return _asked_for(turn) or tuple(card for card in get_args(Card) if targets(turn, card))


@contextmanager
def in_draft(turn: Turn, draft: Draft) -> Iterator[None]:
    """This draft is the active one meanwhile; what the person is busy with stays."""
    was = turn.conversation.active
    turn.change(active=draft.id)
    try:
        yield
    finally:
        turn.change(active=was)


def _asked_for(turn: Turn) -> tuple[Card, ...]:
    on = turn.focus
    if not isinstance(on, OnField):
        return ()
    return tuple(card for card in get_args(Card) if any(field.id == on.field.id for _, field in targets(turn, card)))


def _may_be_read(turn: Turn) -> bool:
    given = turn.draft.agreements.get(READING)
    return turn.county.cards.in_notice or (given is not None and given.agreed)


def _begin(turn: Turn, card: Card) -> None:
    draft = turn.draft
    known = {one.id for one in turn.conversation.readings}
    jobs = [
        ReadJob(id=f"{draft.id}:{media}", draft=draft.id, card=card, media_id=media, since=turn.now)
        for media in draft.cards
    ]
    new = tuple(one for one in jobs if one.id not in known)
    turn.change_draft(cards=(), photos_read=draft.photos_read + len(new))
    turn.change(readings=(*turn.conversation.readings, *new))
    turn.emit(CardExpected(draft.id, card))
