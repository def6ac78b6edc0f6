"""One phone, several applicants, over the wire: drafts kept apart, two cases handed in, every push names its own."""

import re

import pytest

from tests.e2e.jobs import fill, short
from tests.e2e.running import apart

pytestmark = pytest.mark.xdist_group("lives")


@pytest.fixture(scope="module")
async def site(tmp_path_factory):
    async with apart(tmp_path_factory.mktemp("many")) as at:
        yield at


def number_in(text):
    (number,) = set(re.findall(r"\(JXLB\)\d{6}", text))
    return number


async def test_two_applicants_on_one_phone(site):
    phone, water = await site.new_phone("jingxian", "o_jx_family", "一家人"), site.phone("jingxian", "o_jx_water")
    await water.say("任务")
    await fill(phone, "水|住宅|同意|泾川镇示范路6号3栋201|住户|李示例")
    # The second draft begins in the middle of the first; nothing of the first is in it, and it is asked for by name.
    assert "另开一份新的" in await phone.say("再报一件")
    await fill(phone, "从头填|水|住宅|同意|榔桥镇文明路2号|住户|王示例")
    first, second = "【李示例 · 示范路6号3栋201】", "【王示例 · 文明路2号】"
    assert second in await phone.say("13800000003")

    listed = await phone.act("text", content="我的办件")
    assert "共2件" in phone.read(listed)
    assert first in await phone.tap(listed["shown"][-1], "李示例")
    assert first in await phone.say("13800000000")
    # An old choice of the second draft: the tap goes to the second, and its case is handed in first.
    assert second in await phone.tap(listed["shown"][-1], "王示例")
    await fill(phone, "身份证|不同意|不需要|新装|每天1吨")
    receipt = await phone.say("我承诺")
    assert "还有1份没交的申请" in receipt
    # Nothing is taken up unasked: these words are for nobody until the person says for whom.
    assert "是给哪一份申请的" in await phone.say("身份证")
    assert first in await phone.say("1")
    await fill(phone, "身份证|不同意|不需要|新装|每天1吨")
    numbers = {"王示例": number_in(receipt), "李示例": number_in(await phone.say("我承诺"))}
    assert len(set(numbers.values())) == 2

    for number in numbers.values():
        await water.tap(await water.pushed(f"新任务 {number}"), "接单")
        await fill(
            water, "已联系|约踏勘|下周三上午九点" if number == min(numbers.values()) else "已联系|约踏勘|下周四上午九点"
        )
    for name, number in numbers.items():
        for push in (await phone.pushed(f"{number} · {name}", times=3), *await phone.pushes(number)):
            assert f"【您的申请 {number} · {name}】" in str(push)
    assert "是指哪一件" in await phone.say("可以")
    agreed = await phone.say("2")
    assert "已确认" in agreed
    asked = await phone.act("text", content="催一下")
    assert "要催哪一件" in phone.read(asked)
    told = await phone.tap(asked["shown"][-1], "李示例")
    assert numbers["李示例"] in told
    assert numbers["王示例"] not in told


async def test_the_third_is_filled_in_like_the_first(site):
    phone = await site.new_phone("jingxian", "o_jx_like", "照着填")
    await fill(phone, short(name="赵示例", phone="13800000005"))
    number = number_in(await phone.say("我承诺"))
    offered = await phone.act("text", content="报装")
    card = await fill(phone, "照着填|同意")
    assert f"照{number}填" in phone.read(offered)
    assert "赵示例" in card
    assert "示范路" not in card
    await phone.say("改联系电话")
    assert "13800000006" in await phone.say("13800000006")
    assert "哪几样" in await phone.say("都对")
    await fill(phone, "水|住宅|榔桥镇文明路9号|不同意|不需要|过户")
    other = number_in(await phone.say("我承诺"))
    assert other != number
