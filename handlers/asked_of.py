"""What is known of a question beside its words: which service it is about, whose case, and where its person can be called."""

import re
from collections.abc import Mapping
from typing import Final

from handlers.parties import Named, parties
from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.fields import ChoiceField
from model.submission import Submission
from model.values import Picks

_NO_SERVICE: Final = re.compile(r"电话|来电|电梯|电脑|水平|水泥|生气|天气|客气|网上|网点|微信|网站|公众号")
"""Words in which the name of a service is none."""


def service_of(words: str, county: County, answers: Mapping[str, Answer], cases: tuple[Case, ...]) -> str | None:
    """The one service that the words name; else the only one that is applied for, or under way. None: it could be several."""
    said = _NO_SERVICE.sub("", words)
    named = [service for service in county.services if any(one in said for one in _names(county, service.option))]
    if len(named) == 1:
        return named[0].id
    if named:
        return None
    picked = answers.get(county.places.services)
    chosen = picked.value.options if picked is not None and isinstance(picked.value, Picks) else ()
    applied = [service.id for service in county.services if service.option in chosen]
    under_way = list(dict.fromkeys(order.service for case in cases for order in case.orders))
    only = applied or under_way
    return only[0] if len(only) == 1 else None


def steward_of(about: str | None, cases: tuple[Case, ...]) -> tuple[str | None, str | None]:
    """The steward of the person's own open case for that service, and the case; the only steward where none is named."""
    own = [
        (order.steward, case.id) for case in cases for order in case.orders if order.steward and not order.candidates
    ]
    fitting = [
        (order.steward, case.id)
        for case in cases
        for order in case.orders
        if order.steward and order.service == about and not order.candidates
    ]
    found = fitting or (own if about is None and len({steward for steward, _ in own}) == 1 else [])
    return found[0] if found else (None, None)


def phone_of(county: County, conversation: Conversation, submission: Submission | None) -> str:
    """Where the person said he can be called: in the open draft, else in his newest case (J40)."""
    return caller_of(county, conversation, submission).phone


def caller_of(county: County, conversation: Conversation, submission: Submission | None) -> Named:
    """The person with that number, and the name that stands beside it."""
    draft = conversation.draft()
    if draft is not None and draft.act is None and (said := parties(county, draft.answers).applicant).phone:
        return said
    if submission is None:
        return Named()
    return parties(on_form(county, submission.form_version), submission.answers).applicant


def _names(county: County, option: str) -> tuple[str, ...]:
    """The words of a service: its option and what people say for it."""
    field = county.form.fields.get(county.places.services)
    options = field.options if isinstance(field, ChoiceField) else ()
    return next(((one.text, *one.words) for one in options if one.text == option), (option,))
