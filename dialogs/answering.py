"""Process: a message as the answer to one field, stored or refused; an invalid value never destroys a valid one."""

from dialogs.derived import derived
from dialogs.events import Corrected, Filled, Helped, NotSkippable, Rejected, Skipped
from dialogs.folding import plain_words, plainly
from dialogs.half_rows import first_half, left_to_follow
from dialogs.kinds import parse
from dialogs.kinds.option_names import option_names
from dialogs.reading import Partial, Reading, Refusal, Understood
from dialogs.same import same_as
from dialogs.schemes import scheme_of
from dialogs.turn import SOURCE_KEPT, Turn
from dialogs.visible import checked_in_person
from model.draft import Answer, Editing, Unfinished
from model.fields import ChoiceField, CodeField, Field, TableField, YesNoField
from model.form import Form
from model.values import Code, Rows

_NOTHING = plainly(
    {
        "没有",
        "没",
        "无",
        "不要",
        "不用",
        "不需要",
        "暂无",
        "没了",
        "没有了",
        "无备注",
        "都没有",
        "还没有",
        "还没",
        "没有呢",
        "不填",
        "空着",
        "没办",
        "还没办",
    }
)
_LATER = plainly(
    {
        "手边没有",
        "没带",
        "回头发",
        "回头补",
        "后面再说",
        "晚点发",
        "忘带了",
        "代码没有",
        "还没办下来",
        "没办下来",
        "稍后",
        "以后补交",
    }
)
_UNSURE = plainly({"不清楚", "不知道", "不晓得", "不太清楚", "说不清", "不懂", "不确定"})


def hear(turn: Turn, field: Field, text: str, want: str | None = None) -> bool:
    """The message answers this field (or the part `want` of it): stored, asked on, or refused. True if it was taken."""
    if want is None and _left_open(turn, field, text):
        return True
    if want is None and (same := same_as(field, text, turn.draft.answers, turn.form)) is not None:
        store(turn, field, turn.made(same, text, certainty="derived"))
        return True
    reading, source = _read(turn, field, text, want)
    match reading:
        case Understood():
            store(turn, field, turn.made(reading.value, source, certainty=reading.certainty, warnings=reading.warnings))
            return True
        case Partial(want=missing, so_far=so_far):
            turn.change_draft(attention=Unfinished(field=field.id, text=(so_far or source)[:SOURCE_KEPT], want=missing))
            return True
        case Refusal():
            refuse(turn, field, reading, text)
            return False


def _read(turn: Turn, field: Field, text: str, want: str | None) -> tuple[Reading, str]:
    """A half-given answer is read together with what came before, or else anew on its own."""
    before = turn.draft.attention
    if want is None or not isinstance(before, Unfinished):
        return turn.read(field, text), text
    alone = turn.read(field, text)
    if isinstance(alone, Understood) and not isinstance(field, ChoiceField):  # an option's word may be the note wanted
        return alone, text
    joined = f"{before.text} {text}"
    reading = parse(joined, field, turn.context)
    if isinstance(reading, Refusal) or (isinstance(reading, Partial) and reading.want == want):
        if not isinstance(alone, Refusal):
            return alone, text
        if isinstance(reading, Partial):
            return alone, text
    return reading, joined


def store(turn: Turn, field: Field, answer: Answer) -> None:
    """Keeps the answer; the next question follows from it."""
    draft = turn.draft
    old = draft.answers.get(field.id)
    trail = draft.trail if field.id in draft.trail else (*draft.trail, field.id)
    refusals = {name: times for name, times in draft.refusals.items() if name != field.id}
    answers = {**draft.answers, field.id: answer}
    if field.id in _of_numbers(turn.form):
        answers = still_fitting(answers, turn)
    turn.change_draft(answers=answers, trail=trail, attention=None, refusals=refusals)
    turn.change(floor=None)
    if old is not None and old.value is not None and answer.value is not None and old.value != answer.value:
        turn.emit(Corrected(field.id, old, answer))
    elif answer.value is not None:
        turn.emit(Filled(field.id, answer))


def still_fitting(answers: dict[str, Answer], turn: Turn) -> dict[str, Answer]:
    """Without numbers whose scheme another answer has changed: a person's number is no firm's code."""
    for field in _numbers(turn.form):
        if field.id not in answers:
            continue
        code = answers[field.id].value
        if isinstance(code, Code) and code.scheme != scheme_of(field, answers):
            answers = {kept: answer for kept, answer in answers.items() if kept != field.id}
    return answers


@derived
def _of_numbers(form: Form) -> frozenset[str]:
    """Fields whose answer may unsettle a number: the numbers, and what their schemes hang on."""
    return frozenset(name for one in _numbers(form) for name in (one.id, *((one.by.field,) if one.by else ())))


@derived
def _numbers(form: Form) -> tuple[CodeField, ...]:
    return tuple(field for field in form.fields.values() if isinstance(field, CodeField))


def refuse(turn: Turn, field: Field, refusal: Refusal, given: str) -> None:
    """Counts the refusal and says why; what was there stays."""
    times = turn.draft.refusals.get(field.id, 0) + 1
    turn.change_draft(refusals={**turn.draft.refusals, field.id: times})
    turn.emit(Rejected(field.id, refusal, given, times))


def skip(turn: Turn, field: Field) -> None:
    """跳过: an optional field stays empty, a 容缺 field follows later, a field being changed keeps its value."""
    if first_half(field, turn.draft.answers) is not None:
        _leave_cells(turn, field)
    elif isinstance(turn.draft.attention, Editing) and field.id in turn.draft.answers:
        turn.change_draft(attention=None)
    elif field.need == "required" and not checked_in_person(field, turn.draft.answers):
        turn.emit(NotSkippable(field.id))
    else:
        store(turn, field, turn.made(None, "跳过"))
        turn.emit(Skipped(field.id, deferred=field.need != "optional"))


def _leave_cells(turn: Turn, field: Field) -> None:
    """What its rows lack is left open, where it may be."""
    answer = turn.draft.answers[field.id]
    if not isinstance(field, TableField) or not isinstance(answer.value, Rows):
        return
    rows = [left_to_follow(field, row) for row in answer.value.rows]
    whole = tuple(row for row in rows if row is not None)
    if len(whole) < len(rows):
        turn.emit(NotSkippable(field.id))
        return
    turn.change_draft(
        answers={**turn.draft.answers, field.id: turn.made(Rows(rows=whole), answer.source)}, attention=None
    )
    turn.emit(Skipped(field.id, deferred=True))


def _left_open(turn: Turn, field: Field, text: str) -> bool:
    """没有 leaves an optional or 容缺 field open; 不清楚 explains a required one."""
    words = plain_words(text)
    open_to_skip = field.need != "required" or checked_in_person(field, turn.draft.answers)
    if open_to_skip and _says_nothing(field, words):
        skip(turn, field)
        return True
    if words in _UNSURE and not (isinstance(field, ChoiceField) and _has_word(field, words)):
        turn.emit(Helped(field.id))
        return True
    return False


def leaves_open(text: str) -> bool:
    """Whether the words say that there is nothing to say here, not yet, or that it is not known."""
    words = plain_words(text)
    return words in _NOTHING or words in _LATER or words in _UNSURE


def _says_nothing(field: Field, words: str) -> bool:
    if words in _LATER or words in _UNSURE:
        return True
    if words not in _NOTHING or isinstance(field, YesNoField):
        return False
    return not isinstance(field, ChoiceField) or not _has_word(field, words)


def _has_word(field: ChoiceField, words: str) -> bool:
    return words in option_names(field)
