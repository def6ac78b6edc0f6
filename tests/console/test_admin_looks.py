"""Pages on which whoever runs a county looks at its texts and has its data checked."""

import json
from shutil import copytree
from typing import Any

import pytest

from bot.channels.wechat.render import MAX_TEXT_BYTES
from bot.console.admin.checking import Checking
from bot.console.admin.previews import kinds, names, preview
from bot.settings import Settings
from config.loader import COUNTIES
from handlers.wording.wording import Wording
from model.county import County
from model.login import Role
from tests.console.office import Office
from tests.console.test_browser_console import fine, picture, tab
from tests.shipped import shipped

TEXTS, CHECKS = "/console/admin/texts", "/console/admin/checks"


@pytest.mark.parametrize("name", ["xinxiang", "jingxian"])
def test_every_notice_can_be_looked_at_and_fits(name: str) -> None:
    county = shipped()[name]
    wording = Wording(county)
    found = names(county, "", "")
    assert len(found) == sum(key.startswith("notice.") for key in county.messages)
    for one in (preview(wording, county, each) for each in found):
        assert one.fits and not one.broken and one.file.endswith(".yaml"), one
        assert "{" not in one.chat.text and "object at" not in one.chat.text and "short=" not in one.chat.text, one
        assert (one.sms is not None) == (one.name in county.sms.notices)
        assert all("{" not in field.shown for field in one.card)
        assert one.own == () and (one.wecom is None) == one.name.startswith("applicant.")


def changed(**texts: str) -> County:
    county = shipped()["xinxiang"]
    return county.model_copy(
        update={"messages": county.messages | {key.replace("__", "."): text for key, text in texts.items()}}
    )


@pytest.mark.parametrize(
    "texts",
    [
        {"notice__applicant__steward": "长" * (MAX_TEXT_BYTES // 3 + 1)},
        {"wechat__applicant__steward__thing2": "长" * 21},
        {"wechat__applicant__steward__character_string1": "汉字"},
        {"notice__applicant__steward": "{{ steward.phone + 1 }}"},
    ],
)
def test_what_does_not_fit_is_said(texts: dict[str, str]) -> None:
    county = changed(**texts)
    one = preview(Wording(county), county, "applicant.steward")
    assert not one.fits and one.own == (next(iter(texts)).replace("__", "."),)


def test_a_notice_is_found_by_its_reader_and_by_its_words() -> None:
    county = shipped()["xinxiang"]
    assert kinds(county)[:2] == ["applicant", "steward"]
    assert set(names(county, "lead.", "")) == {one for one in names(county, "", "") if one.startswith("lead.")}
    assert "applicant.connected" in names(county, "applicant.", "已接通")
    assert names(county, "", "DIGEST".casefold()) and names(county, "", "没有这样的字") == []


@pytest.mark.parametrize("query", ["", "?who=steward&from=30", "?who=<b>&from=²&words=", "?words=踏勘", "?words=<b>x"])
async def test_the_page_of_texts(here: Office, query: str) -> None:
    admin = await here.clerk(Role.ADMIN)
    page = await admin.get(TEXTS + query)
    assert page.status == 200 and len(page.body) < 150_000 and "<b>" not in page.text
    assert ("没有这样的通知" in page.text) == query.endswith("x")


async def test_the_page_of_checks(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN)
    page = await admin.get(CHECKS)
    assert page.status == 200 and "还没有查过" in page.text and "没有发现问题" not in page.text
    page = await admin.send(CHECKS)
    assert page.status == 200 and "没有发现问题" in page.text and "2026-11-23 10:00查的" in page.text
    here.later(minutes=20)
    assert "10:00查的" in (await admin.get(CHECKS)).text
    assert "10:20查的" in (await admin.send(CHECKS)).text


async def test_a_mistake_is_said_with_its_place_though_another_county_is_fine(here: Office, tmp_path: Any) -> None:
    copytree(COUNTIES, tmp_path / "counties")
    (tmp_path / "counties" / "jingxian").rename(tmp_path / "counties" / "other name")
    file = tmp_path / "counties" / "other name" / "county.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\nhotlin: 1\n", encoding="utf-8")
    checking = Checking(Settings(data=tmp_path, counties=tmp_path / "counties"), here.database, here.counties)
    found = await checking.again("jingxian", here.now)
    assert found.directory is not None and [(one.file.name, one.problem) for one in found.mistakes] != []
    assert any(one.file == file and "hotlin" in one.problem and one.line > 2 for one in found.mistakes)
    assert (await checking.again("xinxiang", here.now)).said.startswith("新乡县")
    assert (await checking.again("gone", here.now)).directory is None


async def test_settings_that_cannot_be_used_are_said_without_their_secrets(here: Office, tmp_path: Any) -> None:
    accounts = tmp_path / "accounts.json"
    accounts.write_text('[{"id": "a", "county": "jingxian", "secret": "hush-hush"}]', encoding="utf-8")
    checking = Checking(Settings(data=tmp_path, accounts=accounts), here.database, here.counties)
    found = await checking.again("jingxian", here.now)
    assert found.refused and "hush-hush" not in found.refused


async def test_an_admin_sees_the_accounts_of_his_own_county(here: Office, tmp_path: Any) -> None:
    plain = {
        "original_id": "gh_1",
        "appid": "wx0",
        "appsecret": "s",
        "token": "t",
        "kind": "subscription",
        "mode": "plain",
    }
    accounts = tmp_path / "accounts.json"
    listed = [plain | {"id": f"of-{one}", "county": one} for one in ("jingxian", "xinxiang")]
    accounts.write_text(json.dumps(listed), encoding="utf-8")
    checking = Checking(Settings(data=tmp_path, accounts=accounts), here.database, here.counties)
    for own, other in (("jingxian", "xinxiang"), ("xinxiang", "jingxian")):
        found = await checking.again(own, here.now)
        assert f"of-{own}" in "".join(found.told) and f"of-{other}" not in f"{found}", found


@pytest.mark.xdist_group("browser")
async def test_texts_in_a_browser(here: Office, tmp_path: Any) -> None:
    async with tab(here, Role.ADMIN) as (page, problems):
        await page.goto(here.url + TEXTS)
        await page.get_by_label("发给谁").select_option("steward")
        await page.get_by_label("里面的字").fill("踏勘时间")
        await page.get_by_role("button", name="找").press("Enter")
        await page.get_by_role("heading", name="steward.survey_moved").wait_for()
        await fine(page)
        await picture(page, "console-texts.png", tmp_path)
        await page.goto(here.url + CHECKS)
        await fine(page)
        await page.get_by_role("button", name="查一次").press("Enter")
        await page.get_by_text("没有发现问题").wait_for()
        await fine(page)
        await picture(page, "console-checks.png", tmp_path)
        assert problems == []
