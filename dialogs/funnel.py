"""Counts where drafts stand: by field of the form, and what comes before and after the fields (design §2.1)."""

import datetime as dt
from collections import Counter
from typing import Final

from dialogs.focus import (
    OnAmbiguous,
    OnConfirm,
    OnConsent,
    OnCopied,
    OnField,
    OnNotice,
    OnReview,
    OnRows,
    OnSure,
    focus,
)
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.funnel import Funnel, Stop

DAYS: Final = 30
_RESTS: Final = dt.timedelta(days=1)
NOTICE, REVIEW, COPIED = "notice", "review", "copied"


def place_of(county: County, draft: Draft) -> str:
    """Where an application stands: a field, `notice`, `consent.<id>`, `copied` or `review`."""
    match focus(county.form, draft):
        case OnField(field=field) | OnRows(field=field) | OnConfirm(field=field):
            return field.id
        case OnConsent(consent=name):
            return f"consent.{name}"
        case OnNotice():
            return NOTICE
        case OnCopied():
            return COPIED
        case OnAmbiguous(asked=asked):
            return asked.meanings[0].field
        case OnSure():  # he has said 取消 or 重来: where he was before
            return place_of(county, draft.model_copy(update={"attention": None}))
        case OnReview():
            return REVIEW


class Tally:
    """Counts the conversations of one county, one after the other."""

    def __init__(self, county: County, now: dt.datetime) -> None:
        """Nothing is counted yet."""
        self._county = county
        self._now = now
        self._begun = self._reviewed = 0
        self._known = set[str]()
        self._stand, self._rest = Counter[str](), Counter[str]()

    def count(self, conversation: Conversation) -> None:
        """Count what of the conversation is an application under way; of another version of the form only that it was begun.

        Counted twice it counts once: whoever goes through the store may meet it again.
        """
        for draft in conversation.drafts:
            if (
                draft.id in self._known
                or draft.state != "filling"
                or draft.form != self._county.form.id
                or draft.act
                or draft.adding
            ):
                continue
            if not draft.answers:
                continue  # opened by a greeting, and nothing said yet
            self._known.add(draft.id)
            known = draft.form_version == self._county.form.version
            place = place_of(self._county, draft) if known else ""
            new = self._now - draft.opened_at < dt.timedelta(days=DAYS)
            self._begun += new
            self._reviewed += new and place == REVIEW
            if place:
                self._stand[place] += 1
                self._rest[place] += self._now - draft.changed_at >= _RESTS

    def found(self) -> Funnel:
        """What was counted."""
        known = [NOTICE, *(f"consent.{one}" for one in self._county.form.consents), COPIED, *self._county.form.fields]
        stops = (
            Stop(place=one, drafts=self._stand[one], rest=self._rest[one])
            for one in (*known, REVIEW)
            if self._stand[one]
        )
        return Funnel(
            county=self._county.id,
            counted_at=self._now,
            days=DAYS,
            begun=self._begun,
            reviewed=self._reviewed,
            stops=tuple(stops),
        )
