"""Signing a survey sheet by code as it runs here: the same for the console, which makes the codes, and the pages, which take them."""

from collections.abc import Mapping

from bot.settings import Settings
from handlers.ports import RoutingCore
from handlers.sheet_signing import SheetSigning
from model.county import County
from storage.case_papers import CasePapers
from storage.engine import Database
from storage.files import FileStore
from storage.sheet_codes import SheetCodes
from storage.signatures import SheetSignatures
from storage.vault import Vault


def signing_of(
    settings: Settings, core: RoutingCore, database: Database, vault: Vault, counties: Mapping[str, County]
) -> SheetSigning:
    """Over the records, with signatures where the papers of a case lie."""
    signatures = SheetSignatures(CasePapers(database, vault), FileStore(settings.data / "files", vault))
    return SheetSigning(core, SheetCodes(database, vault), signatures, counties)
