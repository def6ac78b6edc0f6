"""Cells of the form that staff fill in (X97–X99, X146, J75, J88–J89)."""

import datetime as dt

from model.calendar import CHINA
from model.cells import CellRule, CellsRule
from model.commands.cells import FillCells
from model.commands.intake import Assign, Take
from model.county import County
from model.decision import Refused
from model.events.cells import CellsFilled
from model.fields import ChoiceField, DateField, Field, Option, TextField
from model.form import Form, Section
from model.values import Day, Pick, Picks, Value, Words
from routing.acts import steward_acts
from routing.cells import cells
from routing.notices import notices
from tests.routing.county import ACTS, NOW, anybodys, jingxian, steward, submission, xinxiang
from tests.routing.desk import WINDOW, Desk, replayed

_STAFF: tuple[Field, ...] = (
    TextField(kind="text", id="receiver", label="受理人:", filler="staff"),
    TextField(kind="text", id="reference", label="申请编号:", filler="staff"),
    DateField(kind="date", id="received", label="受理日期:", filler="staff"),
    ChoiceField(
        kind="choice",
        id="review",
        label="审核意见",
        filler="staff",
        options=(Option(text="通过"), Option(text="不通过")),
    ),
    TextField(kind="text", id="first", label="业务首接单位:", filler="staff"),
    TextField(kind="text", id="registrar", label="登记人:", filler="staff"),
)
POWER = CellsRule(
    service="power",
    form="power_cells",
    cells=(
        CellRule(field="receiver", known="taker"),
        CellRule(field="reference", tell=True),
        CellRule(field="received", known="taken_on"),
    ),
)
TV = CellsRule(service="tv", form="tv_cells", cells=(CellRule(field="review", tell=True),))
CASE = CellsRule(cells=(CellRule(field="first", known="first_body"), CellRule(field="registrar", known="registrar")))


def with_cells(plain: County, *rules: CellsRule, more: tuple[Field, ...] = _STAFF) -> County:
    own = Section(id="staff", title="单位填写", fields=more)
    form = plain.form.model_copy(update={"sections": (*plain.form.sections, own)})
    small = tuple(
        Form(id=rule.form, version=1, title=f"填{rule.service}", sections=(own,)) for rule in rules if rule.form
    )
    process = plain.process.model_copy(update={"cells": rules, "forms": small})
    texts = {
        "act.fill_cells.label": "填",
        "act.fill_cells.words": "填",
        "cells.registrar.wechat": "申请人本人",
    }
    return plain.made_anew(form=Form(**form.model_dump()), process=process, messages=ACTS | texts)


def desk(*services: str) -> Desk:
    county = with_cells(xinxiang(), POWER, TV, CASE)
    return Desk(county, submission(county, *services))


def standing(desk: Desk, names: dict[str, str] | None = None) -> dict[str, Value | None]:
    made = submission(desk.county, "用电")
    found = cells(desk.case, desk.county, made, {"power_body-a": "管家a"} if names is None else names)
    return {one.field.id: one.value for one in found}


def test_a_case_says_who_took_it_and_when() -> None:
    """受理人 and 受理日期 stand there with 接单, the number does not; J88 and J89 from the beginning (X97, X99, J88, J89)."""
    here = desk("用电")
    assert standing(here) == {
        "receiver": None,
        "reference": None,
        "received": None,
        "first": Words(text="窗口"),
        "registrar": Words(text="申请人本人"),
    }
    here.do(here.steward(), Take(order=here.order().id))
    stands = standing(here)
    assert stands["receiver"] == Words(text="管家a")
    assert stands["received"] == Day(date=NOW.astimezone(CHINA).date())
    assert stands["reference"] is None


def test_what_is_written_stands_before_what_is_known() -> None:
    here = desk("用电")
    here.do(here.steward(), Take(order=here.order().id))
    done = here.do(
        here.steward(),
        FillCells(order=here.order().id, cells={"reference": Words(text="0411"), "receiver": Words(text="王示例")}),
    )
    assert done == ["cells_filled"]
    assert standing(here)["reference"] == Words(text="0411")
    assert standing(here)["receiver"] == Words(text="王示例")
    assert replayed(here) == here.case


