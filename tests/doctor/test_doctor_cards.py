"""Templates, their fields and the menu, by answers as the platform's documentation has them."""

import json

import pytest

from bot.doctor import mapping, menu, templates
from bot.doctor.answers import Industries, Menu, Templates, read
from bot.doctor.stub import stub
from bot.menus import menu_of
from tests.doctor.answered import ACT, GOOD, SILENT, UNSEEN, no
from tests.shipped import shipped

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
