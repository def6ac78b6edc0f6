"""The WeChat user, the applicant, the agent and the site contact are four facts: nobody is taken for another."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from handlers.casework import Casework
from handlers.letter import Letter
from handlers.notices import Notices
from handlers.parties import Named, parties
from handlers.wording.wording import Wording
from model.case import Case
from model.draft import Answer
from model.staff import Staff
from model.submission import Submission
from model.values import Address, Contact, Phone, Pick, Picks, Value, Words
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.routing.county import NOW
from tests.shipped import shipped

COUNTIES = shipped()
FIRM, ERRAND, SITE = "新乡县示例食品有限公司", "张示例 13800000002", "王示例 13800000001"


def answers(values: Mapping[str, Value]) -> dict[str, Answer]:
    return {name: Answer(value=value, by="o_somebody", at=NOW) for name, value in values.items()}


def person(both: str) -> Contact:
    name, phone = both.split()
    return Contact(name=name, phone=phone)


def choice(option: str) -> Picks:
    return Picks(picks=(Pick(option=option),))


XINXIANG: dict[str, Value] = {
    "services": choice("用水"),
    "applicant_kind": choice("建设单位"),
    "applicant_name": Words(text=FIRM),
    "phone": Phone(number="13800000000"),
    "project_address": Address(text="小冀镇示范路10号"),
    "project_manager": person(SITE),
    "clerk": person(ERRAND),
}
JINGXIAN: dict[str, Value] = {
    "applicant_name": Words(text="李示例"),
    "organisation_name": Words(text="安徽示例茶业有限公司"),
    "phone": Phone(number="13800000003"),
}


def test_four_people_of_a_building_firm() -> None:
    named = parties(COUNTIES["xinxiang"], answers(XINXIANG))
    assert named.applicant == Named(FIRM, "13800000000")
    assert named.agent == Named("张示例", "13800000002")
    assert named.site_contact == Named("王示例", "13800000001")


@pytest.mark.parametrize(
    ("without", "called"),
    [((), "13800000001"), (("project_manager",), "13800000002"), (("project_manager", "clerk"), "13800000000")],
)
def test_who_is_called(without: tuple[str, ...], called: str) -> None:
    """The site contact, else the agent, else the applicant himself."""
    given = {name: value for name, value in XINXIANG.items() if name not in without}
    assert parties(COUNTIES["xinxiang"], answers(given)).to_call.phone == called


@pytest.mark.parametrize(
    ("kind", "applicant", "agent"),
    [
        ("经办人", "安徽示例茶业有限公司", Named("李示例", "13800000003")),
        ("法人", "安徽示例茶业有限公司", None),
    ],
)
def test_the_name_on_the_form_of_jingxian_is_the_agents(kind: str, applicant: str, agent: Named | None) -> None:
    """申请人姓名 is the agent's own where a firm applies through one (J56–J60)."""
    named = parties(COUNTIES["jingxian"], answers({**JINGXIAN, "applicant_type": choice(kind)}))
    assert (named.applicant.name, named.agent) == (applicant, agent)


def test_a_household_of_jingxian_applies_for_itself() -> None:
    given = {name: value for name, value in JINGXIAN.items() if name != "organisation_name"}
    named = parties(COUNTIES["jingxian"], answers({**given, "applicant_type": choice("住户")}))
    assert (named.applicant, named.agent) == (Named("李示例", "13800000003"), None)
    assert named.to_call is named.applicant


async def test_the_case_is_found_by_each_of_them_and_told_to_who_wrote(tmp_path: Path) -> None:
    """The task names whom to call and the applicant; the news goes to the WeChat user, whoever he is."""
    database = open_database(f"sqlite:///{tmp_path / 'records.db'}")
    await upgrade(database)
    vault = Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32)
    records, staffing, outbox = Records(database, vault, fold), Staffing(database, vault), Outbox(database)
    core = Casework(records, staffing, COUNTIES)
    await staffing.put(
        Staff(
            id="w",
            county="xinxiang",
            body="water_company",
            name="周示例",
            phone="13700000001",
            account="a",
            person="o_w",
        )
    )
    await staffing.issue_code("w", "code", NOW.replace(year=2027))
    await core.redeem("code", "a", "o_w", NOW)
    case = await core.accept(
        Submission(
            id="s1", account="a", person="o_somebody", county="xinxiang", form="xinxiang_application", form_version=1,
            channel="wechat", submitted_at=NOW, answers=answers(XINXIANG), agreements={},
        ),
        NOW,
    )  # fmt: skip
    assert isinstance(case, Case)
    assert await records.find("xinxiang", phone="13800000000") == (case.id,)
    assert await records.find("xinxiang", agent_phone="13800000002") == (case.id,)
    assert await records.find("xinxiang", site_phone="13800000001") == (case.id,)
    assert await records.find("xinxiang", phone="13800000002") == ()
    notices = Notices(core, COUNTIES, {name: Wording(county) for name, county in COUNTIES.items()})
    (row,) = await outbox.claim(NOW, 9)
    letter = await notices.compose(row)
    assert isinstance(letter, Letter)
    assert (letter.person, case.person) == ("o_w", "o_somebody")
    assert "王示例，电话13800000001，地址：小冀镇示范路10号" in letter.reply.text
    assert f"申请人：{FIRM}，电话13800000000" in letter.reply.text
    assert "张示例" not in letter.reply.text
    await database.close()
