"""Each judgement, by answers as the platform's documentation has them."""

import datetime as dt
import json

import pytest

from bot.channels.wechat.results import NoAnswer, Refusal
from bot.doctor import (
    address,
    api,
    callback,
    credentials,
    greeting,
    mapping,
    menu,
    quota,
    reaching,
    rights,
    templates,
    verification,
)
from bot.doctor.answers import Addresses, BasicInfo, Industries, Menu, Quotas, Reached, Templates, read
from bot.doctor.finding import State
from bot.doctor.knocking import Heard
from bot.doctor.refusals import failed
from bot.doctor.stub import stub
from bot.menus import menu_of
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 28, 3, tzinfo=dt.UTC)
GOOD, ACT, UNSEEN = State.GOOD, State.ACT, State.UNSEEN
SILENT = NoAnswer("TimeoutError", may_have_arrived=True)


def no(code: int, errmsg: str = "api unauthorized") -> Refusal:
    return Refusal.of(code, f"{errmsg} rid: 6566f6d9-4a477f28-21702d49")


WHITELIST = no(40164, "invalid ip 47.106.123.240 ipv6 ::ffff:47.106.123.240, not in whitelist")


@pytest.mark.parametrize(
    ("errmsg", "address"),
    [
        (WHITELIST.errmsg, "47.106.123.240"),
        ("invalid ip 1.2.3.4, not in whitelist rid: 6510fcad-3d8ae261-25861ec2", "1.2.3.4"),
        ("invalid ip ipv6 ::ffff:1.2.3.4, not in whitelist", "1.2.3.4"),
        ("invalid ip ipv6 2408:8207::1, not in whitelist", "2408:8207::1"),
        ("invalid ip, not in whitelist rid: 6510fcad-3d8ae261-25861ec2", ""),
        ("", ""),
    ],
)
def test_the_address_that_called_is_in_the_refusal(errmsg, address):
    assert credentials.caller(errmsg) == address


@pytest.mark.parametrize(
    ("found", "state", "listed", "words"),
    [
        (None, GOOD, GOOD, "令牌"),
        (no(40013, "invalid appid"), ACT, UNSEEN, "AppID 不对"),
        (no(40125, "invalid appsecret"), ACT, UNSEEN, "AppSecret 不对"),
        (no(40243), ACT, UNSEEN, "冻结"),
        (no(50007), ACT, UNSEEN, "账号已冻结"),
        (no(50004, "user not allow to use accesstoken, maybe for punishment"), ACT, UNSEEN, "限制"),
        (no(61024), ACT, UNSEEN, "第三方平台"),
        (no(45009), UNSEEN, UNSEEN, "45009"),
        (WHITELIST, UNSEEN, ACT, "白名单"),
        (SILENT, UNSEEN, UNSEEN, "等不到"),
    ],
)
def test_what_a_token_or_its_refusal_says(found, state, listed, words):
    secret, white = credentials.credentials(found), credentials.whitelist(found)
    assert (secret.state, white.state) == (state, listed)
    assert words in secret.said
    assert (listed is ACT) == ("47.106.123.240" in white.said)


@pytest.mark.parametrize(
    ("date", "off", "state"),
    [
        ("Sat, 28 Nov 2026 03:00:00 GMT", "不到", GOOD),
        ("Sat, 28 Nov 2026 02:58:00 GMT", "快了 120 秒，超过 300 秒", ACT),
        ("Sat, 28 Nov 2026 03:10:00 GMT", "慢了 600 秒，微信推来的消息全都会被拒", ACT),
        ("yesterday", "没法比", UNSEEN),
        ("", "没法比", UNSEEN),
    ],
)
def test_how_far_our_clock_is_off(date, off, state):
    found = reaching.clock(Heard(200, date, b""), NOW, 300)
    assert found.state is state
    assert off in found.said
    assert reaching.clock(SILENT, NOW, 300).state is UNSEEN
    assert reaching.reached(SILENT, "api.weixin.qq.com").state is ACT
    assert reaching.reached(Heard(200, date, b""), "api.weixin.qq.com").state is GOOD


def test_whether_it_may_call_at_all():
    found = read(Addresses, {"ip_list": ["106.55.206.146", "106.55.206.211"]})
    judged = api.judged(found, no(45009))
    assert (judged.state, judged.listed) == (GOOD, ("进 106.55.206.146", "进 106.55.206.211"))
    assert api.judged(no(48004), found).state is ACT
    assert api.judged(read(Addresses, {"ip_list": "none"}), found).state is UNSEEN


