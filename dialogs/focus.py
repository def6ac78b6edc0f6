"""Select: what the bot waits for now, derived from form and draft and never stored (form interpretation, design §3)."""

from dataclasses import dataclass
from typing import Literal

from dialogs.half_rows import first_half
from dialogs.kinds.table import Row
from dialogs.visible import consent_of, listed_fields, open_fields
from model.draft import Ambiguous, Answer, Confirming, Draft, Editing, MoreRows, Sure, Unfinished, Unsettled
from model.fields import Field, TableField
from model.form import Form


@dataclass(frozen=True, slots=True)
class OnField:
    """An answer to this field; `want` is the part still missing of a half-given one."""

    field: Field
    want: str | None = None


@dataclass(frozen=True, slots=True)
class OnNotice:
    """A yes to the privacy notice, before the first personal question."""


@dataclass(frozen=True, slots=True)
class OnConsent:
    """A yes or no to a separate consent, before the first field that needs it."""

    consent: str
    field: Field


@dataclass(frozen=True, slots=True)
class OnReview:
    """Everything is answered: change an item, or promise (承诺) and hand in."""


@dataclass(frozen=True, slots=True)
class OnRows:
    """A table: what is missing of a row (the part given so far), the next row, or whether there is one more (`asking` once
    a row exists).
    """

    field: TableField
    part: Row
    row: int | None
    asking: bool


@dataclass(frozen=True, slots=True)
class OnConfirm:
    """A yes or no to a value read back."""

    field: Field
    answer: Answer


@dataclass(frozen=True, slots=True)
class OnAmbiguous:
    """Which of several meanings the words had."""

    asked: Unsettled


@dataclass(frozen=True, slots=True)
class OnSure:
    """A yes or no to 重来 or 取消."""

    about: Literal["restart", "cancel"]


@dataclass(frozen=True, slots=True)
class OnCopied:
    """Who applies was copied from an earlier draft or case: a yes to all of it, or an item to change."""


Focus = OnCopied | OnField | OnRows | OnConfirm | OnAmbiguous | OnSure | OnNotice | OnConsent | OnReview


def focus(form: Form, draft: Draft) -> Focus:
    """What the next message is expected to answer."""
    match draft.attention:
        case Editing(field=name) if name in form.fields:
            return gate(form, draft, form.fields[name], again=True)
        case Unfinished(field=name, want=want) if name in form.fields:
            return OnField(form.fields[name], want)
        case MoreRows(field=name, row=row, part=part) if isinstance(table := form.fields.get(name), TableField):
            if not part and row is None:
                return _rows(draft, table, again=True)
            return OnRows(table, part, row, asking=False)
        case Confirming(field=name, answer=answer) if name in form.fields:
            return OnConfirm(form.fields[name], answer)
        case Ambiguous(asked=asked):
            return OnAmbiguous(asked[0])
        case Sure(about=about):
            return OnSure(about)
        case _:
            pass
    if draft.copied:
        return OnCopied() if noticed(form, draft) else OnNotice()
    waiting = next(open_fields(form, draft), None)
    if waiting is not None:
        return gate(form, draft, waiting)
    return _renewed(form, draft) or OnReview()


def gate(form: Form, draft: Draft, field: Field, *, again: bool = False) -> Focus:
    """The field, or the notice or consent that has to come before it. Going back to a refused consent asks it again."""
    if field.personal and not noticed(form, draft):
        return OnNotice()
    name = consent_of(field, draft.answers)
    if name is not None and (consent := form.consents.get(name)):
        given = draft.agreements.get(name)
        if given is None or given.version < consent.version or (again and not given.agreed):
            return OnConsent(name, field)
    if isinstance(field, TableField):
        return _rows(draft, field, again=again)
    return OnField(field)


def _rows(draft: Draft, table: TableField, *, again: bool) -> OnRows:
    """The first row of which something is still to be told, else one more."""
    half = first_half(table, draft.answers)
    if half is not None:
        return OnRows(table, half[1], half[0], asking=False)
    return OnRows(table, {}, None, asking=again and has_rows(draft, table.id))


def _renewed(form: Form, draft: Draft) -> Focus | None:
    """What was agreed to when its text was an older one, and answers already given rest on: it is asked again."""
    given = [field for field in listed_fields(form, draft) if field.id in draft.answers]
    notice = draft.agreements.get("notice")
    if form.notice and notice and notice.version < form.notice.version and any(field.personal for field in given):
        return OnNotice()
    for field in given:
        name = consent_of(field, draft.answers) or ""
        consent, before = form.consents.get(name), draft.agreements.get(name)
        if consent and before and before.agreed and before.version < consent.version:
            return OnConsent(name, field)
    return None


def has_rows(draft: Draft, name: str) -> bool:
    """Whether the table already has rows."""
    answer = draft.answers.get(name)
    return answer is not None and answer.value is not None


def noticed(form: Form, draft: Draft) -> bool:
    """Whether the privacy notice was agreed to, as it is worded now; or there is none."""
    return form.notice is None or _agreed(draft, "notice", form.notice.version)


def _agreed(draft: Draft, name: str, version: int) -> bool:
    given = draft.agreements.get(name)
    return given is not None and given.agreed and given.version >= version
