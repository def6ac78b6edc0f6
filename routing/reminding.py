"""An appointment comes near: the day before and shortly before, everybody bound by it is reminded (X36)."""

import datetime as dt

from model.calendar import CHINA
from model.case import Case
from model.commands.scheduling import Remind
from model.events.scheduling import Reminded
from model.meeting_rules import ReminderRule
from model.times import Reminder
from routing.refusal import No


def reminders(at: dt.datetime, rule: ReminderRule | None, now: dt.datetime) -> tuple[Reminder, ...]:
    """The reminders of an appointment agreed `now`: those whose time is still to come."""
    if rule is None:
        return ()
    found = list[Reminder]()
    if rule.day_before is not None:
        day = at.astimezone(CHINA).date() - dt.timedelta(days=1)
        found.append(Reminder(which="day", at=dt.datetime.combine(day, rule.day_before, CHINA)))
    if rule.minutes_before is not None:
        found.append(Reminder(which="hour", at=at - dt.timedelta(minutes=rule.minutes_before)))
    return tuple(one for one in found if one.at > now)


def remind(case: Case, do: Remind, now: dt.datetime) -> Reminded:
    """One reminder, once. Raises `No`: `remind.nothing` if it was given, moved or missed, `remind.early`."""
    appointment = case.appointments.get(do.appointment)
    if appointment is None or appointment.sequence != do.sequence or not appointment.agreed:
        raise No("remind.nothing")
    due = next((one for one in appointment.reminders if one.which == do.which), None)
    if due is None:
        raise No("remind.nothing")
    if now < due.at:
        raise No("remind.early")
    return Reminded(appointment=do.appointment, at_time=appointment.at, orders=appointment.orders, which=do.which)
