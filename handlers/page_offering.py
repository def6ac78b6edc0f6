"""When the page is offered in the chat: where a form begins in earnest, on its review card, in 帮助 and below 进度."""

from collections.abc import Collection, Sequence
from typing import Final

from dialogs.events import Agreed, Helped, Reviewed
from dialogs.on_page import page_drafts
from handlers.wording.outcomes import PageOffered, ProgressKnown, Told
from model.conversation import Conversation

_NOTICE: Final = "notice"


class PageOffering:
    """Puts the address behind what a turn tells. Of the person it holds the end of a draft's id: the platform signs him in."""

    def __init__(self, address: str, accounts: Collection[str]) -> None:
        """`address` is where people reach us, "" where nobody said: then nothing is offered. `accounts`: people sign in by them."""
        self._address = address
        self._accounts = accounts

    def beside(self, conversation: Conversation, told: Sequence[Told]) -> tuple[Told, ...]:
        """What is told, with the address where it helps."""
        if not self._address or conversation.account not in self._accounts or conversation.role != "applicant":
            return tuple(told)
        if any(isinstance(one, ProgressKnown) and one.cases for one in told):
            return (*told, PageOffered("progress", f"{self._address}/pages/progress/{conversation.account}"))
        draft = conversation.draft()
        if draft is None or all(one.id != draft.id for one in page_drafts(conversation)):
            return tuple(told)
        if any(_is_moment(one) for one in told):
            tail = draft.id.rpartition("#")[2]
            return (*told, PageOffered("form", f"{self._address}/pages/form/{conversation.account}?draft={tail}"))
        return tuple(told)


def _is_moment(one: Told) -> bool:
    return isinstance(one, Reviewed | Helped) or (isinstance(one, Agreed) and one.name == _NOTICE)
