"""The one question of a reply, from the focus: text and choices."""

from typing import assert_never

from dialogs.consenting import held_for
from dialogs.disambiguating import may_be_all
from dialogs.focus import (
    Focus,
    OnAmbiguous,
    OnConfirm,
    OnConsent,
    OnCopied,
    OnField,
    OnNotice,
    OnReview,
    OnRows,
    OnSure,
    focus,
)
from dialogs.kinds.code import IDENTITY
from dialogs.schemes import scheme_of
from dialogs.together import together
from dialogs.visible import listed_fields
from handlers.wording.catalogue import Catalogue
from handlers.wording.choices import aimed, serial
from handlers.wording.filled import VALUE_SHOWN
from handlers.wording.review import card, items
from handlers.wording.values import called, row, show
from model.draft import Draft, Unsettled
from model.fields import AttachmentField, ChoiceField, CodeField, Field, YesNoField
from model.form import Form
from model.message import Button, Reply
from model.values import Files, Rows


def question(catalogue: Catalogue, form: Form, draft: Draft) -> Reply:
    """What is asked now; its choices are aimed at this draft."""
    on = focus(form, draft)
    if isinstance(on, OnField) and on.want is None:
        return _field(catalogue, form, draft, on.field)
    return aimed(_asked(catalogue, form, draft, on), draft)


def _asked(catalogue: Catalogue, form: Form, draft: Draft, on: Focus) -> Reply:
    match on:
        case OnNotice():
            notice = form.notice
            text = catalogue.say("ask.notice", title=notice.title if notice else "", text=notice.text if notice else "")
            return Reply(text=text, buttons=_yes_no(catalogue, "notice"))
        case OnConsent(consent=name, field=field):
            consent = form.consents[name]
            text = catalogue.say("ask.consent", consent=consent, field=field)
            return Reply(text=text, buttons=_yes_no(catalogue, name))
        case OnSure(about=about):
            return Reply(
                text=catalogue.say(f"ask.sure_{about}", filled=draft.filled),
                buttons=_yes_no(catalogue, "sure"),
            )
        case OnConfirm(field=field, answer=answer):
            value = show(answer.value, field) if answer.value else ""
            return Reply(
                text=catalogue.say("ask.confirm", field=field, value=value), buttons=_yes_no(catalogue, "confirm")
            )
        case OnAmbiguous(asked=asked):
            return _which(catalogue, form, asked)
        case OnCopied():
            return _copied(catalogue, form, draft)
        case OnReview():
            return card(catalogue, form, draft)
        case OnRows():
            return _rows(catalogue, draft, on)
        case OnField(field=field, want=want):
            return _want(catalogue, draft, field, want or "")
        case _:
            assert_never(on)


def _which(catalogue: Catalogue, form: Form, asked: Unsettled) -> Reply:
    """What the words may mean, as numbered choices, and that it is none of them."""
    same = len({one.field for one in asked.meanings}) == 1
    labels = list[str]()
    for one in asked.meanings:
        field = form.fields[one.field]
        value = show(one.answer.value, field)[:VALUE_SHOWN] if one.answer.value else ""
        name = f"{form.section_of[field.id].title}·{called(field)}"
        labels.append(value if same else catalogue.say("ask.which_option", called=name, value=value))
    if may_be_all(asked):
        labels.append(catalogue.say("button.which_all"))
    labels.append(catalogue.say("button.which_none"))
    buttons = tuple(
        Button(number=n, label=label, say=label, id=f"a:ambiguous:{n}") for n, label in enumerate(labels, 1)
    )
    field = form.fields[asked.meanings[0].field]
    key = "ask.which_value" if same else "ask.which_field"
    return Reply(text=catalogue.say(key, said=asked.said, called=called(field)), buttons=buttons)


def _copied(catalogue: Catalogue, form: Form, draft: Draft) -> Reply:
    """Who applies as copied, numbered as on the review card, to be confirmed as a whole."""
    copied = [item for item in items(form, draft) if item.field.id in draft.copied]
    open_ = [field for field in listed_fields(form, draft) if field.carried and field.id not in draft.answers]
    held = [field for field in open_ if held_for(form, draft, field) is not None]
    return Reply(text=catalogue.say("ask.copied", items=copied, held=held), buttons=_yes_no(catalogue, "copied"))


def _field(catalogue: Catalogue, form: Form, draft: Draft, field: Field) -> Reply:
    section = form.section_of[field.id]
    here = listed_fields(form, draft, section)
    place = next((n for n, one in enumerate(here, 1) if one.id == field.id), 0)
    old = draft.answers.get(field.id)
    shown = with_fitting_example(field, draft)
    rest = together(form, draft, field)[1:]

    def ask() -> Reply:
        facts = {
            "section": section,
            "place": place,
            "total": len(here),
            "field": shown,
            "first": place == 1,
            "old": show(old.value, field) if old and old.value else "",
            "files": len(old.value.files) if old and isinstance(old.value, Files) else 0,
            "several": isinstance(field, ChoiceField) and field.several,
            "choices": isinstance(field, ChoiceField | YesNoField),
            "rest": [called(one) for one in rest],
            "later": all(one.need == "deferrable" for one in (field, *rest)),
        }
        key = "ask.attachment" if isinstance(field, AttachmentField) else "ask.field"
        buttons = (
            *_choices(catalogue, field, bool(facts["files"]), bool(facts["old"])),
            *_all_open(catalogue, field, len(rest), later=bool(facts["later"])),
        )
        return aimed(Reply(text=catalogue.say(key, **facts), buttons=buttons), draft)

    if old is not None:
        return ask()
    return catalogue.once((form.id, form.version, field.id, place, len(here), shown is field, rest, serial(draft)), ask)


