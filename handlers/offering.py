"""An offer of choices: the first of them stand on the screen, and a number said next is one of them."""

from collections.abc import Mapping

from dialogs.choosing import CHOICE, PAGE
from dialogs.events import Choosing
from handlers.wording.outcomes import Listed, Told
from model.conversation import Conversation, Offer


def offered(
    conversation: Conversation, about: str, labels: Mapping[str, str], facts: Mapping[str, object]
) -> tuple[Conversation, tuple[Told, ...]]:
    """The first of these choices on the screen; a number said next is one of them."""
    choices = tuple(labels)
    offer = Offer(about=about, choices=choices, shown=min(len(choices), PAGE))
    conversation = conversation.model_copy(update={"offer": offer, "floor": CHOICE, "pushed": False})
    shown = Choosing(about, choices[: offer.shown], left=len(choices) - offer.shown)
    return conversation, (Listed(shown, labels=labels, facts=facts),)
