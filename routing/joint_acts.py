"""What the body that leads can answer to a proposal of joint construction (X50)."""

from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act, Invitation


def joint_invitation(case: Case, county: County, title: str) -> Invitation:
    """The proposal as a task of whoever leads; its id is that of the works."""
    works = case.joint_works
    asked = works is not None and works.state == "proposed" and case.closed_at is None
    acts = tuple(joint_act(do, under(county, case.process_version)) for do in ("accept_joint", "decline_joint"))
    name = works.id if works is not None else f"{case.id}-joint"
    return Invitation(
        id=name, kind="approval", case=case.id, number=case.number, title=title, acts=acts if asked else ()
    )


def joint_act(do: str, county: County) -> Act:
    """The act that means this command, with its form."""
    rule = county.process.joint
    form = (rule.form if do == "accept_joint" else rule.decline_form) if rule else None
    version = county.forms[form].version if form in county.forms else None
    words = tuple(county.messages[f"act.{do}.words"].split())
    return Act(id=do, label=county.messages[f"act.{do}.label"], words=words, form=form, form_version=version)
