"""A whole form as one applicant would answer it: every question gets its field's example."""

from dialogs.focus import OnConfirm, OnConsent, OnField, OnNotice, OnReview, OnRows, focus
from model.conversation import Conversation
from model.county import County
from model.fields import AttachmentField, ChoiceField, YesNoField

_WANTED = {"half": "上午", "note": "示例", "count": "3", "time": "上午9点"}


def next_answer(county: County, conversation: Conversation) -> str | None:
    """What the applicant says to the present question; None when the form is handed in."""
    draft = conversation.draft()
    if draft is None:
        return "你好" if not conversation.cases else None
    if draft.state != "filling":
        return None
    on = focus(county.forms[draft.form], draft)
    match on:
        case OnNotice() | OnConsent() | OnConfirm():
            return "1"
        case OnReview():
            return "0"
        case OnRows(asking=True):
            return "没有了"
        case OnField(want=str(want)) if want in _WANTED:
            return _WANTED[want]
        case OnField(field=AttachmentField()):
            return "后面补"
        case OnField(field=ChoiceField(several=True)):
            return "全部"
        case OnField(field=ChoiceField(options=options)):
            return options[0].text
        case OnField(field=YesNoField(yes=yes, count_unit=unit)):
            return f"{yes} 3" if unit else yes
        case OnField(field=field) | OnRows(field=field):
            return field.example
        case _:
            return "1"
