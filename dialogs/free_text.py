"""A message that is more than an answer: values anywhere in it, a question beside them, or words that are only said to us."""

from dialogs.answering import hear, leaves_open, refuse
from dialogs.asking import asked_of_us, asks, wonders
from dialogs.consenting import hold_numbers, identity_consent
from dialogs.directness import names_other
from dialogs.events import Confirmed, HandedOver, Helped, Lacking, Unclear
from dialogs.focus import Focus, OnField, OnReview, OnRows
from dialogs.folding import fold, plain_words, plainly
from dialogs.guide import answered, asked_about, explained, topic_asked, topic_for
from dialogs.kinds.option_names import option_names
from dialogs.kinds.yes_no import says
from dialogs.overanswering import listen, overhear
from dialogs.proposing import take_proposed
from dialogs.reading import Refusal, Understood
from dialogs.same import same_as
from dialogs.shaped import is_shaped, is_titled
from dialogs.talk import is_enough, is_talk
from dialogs.turn import Turn
from dialogs.understanding.understand import Understanding
from dialogs.undoing import just_said
from dialogs.visible import open_fields, visible_fields
from dialogs.whole_answers import begins_with_other, is_kept, is_whole
from model.draft import Draft, Editing
from model.fields import (
    AddressField,
    AttachmentField,
    ChoiceField,
    ContactField,
    Field,
    TextField,
    YesNoField,
)
from model.message import Proposal

_TOLD = 3
"""So many of the fields still to be filled are named."""
_KEPT = 40
"""Characters by which words are known again."""
_WRONG = plainly({"不对", "错了", "不是", "不是的", "不对的", "错"})


def hear_freely(turn: Turn, on: Focus, text: str, proposed: tuple[Proposal, ...] = ()) -> bool:
    """Free text: whatever it says of the form, beside a question or not. False if there was nothing in it.

    What was `proposed` comes after all that was understood.
    """
    before, told = turn.draft, len(turn.events)
    asked = asked_about(turn, text)
    understood = listen(turn, text)
    if asked is None and isinstance(on, OnField) and is_whole(turn, on.field, understood, text):
        return False
    overhear(turn, text, understood, asked.id if asked else None)
    if not _consented(turn):
        hold_numbers(turn, text)
    done = len(turn.events) > told or _moved(before, turn.draft)
    guessed = take_proposed(turn, understood, proposed, asked.id if asked else None)
    topic = topic_for(text, turn.county.guide)
    if asked is not None:
        turn.emit(Helped(asked.id))
        if asked.id not in turn.draft.answers:
            turn.change_draft(attention=Editing(field=asked.id))
    elif topic is not None and (asks(text) or wonders(text) or not (done or guessed)):
        turn.emit(answered(turn, topic, text))
        about = explained(turn, text, ())
        if isinstance(about, YesNoField) and about.id not in turn.draft.answers:
            turn.change_draft(attention=Editing(field=about.id))  # 谷峰划算不: 那开吧 answers it
    elif (named := explained(turn, text, _chosen(turn, understood))) is not None and _as_before(turn, before, named):
        turn.emit(Helped(named.id))
        if named.id not in turn.draft.answers:  # it is explained and asked: 那就填有 answers it
            turn.change_draft(attention=Editing(field=named.id))
    elif (topic := topic_asked(text, turn.county.guide)) is not None:
        turn.emit(answered(turn, topic, text))
    elif done:
        if (unknown := _unanswered(text, understood)) is not None:
            turn.emit(HandedOver(unknown))
        return True
    elif guessed:
        if asks(text) and isinstance(on, OnField):  # a guess is no answer to a question
            turn.emit(HandedOver(words=text))
    else:
        return _said_to_us(turn, on, text, understood)
    return True


def _unanswered(text: str, understood: Understanding) -> str | None:
    """The first question in which nothing was understood of the form: 配套费一点没缴 可不可以分年付."""
    marked, said = (
        understood.marked.text,
        (*understood.taken, *(one for group in understood.unsettled for one in group)),
    )
    for part in asked_of_us(text):
        at = marked.find(part)
        if at >= 0 and not any(one.start < at + len(part) and at < one.end for one in said):
            return part
    return None


def _chosen(turn: Turn, understood: Understanding) -> tuple[str, ...]:
    """The choices the message speaks of."""
    return tuple(one.field for one in understood.taken if isinstance(turn.form.fields[one.field], ChoiceField))


def _as_before(turn: Turn, before: Draft, field: Field) -> bool:
    """Whether the message has not answered the field itself; which option is right may still be asked of a choice."""
    return isinstance(field, ChoiceField) or before.answers.get(field.id) is turn.draft.answers.get(field.id)


