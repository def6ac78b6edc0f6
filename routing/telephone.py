"""电话报装: accepted with the basics alone; contacted with an outline within its own limit (X24, X25, X26, R32)."""

from collections.abc import Iterable

from model.case import Case
from model.county import County
from model.events.telephone import FormLeftOpen
from model.fields import AttachmentField
from model.submission import Submission
from model.telephone import TelephoneRule
from routing.refusal import No

LONGEST_OUTLINE = 300


def telephone_rule(submission: Submission, county: County) -> TelephoneRule | None:
    """What the county asks for on the telephone, if that is how it was applied for.

    Raises `No`: `telephone.absent` where the county takes none, `telephone.basics` when one of the basics is not there.
    """
    if submission.channel != "telephone":
        return None
    rule = county.process.telephone
    if rule is None:
        raise No("telephone.absent")
    given = {name for name, answer in submission.answers.items() if answer.value is not None}
    wanting = [county.form.fields[name].called for name in rule.basics if name not in given]
    if wanting:
        raise No("telephone.basics", lacking="、".join(wanting))
    return rule


def left_open(submission: Submission, county: County) -> FormLeftOpen:
    """What of the form is still to come (待补充)."""
    return FormLeftOpen(
        answers=submission.answers, lacking=to_fill(submission.missing, county), form_version=submission.form_version
    )


def to_fill(missing: Iterable[str], county: County) -> tuple[str, ...]:
    """Those of the missing fields without which the form is not complete.

    Not papers, which may follow (容缺), nor numbers that need a consent of their own, which are checked in person.
    """
    fields = (county.form.fields[name] for name in missing if name in county.form.fields)
    return tuple(
        one.id
        for one in fields
        if one.need == "required" and not isinstance(one, AttachmentField) and one.consent is None
    )


def outline_of(case: Case, outline: str, county: County) -> str:
    """What the steward thinks of building. Raises `No`: `contact.outline` where he owes it, `contact.long`."""
    said = outline.strip()
    if case.telephone is None or county.process.telephone is None:
        return ""
    if not said:
        raise No("contact.outline")
    if len(said) > LONGEST_OUTLINE:
        raise No("contact.long", most=str(LONGEST_OUTLINE))
    return said
