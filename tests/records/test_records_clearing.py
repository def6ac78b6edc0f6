"""Pushes that ended long ago name nobody any more, whatever they were about."""

import datetime as dt

from sqlalchemy import select

from model.delivery import Delivered, Recipient
from model.enquiry import EnquiryNotice
from storage.engine import Database
from storage.enqueuing import enqueue_enquiry
from storage.erasures import Erasures
from storage.outbox import Outbox
from storage.schema import outbox as rows
from storage.steps import Step
from storage.vault import Vault
from tests.routing.county import NOW


async def test_notices_of_enquiries_are_cleared_as_those_of_cases_are(
    database: Database, vault: Vault, outbox: Outbox
) -> None:
    to = Recipient(kind="staff", id="anna")
    notices = [EnquiryNotice(recipient=to, template="enquiry.asked", enquiry="e1", event=n) for n in (1, 2)]
    async with database.writing(Step.LETTER) as connection:
        await enqueue_enquiry(connection, notices, NOW)
    (row,) = await outbox.claim(NOW, 10)
    await outbox.finish(row, Delivered(), NOW, 0)
    assert await Erasures(database, vault).clear_pushes(NOW + dt.timedelta(days=1)) == 2
    async with database.reading() as connection:
        kept = (await connection.execute(select(rows.c.recipient, rows.c.refs))).all()
    assert [tuple(one) for one in kept] == [("", {}), ("", {})]
