"""What a steward can do about the papers of his order: look at them. No command, and nothing of the case changes."""

from typing import Final

from model.county import County
from model.message import Act, Invitation

SEE: Final = "see_papers"


def with_papers(task: Invitation, county: County, told: str) -> Invitation:
    """The task with the papers that are there as the last thing that is offered (`told`: how many of which; "" for none).

    A task of which nothing is left to do does not stay for their sake.
    """
    if not told or not task.acts:
        return task
    label = county.messages["papers.offer"].strip().format(told=told)
    act = Act(id=SEE, label=label, words=tuple(county.messages["papers.words"].split()))
    shown = [one for one in task.acts if one.shown]
    return task.model_copy(update={"acts": (*shown, act, *(one for one in task.acts if not one.shown))})


def carried(fresh: Invitation, before: Invitation) -> Invitation:
    """A task as it stands now, with the papers it was known to have."""
    act = next((one for one in before.acts if one.id == SEE), None)
    if act is None or not fresh.acts or any(one.id == SEE for one in fresh.acts):
        return fresh
    shown = [one for one in fresh.acts if one.shown]
    return fresh.model_copy(update={"acts": (*shown, act, *(one for one in fresh.acts if not one.shown))})
