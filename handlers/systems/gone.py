"""A body's own system has said that it is gone (410): those who supervise the county hear of it, once."""

from collections.abc import Mapping
from typing import Final

from handlers.letter import Letter, template_fields
from handlers.ports import RoutingCore
from handlers.wording.wording import Wording
from model.county import County
from model.delivery import Row
from model.message import Reply

GONE: Final = "supervisor.system_gone"


class SystemGone:
    """Composes that message."""

    def __init__(self, core: RoutingCore, counties: Mapping[str, County], wordings: Mapping[str, Wording]) -> None:
        """`core` knows the staff."""
        self._core = core
        self._counties = counties
        self._wordings = wordings

    async def compose(self, row: Row) -> Letter | None:
        """The letter of a row whose refs name the member of staff and the body; None if nobody can be written to."""
        staff = await self._core.steward(row.refs.get("staff", ""))
        if staff is None or staff.account is None or staff.person is None or staff.county not in self._counties:
            return None
        body = self._counties[staff.county].body.get(row.refs["body"])
        facts = {"body": body.short if body else row.refs["body"]}
        wording = self._wordings[staff.county]
        reply = Reply(text=wording.catalogue.say(f"notice.{GONE}", **facts))
        return Letter(staff.account, staff.person, reply, None, GONE, template_fields(wording, GONE, facts))
