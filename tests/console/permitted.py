"""A case whose works dig up the road: its steward has applied for the permit, which lies with the office for roads."""

import datetime as dt

from model.case import Case
from model.commands.approvals import ApplyForApproval
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme
from model.values import Pick, Picks
from tests.console.office import Office
from tests.paper.made import submission, values

WATER, OFFICER = "xinxiang-water_company", "xinxiang-city_management"


async def applied(here: Office) -> Case:
    one = here.counties["xinxiang"]
    water = Picks(picks=(Pick(option="用水"),))
    given = {name: value for name, value in values(one, "示例").items() if name != "external_line"}
    case = await here.core.accept(submission(one, given | {one.places.services: water}), here.now)
    assert isinstance(case, Case), case
    order = next(each for each in case.orders if each.body == "water_company")
    who = order.steward or ""
    for do in (
        Take(order=order.id),
        ReportContact(order=order.id),
        ProposeSurvey(order=order.id, at=here.now + dt.timedelta(days=1)),
    ):
        case = await here.do(case, do, staff=who, role="steward")
    appointment = next(iter(case.appointments))
    case = await here.do(case, AgreeSurvey(appointment=appointment, sequence=1), staff=who)
    for last in (
        GiveOpinion(order=order.id, opinion="符合"),
        GiveScheme(order=order.id, scheme="从路东接入", days=9, digs=("挖路面",)),
        ApplyForApproval(order=order.id, kinds=("road",)),
    ):
        case = await here.do(case, last, staff=who, role="steward")
    return case