def _all_open(catalogue: Catalogue, field: Field, others: int, *, later: bool) -> tuple[Button, ...]:
    """Leaves this question and those after it open in one breath."""
    if not others:
        return ()
    label = catalogue.say("button.all_later" if later else "button.all_empty", count=others + 1)
    number = 2 if isinstance(field, AttachmentField) else None
    return (Button(number=number, label=label, say="都后面补" if later else "都没有", id="c:skip_all"),)


def with_fitting_example(field: Field, draft: Draft) -> Field:
    """A number checked by another answer has one example; it is left out where another kind of number is asked for."""
    if not (isinstance(field, CodeField) and field.by and field.example):
        return field
    fits = (scheme_of(field, draft.answers) == "identity") == bool(IDENTITY.fullmatch(field.example))
    return field if fits else field.model_copy(update={"example": ""})


def _choices(catalogue: Catalogue, field: Field, has_files: bool, has_value: bool) -> tuple[Button, ...]:
    buttons = list[Button]()
    if isinstance(field, ChoiceField):
        for number, option in enumerate(field.options, 1):
            label = f"{option.text}（{option.means}）" if option.means else option.text
            buttons.append(Button(number=number, label=label, say=option.text, id=f"f:{field.id}:{number}"))
    elif isinstance(field, YesNoField):
        for number, word in enumerate((field.yes, field.no), 1):
            buttons.append(Button(number=number, label=word, say=word, id=f"f:{field.id}:{number}"))
    elif isinstance(field, AttachmentField) and has_files:
        return (Button(number=1, label=catalogue.say("button.files_done"), say="好了", id=f"f:{field.id}:1"),)
    if field.need != "required" or has_value:
        key = "button.keep" if has_value else "button.later" if field.need == "deferrable" else "button.skip"
        label = catalogue.say(key)
        place = 1 if isinstance(field, AttachmentField) else None
        buttons.append(Button(number=place, label=label, say="跳过", id="c:skip"))
    return tuple(buttons)


def _want(catalogue: Catalogue, draft: Draft, field: Field, want: str) -> Reply:
    """The missing half of an answer."""
    buttons: tuple[Button, ...] = ()
    units = getattr(field, "units", ())
    if want == "unit":
        buttons = tuple(Button(label=unit, say=unit, id=f"f:{field.id}:{unit}") for unit in units)
    if want == "half":
        buttons = tuple(Button(label=half, say=half, id=f"f:{field.id}:{half}") for half in ("上午", "下午"))
    given = draft.attention.text if draft.attention and draft.attention.on == "unfinished" else ""
    return Reply(text=catalogue.say(f"want.{want}", field=field, given=given), buttons=buttons)


def _rows(catalogue: Catalogue, draft: Draft, on: OnRows) -> Reply:
    answer = draft.answers.get(on.field.id)
    rows = answer.value.rows if answer and isinstance(answer.value, Rows) else ()
    missing = [column for column in on.field.columns if column.id not in on.part]
    if on.asking:
        listed = [row(dict(one), on.field) for one in rows]
        again, done = catalogue.say("button.row_again"), catalogue.say("button.row_done")
        buttons = (
            Button(number=1, label=again, say="再加一台", id=f"f:{on.field.id}:1"),
            Button(number=2, label=done, say="没有了", id=f"f:{on.field.id}:2"),
        )
        return Reply(text=catalogue.say("ask.rows_more", field=on.field, rows=listed), buttons=buttons)
    if on.part:
        open_ = all(column.need == "deferrable" for column in missing)
        later = (Button(label=catalogue.say("button.later"), say="后面补", id="c:skip"),) if open_ else ()
        return Reply(
            text=catalogue.say(
                "ask.row_part",
                field=on.field,
                part=row(dict(on.part), on.field),
                missing=missing,
                column=missing[0],
                later=bool(later),
            ),
            buttons=later,
        )
    number = (on.row if on.row is not None else len(rows)) + 1
    skip = Button(label=catalogue.say("button.skip"), say="跳过", id="c:skip")
    skips = (skip,) if on.field.need != "required" and not rows else ()
    return Reply(
        text=catalogue.say(
            "ask.row",
            field=on.field,
            number=number,
            columns=on.field.columns,
            change=on.row is not None and on.row < len(rows),
        ),
        buttons=skips,
    )


def _yes_no(catalogue: Catalogue, name: str) -> tuple[Button, ...]:
    words = (catalogue.say(f"button.{name}_yes" if f"button.{name}_yes" in catalogue else "button.consent_yes"),
             catalogue.say(f"button.{name}_no" if f"button.{name}_no" in catalogue else "button.consent_no"))  # fmt: skip
    says = {
        "notice": ("同意", "不同意"),
        "sure": ("是", "否"),
        "confirm": ("是", "不是"),
        "copied": ("都对", "不照着填"),
    }
    said = says.get(name, ("同意", "不同意"))
    place = "f:" + name if name not in ("sure", "confirm", "copied") else "a:" + name
    return tuple(
        Button(number=n, label=word, say=say, id=f"{place}:{n}")
        for n, (word, say) in enumerate(zip(words, said, strict=True), 1)
    )
