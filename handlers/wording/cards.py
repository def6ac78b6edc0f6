"""What was read on the photo of a card, as lines to be looked at."""

from collections.abc import Sequence

from dialogs.card_events import CardRead
from dialogs.card_values import given
from handlers.wording.filled import VALUE_SHOWN, called_apart
from handlers.wording.values import show
from model.conversation import Conversation
from model.county import County
from model.draft import Answer, Draft
from model.edition import form_of


def card_values(county: County, conversation: Conversation, read: CardRead) -> dict[str, object]:
    """The values as `fresh` (name, value) and `differing` (name, value, what was said), and the only one of these there is."""
    draft = _draft(conversation, read.draft)
    form = form_of(county, draft)

    def shown(name: str, answer: Answer | None) -> str:
        return show(answer.value, form.fields[name])[:VALUE_SHOWN] if answer and answer.value else ""

    fresh = [(called_apart(form, form.fields[name]), shown(name, draft.read[name])) for name in read.fresh]
    differing = [
        (called_apart(form, form.fields[name]), shown(name, draft.read[name]), shown(name, given(draft, name)))
        for name in read.differing
    ]
    return {"fresh": fresh, "differing": differing}


def card_fields(county: County, conversation: Conversation, name: str, fields: Sequence[str]) -> list[str]:
    """What these fields of a draft are called."""
    form = form_of(county, _draft(conversation, name))
    return [called_apart(form, form.fields[one]) for one in fields]


def _draft(conversation: Conversation, name: str) -> Draft:
    return next(one for one in conversation.drafts if one.id == name)
