"""What is told of a matter to whoever has it: enough to decide it, and nobody's telephone but that of colleagues (X19)."""

from collections.abc import Iterator
from typing import NamedTuple

from handlers.matters import Matter
from handlers.ports import RoutingCore
from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.approval import Approval
from model.case import Case
from model.consultation import Consultation, Item
from model.county import County
from model.edition import under
from model.joint import JointWorks


class Fact(NamedTuple):
    """`key` of its name (`console.matters.facts.<key>`), and what it is."""

    key: str
    text: str


async def matter_facts(core: RoutingCore, county: County, catalogue: Catalogue, matter: Matter) -> tuple[Fact, ...]:
    """All that is known, in reading order. Raises `CoreAway`."""
    case, name = matter.case, matter.id
    if matter.asked.kind == "call_back":
        return tuple(one for one in _mark(county, case) if one.text)
    if (approval := case.approval(name)) is not None:
        told = [*_permit(county, catalogue, case, approval), Fact("steward", await _whom(core, county, approval.by))]
    elif case.joint_works is not None and case.joint_works.id == name:
        told = list(_joint(catalogue, case, case.joint_works))
    elif (one := case.consultation(name)) is not None:
        told = [*_consultation(county, catalogue, one), Fact("asker", await _whom(core, county, one.by))]
    else:
        told = []
    return tuple(one for one in told if one.text)


def _mark(county: County, case: Case) -> Iterator[Fact]:
    """Only for whoever is to call."""
    if (rating := case.rating) is None:
        return
    served = [one for one in case.orders if one.ending is None]
    yield Fact("mark", rating.mark)
    yield Fact("why", rating.reason)
    yield Fact("units", "、".join(f"{county.body[one.body].short} {order_name(county, case, one)}" for one in served))


def _permit(county: County, catalogue: Catalogue, case: Case, one: Approval) -> Iterator[Fact]:
    rules = under(county, case.process_version).process.approvals
    kind = rules.kind(one.kind)
    way = rules.mode(one.mode, kind) if kind is not None else None
    orders = [order for order in case.orders if order.id in one.orders]
    yield Fact("state", catalogue.say(f"console.matters.permit.{one.state.value}"))
    yield Fact("applied", catalogue.say("console.matters.at", at=one.applied_at))
    yield Fact(
        "way", f"{way.name}：{way.basis}" if way is not None and way.basis else way.name if way is not None else ""
    )
    yield Fact("works", "、".join(dict.fromkeys(dig for order in orders if order.scheme for dig in order.scheme.digs)))
    yield Fact(
        "units", "、".join(f"{county.body[each.body].short} {order_name(county, case, each)}" for each in orders)
    )
    yield Fact("items", one.items)
    yield Fact("commitment", one.commitment.text if one.commitment is not None else "")
    yield Fact("lacking", one.lacking)
    yield Fact("handed_in", one.handed_in)


def _joint(catalogue: Catalogue, case: Case, works: JointWorks) -> Iterator[Fact]:
    yield Fact("road", works.road)
    listed = [
        (case.number, works.begins, works.ends),
        *((one.number, one.begins, one.ends) for one in works.neighbours),
    ]
    said = [
        catalogue.say("console.matters.works", number=number, begins=begins, ends=ends)
        for number, begins, ends in listed
    ]
    yield Fact("cases", "\n".join(said))


def _consultation(county: County, catalogue: Catalogue, one: Consultation) -> Iterator[Fact]:
    yield Fact("reason", "：".join(filter(None, (one.reason, one.words))))
    yield Fact("bodies", "、".join(county.body[body].short for body in one.bodies))
    yield Fact("time", catalogue.say("console.matters.at", at=one.at) if one.at is not None else "")
    yield Fact("place", one.place)
    yield Fact("decision", one.decision)
    yield Fact("public", one.public)
    yield Fact("agreed", "\n".join(_item(county, catalogue, item) for item in one.items))


def _item(county: County, catalogue: Catalogue, one: Item) -> str:
    done = one.done_at is not None
    return catalogue.say("console.matters.item", body=county.body[one.body], words=one.words, day=one.day, done=done)


async def _whom(core: RoutingCore, county: County, staff: str) -> str:
    """A colleague to call."""
    one = await core.steward(staff) if staff else None
    return f"{county.body[one.body].short}{one.name} {one.phone}" if one is not None else ""
