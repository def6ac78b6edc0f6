"""From a form, a draft and what went wrong last to what a page shows (see `handlers.web.form.shape`)."""

from collections.abc import Iterator, Mapping

from dialogs.as_data.edits import Other, Result, Wrong, may_be_given, seen
from dialogs.as_data.entering import (
    EITHER_HALF,
    LATER,
    LONGEST,
    NO,
    YES,
    Entered,
    Posted,
    entered,
    leaves_open,
    shown,
)
from dialogs.visible import checked_in_person, consent_of, visible_fields
from handlers.web.form.reasons import reason
from handlers.web.form.shape import (
    Both,
    Cell,
    Choice,
    ConsentShown,
    FieldView,
    FileShown,
    Input,
    Need,
    Origin,
    SectionView,
    State,
)
from handlers.wording.catalogue import Catalogue
from handlers.wording.questions import with_fitting_example
from handlers.wording.review import source_words
from handlers.wording.values import called, show
from model.conversation import Conversation
from model.draft import Answer, Draft
from model.fields import ChoiceField, DateField, Field, TableField, TextField, YesNoField
from model.form import Form
from model.values import Files

_LONG_TEXT = 60
"""Characters: a cell for more of them has several lines."""
_SPARE_ROWS = 2
"""Rows of a table that stand there to be filled in."""
_INPUTS: Mapping[str, Input] = {
    "phone": "tel", "number": "number", "yes_no": "yes_no", "contact": "contact", "code": "code", "address": "place", "date": "date",
    "buildings": "text", "table": "rows", "attachment": "files",
}  # fmt: skip
_KINDS = {"image/jpeg": "JPG", "image/png": "PNG", "image/webp": "WebP", "image/heic": "HEIC", "application/pdf": "PDF"}


class FormPage:
    """The view of one draft on its form. `posted` and `results` are those of the last attempt, where there was one."""

    def __init__(
        self,
        catalogue: Catalogue,
        form: Form,
        draft: Draft,
        *,
        talk: Conversation | None = None,
        posted: Posted | None = None,
        results: Mapping[str, Result] | None = None,
        refused: Mapping[str, str] | None = None,
    ) -> None:
        """`talk` knows which photos are on their way; `refused` says of files, by field, why they were not taken."""
        self._catalogue, self._say = catalogue, catalogue.say
        self._form = form
        self._draft = draft
        self._talk = talk
        self._posted = posted
        self._results = results or {}
        self._refused = refused or {}
        self._shown = [one for one in visible_fields(form, draft.answers) if one.kind != "declaration"]

    def sections(self) -> tuple[SectionView, ...]:
        """All sections that have a shown field, in form order."""
        ids = dict.fromkeys(self._form.section_of[one.id].id for one in self._shown)
        return tuple(self.section(one) for one in ids)

    def section(self, name: str) -> SectionView:
        """One of them. Raises KeyError where it is not shown."""
        fields = [one for one in self._shown if self._form.section_of[one.id].id == name]
        if not fields:
            raise KeyError(name)
        part = self._form.section_of[fields[0].id]
        views = tuple(map(self._field, fields))
        left = sum(one.state in ("open", "held") and not self._form.fields[one.id].volunteered for one in views)
        return SectionView(part.id, part.title, part.note, views, sum(one.state == "given" for one in views), left)

    def _field(self, field: Field) -> FieldView:
        answer, result = self._draft.answers.get(field.id), self._results.get(field.id)
        inputs = self._inputs(field, answer, result)
        parts = dict(reversed(inputs))
        later = LATER in parts
        files = answer.value.files if answer and isinstance(answer.value, Files) else ()
        return FieldView(
            id=field.id,
            input=_input(field),
            label=called(field),
            printed=field.label,
            ask=field.ask,
            hint=field.help,
            example=self._example(field),
            need=self._need(field),
            state=self._state(field, answer),
            value=show(answer.value, field) if answer and answer.value else "",
            entered={part: text for part, text in parts.items() if part != LATER},
            seen=self._token(field, answer, result),
            may_follow=leaves_open(field) and not files and (field.need == "deferrable" or self._personal(field)),
            later=later,
            longest=getattr(field, "most", LONGEST) if field.kind in ("text", "address", "attachment") else LONGEST,
            origin=_origin(answer, field),
            problem=self._refused.get(field.id) or self._problem(field, result),
            warnings=tuple(self._say(f"warnings.{one}") for one in (answer.warnings if answer else ())),
            units=getattr(field, "units", ()) or ((field.unit,) if field.kind == "number" and field.unit else ()),
            choices=tuple(_choices(field, inputs)),
            halves=("上午", "下午", EITHER_HALF) if isinstance(field, DateField) and field.halves else (),
            hours=isinstance(field, DateField) and field.hours,
            rows=tuple(_rows(field, parts)),
            files=tuple(FileShown(one.digest, f"{n}（{_KINDS.get(one.media_type, '')}）") for n, one in enumerate(files, 1)),
            on_its_way=self._on_its_way(field),
            consent=self._consent(field),
            both=self._both(field, answer, result),
        )  # fmt: skip

    def _inputs(self, field: Field, answer: Answer | None, result: Result | None) -> Entered:
        """What was entered stays until it was taken; else the answer."""
        if self._posted is not None and isinstance(result, Wrong | Other):
            return entered(field, self._posted)
        return shown(answer.value, field) if answer is not None else ()

    def _token(self, field: Field, answer: Answer | None, result: Result | None) -> str:
        """What was refused stays an edit of what was shown then."""
        if isinstance(result, Other) and self._posted is not None:
            return next(iter(self._posted.get(f"seen.{field.id}", ())), "")
        return seen(field, answer)

    def _state(self, field: Field, answer: Answer | None) -> State:
        if answer is not None and answer.value is not None:
            return "given"
        consent = self._consent(field)
        if consent is not None:
            return "in_person" if consent.refused else "held"
        if answer is None:
            return "open"
        if field.need == "deferrable":
            return "deferred"
        return "in_person" if field.need == "required" else "empty"

    def _need(self, field: Field) -> Need:
        return "in_person" if field.need == "required" and checked_in_person(field, self._draft.answers) else field.need

    def _personal(self, field: Field) -> bool:
        return checked_in_person(field, self._draft.answers)

    def _example(self, field: Field) -> str:
        """One that fits what the field is filled in with; choices and a calendar are their own."""
        shows_itself = field.kind in ("choice", "yes_no", "date")
        return "" if shows_itself else with_fitting_example(field, self._draft).example

    def _consent(self, field: Field) -> ConsentShown | None:
        name = consent_of(field, self._draft.answers)
        if name is None or may_be_given(self._form, field, self._draft, self._draft.answers):
            return None
        text, said = self._form.consents[name], self._draft.agreements.get(name)
        return ConsentShown(
            name, text.version, text.title, text.text, text.instead, refused=said is not None and not said.agreed
        )

    def _problem(self, field: Field, result: Result | None) -> str:
        if not isinstance(result, Wrong):
            return ""
        if result.reading is None and (field.need == "deferrable" or self._personal(field)):
            return self._say("entry.fill_or_later")
        return reason(self._catalogue, field, result.reading)

    def _both(self, field: Field, answer: Answer | None, result: Result | None) -> Both | None:
        if not isinstance(result, Other) or answer is None or answer.value is None:
            return None
        mine = show(result.mine, field) if result.mine else self._say("entry.nothing")
        return Both(theirs=show(answer.value, field), revision=str(answer.revision), mine=mine)

    def _on_its_way(self, field: Field) -> int:
        jobs = self._talk.jobs if self._talk is not None else ()
        return sum(one.draft == self._draft.id and one.field == field.id for one in jobs)


