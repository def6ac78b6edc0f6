"""Whether we are found: by the address, by our own answer, by what the platform says of it."""

import pytest

from bot.channels.wechat.account import Kind, Mode
from bot.channels.wechat.results import NoAnswer
from bot.doctor import address, callback, greeting, web_pages
from bot.doctor.answers import Reached, read
from bot.doctor.knocking import Heard
from tests.doctor.answered import ACT, GOOD, SILENT, UNSEEN, no
from tests.wechat.hall import account

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


OURS = b'<link href="/pages/static/pages.0a1b.css">'


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        (Heard(400, "", OURS), GOOD, "转到了本程序"),
        (Heard(404, "", OURS), ACT, "不认识它"),
        (Heard(404, "", b"nginx"), ACT, "不是本程序的网页（HTTP 404）"),
        (Heard(200, "", b"<html>"), ACT, "不是本程序的网页"),
        (SILENT, ACT, "走不通"),
    ],
)
def test_whether_pages_are_passed_on(found, state, words):
    where = web_pages.knocked_at("https://a.example.cn/", "x")
    assert where == "https://a.example.cn/pages/sign-in/x"
    judged = web_pages.judged(found, where)
    assert judged.state is state
    assert words in judged.said
    assert (state is ACT) == bool(judged.do)


def test_what_the_platform_must_have_been_told_of_pages():
    found = web_pages.domains(account(Mode.SAFE), "https://a.example.cn:443/")
    assert found.state is UNSEEN
    assert "都填 a.example.cn，" in found.do[0]
    assert "https://a.example.cn/MP_verify" in found.do[1]
    assert web_pages.domains(account(Mode.SAFE, kind=Kind.SUBSCRIPTION), "https://a.example.cn").state is GOOD
