"""What staff said in a 人工会话 and no way could bring, for whoever says it by telephone (ADR 41)."""

from collections.abc import Mapping
from typing import Protocol

from handlers.asked_of import caller_of
from handlers.letter import Overtaken, Undeliverable
from handlers.ports import RoutingCore
from handlers.spoken import Spoken
from model.conversation import Conversation
from model.county import County
from model.delivery import Row
from storage.human_talks import SUBJECT


class Talks(Protocol):
    """Where what was said is."""

    async def conversation(self, account: str, person: str) -> Conversation:
        """A conversation as it is now."""


class HumanNotices:
    """Reads the words where they are: in the conversation, as long as they are kept there."""

    def __init__(self, core: RoutingCore, counties: Mapping[str, County], talks: Talks) -> None:
        self._core = core
        self._counties = counties
        self._talks = talks

    def tells(self, row: Row) -> bool:
        """Whether the row is one of these."""
        return row.kind == "reply" and row.refs.get("about", "").startswith(SUBJECT)

    async def told(self, row: Row) -> Spoken | Overtaken | Undeliverable:
        """Whom to call, and what was said to him."""
        account, person = row.refs["account"], row.refs["person"]
        conversation = await self._talks.conversation(account, person)
        county = self._counties[conversation.county]
        lines = conversation.human.lines if conversation.human else ()
        line = next((one for one in lines if one.key == row.refs["key"]), None)
        if line is None:
            return Overtaken("it is not kept any more, or nothing was to be said")
        cases = await self._core.cases(account, person)
        newest = await self._core.submission(cases[0].id) if cases else None
        about = county.messages["human.about"].strip()
        return Spoken(about, caller_of(county, conversation, newest), line.text)
