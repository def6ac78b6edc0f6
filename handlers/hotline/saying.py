"""What a clerk sees of an intake: what was understood, what to say next, what to read back. Plain values for templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs import events as d
from dialogs.asking import asks
from dialogs.focus import OnField, OnNotice, OnReview, focus
from dialogs.visible import visible_fields
from handlers.hotline.standing import Standing, Taken
from handlers.wording.catalogue import Catalogue
from handlers.wording.filled import called_apart
from handlers.wording.questions import question
from handlers.wording.review import source_words
from handlers.wording.telling import Teller
from handlers.wording.values import show
from model.draft import Answer
from model.fields import AttachmentField, Field
from model.message import Button
from model.values import Contact, Phone, Value

_OURS: Final = (
    d.Filled, d.Corrected, d.Asked, d.Reviewed, d.Agreed, d.KeptUnread, d.Greeted, d.HandedOver, d.SureAsked, d.Lapsed, d.Resumed,
)  # fmt: skip
"""What the page itself shows, or what is said to an applicant only."""
_ROOM: Final = 2000
_CHOICES: Final = 12


@dataclass(frozen=True, slots=True)
class Say:
    """The sentence to say next, and the answers it has, as buttons. `what`: notice, ask, choose or done."""

    what: str
    text: str
    title: str = ""
    choices: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A field with what was understood: `words` it was taken from, `how` sure that is (said, derived, guessed; "" where it is open).

    `fresh`: the last words changed it; `basic`: it has to be there; `confirmed`: it was read to him and is right.
    """

    id: str
    called: str
    value: str
    words: str
    how: str
    fresh: bool
    basic: bool
    confirmed: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What stands there, what was said to it, a question that nobody here can answer, and the next sentence."""

    rows: tuple[Row, ...]
    told: tuple[str, ...]
    question: str
    say: Say
    read_back: str
    lacking: tuple[str, ...]


def understood(taken: Taken, catalogue: Catalogue) -> Understood:
    """Of an intake with a draft."""
    standing = taken.standing
    return Understood(
        rows=tuple(_rows(taken, catalogue)),
        told=tuple(_told(taken, catalogue)),
        question=next(_questions(taken), ""),
        say=next_sentence(standing, catalogue),
        read_back=_read_back(standing, catalogue),
        lacking=tuple(standing.form.fields[one].called for one in standing.lacking),
    )


def _questions(taken: Taken) -> Iterator[str]:
    """What he asks and the guide does not know."""
    for one in taken.events:
        match one:
            case d.HandedOver(asked=asked, words=words):
                yield asked or words
            case d.Unclear(given=given) if asks(given):
                yield given


def next_sentence(standing: Standing, catalogue: Catalogue) -> Say:
    """What to ask next, as a sentence: first the notice, then what suffices, then the rest of the form."""
    form, draft = standing.form, standing.draft
    if draft is None:
        return Say("done", "")
    if not standing.noticed and form.notice is not None:
        return Say("notice", form.notice.text, form.notice.title)
    on = focus(form, draft)
    if isinstance(on, OnNotice | OnReview):
        return Say("done", catalogue.say("console.hotline.all_asked"))
    asked = question(catalogue, form, draft)
    if isinstance(on, OnField) and on.want is None:
        if isinstance(on.field, AttachmentField):
            return Say("done", catalogue.say("console.hotline.papers_later", name=on.field.called))
        return Say("ask", on.field.ask, choices=asked.buttons[:_CHOICES])
    return Say("choose", asked.text.strip(), choices=asked.buttons[:_CHOICES])


def _rows(taken: Taken, catalogue: Catalogue) -> Iterator[Row]:
    """The basic facts whether they are there or not, then all else that is."""
    standing, draft = taken.standing, taken.standing.draft
    if draft is None:
        return
    form = standing.form
    fresh = {one.field for one in taken.events if isinstance(one, d.Filled | d.Corrected)}
    rule = standing.county.process.telephone
    basics = [one for one in (rule.basics if rule else ()) if one in form.fields]
    shown = [one.id for one in visible_fields(form, draft.answers) if one.id not in basics]
    for name in (*basics, *shown):
        field, answer = form.fields[name], draft.answers.get(name)
        if field.kind == "declaration" or (name not in basics and (answer is None or answer.value is None)):
            continue
        sure = standing.intake.read_back
        yield Row(
            id=name,
            called=called_apart(form, field),
            value=show(answer.value, field) if answer and answer.value else "",
            words=_words(answer, field),
            how=_how(answer),
            fresh=name in fresh,
            basic=name in basics,
            confirmed=bool(answer and sure and answer.revision <= sure.version),
            warnings=tuple(catalogue.say(f"warnings.{one}") for one in (answer.warnings if answer else ())),
        )


def _words(answer: Answer | None, field: Field) -> str:
    return source_words(answer, show(answer.value, field)) if answer is not None and answer.value is not None else ""


def _how(answer: Answer | None) -> str:
    if answer is None or answer.value is None:
        return ""
    return answer.certainty if answer.confirmed or answer.certainty != "said" else "derived"


def _told(taken: Taken, catalogue: Catalogue) -> Sequence[str]:
    """What the engine says to the words beside what it understood: why something is refused, the answer to a question."""
    spoken = [one for one in taken.events if not isinstance(one, _OURS)]
    if not spoken or taken.standing.draft is None:
        return ()
    return [
        one.strip()
        for one in Teller(catalogue, taken.standing.county, taken.standing.conversation).tell_all(spoken, _ROOM)
    ]


def _read_back(standing: Standing, catalogue: Catalogue) -> str:
    """All that was understood, to be said aloud; digits in groups, as they are spoken."""
    draft = standing.draft
    if draft is None:
        return ""
    form = standing.form
    shown = [one for one in visible_fields(form, draft.answers) if one.kind != "declaration"]
    said = [
        (one.called, _aloud(answer.value, one))
        for one in shown
        if (answer := draft.answers.get(one.id)) is not None and answer.value is not None
    ]
    return catalogue.say("console.hotline.read_back", said=said).strip() if said else ""


def _aloud(value: Value, field: Field) -> str:
    match value:
        case Phone(number=number):
            return _in_groups(number)
        case Contact(name=name, phone=phone):
            return f"{name} {_in_groups(phone)}"
        case _:
            return show(value, field)


def _in_groups(number: str) -> str:
    """139 0000 0001."""
    if len(number) == 11 and number.isdecimal():
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number
