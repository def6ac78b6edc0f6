"""Whoever is signed in, as the handlers of the chat know people: an actor, and a conversation that holds nothing but what he sees."""

from model.conversation import Conversation, StaffRole
from model.county import County
from model.draft import Draft
from model.login import at_console
from model.message import Actor, Invitation
from model.staff import Staff


def actor_of(staff: Staff) -> Actor:
    """He, at the console."""
    return Actor(person=at_console(staff.id), role="steward", staff=staff.id)


def talk_of(county: County, staff: Staff, invitation: Invitation | None, draft: Draft | None = None) -> Conversation:
    """A conversation that holds nothing but this: what a page knows is in the records."""
    asked = () if invitation is None else (invitation,)
    name, role = at_console(staff.id), StaffRole(staff=staff.id, body=staff.body, name=staff.name)
    talk = Conversation(
        id=name, account=county.id, person=name, county=county.id, roles=(role,), invitations=asked, speaks_as="steward"
    )
    return talk if draft is None else talk.with_draft(draft)
