"""The pages of the hotline and the window, handed what they need."""

from collections.abc import Mapping

from bot.console.hotline.code_page import CodePage, Scanned
from bot.console.hotline.desk_page import DeskPage
from bot.console.hotline.enquiry_page import EnquiryPage
from bot.console.hotline.intake_page import CALLS, IntakePage
from bot.console.pages import Pages
from bot.console.rest_form import RestForm
from bot.console.route import Route
from handlers.book import SealedBook
from handlers.casework import Casework
from handlers.enquiries import EnquiryWork
from handlers.handing_over import HandingOver
from handlers.hotline.asking import Asking
from handlers.hotline.desk import Desk
from handlers.hotline.giving import Giving
from handlers.hotline.intaking import Intaking
from handlers.ports import Clock
from model.county import County
from routing.enquiry_log import fold_enquiry
from storage.caller_checks import CallerChecks
from storage.conversations import Conversations
from storage.engine import Database
from storage.enquiries import Enquiries
from storage.finding import Finding
from storage.handovers import Handovers
from storage.intakes import Intakes
from storage.looks import Looks
from storage.port import Port
from storage.staffing import Staffing
from storage.tickets import Tickets
from storage.vault import Vault


def hotline_routes(
    database: Database,
    port: Port,
    vault: Vault,
    core: Casework,
    staffing: Staffing,
    counties: Mapping[str, County],
    clock: Clock,
    pages: Pages,
    scanned: Scanned,
) -> tuple[Route, ...]:
    """All of them."""
    checks, looks = CallerChecks(database), Looks(database)
    tickets = Tickets(database)
    desk = Desk(core, Finding(database, vault), checks, tickets, counties)
    book, intakes, codes = SealedBook(Conversations(port), vault), Intakes(database, vault), CodePage(pages, scanned)
    intaking = Intaking(core, book, intakes, counties, clock)
    asking = Asking(EnquiryWork(Enquiries(database, vault, fold_enquiry), staffing, counties), tickets, counties)
    handing_over = HandingOver(core, Handovers(database, vault), counties, drafts=Giving(book, intakes))
    at_desk = DeskPage(core, desk, handing_over, staffing, looks, pages, codes)
    return (
        *IntakePage(intaking, desk, checks, handing_over, looks, pages, codes).routes(),
        *at_desk.routes(),
        *RestForm(core, pages, "/desk", CALLS, at_desk.his).routes(),
        *EnquiryPage(asking, staffing, pages).routes(),
    )