def info(**changes):
    verified = {
        "qualification_verify": True, "naming_verify": True, "annual_review": False,
        "annual_review_begin_time": 1800000000, "annual_review_end_time": 1808000000,
    }  # fmt: skip
    verified |= changes.pop("verified", {})
    body = {"errcode": 0, "errmsg": "ok", "appid": "wx1", "account_type": 2, "principal_name": "某县住建局"}
    return read(BasicInfo, body | {"wx_verify_info": verified} | changes)


LISTED = read(Templates, {"template_list": []})


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        (info(), GOOD, "认证到 2027年04月18日"),
        (info(verified={"naming_verify": False}), GOOD, "名称没有认证"),
        (info(account_type=1), ACT, "订阅号"),
        (info(verified={"qualification_verify": False}), ACT, "还没有认证"),
        (info(verified={"annual_review": True}), ACT, "年审"),
        (info(verified={"annual_review_end_time": 1765000000}), ACT, "已过期"),
        (info(verified={"annual_review_end_time": 1797000000}), ACT, "要年审了"),
        (info(verified={"annual_review_end_time": None}), GOOD, "没有说到哪一天"),
        (info(verified={"annual_review_end_time": 10**18}), GOOD, "没有说到哪一天"),
        (SILENT, UNSEEN, "等不到"),
        (no(48004), ACT, "48004"),
    ],
)
def test_what_kind_of_account_and_until_when(found, state, words):
    judged = verification.judged(found, LISTED, NOW)
    assert judged.state is state
    assert words in judged.said


def test_where_it_may_not_ask_its_rights_tell():
    assert verification.judged(no(48001), LISTED, NOW).state is UNSEEN
    assert verification.judged(no(48001), no(48001), NOW).state is ACT
    assert verification.judged(no(48001), SILENT, NOW).state is UNSEEN


DNS = [{"ip": "111.161.64.40", "real_operator": "UNICOM"}, {"ip": "111.161.64.48", "real_operator": "UNICOM"}]


def reached(*losses, dns=DNS):
    ping = [{"ip": one["ip"], "from_operator": "UNICOM", "package_loss": lost, "time": "23.079ms"}
            for one, lost in zip(dns, losses, strict=False)]  # fmt: skip
    return read(Reached, {"dns": dns, "ping": ping})


@pytest.mark.parametrize(
    ("found", "greeted", "state", "words"),
    [
        (reached("0%", "0%"), GOOD, GOOD, "111.161.64.40、111.161.64.48"),
        (reached("0%", "100%"), GOOD, UNSEEN, "ping 不到 111.161.64.48"),
        (reached("100%", "100%"), ACT, ACT, "没有人应"),
        (reached("100%", "100%"), UNSEEN, UNSEEN, "不应 ping"),
        (reached(dns=[]), GOOD, ACT, "解析不到"),
        (no(40201, "invalid url"), GOOD, ACT, "没有填推送地址"),
        (no(45009), GOOD, UNSEEN, "45009"),
        (SILENT, GOOD, UNSEEN, "等不到"),
    ],
)
def test_whether_the_platform_finds_us(found, greeted, state, words):
    judged = callback.judged(found, "https://a.example.cn/wechat/x", greeted)
    assert judged.state is state
    assert words in judged.said


@pytest.mark.parametrize(
    ("url", "state", "words"),
    [
        ("https://lb.shanhe.gov.cn", GOOD, "https://lb.shanhe.gov.cn/wechat/x"),
        ("http://lb.shanhe.gov.cn:80/", GOOD, "建议换成 https"),
        ("https://lb.shanhe.gov.cn:8443", ACT, "端口是 8443"),
        ("https://lb.shanhe.gov.cn:https", ACT, "端口不对"),
        ("https://lb.shanhe.gov.cn:99999", ACT, "端口不对"),
        ("https://10.1.2.3", ACT, "不是公网的域名"),
        ("http://localhost", ACT, "不是公网的域名"),
        ("https://lb.shanhe.gov.cn/wechat/", ACT, "多写了 /wechat"),
        ("", UNSEEN, "LIANBAN_PUBLIC_URL"),
    ],
)
def test_the_address_by_its_looks(url, state, words):
    judged = address.address(url, "x")
    assert judged.state is state
    assert words in judged.said
    assert (not url) == any("ICP" in step for step in judged.do) or "公网" in judged.said


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        (Heard(200, "", b"123"), GOOD, "答对了"),
        (Heard(200, "", b"<html>"), ACT, "不是原样"),
        (Heard(403, "", b""), ACT, "不认签名"),
        (Heard(404, "", b""), ACT, "没有这个号"),
        (Heard(301, "", b""), ACT, "转到别处"),
        (Heard(502, "", b""), ACT, "后面的程序没有应"),
        (Heard(418, "", b""), ACT, "HTTP 418"),
        (NoAnswer("ClientConnectorCertificateError", may_have_arrived=False), ACT, "证书"),
    ],
)
def test_what_our_own_address_answers(found, state, words):
    judged = greeting.judged(found, "123", "https://a.example.cn/wechat/x")
    assert judged.state is state
    assert words in judged.said


