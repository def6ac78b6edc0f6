"""The form on a page, over real stores: filled in by section, gone on with in the chat, handed in once; and what hostile people send."""

import asyncio
import html
import re

import pytest

from handlers.ports import CoreAway
from model.message import MenuMessage
from model.values import Phone, Words
from tests.pages.counter import FORM, PROGRESS, Counter, send, values
from tests.pages.pictures import HEIC, HTML, JPEG, PDF, PNG, SVG, WEBP, polyglots
from tests.pages.town import WATER, XX, Browser, Page

HOSTILE = '"><script>alert(1)</script>'
CHAT = ("用水", "个人", "同意", "李示例", "不同意")


@pytest.fixture
async def mine(behind: Counter) -> Browser:
    """The applicant's, signed in."""
    made = await behind.town.browser()
    await made.sign_in(FORM)
    return made


async def opened(behind: Counter, browser: Browser, section: str = "") -> tuple[str, Page]:
    """The page of the one draft, or of a section of it, with its address."""
    tail = (await behind.draft()).id.partition("#")[2]
    url = f"{FORM}?draft={tail}" + (f"&section={section}" if section else "")
    return url, await browser.get(url)


async def test_begun_on_the_page(behind: Counter, mine: Browser) -> None:
    nothing = await mine.get(FORM)
    assert "开始填" in nothing.text
    begun = await send(mine, FORM, nothing, begin="yes")
    assert (begun.status, begun.to.startswith(f"{FORM}?draft=")) == (303, True)
    notice = await mine.get(begun.to)
    assert "个人信息告知" in notice.text
    assert "您的申请" not in (await mine.get(begun.to + "&section=basics")).text  # nothing before it was agreed to
    agreed = await send(mine, begun.to, notice, notice="yes")
    start = await mine.get(agreed.to)
    assert "接着填：选择事项" in start.text
    url = begun.to + "&section=choice"
    chosen = await send(mine, url, await mine.get(url), services=["用水", "热力"], do="next")
    assert chosen.to.endswith("section=basics")
    assert (await behind.draft()).channel == "web"
    assert "热力报装信息采集明细" not in start.text
    assert ">热力</a>" in (await mine.get(begun.to)).text


async def test_declining_deletes_it(behind: Counter, mine: Browser) -> None:
    begun = await send(mine, FORM, await mine.get(FORM), begin="yes")
    gone = await send(mine, begun.to, await mine.get(begun.to), notice="no")
    assert "好的，已经删除" in gone.text
    assert (await behind.turns.conversation("xinxiang", XX)).drafts == ()


async def test_wrong_values_stand_at_their_fields_and_right_ones_are_kept(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT)
    url, page = await opened(behind, mine, "basics")
    answer = await send(mine, url, page, phone="138", applicant_address="小冀镇示范路10号", do="next")
    assert answer.status == 422
    assert "号码只有3位。手机是11位" in answer.text
    assert 'value="138"' in answer.text
    assert "这一项要填了才能往下办" in answer.text  # what was left out is named as well
    draft = await behind.draft()
    assert draft.answers["applicant_address"].value.text == "小冀镇示范路10号"
    assert "phone" not in draft.answers
    # The same page again, mended: nothing that was typed has to be typed again.
    mended = await send(mine, url, answer, phone="13800000000", do="save")
    assert mended.status == 303
    assert (await behind.draft()).answers["phone"].value == Phone(number="13800000000")


async def test_back_in_the_chat_the_conversation_goes_on(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT)
    url, page = await opened(behind, mine, "basics")
    await send(mine, url, page, applicant_address="小冀镇示范路10号", do="save")
    reply = await behind.say("13800000000")
    assert reply.text.startswith("您在网页上填的1项都记下了")
    assert "打哪个" in reply.text
    await behind.say("13800000000")
    _, again = await opened(behind, mine, "basics")
    assert values(again)["phone"] == ["13800000000"]


