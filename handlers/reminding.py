"""The one reminder of a draft that rests: composed when it is sent, from the draft as it is then."""

from typing import Final

from dialogs.expiring import last_day
from handlers.letter import Letter, template_fields
from handlers.wording.naming import draft_name
from handlers.wording.wording import Wording
from model.conversation import Conversation
from model.county import County
from model.delivery import Row
from model.message import Reply

REMINDER: Final = "applicant.draft_ends"


def reminder(county: County, wording: Wording, conversation: Conversation, row: Row) -> Letter | None:
    """What is sent; None if its person has come back to the draft, finished or cancelled it."""
    draft = next((one for one in conversation.drafts if one.id == row.refs["draft"]), None)
    if draft is None or draft.state != "filling" or draft.changed_at.isoformat() != row.refs["since"]:
        return None
    several = len(conversation.applications) + len(conversation.handed_in) + len(conversation.cases) > 1
    name = draft_name(wording.catalogue, county, draft) if several else ""
    facts = {"until": last_day(county, draft), "filled": draft.filled, "name": name}
    reply = Reply(text=wording.catalogue.say(f"notice.{REMINDER}", **facts))
    fields = template_fields(wording, REMINDER, facts)
    return Letter(conversation.account, conversation.person, reply, None, REMINDER, fields)
