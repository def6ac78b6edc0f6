"""The frozen submission of a confirmed draft (design §2.2)."""

from dialogs.visible import has_value, missing_fields, visible_fields
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.edition import form_of
from model.submission import Submission


def submission_of(county: County, conversation: Conversation, draft: Draft) -> Submission:
    """What the applicant confirmed: answers of shown fields only; the draft's id is the submission's id.

    Computed from the frozen draft alone, so that computing it again, even by a newer form, gives the same digest.
    """
    if draft.confirmed is None:
        draft = frozen(county, draft)
    left_open = (name for name in draft.lacking if not has_value(draft, name))
    return Submission(
        id=draft.id,
        account=conversation.account,
        person=conversation.person,
        county=county.id,
        form=draft.form,
        form_version=draft.form_version,
        channel=draft.channel,
        entrance=draft.entrance,
        submitted_at=draft.submitted_at or draft.changed_at,
        answers={name: draft.answers[name] for name in draft.confirmed or () if name in draft.answers},
        agreements=draft.agreements,
        missing=tuple(left_open),
    )


def frozen(county: County, draft: Draft) -> Draft:
    """The draft with what was on the form when it was confirmed; a photo still under way can fill what is lacking."""
    form = form_of(county, draft)
    confirmed = tuple(field.id for field in visible_fields(form, draft.answers))
    lacking = tuple(field.id for field in missing_fields(form, draft))
    return draft.model_copy(update={"confirmed": confirmed, "lacking": lacking})
