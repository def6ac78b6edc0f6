"""订阅通知 in the file against the platform's list, by answers as its documentation has them."""

import pytest

from bot.channels.wechat.account import Subscriptions
from bot.doctor import mapping, rights, subscriptions
from bot.doctor.answers import SubscriptionTemplates, read
from bot.doctor.stub import stub
from tests.doctor.answered import ACT, GOOD, SILENT, UNSEEN, no
from tests.wechat.hall import Mode, account

FIELDS = {
    "applicant.built": frozenset({"character_string1", "thing2"}),
    "applicant.closed": frozenset({"character_string1", "thing2"}),
    "enquiry.asked": frozenset({"thing1"}),
}
OURS = Subscriptions(one_time={"applicant.built": "t1", "applicant.closed": "t1"}, long_term={"enquiry.asked": "t2"})


def listed(**types):
    contents = {"t1": "办件号:{{character_string1.DATA}}\n事项:{{thing2.DATA}}\n", "t2": "事项:{{thing1.DATA}}\n"}
    data = [
        {"priTmplId": name, "title": "进度", "content": contents[name], "example": "…", "type": kind}
        for name, kind in types.items()
    ]
    return read(SubscriptionTemplates, {"errcode": 0, "errmsg": "ok", "data": data})


def judged(found, ours=OURS, fields=FIELDS, *, asks=True):
    return subscriptions.judged(found, ours, fields, asks=asks)


def test_all_of_it_is_there():
    found = judged(listed(t1=2, t2=3))
    assert (found.state, found.said) == (GOOD, "清单里的 2 个编号后台都有，种类和栏也对")
    assert judged(listed(), Subscriptions()).state is GOOD


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (listed(t1=2), "“enquiry.asked”的编号 t2 后台没有"),
        (listed(t1=3, t2=3), "“applicant.built”的编号 t1 后台是长期的，清单里写成了一次性的"),
        (listed(t1=2, t2=2), "“enquiry.asked”的编号 t2 后台是一次性的，清单里写成了长期的"),
    ],
)
def test_what_differs_is_named(found, says):
    said = judged(found)
    assert said.state is ACT
    assert said.do[0] == says


def test_fields_are_compared_by_the_platforms_names():
    wrong = judged(listed(t1=2, t2=3), fields=FIELDS | {"enquiry.asked": frozenset({"thing1", "phrase3"})})
    assert wrong.state is ACT
    assert "没有 phrase3" in wrong.do[0]
    theirs = account(Mode.SAFE, fields={"t2": {"thing4": "thing1"}})
    fields = mapping.at_platform(theirs, OURS.templates, FIELDS | {"enquiry.asked": frozenset({"thing4"})})
    assert judged(listed(t1=2, t2=3), fields=fields).state is GOOD


def test_where_nobody_is_asked_nothing_can_be_sent():
    found = judged(listed(t1=2, t2=3), asks=False)
    assert found.state is ACT
    assert "LIANBAN_PUBLIC_URL" in found.said


def test_what_the_platform_does_not_tell():
    assert judged(no(48001)).state is ACT
    assert judged(SILENT).state is UNSEEN


def test_a_name_that_goes_by_consent_needs_no_other_template():
    cards = {"enquiry.asked": "T9"}
    assert mapping.judged(cards, FIELDS).state is ACT
    assert mapping.judged(cards, FIELDS, OURS.one_time).state is GOOD
    assert mapping.judged(cards, FIELDS, OURS.one_time | {"applicant.buit": "t1"}).listed == ("applicant.buit",)
    assert "不能共用" in mapping.judged(cards, FIELDS, dict.fromkeys(FIELDS, "t1")).do[0]
    assert stub(cards, FIELDS, OURS.templates) == ["每个名字都写了模板编号，没有要补的。"]


def test_the_right_to_send_it_is_needed_where_it_is_used():
    path = "/cgi-bin/message/subscribe/bizsend"
    assert path not in rights.needed(account(Mode.SAFE))
    uses = {"one_time": {"applicant.built": "t1"}}
    assert path in rights.needed(account(Mode.SAFE, subscriptions=uses))
    assert path not in rights.needed(account(Mode.SAFE, subscriptions=uses, kind="subscription"))