async def test_both_sides_at_once(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT, "小冀镇示范路10号", "13800000000")
    url, page = await opened(behind, mine, "basics")
    await behind.say("电话改成13900000000")
    both = await send(mine, url, page, phone="13700000000", project_address="小冀镇乙村", do="save")
    assert both.status == 422
    assert "以哪个为准" in both.text
    assert "用别处填的：13900000000" in both.text
    assert "用这里填的：13700000000" in both.text
    draft = await behind.draft()
    assert draft.answers["phone"].value == Phone(number="13900000000")
    assert draft.answers["project_address"].value.text == "小冀镇乙村"
    revision = str(draft.answers["phone"].revision)
    assert (await send(mine, url, both, which__phone="theirs", do="save")).status == 303
    assert (await behind.draft()).answers["phone"].value == Phone(number="13900000000")
    assert (await send(mine, url, both, which__phone=revision, do="save")).status == 303
    assert (await behind.draft()).answers["phone"].value == Phone(number="13700000000")


async def test_two_pages_at_once_lose_nothing(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT)
    url, page = await opened(behind, mine, "basics")
    fields = {"applicant_address": "小冀镇示范路10号", "phone": "13800000000", "project_address": "小冀镇乙村"}
    answers = await asyncio.gather(*(send(mine, url, page, do="save", **{name: text}) for name, text in fields.items()))
    assert [one.status for one in answers] == [303, 303, 303]
    assert fields.keys() <= (await behind.draft()).answers.keys()


async def test_a_consent_opens_its_field(behind: Counter, mine: Browser) -> None:
    await behind.say("用水", "个人", "同意", "李示例")
    url, page = await opened(behind, mine, "basics")
    assert 'name="applicant_code"' not in page.text
    assert "单独同意" in page.text
    agreed = await send(mine, url, page, consent="identity.1.yes", applicant_address="小冀镇示范路10号")
    assert agreed.to.endswith("#field-applicant_code")
    page = await mine.get(agreed.to.partition("#")[0])
    assert 'name="applicant_code"' in page.text
    assert (await behind.draft()).answers["applicant_address"].value.text == "小冀镇示范路10号"
    wrong = await send(mine, url, page, applicant_code="410721199003070001", do="save")
    assert wrong.status == 422
    assert (await send(mine, url, page, applicant_code="410721199003070001", consent="identity.9.yes")).status == 422


async def with_heating(behind: Counter, browser: Browser) -> tuple[str, Page]:
    await behind.say("用水和热力", "个人", "同意", "李示例", "不同意")
    return await opened(behind, browser, "heat")


async def test_papers_come_and_go(behind: Counter, mine: Browser) -> None:
    url, page = await with_heating(behind, mine)
    name = "heat_site_plan.file"
    kinds = [JPEG, PNG, WEBP, HEIC, PDF]
    stored = await send(mine, url, page, [(name, "x.exe", one) for one in kinds], do="save")
    assert stored.status == 303, stored.text
    draft = await behind.draft()
    files = draft.answers["heat_site_plan"].value.files
    assert [one.media_type for one in files] == [
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "application/pdf",
    ]
    key = (await behind.turns.page("xinxiang", XX)).keys[draft.id]
    assert await behind.files.get(key, draft.id, files[0].digest) == JPEG
    page = await mine.get(url)
    assert page.text.count('name="remove"') == 5
    assert "最多9个" in page.text
    removed = await send(mine, url, page, remove=f"heat_site_plan.{files[0].digest}")
    assert removed.to.endswith("#field-heat_site_plan")
    assert len((await behind.draft()).answers["heat_site_plan"].value.files) == 4


@pytest.mark.parametrize("data", [HTML, SVG, b"MZ\x90", b"", *polyglots()])
async def test_what_is_no_photo_is_refused(behind: Counter, mine: Browser, data: bytes) -> None:
    url, page = await with_heating(behind, mine)
    answer = await send(mine, url, page, [("heat_site_plan.file", "证.jpg", data)], do="save")
    assert answer.status == 422
    assert "这个文件不能收" in answer.text
    assert "heat_site_plan" not in (await behind.draft()).answers


