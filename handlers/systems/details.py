"""What an event says to a body's own system beside the orders it is about."""

import datetime as dt
from typing import Any

from model.calendar import CHINA, Due
from model.event import Event
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.booking import PlanMoved
from model.events.clock import ClockPaused, ClockResumed, ClockStarted, Warned
from model.events.consultations import ItemDone, ItemDue, ItemGiven, ItemLate
from model.events.contact import ApplicantContacted, ContactChanged
from model.events.decided import DecidedAnew
from model.events.delays import DelayAsked, DelayExplained
from model.events.ending import DeclineProposed, EndAnnounced, EndReasonGiven, Objected, OrdersEnded
from model.events.handover import CaseHandedOver
from model.events.intake import AmendmentAnswered, AmendmentWished
from model.events.passed_visits import VisitExplained, VisitLate, VisitUnreported
from model.events.scheduling import Missed, TimesAsked, TimeSet, TimesUnmet
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyJoined, SurveyMoved, SurveyProposed, SurveyReleased
from model.events.unreached import CallFailed
from model.events.urging import UrgeAnswered, Urged
from model.events.works import AcceptanceReported, SchemeGiven, WorksReported


def details(event: Event) -> dict[str, Any]:
    """The facts of this event; empty where the orders say it all."""
    match event:
        case DelayAsked(step=step, until=until):
            return {"step": step, "answer_until": instant(until)}
        case DelayExplained(step=step, reason=reason, ends=ends):
            return {"step": step, "reason": reason, "until": instant(ends)}
        case VisitUnreported(at_time=at, until=until):
            return {"at": instant(at), "answer_until": instant(until)}
        case VisitLate(at_time=at):
            return {"at": instant(at)}
        case VisitExplained(at_time=at, reason=reason):
            return {"at": instant(at), "reason": reason}
        case BackDated(step=step, happened_at=at):
            return {"step": step, "happened_at": instant(at)}
        case BackdatingClaimed(step=step, happened_at=at, until=until):
            return {"step": step, "happened_at": instant(at), "answer_until": instant(until)}
        case BackdatingAsked(step=step, happened_at=at, reason=reason, until=until):
            return {"step": step, "happened_at": instant(at), "reason": reason, "answer_until": instant(until)}
        case BackdatingDecided(step=step, happened_at=at, agrees=agrees):
            return {"step": step, "happened_at": instant(at), "agrees": agrees}
        case ApplicantContacted(late=late, outline=outline):
            return {"late": late} | ({"outline": outline} if outline else {})
        case CallFailed(number=number, counts=counts, pauses=pauses):
            return {"number": number, "counts": counts, "pauses": pauses}
        case (
            SurveyProposed(at_time=at)
            | SurveyAgreed(at_time=at)
            | SurveyReleased(at_time=at)
            | SurveyJoined(at_time=at)
        ):
            return {"survey_at": instant(at)}
        case TimesAsked(kind=kind, closes=closes, limit=limit):
            return {"for": kind, "answer_until": instant(closes), "latest": instant(limit)}
        case TimesUnmet(candidates=candidates):
            return {"candidates": [instant(one) for one in candidates]}
        case TimeSet(kind=kind, at_time=at, how=how):
            return {"for": kind, "at": instant(at), "how": how}
        case Missed(at_time=at, reason=reason):
            return {"at": instant(at), "reason": reason}
        case SurveyMoved(wish=wish):
            return {"wish": wish}
        case AmendmentAnswered(agrees=agrees, words=words):
            return {"agrees": agrees, "words": words}
        case OpinionGiven(opinion=text, remark=remark, passes=passes):
            return {"opinion": text, "remark": remark, "passes": passes}
        case AcceptanceReported(result=text, remark=remark, passes=passes, mend=mend):
            return {"opinion": text, "remark": remark, "passes": passes, "mend": list(mend)}
        case SchemeGiven(scheme=scheme, days=days, inside=inside):
            return {"scheme": scheme, "days": days, "inside": inside}
        case DecidedAnew(joint=joint):
            return {"joint": joint}
        case WorksReported(part=part):
            return {"part": part}
        case ClockStarted(step=step, due=due):
            return {"step": step, "due": due_data(due)}
        case ClockPaused(step=step, due=due, until=until):
            return {"step": step, "due": due_data(due), "paused_until": instant(until) if until else None}
        case PlanMoved(until=until):
            return {"paused_until": instant(until)}
        case ClockResumed(step=step, due=due):
            return {"step": step, "due": due_data(due)}
        case Urged(due=due):
            return {"answer_due": due_data(due)}
        case UrgeAnswered(text=text):
            return {"answer": text}
        case Warned(step=step, share=share, due=at):
            return {"step": step, "share": share, "due": {"at": instant(at), "provisional": False}}
        case (
            OrdersEnded(kind=kind, reason=reason, alternative=alternative)
            | DeclineProposed(kind=kind, reason=reason, alternative=alternative)
        ):
            return {"kind": kind, "reason": reason, "alternative": alternative}
        case EndReasonGiven(reason=reason):
            return {"kind": "withdrawn", "reason": reason}
        case EndAnnounced(reason=reason, until=until):
            return {"reason": reason, "until": instant(until)}
        case Objected(words=words):
            return {"objection": words}
        case ContactChanged(phone=phone):
            return {"phone": phone}
        case CaseHandedOver(by=by):
            return {"handed_over_by": by}
        case ItemGiven(item=item):
            return {"item": item.id, "state": "given", "words": item.words, "day": item.day.isoformat()}
        case ItemDue(name=name):
            return {"item": name, "state": "due"}
        case ItemLate(name=name):
            return {"item": name, "state": "late"}
        case ItemDone(name=name):
            return {"item": name, "state": "done"}
        case AmendmentWished(wish=wish):
            return {"wish": wish}
        case _:
            return {}


def due_data(due: Due) -> dict[str, Any]:
    """A deadline; provisional while nobody has published the calendar of its year."""
    return {"at": instant(due.at), "provisional": due.provisional}


def instant(at: dt.datetime) -> str:
    """An instant as other programs read it, with the offset of China."""
    return at.astimezone(CHINA).isoformat()
