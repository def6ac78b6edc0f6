"""QR codes: printed by the operator, scanned on a phone: the form opens at the entrance, a steward is bound once."""

import re
from urllib.parse import unquote

from tests.e2e.running import apart, said

TICKET = re.compile(r"ticket=(\S+)")


async def _handed_over(site, beside):
    """A caller whom the hotline has registered scans, shows that it is he, and hears of his case in WeChat from then on (ADR 27)."""
    steward, by = site.phone("jingxian", "o_jx_water"), "demo_jx_power"
    words = ("办理业务=水", "申请人姓名=李示例", "联系电话=13800001234", "使用地址=泾川镇示范路6号")
    got = await said("telephone", "jingxian", *words, "--by", by, "--notice-read", **beside)
    number = re.search(r"已收件：(\S+)，", got)[1]
    printed = await said("codes", "jingxian", "--handover", number, "--by", by, **beside)
    assert "1234" not in printed.replace(TICKET.search(printed)[0], "")
    ticket = unquote(TICKET.search(printed)[1])
    await site.ask("phones/jingxian", openid="o_li", nickname="李示例")
    caller = site.phone("jingxian", "o_li")
    asked = caller.read(await caller.act("scan", ticket=ticket))
    assert "后四位" in asked
    assert number not in asked
    assert "李示例" not in asked
    assert "对不上" in await caller.say("4321")
    assert f"{number}转到您的微信了" in await caller.say("1234")
    await caller.pushed("补填")
    assert "已记录“接单”" in await steward.say("接单")
    await caller.pushed("已有服务专员接手")
    assert f"没有这个办件：{number}0" in await said(
        "codes", "jingxian", "--handover", f"{number}0", "--by", by, status=1, **beside
    )
    assert "已经在申请人的微信里" in await said(
        "codes", "jingxian", "--handover", number, "--by", by, status=1, **beside
    )


async def test_codes_are_printed_and_scanned(tmp_path):
    async with apart(tmp_path) as site:
        beside = {"LIANBAN_DATA": str(tmp_path), "LIANBAN_SANDBOX": site.sandbox_origin}
        printed = await said("codes", "jingxian", **beside)
        hall = next(line for line in printed.splitlines() if line.startswith("县政务服务中心："))
        await site.ask("phones/jingxian", openid="o_new", nickname="新来的")
        phone = site.phone("jingxian", "o_new")
        shown = phone.read(await phone.act("scan", ticket=unquote(TICKET.search(hall)[1])))
        assert "您在县政务服务中心扫了码" in shown
        assert "要办哪几样" in shown

        told = await said("staff", "add", "jingxian", "water_company", "汪澄", "13900000002", **beside)
        code = re.search(r"绑定码：(\w+)", told)[1]
        printed = await said("codes", "jingxian", "--bind", code.lower(), **beside)
        assert "只能用一次，3天内有效" in printed
        ticket = unquote(TICKET.search(printed)[1])
        await site.ask("phones/jingxian", openid="o_wang", nickname="汪澄")
        steward = site.phone("jingxian", "o_wang")
        assert "绑定成功：汪澄" in steward.read(await steward.act("scan", ticket=ticket))
        assert "没有办成" in phone.read(await phone.act("scan", ticket=ticket))

        await _handed_over(site, beside)

        await site.ask("standing/jingxian", unauthorised=["qrcode/create"])
        refused = await said("codes", "jingxian", status=1, **beside)
        assert "微信没有给二维码（48001" in refused
        assert "没有这个县：yuexian" in await said("codes", "yuexian", status=1, **beside)
        assert "不像绑定码" in await said("codes", "jingxian", "--bind", "码", status=1, **beside)
