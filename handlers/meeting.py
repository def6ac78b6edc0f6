"""When people can come, and what whoever leads decides: acts as commands, and what is told of them (X30, X36)."""

import datetime as dt

from dialogs.times import read_times
from handlers.wording.outcomes import TimesTaken, Told
from model.case import Case
from model.command import Do
from model.commands.scheduling import DecideTime, GiveTimes
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.message import Act, Invitation
from routing.meeting_acts import decision_invitation, meeting_asked, time_tapped, times_invitation, window_tapped

_ANY = "都行"


def asked_of_meeting(
    county: County, invitation: Invitation, act: Act, words: str, at: dt.datetime | None, now: dt.datetime
) -> Do | Refused:
    """The command: a half-day that was tapped, what the `words` name, or the time `at`.

    Refused `times.unread`, `survey.time_missing`.
    """
    appointment, number, party = meeting_asked(invitation.id)
    if act.id.startswith("decide_time"):
        chosen = time_tapped(act.id) or at
        if chosen is None:
            return Refused(code="survey.time_missing")
        return DecideTime(appointment=appointment, round=number, at=chosen)
    tapped = window_tapped(act.id)
    said = words or (_ANY if act.id == "give_times.any" else "")
    windows = (tapped,) if tapped else read_times(said, now, county.process.hours)
    if windows is None:
        return Refused(code="times.unread")
    return GiveTimes(appointment=appointment, round=number, party=party, windows=windows, more=tapped is not None)


def meeting_subject(case: Case, do: GiveTimes | DecideTime) -> str:
    """The id of the invitation that such a command answers."""
    party = do.party if isinstance(do, GiveTimes) else "decide"
    return f"{case.id}:{do.appointment}:{do.round}:{party}"


def meeting_invitation(case: Case, do: GiveTimes | DecideTime, county: County, title: str) -> Invitation:
    """What he can answer now."""
    if isinstance(do, DecideTime):
        return decision_invitation(case, do.appointment, county, title)
    return times_invitation(case, do.appointment, do.party, county, title)


def times_taken(
    county: County, conversation: Conversation, meant: Invitation, do: GiveTimes | DecideTime, case: Case
) -> tuple[Conversation, tuple[Told, ...]]:
    """He is told what was understood; as long as the others are waited for, he can say more."""
    left = tuple(one for one in conversation.invitations if one.id != meant.id)
    following = meeting_invitation(case, do, county, meant.title)
    kept = (*left, following) if following.acts else left
    floor = following.id if following.acts else None
    conversation = conversation.model_copy(update={"invitations": kept, "floor": floor, "pushed": False})
    return conversation, (TimesTaken(case, do, following if following.acts else None),)
