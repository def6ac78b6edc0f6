"""我的办件 with names: what only the routing core knows of a person's cases is put beside the choices."""

from collections.abc import Mapping, Sequence

from dialogs.applying import choices_of
from dialogs.choosing import PAGE
from dialogs.events import Choosing
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import Listed, Told
from model.case import Case
from model.conversation import CaseLink, Conversation, Offer
from model.draft import Answer

_LISTS_ALL = "matters"


def offer(about: str, choices: tuple[str, ...]) -> Offer:
    """These choices with the first page of them shown."""
    return Offer(about=about, choices=choices, shown=min(len(choices), PAGE))


def linked(conversation: Conversation, cases: Sequence[Case]) -> Conversation:
    """The conversation with a link to every case of the person: one that began anew has lost them."""
    known = {link.case for link in conversation.cases}
    fresh = [
        CaseLink(case=one.id, number=one.number, services=one.services)
        for one in reversed(cases)
        if one.id not in known
    ]
    return conversation.model_copy(update={"cases": (*fresh, *conversation.cases)}) if fresh else conversation


class Listing:
    """Names the cases among the choices of an offer; without the routing core they keep number and services."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core

    async def offered(self, conversation: Conversation, event: Choosing) -> tuple[Conversation, tuple[Told, ...]]:
        """The offer with everything that belongs on it and a label for each case of this page."""
        closed: frozenset[str] = frozenset()
        answers: dict[str, Mapping[str, Answer]] = {}
        try:
            if event.about == _LISTS_ALL and event.first == 1:
                conversation, event, closed = await self._whole(conversation, event)
            links = {link.case for link in conversation.cases}
            for choice in event.choices:
                kind, _, target = choice.partition(":")
                if kind in ("c", "y") and target in links and (found := await self._core.submission(target)):
                    answers[choice] = found.answers
        except CoreAway:
            pass  # they are called by their numbers then
        return conversation, (Listed(event, answers, closed),)

    async def _whole(
        self, conversation: Conversation, event: Choosing
    ) -> tuple[Conversation, Choosing, frozenset[str]]:
        """Every case there is, those that are done last."""
        cases = await self._core.cases(conversation.account, conversation.person)
        conversation = linked(conversation, cases)
        closed = frozenset(f"c:{case.id}" for case in cases if case.closed_at is not None)
        choices = sorted(choices_of(conversation), key=closed.__contains__)
        whole = offer(event.about, tuple(choices))
        shown = Choosing(event.about, whole.choices[: whole.shown], left=len(choices) - whole.shown)
        return conversation.model_copy(update={"offer": whole}), shown, closed
