"""What no way could bring and somebody says by telephone: whom he calls, and what he says (design §2.4)."""

from dataclasses import dataclass

from handlers.parties import Named
from handlers.ports import RoutingCore
from model.county import County
from model.delivery import Recipient


@dataclass(frozen=True, slots=True)
class Spoken:
    """One call: about what (the number of a case, or the question of an enquiry), whom, and the words of the notice as things stand now."""

    about: str
    call: Named
    text: str


async def called_up(core: RoutingCore, county: County, recipient: Recipient, applicant: Named) -> Named:
    """Whom somebody calls in place of a push; `applicant` is he who applied or asked."""
    if recipient.kind == "applicant":
        return applicant
    staff = await core.steward(recipient.id) if recipient.kind == "staff" else None
    if staff is not None:
        return Named(f"{county.body[staff.body].short}{staff.name}", staff.phone)
    if recipient.kind == "body" and recipient.id in county.body:
        return Named(county.body[recipient.id].name, county.body[recipient.id].phone)
    return Named(county.help.window, county.help.hotline)
