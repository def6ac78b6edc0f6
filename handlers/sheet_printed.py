"""联合踏勘意见表 as it is printed, line by line in the order of 附件3 (X150–X159); what the paper has no place for comes last."""

from handlers.paper.survey import survey_of
from handlers.ports import RoutingCore
from handlers.wording.catalogue import Catalogue
from model.case import Case
from model.county import County
from model.edition import under
from routing.conclusion import participants


async def sheet_printed(core: RoutingCore, county: County, case: Case) -> tuple[str, ...]:
    """The whole sheet; nothing for a case that has none. Raises `CoreAway`."""
    rule = under(county, case.process_version).process.survey.sheet
    made = await survey_of(core, county, case, await core.submission(case.id))
    if made is None or rule is None or case.sheet is None:
        return ()
    without = [county.body[one].short for one in participants(case) if one not in case.sheet.copies]
    said = Catalogue(county).say("printed.sheet", title=rule.title, case=case, made=made, without_copy=without)
    return tuple(said.splitlines())