def test_the_applicant_hears_of_what_he_may_know_and_of_nothing_else() -> None:
    here = desk("用电")
    here.do(here.steward(), Take(order=here.order().id))
    here.do(here.steward(), FillCells(order=here.order().id, cells={"receiver": Words(text="王示例")}))
    assert notices(here.case, here.log[-1:]) == ()
    here.do(here.steward(), FillCells(order=here.order().id, cells={"reference": Words(text="0411")}))
    assert [one.template for one in notices(here.case, here.log[-1:])] == ["applicant.cells"]
    event = here.log[-1].event
    assert isinstance(event, CellsFilled)
    assert event.tell == ("reference",)


def test_the_act_is_shown_while_something_is_wanting_and_said_afterwards() -> None:
    here = desk("用电")
    order = here.order()
    assert "fill_cells" not in [act.id for act in steward_acts(here.case, order, here.county)]
    here.do(here.steward(), Take(order=order.id))
    acts = {act.id: act for act in steward_acts(here.case, here.order(), here.county)}
    assert (acts["fill_cells"].label, acts["fill_cells"].form, acts["fill_cells"].shown) == (
        "填power",
        "power_cells",
        True,
    )
    here.do(here.steward(), FillCells(order=order.id, cells={"reference": Words(text="0411")}))
    last = steward_acts(here.case, here.order(), here.county)[-1]
    assert (last.id, last.shown) == ("fill_cells", False)


def test_refused() -> None:
    here = desk("用电", "有线电视")
    power, tv = here.order(1), here.order(2)

    def code(place: int, **given: Value) -> str:
        done = here.do(here.steward(place), FillCells(order=here.order(place).id, cells=given))
        assert isinstance(done, Refused)
        return done.code

    assert code(1, reference=Words(text="1")) == "fill_cells.too_early"
    for place, order in ((1, power), (2, tv)):
        here.do(here.steward(place), Take(order=order.id))
    assert code(1) == "fill_cells.empty"
    assert code(1, review=Picks(picks=(Pick(option="通过"),))) == "cells.unknown"
    assert code(2, review=Picks(picks=(Pick(option="也许"),))) == "cells.option"
    assert code(2, review=Words(text="通过")) == "cells.option"
    assert code(1, received=Day(date=NOW.date() + dt.timedelta(days=1))) == "cells.future"
    given = FillCells(order=tv.id, cells={"review": Picks(picks=(Pick(option="通过"),))})
    other = here.do(here.steward(1), given)
    assert isinstance(other, Refused)
    assert other.code == "not.yours"
    assert here.do(here.steward(2), given) == ["cells_filled"]
    assert code(2, review=Picks(picks=(Pick(option="通过"),))) == "fill_cells.already"


def test_who_took_it_first_stays_for_a_colleague_and_goes_with_the_body() -> None:
    """The number of one body means nothing to another."""
    county = with_cells(anybodys(xinxiang()), POWER)
    stewards = (steward("power_body"), steward("power_body", name="b"), steward("water_body"))
    here = Desk(county, submission(county, "用电"), stewards)
    order = here.order().id
    here.do(here.steward(), Take(order=order))
    here.do(here.steward(), FillCells(order=order, cells={"reference": Words(text="0411")}))
    assert isinstance(here.do(WINDOW, Assign(order=order, body="power_body", steward="power_body-b")), list)
    here.do(here.steward(), Take(order=order))
    assert standing(here)["receiver"] == Words(text="管家a")
    assert standing(here)["reference"] == Words(text="0411")
    assert isinstance(here.do(WINDOW, Assign(order=order, body="water_body")), list)
    assert standing(here) == {"receiver": None, "reference": None, "received": None}


def test_the_company_ticks_itself_by_having_the_order() -> None:
    """供应企业 is whoever has the order, and nobody while that is not settled (J75, R23)."""
    company = ChoiceField(
        kind="choice", id="company", label="供应企业", filler="staff", options=(Option(text="东"), Option(text="西"))
    )
    rule = CellsRule(
        service="gas", cells=(CellRule(field="company", known="body", options={"东": "gas_east", "西": "gas_west"}),)
    )
    county = with_cells(jingxian(), rule, more=(company,))
    for town, ticked in (("西山镇", Picks(picks=(Pick(option="西"),))), ("北湖乡", None)):
        here = Desk(county, submission(county, "气", town=Words(text=town)))
        found = cells(here.case, county, submission(county, "气"), {})
        assert [one.value for one in found] == [ticked]
