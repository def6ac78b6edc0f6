"""The review card: change any item, unfold a section; or promise, under the declaration on it, and hand in."""

from dialogs.answering import store
from dialogs.commands import changes, item_number, unfolds
from dialogs.derived import derived
from dialogs.events import Migrated, Reviewed, Submitted, Unclear
from dialogs.folding import is_place, plain_words, plainly
from dialogs.kinds.yes_no import says
from dialogs.turn import Turn
from dialogs.visible import listed_fields, visible_fields
from model.draft import Editing, Reviewing
from model.fields import Field
from model.form import Form, Section
from model.values import Declared

_CONFIRM = plainly(
    {
        "0",
        "确认",
        "确认无误",
        "无误",
        "没问题",
        "都对",
        "对的都对",
        "提交",
        "确认提交",
        "没有要改的",
        "不改了",
        "就这样",
        "我承诺",
        "承诺",
        "我承诺提交",
        "我承诺,提交",
    }
)
_NOT_YET = plainly(
    [
        "再看看",
        "再看一下",
        "我再看看",
        "没想好",
        "还没想好",
        "等等",
        "等一下",
        "等会",
        "等会儿",
        "先不交",
        "先不提交",
        "不提交",
        "不承诺",
        "先放着",
        "不急",
        "以后再说",
        "回头再说",
    ]
)


def shown_sections(turn: Turn) -> tuple[Section, ...]:
    """The sections that have a shown field, in form order."""
    ids = {turn.form.section_of[field.id].id for field in listed_fields(turn.form, turn.draft)}
    return tuple(section for section in turn.form.sections if section.id in ids)


def answer_review(turn: Turn, text: str) -> None:
    """Hands in, unfolds a section, or goes to the item named."""
    if plain_words(text) in _CONFIRM or (plain_words(text) != "1" and says(text)):
        if not any(isinstance(one, Migrated) for one in turn.events):  # else the card was of an older form, or promise
            promise(turn, text)
            hand_in(turn)
    elif (section := _section(turn, text)) is not None:
        turn.change_draft(attention=Reviewing(section=section.id))
        turn.emit(Reviewed(section.id))
    elif not change_item(turn, text):
        turn.emit(Unclear("not_yet" if plain_words(text) in _NOT_YET else "review", text))


def change_item(turn: Turn, text: str, *, bare_numbers: bool = True) -> bool:
    """改12, 12, 改联系电话: goes back to that field. False if nothing is named."""
    number, named = item_number(text, bare=bare_numbers), changes(text)
    if number is None and named is None:
        return False
    fields = listed_fields(turn.form, turn.draft)
    if number is not None:
        if not 1 <= number <= len(fields):
            return False
        turn.change_draft(attention=Editing(field=fields[number - 1].id))
        return True
    shown = visible_fields(turn.form, turn.draft.answers)  # one that is not asked for may be given all the same
    field = (named_field(turn.form, fields, named) or named_field(turn.form, shown, named)) if named else None
    if field is None:
        return False
    turn.change_draft(attention=Editing(field=field.id))
    return True


def named_field(form: Form, fields: tuple[Field, ...], words: str) -> Field | None:
    """The one of these fields called so: by name or label, whole first, then in part if only one fits."""
    wanted, names = plain_words(words).removesuffix("的"), names_of(form)
    for fits in (lambda name: name == wanted, lambda name: wanted in name and len(wanted) >= 2):
        found = [field for field in fields if any(map(fits, names[field.id]))]
        if len(found) == 1:
            return found[0]
    return None


@derived
def names_of(form: Form) -> dict[str, tuple[str, ...]]:
    """What each field is called, as messages are compared with it."""
    return {
        field.id: tuple(dict.fromkeys(map(plain_words, (field.called, field.label, *field.words))))
        for field in form.fields.values()
    }


def promise(turn: Turn, text: str) -> None:
    """The declaration (承诺) stands on the card that was agreed to (X60, X147)."""
    field = next((one for one in visible_fields(turn.form, turn.draft.answers) if one.kind == "declaration"), None)
    if field is not None and turn.form.declaration:
        store(turn, field, turn.made(Declared(version=turn.form.declaration.version), text))
        turn.events.pop()


def hand_in(turn: Turn) -> None:
    """The form is frozen; from here on the draft cannot be changed (design §2.2)."""
    answers = turn.draft.answers
    sure = {name: one if one.confirmed else one.model_copy(update={"confirmed": True}) for name, one in answers.items()}
    turn.change_draft(
        state="submitting", attention=None, submitted_at=turn.now, answers=sure, held={}, cards=(), read={}, last=None
    )
    turn.emit(Submitted(turn.draft.id))


def _section(turn: Turn, text: str) -> Section | None:
    named = unfolds(text)
    if named is None:
        return None
    sections = shown_sections(turn)
    if is_place(named):
        return sections[int(named) - 1] if 1 <= int(named) <= len(sections) else None
    return next(
        (section for section in sections if named in (section.title, section.id) or named in section.title), None
    )
