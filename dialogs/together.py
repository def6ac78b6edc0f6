"""Questions that may be left open in one breath: 都没有, 都后面补."""

import re

from dialogs.answering import skip
from dialogs.events import LeftTogether
from dialogs.focus import OnField, OnRows, gate
from dialogs.folding import plain_words
from dialogs.turn import Turn
from dialogs.visible import checked_in_person, open_fields
from model.draft import Draft
from model.fields import AttachmentField, Field, YesNoField
from model.form import Form

_ALL = re.compile(
    r"(?:(?:这些|这(?:几|\d{1,2})[样项个份]|其余|其他|剩下|后面)(?:的)?都|一[样个份]都|全部?|全都|都)"
    r"(?:没有|没|还没有|没带|没办|不填|先不填|不写|跳过|先跳过|后面补|后面再补|以后补|回头补|后补|先空着)"
)
_SECOND = "2"
"""The number of its button, where a paper is asked for."""


def together(form: Form, draft: Draft, field: Field) -> tuple[Field, ...]:
    """This question and those that come right after it in its section, as long as each may be left open and nothing has to be
    agreed to before it. Empty where there is only one of them.

    A yes or no is none of them: 没有 answers it.
    """
    if draft.attention is not None:
        return ()
    section, run = form.section_of[field.id], list[Field]()
    for one in open_fields(form, draft):
        if form.section_of[one.id] is not section or not _may_stay_open(form, draft, one):
            break
        run.append(one)
    return tuple(run) if len(run) > 1 and run[0] is field else ()


def _may_stay_open(form: Form, draft: Draft, field: Field) -> bool:
    return (
        field.need != "required"
        and not isinstance(field, YesNoField)
        and not checked_in_person(field, draft.answers)
        and isinstance(gate(form, draft, field), OnField | OnRows)
    )


def leave_together(turn: Turn, field: Field, text: str) -> bool:
    """都没有 leaves all of them open. False if that was not said, or this one has to be answered."""
    words = plain_words(text)
    if not _ALL.fullmatch(words) and not (words == _SECOND and isinstance(field, AttachmentField)):
        return False
    if not (run := together(turn.form, turn.draft, field) or (field,) * _may_stay_open(turn.form, turn.draft, field)):
        return False
    told = len(turn.events)
    for one in run:
        skip(turn, one)
    del turn.events[told:]
    deferred = tuple(one.id for one in run if one.need == "deferrable")
    turn.emit(LeftTogether(tuple(one.id for one in run if one.id not in deferred), deferred))
    return True
