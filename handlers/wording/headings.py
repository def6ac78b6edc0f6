"""The line above a reply that says which draft, case or task it is about, and in which role, where there is more than one."""

from collections.abc import Sequence

from dialogs import card_events as c
from dialogs import events as d
from handlers.wording.catalogue import Catalogue
from handlers.wording.naming import draft_name
from handlers.wording.outcomes import ActRefused, Registered, SurveyAnswered, Told, Waiting
from model.conversation import Conversation
from model.county import County
from model.draft import Draft

_ABOUT_DRAFT = d.Asked | d.Reviewed | d.SureAsked | d.StatusShown | d.NothingBefore


class Headings:
    """Headings for the people of one county."""

    def __init__(self, catalogue: Catalogue, county: County) -> None:
        """With the county's texts and fields."""
        self._catalogue = catalogue
        self._county = county

    def of(self, conversation: Conversation, events: Sequence[Told]) -> str:
        """The heading of the reply to these events; empty where nothing could be confused."""
        own = len(conversation.applications) + len(conversation.handed_in) + len(conversation.cases)
        gone = any(isinstance(one, d.Cancelled | d.Declined) and one.gone and one.gone.act is None for one in events)
        if not conversation.roles and own + gone < 2 and not conversation.invitations:
            return ""
        say = self._catalogue.say
        both = bool(conversation.roles) and own > 0
        role = say(f"heading.role_{conversation.role}") if both else ""
        about = self._about(conversation, events, several=own + gone > 1)
        if not (role or about) or any(isinstance(event, d.RoleShown) for event in events):
            return ""
        return say("heading.line", role=role, about=about)

    def _about(self, conversation: Conversation, events: Sequence[Told], *, several: bool) -> str:
        for event in events:
            match event:
                case SurveyAnswered(case=case) if several:
                    return case.number
                case ActRefused(invitation=asked) if asked is not None:
                    return asked.number
                case ActRefused(draft=Draft() as draft) | Waiting(draft=draft) | d.Registering(draft=draft) if several:
                    return self._name(draft)
                case Registered():
                    return ""  # the receipt begins with its number
                case d.Cancelled(gone=Draft(act=None) as draft) | d.Declined(gone=Draft(act=None) as draft) if several:
                    return self._name(draft)
                case (
                    d.FileExpected(draft=name)
                    | d.FileStored(draft=name)
                    | d.FileRefused(draft=name)
                    | c.CardExpected(draft=name)
                    | c.CardUnread(draft=name)
                    | c.CardRead(draft=name)
                ) if name and several:
                    return next((self._name(one) for one in conversation.drafts if one.id == name), "")
                case _:
                    continue
        if any(isinstance(event, _ABOUT_DRAFT) for event in events):
            return self._active(conversation, several)
        return ""

    def _active(self, conversation: Conversation, several: bool) -> str:
        """The draft that is asked on; a step of a task by the task, if the person has anything else."""
        draft = conversation.draft()
        if draft is None or draft.state != "filling":
            return ""
        if draft.act is None:
            return self._name(draft) if several else ""
        asked = {one.id: one.title for one in conversation.invitations}
        others = several or (draft.role == "steward" and (conversation.applications or conversation.cases))
        return asked.get(draft.subject or "", "") if len(asked) > 1 or others else ""

    def _name(self, draft: Draft) -> str:
        return draft_name(self._catalogue, self._county, draft)
