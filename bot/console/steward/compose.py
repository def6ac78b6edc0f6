"""The steward board as it runs here."""

from collections.abc import Mapping

from bot.console.case_page import Looking
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.steward.act_form import ActForm
from bot.console.steward.board import Board
from bot.console.steward.desk import MATTERS, ROLES, Desk
from bot.console.steward.enquiry_page import EnquiryPage
from bot.console.steward.matter_page import PLACE, MatterPage
from bot.console.steward.site_sheet import SiteSheet
from bot.console.steward.task_page import TaskPage
from bot.console.steward.task_papers import TaskPapers
from bot.console.steward.visit_calendar import VisitCalendar
from handlers.asked_here import AskedHere
from handlers.casework import Casework
from handlers.enquiries import EnquiryDesk
from handlers.page_acts import PageActs
from handlers.wording.wording import Wording
from storage.case_papers import CasePapers
from storage.files import FileStore


def steward_routes(
    core: Casework,
    wordings: Mapping[str, Wording],
    looks: Looking,
    pages: Pages,
    places: CasePapers,
    files: FileStore,
    enquiries: EnquiryDesk,
) -> tuple[Route, ...]:
    """All pages of it."""
    acts, asked = PageActs(core), AskedHere(core, enquiries)
    desk = Desk(core, acts, asked, wordings)
    tasks, matters = TaskPage(core, acts, desk, looks, pages), MatterPage(core, acts, desk, pages)
    return (
        *SiteSheet(core, acts, desk, looks, pages, places, files).routes(),
        *Board(core, acts, asked, desk, pages).routes(),
        *EnquiryPage(core, asked, desk, looks, pages).routes(),
        *matters.routes(),
        *ActForm(PLACE, MATTERS, matters.thing, acts, desk, pages).routes(),
        *tasks.routes(),
        *ActForm("/tasks/{order}", ROLES, tasks.thing, acts, desk, pages).routes(),
        *VisitCalendar(core, acts, desk, pages).routes(),
        *TaskPapers(core, desk, looks, places, files).routes(),
    )
