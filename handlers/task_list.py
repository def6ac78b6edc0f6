"""任务: all that a member of staff has to do, as the records know it; a single task is shown whole."""

from dialogs.events import Invited, TasksListed
from dialogs.inviting import TASKS
from handlers.approving import application_title
from handlers.claiming import claims_of
from handlers.consulting import consultations_of
from handlers.enquiring import Enquiring
from handlers.joining import joint_title
from handlers.ports import CoreAway, RoutingCore
from handlers.sheeting import sheet_title
from handlers.steward import task_title
from handlers.wording.outcomes import Told
from model.conversation import Conversation
from model.county import County
from routing.acts import task_invitation
from routing.approval_acts import approval_invitation
from routing.joint_acts import joint_invitation
from routing.sheet_acts import sheet_invitation


async def tasks_listed(
    core: RoutingCore, enquiring: Enquiring | None, county: County, conversation: Conversation, event: TasksListed
) -> tuple[Conversation, tuple[Told, ...]]:
    """The list as SQL knows it: a push that never arrived must not hide a task."""
    try:
        tasks = [task for role in conversation.roles for task in await core.tasks(role.staff)]
        titles = [task_title(county, task.case, task.order, await core.submission(task.case.id)) for task in tasks]
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
    except CoreAway:
        return conversation, (event,)
    fresh = tuple(
        task_invitation(task.case, task.order, county, title) for task, title in zip(tasks, titles, strict=True)
    )
    fresh = (*fresh, *{one.id: one for one in (*permits, *sheets)}.values(), *claims, *consultations, *asked)
    others = tuple(one for one in conversation.invitations if one.kind not in TASKS)
    # A single task is shown whole; of several, a number said next chooses one.
    single = len(fresh) == 1
    shown: tuple[Told, ...] = (Invited(fresh[0]),) if single else (TasksListed(fresh),)
    floor = fresh[0].id if single else conversation.floor
    return conversation.model_copy(update={"invitations": (*others, *fresh), "floor": floor, "pushed": False}), shown
