"""From an event to the system of a body over a real socket, on both databases: signed, in order, the same at every attempt."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from bot.letters import OutboxLetters
from bot.webhooks.posting import HttpPost
from bot.webhooks.signing import new_secret, secret_text
from bot.webhooks.working import webhook_delivery
from handlers.systems.gone import GONE, SystemGone
from handlers.wording.wording import Wording
from model.case import Case
from model.commands.contact import ChangeContact
from model.commands.intake import Amend, Assign, Take
from model.county import County
from model.message import Actor
from model.values import Address
from model.webhook import Webhook
from routing.reports import reports
from storage.engine import Database
from storage.outbox import Outbox
from storage.records import Records
from storage.schema import outbox as rows
from storage.staffing import Staffing
from storage.webhook_rows import RETRY_AFTER, WebhookRows
from storage.webhooks import Webhooks
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.county import NOW, jingxian, steward, submission, xinxiang
from tests.shipped import shipped
from tests.webhooks.receiver import System, listening

WINDOW = Actor(person="window", role="staff", staff="window-1")


@dataclass
class Clock:
    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


class Town(Office):
    """An office with systems that listen, and workers that send."""

    def __init__(
        self, database: Database, records: Records, staffing: Staffing, county: County, hooks: Webhooks
    ) -> None:
        super().__init__(database, records, staffing, county)
        self.hooks, self.rows, self.clock = hooks, WebhookRows(database), Clock()
        self.letters = OutboxLetters(Outbox(database))

    async def enter(self, body: str, system: System) -> Webhook:
        one = Webhook(county=self.county.id, body=body, url=system.url, secret=new_secret(), allow_private=True)
        await self.hooks.put(one)
        return one

    def worker(self):
        return webhook_delivery(
            self.hooks,
            self.rows,
            self.casework,
            {self.county.id: self.county},
            self.staffing,
            self.letters,
            self.clock,
            post=HttpPost(self.clock),
        )

    async def send(self, workers: int = 1) -> None:
        """Everything that can be sent now is sent."""
        while (due := await self.rows.next_due()) is not None and due <= self.clock.now:
            deliveries = [self.worker() for _ in range(workers)]
            for one in deliveries:
                await one._round()
            for one in deliveries:
                one.stop()
                await one.run()


@pytest.fixture
async def system() -> AsyncIterator[System]:
    async with listening() as one:
        yield one


@pytest.fixture
def hooks(database: Database, vault) -> Webhooks:
    return Webhooks(database, vault)


@pytest.fixture
async def town(database: Database, records: Records, staffing: Staffing, hooks: Webhooks) -> Town:
    made = Town(database, records, staffing, xinxiang(), hooks)
    await made.open()
    return made


async def taken(town: Town, case: Case) -> Case:
    return await town.done(case, steward_of(case), Take(order=case.orders[0].id))


async def test_a_body_hears_of_its_order_at_once_and_in_full(town: Town, system: System) -> None:
    """X24, J22: the form and whom to call, with its own order and its limits."""
    hook = await town.enter("water_body", system)
    case = await town.accept(submission(town.county, "用水", "用电"))
    await taken(town, case)
    await town.send()
    assert system.types() == ["order.routed", "order.taken"]
    assert all(one.signed_with(secret_text(hook.secret)) for one in system.got)
    assert len({one.id for one in system.got}) == 2
    data = system.got[0].message["data"]
    assert (data["county"], data["body"], data["sequence"]) == ("xinxiang", "water_body", 2)
    assert data["case"]["number"] == case.number
    order = data["orders"][0]
    assert (order["id"], order["service"], order["state"]) == (
        case.orders[0].id, {"id": "water", "name": "用水"}, "routed"
    )  # fmt: skip
    assert order["steward"]["name"] == "管家a"
    due = case.orders[0].due("contact")
    assert due is not None
    assert dt.datetime.fromisoformat(order["due"]["contact"]["at"]) == due.at
    assert data["applicant"] == {"name": "测试甲", "phone": "13900000001"}
    fields = {one["id"]: one["value"] for section in data["form"]["sections"] for one in section["fields"]}
    assert fields["address"] == "样板路1号"
    assert len(data["orders"]) == 1  # nothing of the other's order
    later = system.got[1].message["data"]
    assert "form" not in later
    assert later["orders"][0]["state"] == "taken"


async def test_every_attempt_is_the_same_message(town: Town, system: System) -> None:
    await town.enter("water_body", system)
    system.answers(500, 503, 204)
    case = await town.accept(submission(town.county, "用水"))
    await town.send()
    await taken(town, case)  # what happens meanwhile changes nothing in it
    for pause in RETRY_AFTER[:2]:
        town.clock.now += pause * 1.3
        await town.send()
    first, second, third, last = system.got
    assert first.id == second.id == third.id != last.id
    assert first.body == second.body == third.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert last.message["type"] == "order.taken"


async def test_one_that_is_gone_is_switched_off_and_the_county_hears_of_it_once(
    town: Town, system: System, database: Database
) -> None:
    await town.hire(steward("water_body", name="boss").model_copy(update={"duty": "supervisor"}))
    hook = await town.enter("water_body", system)
    system.answers(410)
    await town.accept(submission(town.county, "用水", key="s1"))
    await town.accept(submission(town.county, "用水", key="s2"))
    await town.send()
    assert len(system.got) == 1
    kept = await town.hooks.one(hook.id)
    assert kept is not None
    assert not kept.on
    async with database.reading() as connection:
        told = (await connection.execute(select(rows).where(rows.c.template == GONE))).all()
    assert [(one.recipient_kind, one.recipient) for one in told] == [("staff", "water_body-boss")]
    claimed = next(one for one in await town.letters._outbox.claim(NOW, 50) if one.template == GONE)
    whole = shipped()["xinxiang"]
    letter = await SystemGone(town.casework, {"xinxiang": whole}, {"xinxiang": Wording(whole)}).compose(claimed)
    assert letter is not None
    assert len(letter.reply.text.splitlines()) <= 5
    assert "不再接收" in letter.reply.text
    system.answers(204)
    await town.hooks.put(hook)
    town.clock.now += dt.timedelta(minutes=1)
    await town.send()
    assert len(system.got) == 3
    assert system.got[1].id == system.got[0].id or system.got[2].id == system.got[0].id


async def test_where_nobody_supervises_the_window_has_it_on_its_list(
    town: Town, system: System, database: Database
) -> None:
    await town.enter("water_body", system)
    system.answers(410)
    await town.accept(submission(town.county, "用水"))
    await town.send()
    async with database.reading() as connection:
        told = (await connection.execute(select(rows).where(rows.c.template == GONE))).one()
    assert (told.recipient_kind, told.recipient) == ("window", "xinxiang")


async def test_an_order_that_went_elsewhere_takes_its_form_with_it(
    database: Database, records: Records, staffing: Staffing, hooks: Webhooks, system: System
) -> None:
    """X19: who lost it before he was told hears only that it is gone; who got it has the form."""
    made = Town(database, records, staffing, jingxian(), hooks)
    people = [steward(body, county="jingxian") for body in ("gas_east", "gas_west")]
    await made.open(people)
    async with listening() as west:
        await made.enter("gas_east", system)
        await made.enter("gas_west", west)
        case = await made.accept(submission(made.county, "气", address=Address(text="东溪镇1号")))
        await made.done(case, WINDOW, Assign(order=case.orders[0].id, body="gas_west"))
        await made.send()
        assert system.types() == ["order.gone"]
        assert "测试甲" not in system.got[0].body.decode()
        assert "13900000001" not in system.got[0].body.decode()
        assert system.got[0].message["data"]["orders"][0]["id"] == case.orders[0].id
        assert west.types() == ["order.assigned"]
        assert west.got[0].message["data"]["applicant"]["name"] == "测试甲"


async def test_a_replay_has_the_same_ids_and_the_same_words(town: Town, system: System, records: Records) -> None:
    await town.enter("water_body", system)
    case = await town.accept(submission(town.county, "用水"))
    await town.done(case, APPLICANT, ChangeContact(phone="13900000002"))
    await town.done(case, APPLICANT, Amend(wish="容量改成400"))
    await town.send()
    first = [(one.id, one.body) for one in system.got]
    assert system.types() == ["order.routed", "case.contact_changed", "case.amended"]
    assert system.got[1].message["data"]["details"] == {"phone": "13900000002"}
    assert system.got[2].message["data"]["details"] == {"wish": "容量改成400"}
    log = await records.events(case.id)
    mine = [one for one in reports(None, log) if one.recipient.id == "xinxiang:water_body"]
    assert await town.rows.replay(mine, town.clock.now) == 3
    await town.send()
    assert [(one.id, one.body) for one in system.got[3:]] == first


async def test_several_workers_send_each_message_once_and_never_two_at_a_time(town: Town, system: System) -> None:
    await town.enter("water_body", system)
    for number in range(6):
        await town.accept(submission(town.county, "用水", key=f"s{number}"))
    await town.send(workers=3)
    assert len(system.got) == 6
    assert len({one.id for one in system.got}) == 6
    assert system.most_at_once == 1


async def test_the_worker_goes_by_itself_when_it_is_woken(town: Town, system: System) -> None:
    await town.enter("water_body", system)
    arrived = asyncio.Event()
    react = system.react

    async def noting(request):
        arrived.set()
        return await react(request)

    system.react = noting
    worker = town.worker()
    running = asyncio.create_task(worker.run())
    await town.accept(submission(town.county, "用水"))
    worker.wake()
    await asyncio.wait_for(arrived.wait(), 30)
    worker.stop()
    await running
    assert system.types() == ["order.routed"]
    assert await town.rows.next_due() is None
