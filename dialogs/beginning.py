"""First words where no form is open: a question is answered, a task shown, or a form opened for what they say."""

import re

from dialogs import applying, inviting, passing_on, unmatched
from dialogs.asking import asks
from dialogs.commands import noted
from dialogs.consenting import hold_numbers
from dialogs.drafting import open_draft
from dialogs.events import Greeted, HandedOver, Thanked, Unclear
from dialogs.focus import OnField
from dialogs.folding import plain_words
from dialogs.guide import answered, topic_for
from dialogs.reading import Understood
from dialogs.turn import Turn
from dialogs.understanding.understand import understand
from model.county import Topic

_QUESTION = 20
"""A message no longer than this that asks something is a question and nothing else."""

_SAYS_SOMETHING = 4
"""整改好了 may be told to somebody; 确定 and 推后 answer what is not asked any more."""

_APPLIES = re.compile(r"报装|申请|新装|要装|想装|要办|想办|开户|开通|过户|增容|再报|要接|想接|移表|换表|销户")
"""Words of one who applies for something: with a case under way, anything less is about that."""

_WISHES = re.compile(r"(?:一起|一块儿?|一并|都要?|全部?)(?:都|要|想|给我)?(?:[办报装开接]|过户)")
"""With these words one wants it, though he asks as well: 水电气网一起办 咋弄."""


def begin(turn: Turn, text: str) -> bool:
    """No form is open: staff see their tasks, a question is answered, an applicant's first words open a form."""
    topic = topic_for(text, turn.county.guide)
    if turn.conversation.role == "steward" or turn.conversation.applications:
        if topic:
            turn.emit(answered(turn, topic, text))
        elif turn.conversation.role != "steward":
            applying.which(turn, text)
        elif not inviting.numbered_task(turn, text):
            turn.emit(Unclear("staff", text))
            inviting.list_tasks(turn)
        return False
    return _first_words(turn, text, topic)


def _of_a_case(turn: Turn, text: str) -> None:
    """With a case under way, a question that the guide does not know is somebody's to answer (J37); what asks nothing may be."""
    if noted(text):
        turn.emit(Thanked(noted=True))
    elif asks(text):
        turn.emit(HandedOver(words=text))
    elif (unmatched.is_rated(turn) or len(plain_words(text)) < _SAYS_SOMETHING) and unmatched.ask_again(turn, text):
        return
    elif len(plain_words(text)) >= _SAYS_SOMETHING:
        passing_on.propose(turn, text)
    else:
        turn.emit(Unclear("no_draft", text))


def _first_words(turn: Turn, text: str, topic: Topic | None) -> bool:
    """Opens a form for what the words say; a mere question opens none, nor does a word about a case under way."""
    if topic and len(text) <= _QUESTION and not _WISHES.search(text):
        turn.emit(answered(turn, topic, text))
        return False
    before, first = turn.conversation, not turn.conversation.greeted
    open_draft(turn, turn.county.form)
    turn.change(greeted=True)
    on = turn.focus
    if isinstance(on, OnField) and isinstance(turn.read(on.field, text), Understood):
        return True
    understood = understand(turn.county, turn.form, turn.draft, on, turn.context, text)
    said = understood.taken or (understood and not topic and (not before.cases or _APPLIES.search(text)))
    if said and (understood.services or not before.cases):
        turn.emit(Greeted(not first))
        return True
    if topic or before.cases:
        turn.conversation = before
        if topic:
            turn.emit(answered(turn, topic, text))
        else:
            _of_a_case(turn, text)
        return False
    hold_numbers(turn, text)
    turn.emit(Greeted(not first))
    return False