OURS = {"applicant.steward": frozenset({"character_string1", "thing2"}), "enquiry.asked": frozenset({"thing1"})}
MAPPED = {
    "applicant.steward": "iPk5sOIt5X_flOVKn5GrTFpncEYTojx6ddbt8WYoV5s",
    "enquiry.asked": "ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY",
}


def test_every_name_of_ours_needs_a_template():
    assert mapping.judged(MAPPED, OURS).state is GOOD
    found = mapping.judged(MAPPED | {"enquiry.asked": " ", "enquiry.askd": "x"}, OURS)
    assert found.state is ACT
    assert found.do[0] == "“enquiry.askd”不认识，是不是 enquiry.asked？"
    assert found.do[1] == "1 个名字要这几栏：thing1；例如 enquiry.asked"
    assert found.listed == ("enquiry.askd", "enquiry.asked: thing1")
    shared = mapping.judged(dict.fromkeys(OURS, "x"), OURS)
    assert "两个要填的栏不一样" in shared.do[0]
    assert all(fields for county in shipped().values() for fields in mapping.fields_of(county).values())


def test_what_is_to_be_filled_in_is_printed():
    ours = OURS | {"enquiry.over": frozenset({"thing1"}), "applicant.met": frozenset({"phrase1"})}
    mapped = {"enquiry.asked": "T9", "unknown": "T8", "applicant.met": " "}
    lines = stub(mapped, ours)
    assert lines[:2] == ["编号01：要有 phrase1（1 个名字）", "编号02：要有 character_string1、thing2（1 个名字）"]
    made = json.loads("{" + lines[-1] + "}")["templates"]
    assert made == {
        "applicant.met": "编号01",
        "applicant.steward": "编号02",
        "enquiry.asked": "T9",
        "enquiry.over": "T9",
    }
    assert mapping.judged(made, ours).listed == (
        "applicant.met: phrase1",
        "applicant.steward: character_string1 thing2",
    )
    assert stub(dict.fromkeys(ours, "T1"), ours) == ["每个名字都写了模板编号，没有要补的。"]


def listed(**contents):
    made = [
        {"template_id": MAPPED[name.replace("_", ".")], "title": "领取奖金提醒", "primary_industry": "IT科技",
         "deputy_industry": "互联网|电子商务", "content": content, "example": "…"}
        for name, content in contents.items()
    ]  # fmt: skip
    return read(Templates, {"template_list": made})


STEWARD = "工单编号:{{character_string1.DATA}}\n业务:{{thing2.DATA}}\n"


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        (
            listed(applicant_steward=STEWARD, enquiry_asked="{{first.DATA}}\n{ {thing1.DATA} }\n{{remark.DATA}}"),
            GOOD,
            "2 个编号",
        ),
        (listed(applicant_steward=STEWARD), ACT, "1 个名字的编号后台没有"),
        (listed(applicant_steward=STEWARD, enquiry_asked="{{thing2.DATA}}"), ACT, "2 处栏对不上"),
        (listed(), UNSEEN, "类目模板"),
        (read(Templates, {"template_list": [{"template_id": "of-another-system"}]}), UNSEEN, "微信列出 1 个模板"),
        (no(48001), UNSEEN, "没有模板消息的权限"),
        (SILENT, UNSEEN, "等不到"),
        (read(Templates, {"templates": 1}), UNSEEN, "不是文档里写的样子"),
    ],
)
def test_templates_are_there_with_the_fields_we_fill(found, state, words):
    judged = templates.judged(found, MAPPED, OURS)
    assert judged.state is state
    assert words in judged.said
    assert templates.judged(found, {}, OURS).state is UNSEEN


