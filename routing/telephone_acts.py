"""What a steward can do about a telephone application beside what he does about any other (X25, X26)."""

from model.case import Case
from model.county import County
from model.message import Act


def on_telephone(case: Case, act: Act, county: County) -> Act:
    """The act as it is of this case: 已联系 asks for the outline of the connection too (X25). `county`: under its process."""
    rule = county.process.telephone
    if case.telephone is None or rule is None or act.id != "contact":
        return act
    return act.model_copy(update={"form": rule.outline, "form_version": county.forms[rule.outline].version})