def _input(field: Field) -> Input:
    match field:
        case TextField(most=most):
            return "long_text" if most > _LONG_TEXT and not field.name_only else "text"
        case ChoiceField(several=several):
            return "some_of" if several else "one_of"
        case _:
            return _INPUTS[field.kind]


def _choices(field: Field, inputs: Entered) -> Iterator[Choice]:
    chosen, notes = {text for part, text in inputs if not part}, dict(inputs)
    if isinstance(field, YesNoField):
        for value, label in ((YES, field.yes), (NO, field.no)):
            counts = value == YES and bool(field.count_unit)
            name = f"{field.id}.count" if counts else ""
            yield Choice(
                value, label, field.count_unit if counts else "", value in chosen, name, notes.get("count", "")
            )
    if isinstance(field, ChoiceField):
        for number, one in enumerate(field.options):
            part = f"note.{number}"
            name = f"{field.id}.{part}" if one.blank != "none" else ""
            yield Choice(one.text, one.text, one.means, one.text in chosen, name, notes.get(part, ""))


def _rows(field: Field, parts: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Those that hold something, and some that hold nothing yet."""
    if not isinstance(field, TableField):
        return
    filled = 1 + max((int(part.partition(".")[0]) for part in parts if part != LATER), default=-1)
    for at in range(min(filled + _SPARE_ROWS, field.most)):
        yield tuple(
            Cell(
                name=f"{field.id}.{at}.{one.id}",
                label=one.label,
                unit=one.unit,
                number=one.number,
                required=one.need == "required",
                text=parts.get(f"{at}.{one.id}", ""),
            )
            for one in field.columns
        )


def _origin(answer: Answer | None, field: Field) -> Origin | None:
    if answer is None or answer.value is None:
        return None
    words = source_words(answer, show(answer.value, field))
    copied = answer.source.startswith("照") and answer.certainty == "derived"
    return Origin(answer.by, answer.role, answer.certainty, answer.confirmed, words, copied)
