"""交接: a case that the hotline keeps for a caller goes on in his WeChat; he is its applicant from then on."""

from collections.abc import Sequence

from model.case import Case
from model.commands.handover import HandOver
from model.events.handover import CaseHandedOver
from model.message import Actor
from model.staff import Staff
from routing.refusal import No


def can_be_handed_over(case: Case) -> None:
    """Raises `No`: `hand_over.already` once it is somebody's in WeChat, `hand_over.elsewhere` where another system has it."""
    if case.in_chat:
        raise No("hand_over.already")
    if not case.kept_by_hotline:
        raise No("hand_over.elsewhere")


def hand_over(case: Case, do: HandOver, actor: Actor, staff: Sequence[Staff]) -> CaseHandedOver:
    """Also of a case that is closed: its applicant may still rate it, object or have it go on.

    Raises `No`: those of `can_be_handed_over`; `hand_over.staff`: nobody is the applicant of what he works on, nor of what
    he hands over.
    """
    can_be_handed_over(case)
    own = {do.by, *(order.steward for order in case.orders)}
    if any((one.account, one.person) == (do.account, actor.person) and one.id in own for one in staff):
        raise No("hand_over.staff")
    return CaseHandedOver(by=do.by, account=do.account, person=actor.person)
