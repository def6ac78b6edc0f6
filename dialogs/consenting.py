"""The privacy notice, separate consents, and numbers that came before their consent (held, then used or deleted)."""

import re

from dialogs.answering import hear, store
from dialogs.derived import derived
from dialogs.drafting import throw_away
from dialogs.events import Agreed, Declined, Held, Unclear
from dialogs.focus import OnConfirm, OnConsent, OnField
from dialogs.folding import fold, plain_words, plainly
from dialogs.kinds.code import IDENTITY, identity
from dialogs.kinds.yes_no import says
from dialogs.read_out import read_out
from dialogs.reading import Understood
from dialogs.schemes import PERSONAL, scheme_of
from dialogs.turn import Turn
from dialogs.visible import consent_of, visible_fields
from model.draft import Agreement, Answer, Confirming, Draft
from model.fields import CodeField, Field
from model.form import Form
from model.values import Code

# A consent is one's own yes: 有, 装了 and 没有 answer other questions, and neither agree nor delete anything here.
_SAY_AGREED = (
    "1 同意 同意继续 同意,继续 我同意 都同意 愿意 是 是的 对 好 好的 可以 行 中 中啊 得行 能行 管 嗯 没问题 确认 确定 OK YES Y "
    "知道了 我知道了 继续 已阅读 看过了"
)
_AGREED = plainly(_SAY_AGREED.split())
_SAY_REFUSED = "2 不同意 我不同意 不 否 不是 不愿意 不可以 不行 不中 不要 拒绝 NO N"
_REFUSED = plainly(_SAY_REFUSED.split())

#: What stands before a number and says nothing without it.
_EMPTY_LABEL = re.compile(r"(?m)^[^:：\n]{1,20}[:：]\s*$\n?")
_ANNOUNCED = re.compile(r"(?:我的?)?身份证(?:号码?)?(?:就?是)?[\s:：,，。]*$")


def answer_notice(turn: Turn, text: str) -> None:
    """同意 goes on; 不同意 deletes the draft, and nothing personal was ever asked."""
    agreed = _agreed(text)
    if agreed is None:
        turn.emit(Unclear("notice", text))
    else:
        decide_notice(turn, agreed)


def decide_notice(turn: Turn, agreed: bool) -> None:
    """A yes goes on; a no deletes the draft."""
    if agreed:
        _agree(turn, "notice", turn.form.notice.version if turn.form.notice else 1)
    else:
        gone = turn.draft
        throw_away(turn)
        turn.events.pop()  # declining says what became of the draft
        turn.emit(Declined("notice", gone))


def answer_consent(turn: Turn, on: OnConsent, text: str) -> None:
    """同意 opens the field; 不同意 deletes what was held, and the number is checked in person instead."""
    agreed = _agreed(text)
    if agreed is None:
        turn.emit(Unclear(on.consent, text))
    else:
        decide_consent(turn, on.consent, agreed)


def decide_consent(turn: Turn, consent: str, agreed: bool) -> None:
    """A yes to the consent of this name opens its fields; a no deletes what was given for them, or held."""
    version = turn.form.consents[consent].version
    if agreed:
        _agree(turn, consent, version)
    else:
        given = {**turn.draft.agreements, consent: Agreement(agreed=False, version=version, at=turn.now)}
        held = {name: answer for name, answer in turn.draft.held.items() if not _under(turn.form, name, consent)}
        fields = turn.form.fields
        answers = {
            name: answer
            for name, answer in turn.draft.answers.items()
            if name not in fields or consent_of(fields[name], turn.draft.answers) != consent
        }
        aside = {name: one for name, one in turn.draft.aside.items() if not _needs_consent(one)}
        slips = {name: one for name, one in turn.draft.slips.items() if not _under(turn.form, name, consent)}
        read = {name: one for name, one in turn.draft.read.items() if not _needs_consent(one)}
        turn.change_draft(
            agreements=given, held=held, answers=answers, aside=aside, slips=slips, read=read, attention=None, last=None
        )
        turn.emit(Declined(consent))


def answer_confirm(turn: Turn, on: OnConfirm, text: str) -> None:
    """The value read back is kept or dropped; anything else is read as the right answer."""
    yes = says(text)
    held = {name: answer for name, answer in turn.draft.held.items() if answer != on.answer}
    if yes:
        turn.change_draft(held=held)
        store(turn, on.field, on.answer.model_copy(update={"confirmed": True}))
    elif yes is False:
        turn.change_draft(held=held, attention=None)
    else:
        turn.change_draft(attention=None)
        hear(turn, on.field, text)
        turn.change_draft(held=held)