async def test_what_is_too_large_or_too_much(behind: Counter, mine: Browser) -> None:
    url, page = await with_heating(behind, mine)
    large = JPEG + b"\0" * (10 * 1024 * 1024)
    answer = await send(
        mine, url, page, [("heat_site_plan.file", "a.jpg", large), ("heat_site_plan.file", "b.jpg", JPEG)], do="save"
    )
    assert (answer.status, "文件太大了" in answer.text) == (422, True)
    assert len((await behind.draft()).answers["heat_site_plan"].value.files) == 1
    many = [("heat_site_plan.file", "a.jpg", JPEG[:-2] + bytes([n]) + JPEG[-2:]) for n in range(12)]
    answer = await send(mine, url, await mine.get(url), many, do="save")
    assert (answer.status, "最多放9个" in answer.text) == (422, True)
    assert len((await behind.draft()).answers["heat_site_plan"].value.files) == 9
    assert (
        await send(mine, url, page, [("phone.file", "a.jpg", JPEG)], do="save")
    ).status == 303  # no paper: not looked at
    huge = await send(mine, url, page, [("heat_site_plan.file", "a.jpg", b"\xff" * (33 * 1024 * 1024))])
    assert (huge.status, f'href="{html.escape(url)}"' in huge.text) == (413, True)  # and the way back


async def test_nothing_without_the_proof(behind: Counter, mine: Browser) -> None:
    url, page = await with_heating(behind, mine)
    for proof in ("", "x" * 43):
        answer = await send(
            mine, url, page, [("heat_site_plan.file", "a.jpg", JPEG)], proof=proof, do="save", heat_phases="2"
        )
        assert answer.status == 403
    assert not {"heat_site_plan", "heat_phases"} & (await behind.draft()).answers.keys()
    async with mine.session.post(
        behind.town.url + url, data={"proof": values(page)["proof"][0]}, headers={"Sec-Fetch-Site": "cross-site"}
    ) as answer:
        assert answer.status == 403
    async with mine.session.post(
        behind.town.url + url, data=b"--x\r\n", headers={"Content-Type": "multipart/form-data; boundary=x"}
    ) as answer:
        assert answer.status in (400, 403)
    async with mine.session.post(
        behind.town.url + url, data=b"x", headers={"Content-Type": "multipart/form-data"}
    ) as answer:
        assert answer.status in (400, 403)


async def test_nobody_elses(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT)
    url, page = await opened(behind, mine, "basics")
    other = await behind.town.browser(WATER)
    await other.sign_in(FORM)
    assert (await other.get(url)).status == 404
    other_page = await other.get(FORM)
    answer = await send(other, url, page, proof=values(other_page)["proof"][0], phone="13700000000", do="save")
    assert answer.status == 404
    assert "phone" not in (await behind.draft()).answers
    for tail in ("../x", "1-1", "", "%00", f"x%23{url[-12:]}"):
        assert (await other.get(f"{FORM}?draft={tail}")).status == 404
    outside = await behind.town.browser("")
    assert (await outside.get(url)).status in (303, 403)


async def test_text_is_only_ever_text(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT)
    url, page = await opened(behind, mine, "basics")
    names = [name for name in values(page) if "." not in name and name not in ("proof", "revision", "do")]
    for entered in (HOSTILE, f"小冀镇{HOSTILE}村"):
        answer = await send(mine, url, page, do="next", **dict.fromkeys(names, entered))
        assert "<script>alert" not in answer.text
        assert "<script>alert" not in (await mine.get(url)).text
        assert "<script>alert" not in (await mine.get(url.replace("basics", "review"))).text
    assert "&lt;script&gt;" in (await mine.get(url)).text
    assert "<script>alert" not in (await mine.get(FORM)).text


LEFT = {
    "basics": {
        "applicant_address": "小冀镇示范路10号",
        "phone": "13800000000",
        "project_address": "小冀镇示范路10号",
        "external_line": "否",
    },
    "water": {"water_kind": "新装", "water_nature": "居民生活"},
    "signature": {"clerk__name": "李示例", "clerk__phone": "13800000000"},
}


async def filled(behind: Counter, browser: Browser) -> str:
    """Everything but the handing in, in the browser; the address of the draft."""
    await behind.say(*CHAT)
    url, _ = await opened(behind, browser)
    for section, fields in LEFT.items():
        here = f"{url}&section={section}"
        page = await browser.get(here)
        answer = await send(browser, here, page, do="next", **fields)
        assert answer.status == 303, answer.text
    assert answer.to.endswith("section=review")
    return url


