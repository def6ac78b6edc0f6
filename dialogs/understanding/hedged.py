"""What is said on a condition that the clerk is to judge is read back before it counts: 要是变频也归非线性 那这格填有."""

from dataclasses import replace

from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.marked import Marked
from model.fields import ChoiceField, YesNoField
from model.form import Form

_CONDITION = Sought(
    r"(?:要是|若是?|如果|假如|假使|倘若|只要|凡是)[^。;\n]{0,16}?(?:算|属于?|归|在列|在内|包括|包含|符合)|(?:算|属于|归)[^,。;\n]{0,6}的话"
    r"|(?:你们?说|您看?)[^,。;\n]{0,6}算不算|(?:^|[ ,。;])算(?:的话)?就(?:填|写|选|勾|打|是|算)"
)
_BEFORE, _AFTER = 40, 12
"""So many characters before and behind a value its condition may stand."""


def with_doubts(marked: Marked, form: Form, taken: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The same, with what hangs on a condition marked as not sure."""
    if not _CONDITION.search(marked.text):
        return taken
    return tuple(replace(one, unsure=True) if _hangs(marked, form, one) else one for one in taken)


def _hangs(marked: Marked, form: Form, one: Candidate) -> bool:
    if not one.understood or not isinstance(form.fields[one.field], ChoiceField | YesNoField):
        return False
    start, end = marked.sentence_start(one.start), marked.sentence_end(one.start)
    found = _CONDITION.search(marked.text, max(start, one.start - _BEFORE), min(end, one.end + _AFTER))
    return found is not None
