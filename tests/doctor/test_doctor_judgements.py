"""What is said of the account itself, by answers as the platform's documentation has them."""

import datetime as dt

import pytest

from bot.channels.wechat.account import Kind, Mode
from bot.doctor import api, credentials, quota, reaching, rights, verification
from bot.doctor.answers import Addresses, BasicInfo, Quotas, Templates, read
from bot.doctor.finding import Check
from bot.doctor.knocking import Heard
from bot.doctor.refusals import failed
from tests.doctor.answered import ACT, GOOD, SILENT, UNSEEN, no
from tests.wechat.hall import account

NOW = dt.datetime(2026, 11, 28, 3, tzinfo=dt.UTC)
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
    assert api.judged(WHITELIST, found).state is ACT
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
    asks_less = rights.needed(account(Mode.SAFE, kind=Kind.SUBSCRIPTION))
    assert rights.judged(every | {"/cgi-bin/message/custom/send": no(76022)}, no(48001), asks_less).state is GOOD
    closed = rights.judged(every | {"/cgi-bin/message/custom/send": no(76022)}, LISTED)
    assert closed.state is ACT
    assert "没开：客服消息" in closed.said
    assert "没开：模板消息" in rights.judged(every, no(48001)).said
    assert rights.judged(every | {TEMPLATE: left(0)}, LISTED).state is UNSEEN
    assert rights.judged(every | {TEMPLATE: SILENT}, LISTED).state is UNSEEN


def test_an_unknown_answer_is_said_with_its_number():
    found = failed(Check.MENU, no(99999, "something new"))
    assert (found.state, found.said) == (UNSEEN, "微信答 99999（未知错误 99999），rid 6566f6d9-4a477f28-21702d49")
