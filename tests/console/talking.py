"""Somebody talks to staff: for tests that need a talk and not how it came about."""

from handlers.book import SealedBook
from model.conversation import Conversation
from model.human import HumanLine, HumanTalk
from model.message import Reply
from storage.conversations import Conversations
from storage.human_talks import HumanTalks
from storage.steps import Step
from tests.console.office import Office


async def talked(here: Office, county: str, words: str) -> str:
    """The row of a talk in which both have said these words."""
    his = HumanLine(number=1, at=here.now, text=words)
    ours = HumanLine(number=2, at=here.now, text=words, staff="nobody", name=words, key="k")
    talk = HumanTalk(opened_at=here.now, waits_since=here.now, lines=(his, ours))
    fresh = Conversation(id=f"{county}:o_7", account=county, person="o_7", county=county)
    book, after = SealedBook(Conversations(here.port), here.vault), fresh.model_copy(update={"human": talk})
    await book.keep(await book.open(fresh, None), after, step=Step.TURN, key=None, reply=Reply())
    return str(await HumanTalks(here.database).put(after, talk))
