"""What the applicant can say about the time he has planned (X21)."""

from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act, Invitation
from routing.booking import movable

NOW = "move_plan.now"


def plan_invitation(case: Case, county: County, title: str) -> Invitation:
    """Another day, or now; nothing once people have begun to come."""
    rules = under(county, case.process_version)
    rule = rules.process.booking
    acts = tuple(_acts(rules, rule.form)) if rule is not None and movable(case) else ()
    return Invitation(id=f"{case.id}:plan", kind="plan", case=case.id, number=case.number, title=title, acts=acts)


def _acts(county: County, form: str | None) -> list[Act]:
    say = county.messages
    version = county.forms[form].version if form in county.forms else None
    other = [
        Act(
            id="move_plan",
            label=say["act.move_plan.label"],
            words=tuple(say["act.move_plan.words"].split()),
            form=form,
            form_version=version,
        )
    ]
    now = Act(id=NOW, label=say["act.begin_now.label"], words=tuple(say["act.begin_now.words"].split()))
    return [*(other if form else ()), now]
