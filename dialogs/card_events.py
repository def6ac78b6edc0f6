"""What happened to photos of cards, as facts (see `dialogs.card_photos`, `dialogs.card_values`)."""

from dataclasses import dataclass

from model.card import Card


@dataclass(frozen=True, slots=True)
class CardExpected:
    """Photos are being read as this card, for this draft."""

    draft: str
    card: Card


@dataclass(frozen=True, slots=True)
class CardPhotoDropped:
    """The photos of this draft are not read, as its person wished."""

    draft: str


@dataclass(frozen=True, slots=True)
class CardUnread:
    """Nothing came of reading a photo: `code` says why (`card.none`, `card.full` …)."""

    draft: str
    card: Card
    code: str


@dataclass(frozen=True, slots=True)
class CardRead:
    """What was read waits for a word: fields that are empty still (`fresh`), and such where something else was said (`differing`)."""

    draft: str
    fresh: tuple[str, ...]
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardSettled:
    """A choice about photos or values of this draft was made that have been dealt with, or overtaken by what was said since."""

    draft: str


@dataclass(frozen=True, slots=True)
class CardTaken:
    """Of what was read these fields were filled in; none, as its person wished."""

    draft: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardLeftOut:
    """What was read for this field is not right: its person fills it in himself."""

    draft: str
    field: str
