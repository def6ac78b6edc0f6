"""What the stand-in platform says of an account when somebody looks at its set-up."""

from datetime import date

import pytest
from sandbox_stage import Stage, staged

from sandbox.accounts import Registration, SandboxConfig, TemplateConfig

pytestmark = pytest.mark.asyncio

CARD = TemplateConfig(template_id="T1", title="工单提醒", fields={"character_string1": "工单编号", "thing2": "业务"})
CHECK = {"action": "all", "check_operator": "DEFAULT"}


def holding(config: SandboxConfig, **changes: object) -> SandboxConfig:
    return config.model_copy(update={"accounts": (config.accounts[0].model_copy(update=changes),)})


async def test_who_holds_it_is_not_told_to_the_account_itself(stage: Stage) -> None:
    assert (await stage.api("account/getaccountbasicinfo", {}))["errcode"] == 48001


async def test_who_holds_it_and_until_when_it_is_verified(config: SandboxConfig) -> None:
    held = Registration(principal="河口县住建局", review_begins=date(2026, 1, 1), review_ends=date(2037, 1, 1))
    async with staged(holding(config, registration=held)) as stage:
        found = await stage.api("account/getaccountbasicinfo", {})
        assert (found["account_type"], found["principal_name"]) == (2, "河口县住建局")
        assert found["wx_verify_info"] == {
            "qualification_verify": True,
            "naming_verify": True,
            "annual_review": True,
            "annual_review_begin_time": 1767225600,
            "annual_review_end_time": 2114380800,
        }
    async with staged(holding(config, registration=Registration(principal="x", qualified=False))) as stage:
        found = await stage.api("account/getaccountbasicinfo", {})
        assert found["wx_verify_info"] == {"qualification_verify": False, "naming_verify": True}


async def test_its_templates_but_not_those_of_a_category(config: SandboxConfig) -> None:
    category = TemplateConfig(template_id="T2", fields={"thing1": "事项"}, listed=False)
    async with staged(holding(config, templates=(CARD, category))) as stage:
        (found,) = (await stage.api("template/get_all_private_template"))["template_list"]
        assert (found["template_id"], found["title"]) == ("T1", "工单提醒")
        assert found["content"] == "工单编号:{{character_string1.DATA}}\n业务:{{thing2.DATA}}\n"
        industry = await stage.api("template/get_industry")
        assert industry["primary_industry"] == {"first_class": "政府与公共事业", "second_class": "公共事业非盈利机构"}
        await stage.follow()
        data = {"thing1": {"value": "用水"}}
        sent = {"touser": "o_xx_applicant", "template_id": "T2", "data": data}
        assert (await stage.api("message/template/send", sent))["errcode"] == 0


async def test_the_menu_of_now(stage: Stage) -> None:
    assert await stage.api("get_current_selfmenu_info") == {"is_menu_open": 0, "selfmenu_info": {"button": []}}
    below = [{"type": "click", "name": "帮助", "key": "help"}]
    menu = [{"type": "view", "name": "官网", "url": "https://a.example/"}, {"name": "更多", "sub_button": below}]
    await stage.api("menu/create", {"button": menu})
    assert await stage.api("get_current_selfmenu_info") == {
        "is_menu_open": 1,
        "selfmenu_info": {"button": [menu[0], {"name": "更多", "sub_button": {"list": below}}]},
    }


async def test_whether_the_product_is_reached(config: SandboxConfig, stage: Stage) -> None:
    found = await stage.api("callback/check", CHECK)
    assert [one["ip"] for one in found["dns"]] == ["127.0.0.1"]
    assert [one["package_loss"] for one in found["ping"]] == ["0%"]
    assert "ping" not in await stage.api("callback/check", CHECK | {"action": "dns"})
    assert (await stage.api("callback/check", CHECK | {"action": "look"}))["errcode"] == 40202
    assert (await stage.api("callback/check", CHECK | {"check_operator": "ME"}))["errcode"] == 40203
    for endpoint, lost in (("http://127.0.0.1:9/{account}", ["100%"]), ("http://name.invalid/{account}", [])):
        async with staged(config.model_copy(update={"endpoint": endpoint})) as other:
            found = await other.api("callback/check", CHECK)
            assert [one["package_loss"] for one in found["ping"]] == lost
            assert len(found["dns"]) == len(lost)
    async with staged(config.model_copy(update={"endpoint": "{account}"})) as other:
        assert (await other.api("callback/check", CHECK))["errcode"] == 40201


async def test_what_is_left_is_not_told_of_what_it_may_not(stage: Stage) -> None:
    path = "/cgi-bin/message/template/send"
    assert (await stage.api("openapi/quota/get", {"cgi_path": path}))["quota"]["remain"] == 100_000
    await stage.client.post("/sandbox/standing/xinxiang", json={"unauthorised": ["message/template/send"]})
    assert (await stage.api("openapi/quota/get", {"cgi_path": path}))["errcode"] == 76022
    assert (await stage.api("openapi/quota/get", {"cgi_path": path[1:]}))["errcode"] == 76003