def _moved(before: Draft, after: Draft) -> bool:
    """Whether anything of what was said is in the draft."""
    return any(
        getattr(before, name) != getattr(after, name) for name in ("answers", "held", "unread", "attention", "refusals")
    )


def _said_to_us(turn: Turn, on: Focus, text: str, understood: Understanding) -> bool:
    """Words that say nothing of the form: that it is enough, a question nobody knows the answer to, or just talk."""
    if not isinstance(on, OnField) or isinstance(on.field, AttachmentField):
        return False
    field = on.field
    free = isinstance(field, TextField | AddressField | ContactField)
    if not free and not isinstance(turn.read(field, text), Refusal):
        return False
    written = isinstance(field, TextField) and not field.name_only
    if not written and understood.declined:  # 气不办: nobody had asked for it
        turn.emit(Unclear("talk", text))
        return True
    if is_enough(text) and (field.need == "required" or not leaves_open(text)):
        missing = tuple(one.id for one in open_fields(turn.form, turn.draft))
        turn.emit(Lacking(missing[:_TOLD], len(missing))) if missing else turn.change_draft(attention=None)
    elif asks(text):
        turn.emit(HandedOver(words=text))
    elif leaves_open(text) or same_as(field, text, turn.draft.answers, turn.form) is not None:
        return False
    elif isinstance(field, TextField) and (other := _option_of(turn, text)) is not None:
        hear(turn, other, text)
    elif (
        is_talk(text)
        or (_is_short(field) and names_other(turn, field, text))
        or _is_of_other(field, understood)
        or _is_known(turn, understood)
    ):
        turn.emit(Unclear("talk", text))
    elif isinstance(field, TextField | AddressField) and not is_shaped(field, text):
        return _unlike(turn, field, text)
    else:
        return False
    return True


def _is_known(turn: Turn, understood: Understanding) -> bool:
    """Whether all that it says of the form stands there already: 重新加过，仍旧18kW."""
    groups = [(one,) for one in understood.taken] + list(understood.unsettled)
    return bool(groups) and all(any(is_kept(turn, one) for one in group) for group in groups)


def _is_of_other(field: Field, understood: Understanding) -> bool:
    """Whether what a work is called is asked for, and something else is told by its name: 单位地址按执照."""
    return isinstance(field, TextField) and is_titled(field) and begins_with_other(field, understood)


def _is_short(field: Field) -> bool:
    """Whether a name or a place is asked for, in which no other field is named."""
    return isinstance(field, ContactField | AddressField) or (isinstance(field, TextField) and field.name_only)


def _unlike(turn: Turn, field: TextField | AddressField, text: str) -> bool:
    """Refuses words that do not look like an answer. False if the same are said once more: then they are meant so."""
    reading, said = turn.read(field, text), fold(text)[:_KEPT]
    if turn.draft.slips.get(field.id) == said and not isinstance(reading, Refusal):
        return False
    code = "address.short" if isinstance(field, AddressField) else "text.name" if field.name_only else "text.unlike"
    refuse(turn, field, reading if isinstance(reading, Refusal) else Refusal(code), text)
    turn.change_draft(slips={**turn.draft.slips, field.id: said})
    return True


def _option_of(turn: Turn, text: str) -> ChoiceField | None:
    """The one choice on the form that has this word among its options: 经办人 is nobody's name."""
    words = plain_words(text)
    choices = [one for one in visible_fields(turn.form, turn.draft.answers) if isinstance(one, ChoiceField)]
    found = [one for one in choices if words in option_names(one).plain]
    return found[0] if len(found) == 1 else None


def hear_right(turn: Turn, on: Focus, text: str) -> bool:
    """对 right after values that were read back as not certain confirms them; 不对 goes back to what was just filled.

    Where it answers what is asked now, it is that answer.
    """
    yes = says(text)
    if yes is None or not isinstance(on, OnField | OnRows | OnReview) or not (filled := just_said(turn)):
        return False
    if isinstance(on, OnReview) or (isinstance(on, OnField) and isinstance(turn.read(on.field, text), Understood)):
        return False
    answers = turn.draft.answers
    unsure = tuple(name for name in filled if not answers[name].confirmed)
    if yes and unsure:
        sure = {name: answers[name].model_copy(update={"confirmed": True}) for name in unsure}
        turn.change_draft(answers={**answers, **sure})
        turn.emit(Confirmed(unsure))
    elif yes or plain_words(text) not in _WRONG:
        return False
    elif len(wrong := unsure or filled) == 1:
        turn.change_draft(attention=Editing(field=wrong[0]))
    else:
        turn.emit(Unclear("wrong", text))
    return True


def _consented(turn: Turn) -> bool:
    """Whether identity numbers may be taken where they stand."""
    given = turn.draft.agreements.get(identity_consent(turn.form) or "")
    return given is not None and given.agreed