def test_the_industries_are_shown():
    found = {
        "primary_industry": {"first_class": "运输与仓储", "second_class": "快递"},
        "secondary_industry": {"first_class": "IT科技", "second_class": "互联网|电子商务"},
    }
    assert templates.industry(read(Industries, found)).said == "运输与仓储-快递、IT科技-互联网|电子商务"
    assert templates.industry(read(Industries, {})).state is GOOD
    assert templates.industry(no(48001)).state is UNSEEN


MADE_IN_THE_CONSOLE = {
    "is_menu_open": 1,
    "selfmenu_info": {
        "button": [
            {"name": "button", "sub_button": {"list": [
                {"type": "view", "name": "view_url", "url": "http://www.qq.com"},
                {"type": "news", "name": "news", "value": "KQb_w_Tiz", "news_info": {"list": []}},
            ]}},
            {"type": "text", "name": "text", "value": "This is text!"},
        ]
    },
}  # fmt: skip


def shown(county, **changes):
    """Our menu as the platform tells of it, with what was changed."""
    first, second, more = menu_of(county)["button"]
    below = {"list": more["sub_button"]}
    return {
        "is_menu_open": 1,
        "selfmenu_info": {"button": [first | changes, second, {"name": more["name"], "sub_button": below}]},
    }


def test_the_menu_is_ours_or_not():
    county = shipped()["xinxiang"]
    ours = menu_of(county)

    def judged(found):
        return menu.judged(read(Menu, found), ours)

    assert judged(shown(county)).state is GOOD
    assert "文字或次序改过" in judged(shown(county, name="旧名字")).said
    foreign = judged(MADE_IN_THE_CONSOLE)
    assert foreign.state is ACT
    assert "现在是 view_url、news、text；没有 我要报装" in foreign.said
    assert any("整个换掉" in step for step in foreign.do)
    assert judged(MADE_IN_THE_CONSOLE | {"is_menu_open": 0}).said == "还没有菜单，或者菜单停用了"
    assert judged({"is_menu_open": 0, "selfmenu_info": {}}).state is ACT
    assert menu.judged(no(45009), ours).state is UNSEEN


def left(limit, used=0):
    found = {"errcode": 0, "errmsg": "ok", "quota": {"daily_limit": limit, "used": used, "remain": limit - used}}
    return read(Quotas, found | {"rate_limit": {"call_count": 4200000, "refresh_second": 60}}).quota


TEMPLATE = "/cgi-bin/message/template/send"


def test_what_is_left_of_the_day():
    every = dict.fromkeys(quota.COUNTED, left(1_000_000, 227_761))
    assert quota.judged(every).state is GOOD
    assert quota.judged(every | {TEMPLATE: left(100_000, 90_000)}).state is GOOD
    short = quota.judged(every | {TEMPLATE: left(100_000, 90_001)})
    assert short.state is ACT
    assert short.said.startswith("模板消息今天快用完了")
    assert quota.judged(dict.fromkeys(quota.COUNTED, left(0))).state is UNSEEN
    assert quota.judged(dict.fromkeys(quota.COUNTED, no(48001))).state is UNSEEN
    assert quota.judged({**every, TEMPLATE: SILENT}).state is GOOD


def test_which_ways_are_open():
    every = dict.fromkeys((*quota.COUNTED, *rights.BESIDE), left(100))
    assert rights.judged(every, LISTED).state is GOOD
    assert rights.judged(every | {"/cv/ocr/idcard": no(76022)}, LISTED).state is GOOD
    closed = rights.judged(every | {"/cgi-bin/message/custom/send": no(76022)}, LISTED)
    assert closed.state is ACT
    assert "没开：客服消息" in closed.said
    assert "没开：模板消息" in rights.judged(every, no(48001)).said
    assert rights.judged(every | {TEMPLATE: left(0)}, LISTED).state is UNSEEN
    assert rights.judged(every | {TEMPLATE: SILENT}, LISTED).state is UNSEEN


def test_an_unknown_answer_is_said_with_its_number():
    found = failed(callback.Check.MENU, no(99999, "something new"))
    assert (found.state, found.said) == (UNSEEN, "微信答 99999（未知错误 99999），rid 6566f6d9-4a477f28-21702d49")
