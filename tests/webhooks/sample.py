"""The message that docs/webhooks.md shows: of a made-up applicant for water, as it goes to the water company."""

import json
from typing import Any

from handlers.letter import Overtaken
from handlers.systems.payload import Payloads
from model.delivery import Row
from model.staff import Staff
from model.values import Address, Phone, Pick, Picks, Value, Words
from routing.reports import reports
from tests.routing.county import steward, submission
from tests.routing.desk import Desk
from tests.shipped import shipped


class Core:
    """As much of the routing core as a message is made of."""

    def __init__(self, desk: Desk, made: Any) -> None:
        self._desk, self._made = desk, made

    async def case(self, _case: str) -> Any:
        return self._desk.case

    async def events(self, _case: str) -> Any:
        return tuple(self._desk.log)

    async def submission(self, _case: str) -> Any:
        return self._made

    async def steward(self, staff_id: str) -> Staff | None:
        return next((one for one in self._desk.stewards if one.id == staff_id), None)


async def sample() -> dict[str, Any]:
    """The whole message."""
    county = shipped()["xinxiang"]
    options = {name: county.form.fields[name].options for name in ("applicant_kind", "water_kind", "water_nature")}
    given: dict[str, Value] = {
        "applicant_kind": Picks(picks=(Pick(option="自然人"),)),
        "applicant_name": Words(text="李示例"),
        "phone": Phone(number="13800000000"),
        "project_address": Address(text="示范路6号"),
        "water_kind": Picks(picks=(Pick(option=options["water_kind"][0].text),)),
        "water_nature": Picks(picks=(Pick(option=options["water_nature"][0].text),)),
    }
    made = submission(county, "用水", "用电", given=given)
    kept = {name: one for name, one in made.answers.items() if name not in ("name", "address")}
    made = made.model_copy(
        update={"form": county.form.id, "form_version": county.form.version, "answers": kept, "missing": ()}
    )
    water = steward("water_company").model_copy(update={"name": "王示例"})
    desk = Desk(county, made, (water, steward("power_company")))
    notice = next(one for one in reports(None, desk.log) if one.recipient.id == "xinxiang:water_company")
    row = Row(
        id=1, key=notice.key, kind="notice", recipient=notice.recipient, template=notice.template, case=notice.case,
        order=notice.order, event=notice.event, attempt=1,
    )  # fmt: skip
    body = await Payloads(Core(desk, made), {county.id: county}).compose(row)  # type: ignore[arg-type]
    assert not isinstance(body, Overtaken)
    found: dict[str, Any] = json.loads(body)
    return found
