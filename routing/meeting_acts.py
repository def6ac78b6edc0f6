"""What people are asked about an appointment: when they can come, or, where nothing meets, to decide (X30, X36)."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act, Invitation
from model.times import APPLICANT, Gathering, Window
from routing.half_days_named import half_day_named, half_day_said, time_named
from routing.scheduling import common, slots

_STAMP: Final = "%Y%m%dT%H%M"
_DECIDES: Final = "decide"


def times_invitation(case: Case, appointment: str, party: str, county: County, title: str) -> Invitation:
    """When can he come: the half-days offered to him that he has not named yet, 都行, and his own words."""
    gathering = case.gatherings[appointment]
    asked = gathering.state != "settled" and party in gathering.asked and case.closed_at is None
    return Invitation(
        id=times_invitation_id(case, appointment, party),
        kind="times" if party == APPLICANT else "staff_times",
        case=case.id,
        number=case.number,
        title=title,
        acts=tuple(_times_acts(gathering, party, under(county, case.process_version))) if asked else (),
    )


def times_invitation_id(case: Case, appointment: str, party: str) -> str:
    """The id of what somebody is asked in this round."""
    return f"{case.id}:{appointment}:{case.gatherings[appointment].round}:{party}"


def decision_invitation(case: Case, appointment: str, county: County, title: str) -> Invitation:
    """What whoever leads can decide: the times that suit most, or one of his own."""
    gathering = case.gatherings[appointment]
    open_still = gathering.state == "deciding" and case.closed_at is None
    return Invitation(
        id=f"{case.id}:{appointment}:{gathering.round}:{_DECIDES}",
        kind="decision",
        case=case.id,
        number=case.number,
        title=title,
        acts=tuple(_decisions(gathering, under(county, case.process_version))) if open_still else (),
    )


def meeting_asked(invitation: str) -> tuple[str, int, str]:
    """The appointment, the round and the party of such an invitation. Raises `ValueError` for another id."""
    _, appointment, number, party = invitation.split(":", 3)
    return appointment, int(number), party


def window_tapped(act: str) -> Window | None:
    """The half-day that an act offers; None for 都行 and 自己写."""
    _, _, told = act.partition(".")
    start, dash, end = told.partition("-")
    return Window(start=_stamped(start), end=_stamped(end)) if dash else None


def time_tapped(act: str) -> dt.datetime | None:
    """The time that a deciding act names; None for his own words."""
    _, _, told = act.partition(".")
    return _stamped(told) if told[:1].isdigit() else None


def _times_acts(gathering: Gathering, party: str, county: County) -> Iterator[Act]:
    rule = county.process.meets(gathering.kind).meet
    named = gathering.times.get(party, ())
    for offer in gathering.offers.get(party, ()):
        if any(next(slots(one), None) for one in common(named, (offer,))):
            continue
        yield Act(
            id=f"give_times.{offer.start.astimezone(CHINA):{_STAMP}}-{offer.end.astimezone(CHINA):{_STAMP}}",
            label=half_day_named(offer),
            words=(half_day_said(offer),),
        )
    yield _act("give_times.any", "times_any", county, None)
    yield _act("give_times.words", "times_words", county, rule.time_form if rule else None)


def _decisions(gathering: Gathering, county: County) -> Iterator[Act]:
    for at in gathering.candidates:
        local = at.astimezone(CHINA)
        yield Act(id=f"decide_time.{local:{_STAMP}}", label=time_named(at))
    rule = county.process.rule(gathering.kind)
    yield _act("decide_time.words", "decide_time", county, rule.time_form if rule else None)


def _act(name: str, key: str, county: County, form: str | None) -> Act:
    words = county.messages[f"act.{key}.words"]
    version = county.forms[form].version if form in county.forms else None
    label = county.messages[f"act.{key}.label"]
    return Act(id=name, label=label, words=tuple(words.split()), form=form, form_version=version)


def _stamped(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, _STAMP).replace(tzinfo=CHINA)
