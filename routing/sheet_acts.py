"""What a body can do about the sheet of a case: its row, its copy, what it owes; whoever leads also the rest (X31–X42)."""

from collections.abc import Iterator
from typing import Final

from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act, Invitation
from model.sheet import Row, Sheet
from routing.acts import act_of
from routing.conclusion import missing, participants, surveying
from routing.follow_ups import all_finished

VIEW: Final = "view_sheet"
"""Shows the sheet as it stands; no command."""
_ITEM_SHOWN: Final = 8


def sheet_invitation(case: Case, body: str, county: County, title: str) -> Invitation:
    """The sheet as an invitation to a body; its id ends with the body (see `sheet_body`)."""
    acts = tuple(sheet_acts(case, body, county))
    return Invitation(
        id=f"{case.id}:sheet:{body}", kind="sheet", case=case.id, number=case.number, title=title, acts=acts
    )


def sheet_body(invitation: str) -> str:
    """The body that a sheet's invitation was for, by its id."""
    return invitation.rpartition(":")[2]


def sheet_acts(case: Case, body: str, county: County) -> Iterator[Act]:
    """What is left to do, the next thing first; to look at the sheet comes last. Nothing for who has no part in it."""
    sheet = case.sheet
    if sheet is None or case.closed_at is not None or body not in {part.body for part in case.parts}:
        return
    county = under(county, case.process_version)
    yield from _own(case, sheet, body, county)
    if body == case.lead:
        yield from _leading(case, sheet, county)
    yield act_of(VIEW, county)


def _own(case: Case, sheet: Sheet, body: str, county: County) -> Iterator[Act]:
    row = sheet.row(body)
    if row is not None and _wanted(row) and surveying(case):
        yield act_of("row", county)
    if sheet.passed and body in participants(case) and body not in sheet.copies:
        yield act_of("keep_copy", county)
    yield from _items(sheet, "close_follow_up", county, body)


def _leading(case: Case, sheet: Sheet, county: County) -> Iterator[Act]:
    others = [row for row in sheet.rows if row.body != case.lead and _wanted(row)]
    if surveying(case):
        for row in others:
            yield _for(act_of("row_for", county), row.body, county.body[row.body].short)
        if any(row.opinion is None for row in others):
            yield act_of("remind_rows", county)
    if any(row.opinion is not None for row in others) and set(missing(case)).isdisjoint(row.body for row in sheet.rows):
        yield act_of("repeat_survey", county)
    if sheet.passed and sheet.returned_at is None:
        yield act_of("return_copy", county)
    if surveying(case) and sheet.promise is None:
        yield act_of("promise", county)
    if not sheet.passed:
        yield act_of("departments", county)
    if all_finished(case):
        yield from _items(sheet, "carry_follow_up", county, None)


def _wanted(row: Row) -> bool:
    """Whether an opinion is still wanted of this department, for the first time or again."""
    return row.opinion is None or not row.opinion.passes


def _items(sheet: Sheet, do: str, county: County, body: str | None) -> Iterator[Act]:
    """One act for each open item of a body, or of all; of several each says which it is."""
    items = [item for item in sheet.open_items if body in (None, item.body)]
    for item in items:
        told = county.body[item.body].short if body is None else item.text[:_ITEM_SHOWN].strip("，。、；")
        name = f"（{told}）" if len(items) > 1 else ""
        yield _for(act_of(do, county), item.id, name)


def _for(act: Act, what: str, name: str) -> Act:
    """The act for one of several things."""
    words = act.words if not name else ()
    return act.model_copy(update={"id": f"{act.id}.{what}", "label": f"{act.label}{name}", "words": words})
