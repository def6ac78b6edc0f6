"""勘验部门: who surveys along where works outside the red line are needed, and who of each is told (X31, X37)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from model.calendar import CHINA
from model.case import Case
from model.commands.sheet import ChooseDepartments, ReplaceOfficer
from model.county import County
from model.draft import Answer
from model.events.sheet import Department, DepartmentsChosen, OfficerReplaced, SheetOpened
from model.holding import holds
from model.sheet import Sheet
from model.staff import Staff
from routing.assign import assign
from routing.refusal import No


def usual(county: County, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The departments that survey along for a form answered so, unless the window chooses others."""
    rule = county.process.survey.sheet
    return tuple(one.body for one in rule.departments if holds(one.when, answers)) if rule else ()


def opened(
    lead: str, departments: Sequence[str], county: County, now: dt.datetime, staff: Sequence[Staff]
) -> SheetOpened | None:
    """The sheet as it begins; None where the county has none (C13)."""
    if county.process.survey.sheet is None:
        return None
    day = now.astimezone(CHINA).date()
    return SheetOpened(
        lead=lead,
        organiser=assign(staff, lead, None, day),
        departments=tuple(Department(body=body, officer=assign(staff, body, None, day)) for body in departments),
    )


def changed(
    case: Case,
    before: Sequence[str],
    after: Sequence[str],
    county: County,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> Iterator[DepartmentsChosen]:
    """What another answer changes about an open sheet; whom the window has added stays, and whoever gave an opinion."""
    sheet = case.sheet
    if sheet is None or sheet.passed:
        return
    gone = set(before) - set(after)
    rows = tuple(row.body for row in sheet.rows)
    kept = tuple(row.body for row in sheet.rows if row.body not in gone or row.opinion is not None)
    wanted = (*kept, *(one for one in after if one not in before and one not in rows))
    if wanted != rows:
        yield chosen(sheet, ChooseDepartments(departments=wanted), county, now, staff)


def replaced(case: Case, sheet: Sheet, do: ReplaceOfficer, staff: Sequence[Staff], now: dt.datetime) -> OfficerReplaced:
    """Who of the same body does it instead. Raises `No`: `replace_officer.nothing` where the other had nothing to do."""
    rows = any((row.body, row.officer) == (do.body, do.previous) for row in sheet.rows)
    if not rows and not (case.lead == do.body and sheet.organiser == do.previous):
        raise No("replace_officer.nothing")
    left = [one for one in staff if one.id != do.previous]
    officer = assign(left, do.body, None, now.astimezone(CHINA).date())
    return OfficerReplaced(body=do.body, previous=do.previous, officer=officer)


def chosen(
    sheet: Sheet, do: ChooseDepartments, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> DepartmentsChosen:
    """The departments that the window, or the leading body, has determined.

    Raises `No`: `departments.too_late`, `departments.unknown`, `departments.given` (one left out has given its opinion),
    `departments.already`.
    """
    if sheet.passed:
        raise No("departments.too_late")
    able = [body for body in county.bodies if body.kind == "approval"]
    names = {name: body.id for body in able for name in (body.id, body.short)}
    if unknown := [name for name in do.departments if name not in names]:
        raise No("departments.unknown", body=unknown[0], choices="、".join(body.short for body in able))
    wanted = tuple(dict.fromkeys(names[name] for name in do.departments))
    before = {row.body: row for row in sheet.rows}
    if wanted == tuple(before):
        raise No("departments.already")
    gone = [row for body, row in before.items() if body not in wanted]
    if given := [row.body for row in gone if row.opinion is not None]:
        raise No("departments.given", body=county.body[given[0]].short)
    day = now.astimezone(CHINA).date()
    return DepartmentsChosen(
        departments=tuple(
            Department(body=body, officer=before[body].officer if body in before else assign(staff, body, None, day))
            for body in wanted
        ),
        added=tuple(body for body in wanted if body not in before),
        dropped=tuple(Department(body=row.body, officer=row.officer) for row in gone),
    )
