"""受理回执: that an application was received, who handles each service at which telephone, and what follows until when."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.paper.cell import date_words
from handlers.parties import parties
from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import in_words
from handlers.wording.orders import order_name
from handlers.wording.progress import upcoming
from model.case import Case
from model.county import County
from model.edition import on_form
from model.frozen import Frozen
from model.order import Order
from model.staff import Staff
from model.submission import Submission
from routing.lacking import lacking
from routing.supplement_acts import supplement_name


class ReceiptLine(Frozen):
    """A service: its body and telephone, its steward where one is named, what comes next and by when."""

    service: str
    body: str
    phone: str
    steward: str = ""
    steward_phone: str = ""
    next: str = ""
    by: str = ""


class PrintedReceipt(Frozen):
    """The receipt. `link` leads to the progress of the case for whoever is signed in there; `code` is the same as a QR code (SVG)."""

    number: str = ""
    date: str = ""
    applicant: str = ""
    address: str = ""
    lines: tuple[ReceiptLine, ...] = ()
    lacking: tuple[str, ...] = ()
    steward_title: str = ""
    hotline: str = ""
    window: str = ""
    window_address: str = ""
    hours: str = ""
    complaints: str = ""
    link: str = ""
    code: str = ""


def receipt_of(
    county: County,
    case: Case,
    orders: Sequence[Order],
    submission: Submission,
    stewards: Mapping[str, Staff],
    link: str,
    code: str,
) -> PrintedReceipt:
    """The receipt of these orders of a case. `county` as it is today; `stewards` by staff id."""
    filed = on_form(county, submission.form_version)
    ids = {one.id for one in orders}
    address = submission.answers.get(filed.places.address)
    return PrintedReceipt(
        number=case.number,
        date=date_words(case.accepted_at),
        applicant=parties(filed, submission.answers).applicant.name,
        address=getattr(address.value, "text", "") if address else "",
        lines=tuple(_lines(county, case, orders, stewards)),
        lacking=tuple(supplement_name(filed, one) for one in lacking(case) if ids & set(one.orders)),
        steward_title=county.steward,
        hotline=county.help.hotline,
        window=county.help.window,
        window_address=county.help.window_address,
        hours=county.help.hours,
        complaints=county.help.complaints,
        link=link,
        code=code,
    )


def _lines(county: County, case: Case, orders: Sequence[Order], stewards: Mapping[str, Staff]) -> Iterator[ReceiptLine]:
    say = Catalogue(county).say
    for order in orders:
        name, body = order_name(county, case, order), county.body[order.body]
        if order.candidates:
            yield ReceiptLine(service=name, body=say("due.undecided"), phone=county.help.hotline)
            continue
        steward = stewards.get(order.steward or "")
        coming, due = ("", None) if order.ending is not None else upcoming(say, case, order)
        yield ReceiptLine(
            service=name,
            body=body.name,
            phone=body.phone,
            steward=steward.name if steward else "",
            steward_phone=steward.phone if steward else "",
            next=coming,
            by=in_words(due, say) if due else "",
        )
