"""供应企业由燃气公司勾选: whose an order is, where the district does not tell (J75, R23)."""

from model.cells import CellRule, CellsRule
from model.commands.claims import Claim, PassOrder
from model.commands.contact import ReportContact
from model.commands.intake import Assign, Take
from model.county import County
from model.decision import Refused
from model.events.claims import ClaimOffered, Offer
from model.fields import ChoiceField, Option
from model.message import Actor
from model.order import OrderState
from model.values import Words
from routing.acts import steward_acts
from routing.claim_acts import claim_invitation
from routing.notices import notices
from tests.routing.county import ACTS, jingxian, steward, submission
from tests.routing.desk import WINDOW, Desk, replayed
from tests.routing.test_cells import with_cells

EAST = Actor(person="person-gas_east-a", role="steward", staff="gas_east-a")
WEST = Actor(person="person-gas_west-a", role="steward", staff="gas_west-a")


def gassy(*, claims: bool = True) -> County:
    box = ChoiceField(
        kind="choice", id="company", label="供应企业", filler="staff", options=(Option(text="东"), Option(text="西"))
    )
    cell = CellRule(field="company", known="body", claims=claims, options={"东": "gas_east", "西": "gas_west"})
    county = with_cells(jingxian(), CellsRule(service="gas", cells=(cell,)), more=(box,))
    names = ("claim", "pass_order")
    texts = {f"act.{name}.{part}": name for name in names for part in ("label", "words")}
    return county.made_anew(messages=ACTS | texts)


def unclear(county: County | None = None, **more: object) -> Desk:
    here = county or gassy()
    return Desk(here, submission(here, "气", town=Words(text="北湖乡")), **more)  # type: ignore[arg-type]


def told(desk: Desk, since: int) -> set[tuple[str, str]]:
    return {(one.template, one.recipient.id) for one in notices(desk.case, desk.log[since:])}


def test_both_companies_are_asked_and_the_window_too() -> None:
    desk = unclear()
    assert told(desk, 0) == {
        ("window.assign", "jingxian"),
        ("steward.claim", "gas_east-a"),
        ("steward.claim", "gas_west-a"),
    }
    asked = claim_invitation(desk.case, desk.order(), desk.county, "")
    assert [act.id for act in asked.acts] == ["claim"]
    assert steward_acts(desk.case, desk.order(), desk.county) == ()


def test_the_first_that_claims_it_has_it_and_the_other_hears_so() -> None:
    desk = unclear()
    before = len(desk.log)
    assert desk.do(WEST, Claim(order=desk.order().id)) == ["order_assigned", "task_taken", "claim_settled"]
    order = desk.order()
    assert (order.body, order.steward, order.state) == ("gas_west", "gas_west-a", OrderState.TAKEN)
    assert (order.candidates, order.offers) == ((), ())
    assert told(desk, before) == {("applicant.steward", "applicant"), ("steward.claim_gone", "gas_east-a")}
    late = desk.do(EAST, Claim(order=order.id))
    assert isinstance(late, Refused)
    assert (late.code, late.about) == ("claim.gone", {"body": "西燃"})
    assert claim_invitation(desk.case, order, desk.county, "").acts == ()
    assert replayed(desk) == desk.case


def test_nobody_else_can_claim_it() -> None:
    desk = unclear()
    water = Actor(person="person-water_body-a", role="steward", staff="water_body-a")
    refused = desk.do(water, Claim(order=desk.order().id))
    assert isinstance(refused, Refused)
    assert refused.code == "not.yours"
    head = steward("gas_west", county="jingxian", duty="lead")
    here = unclear(stewards=(head, steward("gas_east", county="jingxian")))
    refused = here.do(WEST, Claim(order=here.order().id))
    assert isinstance(refused, Refused)
    assert refused.code == "not.yours"


def test_the_window_may_decide_all_the_same() -> None:
    desk = unclear()
    before = len(desk.log)
    assert desk.do(WINDOW, Assign(order=desk.order().id, body="gas_east")) == ["order_assigned", "claim_settled"]
    assert told(desk, before) == {("steward.task", "gas_east-a"), ("steward.claim_gone", "gas_west-a")}


def test_a_company_of_whom_nobody_is_reached_is_still_one_that_may_claim() -> None:
    desk = unclear(stewards=(steward("gas_west", county="jingxian"),))
    assert desk.order().offers == (Offer(body="gas_east"), Offer(body="gas_west", staff="gas_west-a"))
    assert told(desk, 0) == {("window.assign", "jingxian"), ("steward.claim", "gas_west-a")}


def test_who_has_it_wrongly_hands_it_to_the_other_whose_limits_begin_anew() -> None:
    desk = unclear()
    order = desk.order().id
    desk.do(WEST, Claim(order=order))
    acts = {act.id: act.label for act in steward_acts(desk.case, desk.order(), desk.county)}
    assert acts["pass_order.gas_east"] == "pass_order东燃"
    before = len(desk.log)
    assert desk.do(WEST, PassOrder(order=order, to="gas_east")) == ["order_assigned"]
    assert (desk.order().body, desk.order().steward, desk.order().state) == (
        "gas_east",
        "gas_east-a",
        OrderState.ROUTED,
    )
    assert desk.order().taken is None
    assert told(desk, before) == {("steward.task", "gas_east-a"), ("applicant.steward_changed", "applicant")}
    for do, code in (
        (PassOrder(order=order, to="gas_west"), "not.yours"),
        (Take(order=order), "not.yours"),
    ):
        refused = desk.do(WEST, do)
        assert isinstance(refused, Refused)
        assert refused.code == code


def test_it_is_only_said_once_he_was_contacted_and_goes_to_no_third_body() -> None:
    desk = unclear()
    order = desk.order().id
    desk.do(WEST, Claim(order=order))
    desk.do(WEST, ReportContact(order=order))
    hidden = [act.id for act in steward_acts(desk.case, desk.order(), desk.county) if not act.shown]
    assert hidden == ["pass_order.gas_east"]
    refused = desk.do(WEST, PassOrder(order=order, to="water_body"))
    assert isinstance(refused, Refused)
    assert refused.code == "pass_order.unknown"


def test_where_the_county_has_none_tick_the_window_decides_alone() -> None:
    desk = unclear(gassy(claims=False))
    assert not any(isinstance(one.event, ClaimOffered) for one in desk.log)
    assert told(desk, 0) == {("window.assign", "jingxian")}
    refused = desk.do(WEST, Claim(order=desk.order().id))
    assert isinstance(refused, Refused)
    assert refused.code == "claim.gone"
