"""The rest of a form that was left open on the telephone: whatever is answered of it goes to the case at once (X26)."""

from dialogs.events import Completed, FormAnswered
from dialogs.turn import Turn
from model.conversation import Conversation
from model.draft import FILL, Draft


def answered(turn: Turn, before: Conversation) -> None:
    """At the end of a turn: what came is there to stay, whether or not he goes on with it."""
    known = before.draft()
    if known is None or known.act != FILL:
        return
    now = next((one for one in turn.conversation.drafts if one.id == known.id), None)
    if now is not None and now.answers is known.answers and now.state == known.state:
        return
    done = [one for one in turn.events if isinstance(one, Completed) and one.draft == known.id]
    turn.events = [one for one in turn.events if one not in done]
    if now is None or done or _given(now) != _given(known):  # None: he stops here
        turn.emit(FormAnswered(now or known, more=now is not None and not done))


def _given(draft: Draft) -> dict[str, object]:
    return {name: one.value for name, one in draft.answers.items()}
