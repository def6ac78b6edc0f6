"""A message that is more than an answer: values anywhere in it, a question beside them, or words that are only said to us."""

from dialogs.answering import leaves_open, refuse
from dialogs.consenting import hold_numbers, identity_consent
from dialogs.directness import is_shaped
from dialogs.events import Answered, Confirmed, HandedOver, Helped, Lacking, Unclear
from dialogs.focus import Focus, OnField, OnReview, OnRows
from dialogs.folding import plain_words, plainly
from dialogs.guide import asked_about, asks, topic_for
from dialogs.kinds import parse
from dialogs.kinds.yes_no import says
from dialogs.overanswering import overhear
from dialogs.reading import Refusal, Understood
from dialogs.same import same_as
from dialogs.talk import is_enough, is_talk
from dialogs.turn import Turn
from dialogs.undoing import just_said
from dialogs.visible import open_fields
from model.draft import Editing
from model.fields import AddressField, AttachmentField, ContactField, TextField

_TOLD = 3
"""So many of the fields still to be filled are named."""
_WRONG = plainly({"不对", "错了", "不是", "不是的", "不对的", "错"})


def hear_freely(turn: Turn, on: Focus, text: str) -> bool:
    """Free text: whatever it says of the form, beside a question or not. False if there was nothing in it."""
    before = turn.draft
    asked = asked_about(turn, text)
    understood = overhear(turn, text, asked.id if asked else None)
    if not _consented(turn):
        hold_numbers(turn, text)
    done = turn.draft is not before
    topic = topic_for(text, turn.county.guide)
    if asked is not None:
        turn.emit(Helped(asked.id))
        if asked.id not in turn.draft.answers:
            turn.change_draft(attention=Editing(field=asked.id))
    elif topic is not None and (asks(text) or not done):
        turn.emit(Answered(topic.id))
    elif not done and (understood.taken or understood.unsettled) and isinstance(on, OnReview):
        return False
    elif done:
        return True
    else:
        return _said_to_us(turn, on, text)
    return True


def _said_to_us(turn: Turn, on: Focus, text: str) -> bool:
    """Words that say nothing of the form: that it is enough, a question nobody knows the answer to, or just talk."""
    if not isinstance(on, OnField) or isinstance(on.field, AttachmentField):
        return False
    field = on.field
    free = isinstance(field, TextField | AddressField | ContactField)
    if not free and not isinstance(parse(text, field, turn.context), Refusal):
        return False
    if is_enough(text) and (field.need == "required" or not leaves_open(text)):
        missing = tuple(one.id for one in open_fields(turn.form, turn.draft))
        turn.emit(Lacking(missing[:_TOLD], len(missing)))
    elif asks(text):
        turn.emit(HandedOver())
    elif leaves_open(text) or same_as(field, text, turn.draft.answers, turn.form) is not None:
        return False
    elif is_talk(text):
        turn.emit(Unclear("talk", text))
    elif isinstance(field, TextField | AddressField) and not is_shaped(field, text):
        reading = parse(text, field, turn.context)
        code = "address.short" if isinstance(field, AddressField) else "text.name"
        refuse(turn, field, reading if isinstance(reading, Refusal) else Refusal(code), text)
    else:
        return False
    return True


def hear_right(turn: Turn, on: Focus, text: str) -> bool:
    """对 right after values that were read back as not certain confirms them; 不对 goes back to one.

    Where 对 answers what is asked now, it is that answer.
    """
    if not isinstance(on, OnField | OnRows | OnReview) or not turn.draft.last:
        return False
    yes = says(text)
    if yes is None or not (unsure := just_said(turn)):
        return False
    if isinstance(on, OnReview) or (isinstance(on, OnField) and isinstance(parse(text, on.field, turn.context), Understood)):
        return False
    if yes:
        answers = turn.draft.answers
        sure = {name: answers[name].model_copy(update={"confirmed": True}) for name in unsure}
        turn.change_draft(answers={**answers, **sure})
        turn.emit(Confirmed(unsure))
    elif plain_words(text) not in _WRONG:
        return False
    elif len(unsure) == 1:
        turn.change_draft(attention=Editing(field=unsure[0]))
    else:
        turn.emit(Unclear("wrong", text))
    return True


def _consented(turn: Turn) -> bool:
    """Whether identity numbers may be taken where they stand."""
    given = turn.draft.agreements.get(identity_consent(turn.form) or "")
    return given is not None and given.agreed
