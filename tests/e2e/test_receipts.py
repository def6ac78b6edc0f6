"""What the platform reports of a card reaches the row: who refuses cards is on the hotline's list, and one that arrived is known to have."""

import pytest
from sqlalchemy import create_engine, text

from tests.e2e.jobs import fill, short
from tests.e2e.running import apart, eventually, said

DAYS = 49 * 3600


@pytest.fixture
async def site(tmp_path):
    async with apart(tmp_path) as at:
        yield at


def rows(tmp_path, where):
    engine = create_engine(f"sqlite:///{tmp_path}/lianban.sqlite3")
    with engine.connect() as connection:
        return connection.execute(text(f"select reason, arrived_at from outbox where {where}")).all()  # noqa: S608


async def test_a_card_that_arrived_and_one_that_is_refused(site, tmp_path):
    phone = await site.new_phone("jingxian", "o_jx_receipt")
    await fill(phone, short())
    assert "已收到" in await phone.say("我承诺")
    water = site.phone("jingxian", "o_jx_water")
    await water.pushed("新任务")
    await site.move_clock(DAYS)  # no 客服消息 to the applicant any more (platform rule)
    await water.say("接单")
    card = await phone.pushed("template")
    assert card["origin"] == "template"
    await eventually(
        lambda: any(arrived for _, arrived in rows(tmp_path, "recipient_kind = 'applicant' and state = 'delivered'"))
    )

    await phone.act("block_templates", on=True)
    await water.say("已联系")

    async def to_be_called():
        return rows(tmp_path, "recipient_kind = 'applicant' and state = 'worklist'")

    (left, *_) = await eventually(to_be_called)
    assert left.reason == "custom=closed subscription=no_opt_in template=blocked sms=not_by_sms"
    told = await said("worklist", "jingxian", LIANBAN_DATA=str(tmp_path), LIANBAN_SANDBOX=site.sandbox_origin)
    assert "李示例\u300013800000000" in told
    assert "他拒收模板消息；这条不发短信" in told
