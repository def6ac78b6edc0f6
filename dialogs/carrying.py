"""照上一件填: who applies is taken over from an earlier draft or case, and counts only once the person has confirmed it."""

import datetime as dt
from collections.abc import Mapping

from dialogs.events import Copied, Unclear
from dialogs.folding import plain_words, plainly
from dialogs.kinds.yes_no import says
from dialogs.migration import fits
from dialogs.schemes import scheme_of
from dialogs.turn import Turn
from dialogs.visible import consent_of
from model.draft import Answer, Draft
from model.fields import CodeField
from model.form import Form
from model.values import Code

_RIGHT = plainly({"都对", "确认", "没问题", "照着填", "确认无误", "都对的", "对的都对", "0"})

_WRONG = plainly({"不照着填", "不照着", "从头填", "不用照"})


def sources(turn: Turn) -> tuple[str, ...]:
    """Ids of the drafts and cases that could be copied from, the nearest in time first; none if the form carries nothing."""
    carried = set(turn.form.carried)
    here = turn.draft.id
    drafts = [
        draft.id
        for draft in reversed(turn.conversation.applications)
        if draft.id != here and draft.form == turn.draft.form and carried & _given(draft.answers).keys()
    ]
    return (*drafts, *(link.case for link in reversed(turn.conversation.cases))) if carried else ()


def copy_draft(turn: Turn, source: Draft) -> None:
    """Takes the applicant over from another open draft of this person."""
    draft = carry(turn.form, turn.draft, source.answers, source=source.id, by=turn.actor.person, at=turn.now)
    turn.conversation = turn.conversation.with_draft(draft)
    turn.emit(Copied(len(draft.copied)))


def carry(form: Form, draft: Draft, answers: Mapping[str, Answer], *, source: str, by: str, at: dt.datetime) -> Draft:
    """The draft with the applicant's answers of an earlier one, unconfirmed; what it has already stays.

    A number that needs a consent waits for it as one that came too early does: held, and read back when it is asked for.
    `source` (a case number, a draft's id) is kept with every answer.
    """
    taken, held = dict[str, Answer](), dict(draft.held)
    for name in form.carried:
        old = answers.get(name)
        if old is None or old.value is None or name in draft.answers or not fits(form.fields[name], old):
            continue
        answer = Answer(
            value=old.value, source=f"照{source}", by=by, at=at, certainty="derived", confirmed=False,
            revision=draft.revision + 1, warnings=old.warnings,
        )  # fmt: skip
        field, known = form.fields[name], {**draft.answers, **taken}
        if isinstance(field, CodeField) and isinstance(old.value, Code) and old.value.scheme != scheme_of(field, known):
            continue
        if consent_of(field, known) is not None:
            held.setdefault(name, answer)
        else:
            taken[name] = answer
    stamped = {"answers": {**draft.answers, **taken}, "held": held, "copied": tuple(taken), "attention": None}
    return draft.model_copy(update={**stamped, "revision": draft.revision + 1, "changed_at": at})


def answer_copied(turn: Turn, text: str) -> None:
    """都对 confirms all that was copied; 不 takes it out again and goes on from the beginning."""
    words = plain_words(text)
    right = True if words in _RIGHT else False if words in _WRONG else says(text)
    draft = turn.draft
    if right is None:
        turn.emit(Unclear("copied", text))
    elif right:
        confirmed = {name: draft.answers[name].model_copy(update={"confirmed": True}) for name in waiting(draft)}
        trail = (*draft.trail, *(name for name in confirmed if name not in draft.trail))
        turn.change_draft(answers={**draft.answers, **confirmed}, copied=(), trail=trail)
    else:
        left = {name: one for name, one in draft.answers.items() if name not in waiting(draft)}
        held = {name: one for name, one in draft.held.items() if one.certainty != "derived"}
        turn.change_draft(answers=left, held=held, copied=())


def waiting(draft: Draft) -> tuple[str, ...]:
    """What was copied and is neither confirmed nor replaced yet."""
    return tuple(name for name in draft.copied if name in draft.answers and not draft.answers[name].confirmed)


def _given(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {name: answer for name, answer in answers.items() if answer.value is not None}