def hold_numbers(turn: Turn, text: str) -> str:
    """Takes valid identity numbers out of a message that did not ask for one; returns the rest of the message."""
    on = turn.focus
    consent = identity_consent(turn.form)
    if consent is None or (isinstance(on, OnField | OnConfirm) and isinstance(on.field, CodeField)):
        return text
    rest = folded = read_out(fold(text))
    for found in IDENTITY.finditer(folded):
        reading = identity("".join(found.groups()).upper().replace("×", "X"), turn.now.date())
        if not isinstance(reading, Understood):
            continue
        rest = rest.replace(found[0], " ")
        hold(turn, _waiting(turn, consent), turn.made(reading.value, found[0]))
    if rest == folded:
        return text
    rest = _EMPTY_LABEL.sub("", rest)  # 身份证：<number> was a line of its own
    return _ANNOUNCED.sub("", rest).strip(" \n,，。;；:：")


def hold(turn: Turn, field: CodeField, answer: Answer) -> None:
    """Keeps a number for this field until its consent is given; once the consent was refused it is not kept."""
    consent = field.consent or ""
    refused = turn.draft.agreements.get(consent)
    said = Declined(consent) if refused is not None and not refused.agreed else Held(consent)
    if isinstance(said, Held):
        if any(one.value == answer.value for one in turn.draft.held.values()):
            return
        kept = answer.model_copy(update={"confirmed": False})
        turn.change_draft(held={**turn.draft.held, field.id: kept})
    if said not in turn.events:
        turn.emit(said)


def _waiting(turn: Turn, consent: str) -> CodeField:
    """The field a number is held for if it does not say which: the first of those that could be meant and have none."""
    fields = [
        one for one in turn.form.fields.values()
        if isinstance(one, CodeField) and one.consent == consent and _may_be_identity(one)
    ]  # fmt: skip
    shown = {one.id for one in visible_fields(turn.form, turn.draft.answers)}
    wanted = [one for one in fields if one.id in shown and scheme_of(one, turn.draft.answers) == "identity"]
    free = [one for one in (*wanted, *fields) if one.id not in turn.draft.held and one.id not in turn.draft.answers]
    return (free or wanted or fields)[0]


def _under(form: Form, name: str, consent: str) -> bool:
    """Whether a held number waits for this consent; one whose field the form no longer has waits for any."""
    return name not in form.fields or form.fields[name].consent == consent


def held_for(form: Form, draft: Draft, field: Field) -> Answer | None:
    """The number held for this field; else one held for a field that turned out not to be asked for."""
    if not isinstance(field, CodeField) or field.consent is None:
        return None
    wanted = scheme_of(field, draft.answers)
    shown = {one.id for one in visible_fields(form, draft.answers)}
    others = (
        name for name in draft.held
        if not (name in shown and isinstance(one := form.fields[name], CodeField) and scheme_of(one, draft.answers) == wanted)
    )  # fmt: skip
    found = (draft.held[name] for name in (field.id, *others) if name in draft.held)
    return next((one for one in found if isinstance(one.value, Code) and one.value.scheme == wanted), None)


@derived
def identity_consent(form: Form) -> str | None:
    """The consent that stands before identity numbers: that of the first number that can be one."""
    return next(
        (
            field.consent
            for field in form.fields.values()
            if isinstance(field, CodeField) and field.consent and _may_be_identity(field)
        ),
        None,
    )


def _may_be_identity(field: CodeField) -> bool:
    return field.scheme == "identity" or (
        field.by is not None and "identity" in (*field.by.schemes.values(), field.by.otherwise)
    )


def use_held(turn: Turn) -> None:
    """When a field comes up that a number was given for, the number is taken. One that was copied, or that was given for
    another field, may be somebody else's: it is read back first.
    """
    while (
        isinstance(on := turn.focus, OnField)
        and isinstance(on.field, CodeField)
        and on.field.consent
        and on.want is None
    ):
        answer = held_for(turn.form, turn.draft, on.field)
        if answer is None:
            return
        its_own = turn.draft.held.get(on.field.id) is answer and answer.certainty != "derived"
        if not its_own or on.field.id in turn.draft.answers:
            turn.change_draft(attention=Confirming(field=on.field.id, answer=answer))
            return
        turn.change_draft(held={name: one for name, one in turn.draft.held.items() if one is not answer})
        store(turn, on.field, answer.model_copy(update={"confirmed": True}))


def _agreed(text: str) -> bool | None:
    words = plain_words(text)
    return True if words in _AGREED else False if words in _REFUSED else None


def _needs_consent(kept: Answer) -> bool:
    """Whether an answer whose field is gone is a number that a consent stands before."""
    return isinstance(kept.value, Code) and kept.value.scheme in PERSONAL


def _agree(turn: Turn, name: str, version: int) -> None:
    given = {**turn.draft.agreements, name: Agreement(agreed=True, version=version, at=turn.now)}
    turn.change_draft(agreements=given)
    turn.emit(Agreed(name))
