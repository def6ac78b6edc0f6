"""What can be chosen in a form of the window: orders, bodies, people, papers of the case on the desk, by the names that people know."""

from typing import NamedTuple

from handlers.window_desk import Desk
from handlers.wording.orders import order_name
from model.edition import on_form
from routing.conclusion import participants
from routing.supplement_acts import supplement_name


class Choice(NamedTuple):
    """`value` names it in what is sent, `group` what it belongs to, if there are several of such. `on`: it is so now."""

    value: str
    name: str
    group: str = ""
    on: bool = False


def choices(kind: str, desk: Desk) -> tuple[Choice, ...]:
    """All there are of a kind; nothing for one that is typed."""
    county, case = desk.county, desk.case
    match kind:
        case "order" | "orders":
            return tuple(Choice(one.id, order_name(county, case, one)) for one in case.orders)
        case "body":
            return tuple(Choice(one.id, one.short) for one in county.bodies if one.kind == "service")
        case "bodies" | "unit":
            return tuple(Choice(one.id, one.short) for one in county.bodies)
        case "steward":
            people = [one for one in desk.staff if one.handles and one.body in county.body]
            return tuple(Choice(one.id, one.name, county.body[one.body].short) for one in people)
        case "departments":
            rows = {row.body for row in case.sheet.rows} if case.sheet else set[str]()
            return tuple(
                Choice(one.id, one.short, on=one.id in rows) for one in county.bodies if one.kind == "approval"
            )
        case "copy":
            return tuple(Choice(one, county.body[one].short) for one in participants(case))
        case "owing":
            owing = dict.fromkeys(item.body for one in case.consultations for item in one.open_items)
            return tuple(Choice(one, county.body[one].short) for one in owing)
        case "later":
            items = case.sheet.open_items if case.sheet else ()
            return tuple(Choice(one.id, f"{county.body[one.body].short}：{one.text}") for one in items)
        case "paper":
            here = on_form(county, desk.signed.form_version) if desk.signed else county
            names = [supplement_name(here, one) for one in case.supplements if one.paper_lacking]
            return tuple(Choice(name, name) for name in names)
    return ()