async def test_handed_in_once_and_the_chat_knows(behind: Counter, mine: Browser) -> None:
    url = await filled(behind, mine)
    review = await mine.get(f"{url}&section=review")
    assert "李示例" in review.text
    assert "真实性承诺" in review.text
    unsaid = await send(mine, url, review, hand_in="yes")
    assert (unsaid.status, "还没有提交" in unsaid.text) == (422, True)
    answers = await asyncio.gather(*(send(mine, url, review, hand_in="yes", promise="yes") for _ in range(3)))
    [case] = await behind.core.cases("xinxiang", XX)
    assert {(one.status, one.to) for one in answers} == {(303, f"{PROGRESS}?case={case.number}&received=yes")}
    assert (await send(mine, url, review, hand_in="yes", promise="yes")).to == answers[0].to  # the back button, later
    shown = await mine.get(answers[0].to)
    assert f"您的申请已收到，办件号{case.number}" in shown.text
    assert len({one.key for one in behind.said_later}) == 1  # the receipt, in the chat as well
    assert case.number in (await behind.hear(MenuMessage(key="progress"))).text
    signed = await behind.core.submission(case.id)
    assert signed is not None
    assert signed.answers["applicant_name"].value == Words(text="李示例")
    assert "seal" in signed.answers


async def test_while_the_records_are_away_it_is_safe_and_said_so(
    behind: Counter, mine: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await filled(behind, mine)
    review = await mine.get(f"{url}&section=review")

    async def away(*_: object, **__: object) -> None:
        raise CoreAway

    with monkeypatch.context() as broken:
        broken.setattr(behind.core, "accept", away)
        broken.setattr(behind.core, "submitted", away)
        waits = await send(mine, url, review, hand_in="yes", promise="yes")
    assert (waits.status, "正在登记" in waits.text) == (200, True)
    assert "正在登记" in (await mine.get(FORM)).text
    await behind.turns.settle("xinxiang", XX)
    [case] = await behind.core.cases("xinxiang", XX)
    assert (await mine.get(url)).to == f"{PROGRESS}?case={case.number}&received=yes"


async def test_what_was_changed_since_the_review_is_looked_at_again(behind: Counter, mine: Browser) -> None:
    url = await filled(behind, mine)
    review = await mine.get(f"{url}&section=review")
    await behind.say("你好", "电话改成13900000000")
    again = await send(mine, url, review, hand_in="yes", promise="yes")
    assert (again.status, "刚才在别处改过" in again.text, "13900000000" in again.text) == (422, True, True)
    assert (await behind.core.cases("xinxiang", XX)) == ()
    assert (await send(mine, url, again, hand_in="yes", promise="yes")).status == 303


async def test_nothing_is_handed_in_before_its_time(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT)
    url, _ = await opened(behind, mine)
    review = await mine.get(f"{url}&section=review")
    assert "还有没填的" in review.text
    assert "提交申请" not in review.text
    draft = await behind.draft()
    page = await mine.get(url)
    forced = await send(
        mine,
        url,
        page,
        proof=re.findall(r'name="proof" value="([^"]+)"', page.text)[0],
        hand_in="yes",
        promise="yes",
        revision=str(draft.revision),
    )
    assert forced.status == 422
    assert (await behind.core.cases("xinxiang", XX)) == ()


async def test_of_several_one_is_chosen(behind: Counter, mine: Browser) -> None:
    await behind.say(*CHAT)
    page = await mine.get(FORM)
    assert page.status == 303
    url = page.to
    begun = await send(mine, FORM, await mine.get(url), begin="yes", proof=mine.proof(await mine.get(url)))
    assert begun.to != url
    listed = await mine.get(FORM)
    assert listed.text.count('href="/pages/form/xinxiang?draft=') == 2
    assert "李示例" in listed.text
    assert (
        (await behind.turns.conversation("xinxiang", XX)).draft().id.endswith(url.partition("=")[2])
    )  # the chat stays where it is
