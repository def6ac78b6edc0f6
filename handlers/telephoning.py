"""电话报装: what a caller says, as the hotline types it, becomes a submission with the basics alone (X24, X26, R32)."""

import datetime as dt
from collections.abc import Mapping, Sequence

from dialogs.as_data.filling import NOTICE, Agreed, Problem, fill
from dialogs.submitting import submission_of
from model.conversation import Conversation
from model.county import County
from model.fields import ChoiceField, Field
from model.submission import Submission

_BETWEEN = "、"


class NoSuchField(Exception):
    """There is no field of this name; the message says which there are."""


def applied_by_telephone(
    county: County, said: Mapping[str, str], talk: Conversation, *, name: str, by: str, at: dt.datetime
) -> Submission | Sequence[Problem]:
    """The submission, called `name`, of what `by` has typed of each field; or all that does not fit.

    The caller has heard the privacy notice: nothing of him may be typed before. Fields by id or by name; of several options
    each is named, with 、 between. Raises `NoSuchField`.
    """
    rule, form = county.process.telephone, county.form
    given = {field.id: _value(field, words) for field, words in _fields(county, said)}
    agreed = {NOTICE: Agreed(version=form.notice.version)} if form.notice else {}
    filled = fill(county, given, agreed, draft_id=name, by=by, at=at, basics=rule.basics if rule else ())
    if filled.problems:
        return filled.problems
    typed = {key: one.model_copy(update={"role": "staff"}) for key, one in filled.draft.answers.items()}
    submission = submission_of(county, talk, filled.draft.model_copy(update={"answers": typed}))
    return submission.model_copy(update={"channel": "telephone"})


def _fields(county: County, said: Mapping[str, str]) -> list[tuple[Field, str]]:
    fields = [one for one in county.form.fields.values() if one.filler == "applicant"]
    found = list[tuple[Field, str]]()
    for name, words in said.items():
        field = next((one for one in fields if name in (one.id, one.called)), None)
        if field is None:
            rule = county.process.telephone
            basics = _BETWEEN.join(county.form.fields[one].called for one in rule.basics) if rule else ""
            raise NoSuchField(f"申请表没有这一项：{name}；电话报装先登记：{basics}")
        found.append((field, words.strip()))
    return found


def _value(field: Field, words: str) -> object:
    several = isinstance(field, ChoiceField) and field.several
    return [one.strip() for one in words.split(_BETWEEN)] if several else words
