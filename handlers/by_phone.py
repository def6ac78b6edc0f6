"""A notice as an SMS: whether the county lets it go by SMS, to which number, and in which few words (design §2.4)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from handlers.letter import Texted
from handlers.parties import Named
from handlers.ports import RoutingCore
from handlers.spoken import called_up
from handlers.wording.values import date_of, moment
from handlers.wording.wording import Wording
from model.county import County
from model.delivery import Row
from model.short_message import WORDS, length, reaches


async def texted(
    core: RoutingCore, county: County, wording: Wording, row: Row, facts: Mapping[str, Any]
) -> Texted | None:
    """The SMS of a notice; None where it does not go by SMS. `row` with the template of its reader's part in it."""
    if row.template not in county.sms.notices or row.recipient.kind not in ("applicant", "staff"):
        return None
    named: Named = await called_up(core, county, row.recipient, facts["call"])
    phone = named.phone if reaches(named.phone) else ""
    return Texted(county.id, phone, words(wording, row.template, sms_facts(facts)))


def words(wording: Wording, template: str, facts: Mapping[str, Any]) -> str:
    """The words of its own, else of any news; and those too where its own are too long: half a sentence helps nobody."""
    say, other = wording.catalogue.say, "other" if template.startswith("applicant.") else "task"
    own = f"sms.{template}"
    text = say(own, **facts).replace("\n", "") if own in wording.catalogue else ""
    return text if text and length(text) <= WORDS else say(f"sms.{other}", **facts).replace("\n", "")


def sms_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a short text may name (`config.checks.sms` tries it with examples of each): texts, and whether it passed."""
    event, steward, body = facts["event"], facts["steward"], facts["body"]
    services, one = facts["services"], facts["service"]
    several = len(services) > 1 and (not one or hasattr(event, "orders"))
    at, day = getattr(event, "at_time", None), getattr(event, "until", None) or getattr(event, "ends", None)
    day = day if isinstance(day, dt.date) else None
    call = f"{steward.name}{steward.phone}" if steward else f"{body.short}{body.phone}" if body else ""
    return {
        "number": facts["case"].number,
        "what": f"{services[0]}等{len(services)}项" if several else one or "".join(services[:1]),
        "when": moment(at) if at else "",
        "until": date_of(day) if day else "",
        "by": facts.get("by", "") or "",
        "passes": bool(getattr(event, "passes", False)),
        "call": call,
    }
