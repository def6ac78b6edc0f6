"""What must be true across the files of a county; one file per concern, each mistake with its place."""

from config.checks.approvals import approvals
from config.checks.cards import cards
from config.checks.cells import cells
from config.checks.clocks import clocks
from config.checks.conditions import conditions
from config.checks.consultations import consultations
from config.checks.documents import documents
from config.checks.fields import fields
from config.checks.ids import ids
from config.checks.outlets import outlets
from config.checks.process import process
from config.checks.quiet import quiet
from config.checks.retention import retention
from config.checks.routes import routes
from config.checks.services import bodies, places, services
from config.checks.sheet import sheet
from config.checks.small_forms import small_forms
from config.checks.sms import sms
from config.checks.supplements import supplements
from config.checks.telephone import telephone
from config.checks.texts import guide, texts
from config.mistakes import Mistake
from config.parts import Parts

CHECKS = (
    ids,
    fields,
    conditions,
    services,
    places,
    bodies,
    outlets,
    retention,
    quiet,
    sms,
    cards,
    process,
    clocks,
    supplements,
    guide,
    texts,
    approvals,
    sheet,
    cells,
    routes,
    telephone,
    small_forms,
    consultations,
    documents,
)


def all_mistakes(parts: Parts) -> list[Mistake]:
    """All mistakes of a county: those of its files, then those across them."""
    return [*parts.file_mistakes(), *(mistake for check in CHECKS for mistake in check(parts))]
