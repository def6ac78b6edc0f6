"""What a clerk tells a caller of his case, and what he writes back to 12345: the same words as in the chat."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from handlers.consulting import consult_title
from handlers.parties import Named, parties, to_call
from handlers.ports import RoutingCore
from handlers.wording.catalogue import Catalogue
from handlers.wording.progress import lines
from model.case import Case
from model.county import County
from model.edition import on_form, under
from model.staff import Staff
from routing.timeline import timeline

_REPLY_MOST: Final = 500
"""Characters: more does not fit into the field for the reply."""


@dataclass(frozen=True, slots=True)
class Report:
    """A case in words: who applied, where he is called, each group of services, consultations that run, the reply to 12345."""

    applicant: Named
    call: Named
    groups: tuple[tuple[str, ...], ...]
    consulting: tuple[str, ...]
    reply: str


async def report(core: RoutingCore, county: County, case: Case, now: dt.datetime) -> Report:
    """As the case stands. Raises `CoreAway`."""
    rules = under(county, case.process_version)
    said = Catalogue(rules)
    events = await core.events(case.id)
    stewards = dict[str, Staff]()
    for name in sorted({one.steward for one in case.orders if one.steward}):
        if (one := await core.steward(name)) is not None:
            stewards[one.id] = one
    groups = tuple(
        tuple(group.splitlines()) for group in lines(said, rules, case, stewards, timeline(case, events), now)
    )
    submission = await core.submission(case.id)
    applicant = call = Named()
    if submission is not None:
        named = parties(on_form(rules, submission.form_version), submission.answers)
        applicant, call = named.applicant, to_call(named, case.contact)
    services = [rules.service[one].name for one in case.services]
    told = "；".join("，".join(one.strip(" \u3000。") for one in group if one.strip()) for group in groups)
    reply = said.say("console.hotline.reply", number=case.number, services=services, told=told).strip()
    running = tuple(consult_title(rules, case, one.id, None) for one in case.consultations if one.convening)
    return Report(applicant, call, groups, running, reply[:_REPLY_MOST])
