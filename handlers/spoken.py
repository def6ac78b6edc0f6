"""What no way could bring and somebody says by telephone: whom he calls, and what he says (design §2.4)."""

from dataclasses import dataclass

from handlers.parties import Named
from handlers.ports import RoutingCore
from model.case import Case
from model.county import County
from model.delivery import Recipient


@dataclass(frozen=True, slots=True)
class Spoken:
    """One call: about which case, whom, and the words of the notice as the case stands now."""

    number: str
    call: Named
    text: str


async def spoken(
    core: RoutingCore, county: County, case: Case, recipient: Recipient, applicant: Named, text: str
) -> Spoken:
    """`applicant`: whom one calls about this case."""
    return Spoken(case.number, await called(core, county, recipient, applicant), text)


async def called(core: RoutingCore, county: County, recipient: Recipient, applicant: Named) -> Named:
    """Who a recipient is by telephone: his name and his number."""
    if recipient.kind == "applicant":
        return applicant
    staff = await core.steward(recipient.id) if recipient.kind == "staff" else None
    if staff is not None:
        return Named(f"{county.body[staff.body].short}{staff.name}", staff.phone)
    if recipient.kind == "body" and recipient.id in county.body:
        return Named(county.body[recipient.id].name, county.body[recipient.id].phone)
    return Named(county.help.window, county.help.hotline)
