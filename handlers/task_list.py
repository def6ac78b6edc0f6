"""任务: all that a member of staff has to do, as the records know it; a single task is shown whole."""

from dialogs.events import Invited, TasksListed
from dialogs.inviting import BESIDE, LISTED
from handlers.approving import application_title
from handlers.claiming import claims_of
from handlers.consulting import consultations_of
from handlers.enquiring import Enquiring
from handlers.joining import joint_title
from handlers.papers import task_of
from handlers.ports import CoreAway, RoutingCore
from handlers.sheeting import sheet_title
from handlers.steward import task_title
from handlers.wording.outcomes import Told
from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.message import Invitation
from routing.acts import call_back_invitation
from routing.approval_acts import approval_invitation
from routing.backdating_acts import backdating_invitation, entry_of
from routing.joint_acts import joint_invitation
from routing.meeting_acts import decision_invitation, meeting_asked
from routing.sheet_acts import sheet_invitation


def still_asked(county: County, case: Case | None, asked: Invitation) -> Invitation | None:
    """What is asked of a member of staff beside his tasks, as the case stands now; None once it is answered, or overtaken."""
    fresh: Invitation | None = None
    order = case.order(asked.order) if case is not None and asked.order else None
    if case is None:
        return None
    if asked.kind == "call_back":
        fresh = call_back_invitation(case, county, asked.title)
    elif asked.kind == "backdating" and order is not None:
        fresh = backdating_invitation(case, order, entry_of(asked.id), county, asked.title)
    elif asked.kind == "decision":
        appointment, _, _ = meeting_asked(asked.id)
        if appointment in case.gatherings:
            fresh = decision_invitation(case, appointment, county, asked.title)
    return fresh if fresh is not None and fresh.acts and fresh.id == asked.id else None


async def tasks_listed(
    core: RoutingCore, enquiring: Enquiring | None, county: County, conversation: Conversation, event: TasksListed
) -> tuple[Conversation, tuple[Told, ...]]:
    """The list as SQL knows it: a push that never arrived must not hide a task."""
    try:
        tasks = [task for role in conversation.roles for task in await core.tasks(role.staff)]
        signed = [await core.submission(task.case.id) for task in tasks]
        applications = [one for role in conversation.roles for one in await core.permits(role.staff)]
        permits = [
            approval_invitation(case, one, county, application_title(county, case, one, await core.submission(case.id)))
            for case, one in applications
        ]
        proposals = [one for role in conversation.roles for one in await core.proposals(role.staff)]
        permits += [joint_invitation(case, county, joint_title(case)) for case in proposals]
        sheets = [
            sheet_invitation(
                one.case, one.body, county, sheet_title(county, one.case, one.body, await core.submission(one.case.id))
            )
            for role in conversation.roles
            for one in await core.sheets(role.staff)
            if (one.case.id, one.body) not in {(case.id, order.body) for case, order in tasks}  # it is on that task
        ]
        asked = await enquiring.waiting(county, conversation) if enquiring else ()
        claims = await claims_of(core, county, conversation)
        consultations = await consultations_of(core, county, conversation)
        beside = [
            still
            for one in conversation.invitations
            if one.kind in BESIDE and (still := still_asked(county, await core.case(one.case), one)) is not None
        ]
    except CoreAway:
        return conversation, (event,)
    fresh = tuple(
        task_of(county, task.case, task.order, form, task_title(county, task.case, task.order, form))
        for task, form in zip(tasks, signed, strict=True)
    )
    fresh = (*fresh, *{one.id: one for one in (*permits, *sheets)}.values(), *claims, *consultations, *asked, *beside)
    others = tuple(one for one in conversation.invitations if one.kind not in LISTED)
    # A single task is shown whole; of several, a number said next chooses one.
    single = len(fresh) == 1
    shown: tuple[Told, ...] = (Invited(fresh[0]),) if single else (TasksListed(fresh),)
    floor = fresh[0].id if single else conversation.floor
    return conversation.model_copy(update={"invitations": (*others, *fresh), "floor": floor, "pushed": False}), shown
