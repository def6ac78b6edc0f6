"""转告: what an applicant says about a case under way and does not ask goes to whoever has the case, if he likes (J37).

整改好了 is nothing we could act on: his steward can. It is offered and not done unasked, for much of what is said is for nobody.
"""

from typing import Final

from dialogs.choosing import CHOICE
from dialogs.events import Choosing, HandedOver, Unclear
from dialogs.turn import Turn
from model.conversation import Offer

TELL: Final = "tell"
_LONGEST: Final = 500


def propose(turn: Turn, words: str) -> None:
    """What was said is shown, and whether to pass it on is asked. The words wait in the offer."""
    about = f"{TELL}:{words[:_LONGEST]}"
    turn.change(floor=CHOICE, pushed=False, offer=Offer(about=about, choices=(TELL,), shown=1))
    turn.emit(Unclear("of_a_case", words))
    turn.emit(Choosing("pass_on", (TELL,)))


def take(turn: Turn) -> None:
    """He likes: it is somebody's to answer, as a question is. A tap on an older offer has lost its words."""
    offered = turn.conversation.offer
    kind, _, words = offered.about.partition(":") if offered is not None else ("", "", "")
    if kind != TELL:
        turn.emit(Unclear("passed_on", ""))
        return
    turn.change(floor=None, offer=None)
    turn.emit(HandedOver(words=words))
