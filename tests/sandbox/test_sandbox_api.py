"""The platform's API refuses what the platform refuses."""

import asyncio
import io
from typing import Any

import aiohttp
import pytest
from sandbox_stage import XX, Stage, staged

from sandbox.accounts import SandboxConfig
from sandbox.media import SAMPLE_PDF, sample_photo

pytestmark = pytest.mark.asyncio


async def test_a_stable_token_stays_and_a_rotated_one_goes(stage: Stage) -> None:
    first = await stage.token()
    assert (await stage.token(), len(first)) == (first, 512)
    query = {"grant_type": "client_credential", "appid": stage.account.appid, "secret": stage.account.appsecret}
    old = (await stage.api("token", token="", **query))["access_token"]
    new = (await stage.api("token", token="", **query))["access_token"]
    assert old != new
    stage.clock.set(299)
    assert (await stage.api("menu/get", token=old))["errcode"] == 46003
    stage.clock.set(302)
    assert (await stage.api("menu/get", token=old))["errcode"] == 42001
    assert (await stage.api("menu/get", token=new))["errcode"] == (await stage.api("menu/get", token=first))["errcode"]


async def test_forcing_a_stable_token_kills_the_old_one(stage: Stage) -> None:
    old = await stage.token()
    account = stage.account
    body = {
        "grant_type": "client_credential",
        "appid": account.appid,
        "secret": account.appsecret,
        "force_refresh": True,
    }
    assert (await stage.api("stable_token", body, token=""))["access_token"] != old
    assert (await stage.api("menu/get", token=old))["errcode"] == 42001


async def test_wrong_credentials_and_tokens(stage: Stage) -> None:
    good = {"grant_type": "client_credential", "appid": stage.account.appid, "secret": stage.account.appsecret}
    for change, code in (({"secret": "x"}, 40125), ({"appid": "x"}, 40013), ({"grant_type": "x"}, 40002)):
        assert (await stage.api("stable_token", good | change, token=""))["errcode"] == code
    assert (await stage.api("menu/get", token="wrong"))["errcode"] == 40001
    assert (await stage.api("menu/get", token=""))["errcode"] == 41001
    answer = await stage.api("no/such/thing")
    assert answer["errcode"] == 40066
    assert " rid: " in answer["errmsg"]


async def test_another_accounts_token_reaches_nobody_here(stage: Stage, config: SandboxConfig) -> None:
    await stage.follow()
    stage.account = config.accounts[1]
    assert await stage.custom("你好") == 40003


async def test_customer_messages_after_a_message(stage: Stage) -> None:
    assert await stage.custom("太早") == 43004
    await stage.follow()
    await stage.act("text", content="你好")
    stage.clock.set(61)
    assert [await stage.custom(str(n)) for n in range(6)] == [0, 0, 0, 0, 0, 45047]
    assert (await stage.entries())[-1] == ("them", "4")
    await stage.act("text", content="还在")
    stage.clock.set(61 + 48 * 3600 + 1)
    assert await stage.custom("晚了") == 45015


async def test_customer_messages_after_a_message_that_another_client_delivers(stage: Stage) -> None:
    await stage.follow()
    stage.clock.set(61)
    assert await stage.custom("x") == 45015
    delivered = await stage.act("written")
    assert not delivered["attempts"]
    assert not delivered["shown"]
    assert [await stage.custom(str(n)) for n in range(6)] == [0, 0, 0, 0, 0, 45047]


async def test_following_clicking_and_tapping_open_one_minute(stage: Stage) -> None:
    await stage.follow()
    assert [await stage.custom("x") for _ in range(4)] == [0, 0, 0, 45047]
    stage.clock.set(61)
    assert await stage.custom("x") == 45015
    await stage.act("tap", content="新装", menu_id="w1")
    assert [await stage.custom("x") for _ in range(4)] == [0, 0, 0, 45047]
    stage.clock.set(130)
    assert await stage.custom("x") == 45015
    await stage.act("unfollow")
    assert await stage.custom("x") == 43004


async def test_refused_content_costs_no_quota(stage: Stage) -> None:
    await stage.follow()
    assert await stage.custom("长" * 683) == 45002
    assert await stage.custom("") == 44004
    assert await stage.custom("x", "o_nobody") == 40003
    for kind, content, code in (
        ("msgmenu", {"list": [{"id": "1", "content": "好"}]}, 40200),
        ("image", {"media_id": "none"}, 40007),
        ("news", {"articles": [{"title": "a"}, {"title": "b"}]}, 45008),
        ("poem", {}, 40008),
    ):
        body = {"touser": XX, "msgtype": kind, kind: content}
        assert (await stage.api("message/custom/send", body))["errcode"] == code
    assert (await stage.api("message/custom/send", b"{"))["errcode"] == 47001
    assert [await stage.custom("x") for _ in range(4)] == [0, 0, 0, 45047]


async def test_msgmenu_where_it_is_granted(config: SandboxConfig) -> None:
    account = config.accounts[0].model_copy(update={"accepts_msgmenu": True})
    async with staged(config.model_copy(update={"accounts": (account,)})) as stage:
        await stage.follow()
        menu = {"head_content": "满意吗", "list": [{"id": "5", "content": "满意"}], "tail_content": "谢谢"}
        assert (await stage.api("message/custom/send", {"touser": XX, "msgtype": "msgmenu", "msgmenu": menu}))[
            "errcode"
        ] == 0
        spans = (await stage.phone())["entries"][-1]["spans"]
        assert [(span.get("menu_id"), span.get("menu_content")) for span in spans][1] == ("5", "满意")


async def test_typing_needs_somebody_who_just_wrote(stage: Stage) -> None:
    await stage.follow()
    body = {"touser": XX, "command": "Typing"}
    codes = [(await stage.api("message/custom/typing", body))["errcode"] for _ in range(2)]
    stage.clock.set(31)
    codes.append((await stage.api("message/custom/typing", body))["errcode"])
    assert codes == [0, 45081, 45080]


async def fetch(stage: Stage, media_id: str) -> aiohttp.ClientResponse:
    params = {"access_token": await stage.token(), "media_id": media_id}
    response: aiohttp.ClientResponse = await stage.client.get("/cgi-bin/media/get", params=params)
    assert response.status == 200
    return response


async def test_a_photo_can_be_fetched_for_three_days(stage: Stage, config: SandboxConfig) -> None:
    await stage.follow()
    form = aiohttp.FormData()
    form.add_field("file", sample_photo(), filename="门口.png", content_type="image/png")
    await stage.client.post(f"/sandbox/phones/xinxiang/{XX}/photo", data=form)
    push = await stage.product.next()
    media_id = push.get("MediaId") or ""
    assert push.get("PicUrl") == f"http://sandbox.test/sandbox/media/{media_id}"
    response = await fetch(stage, media_id)
    assert await response.read() == sample_photo()
    assert response.content_type == "image/png"
    own, stage.account = stage.account, config.accounts[1]
    assert (await (await fetch(stage, media_id)).json())["errcode"] == 40007
    stage.account = own
    assert f"{media_id}.png" in response.headers["Content-disposition"]
    stage.clock.set(3 * 86400 + 5)
    assert (await (await fetch(stage, media_id)).json())["errcode"] == 40007


async def test_a_pdf_can_be_fetched_and_a_wrong_id_answers_200_with_json(stage: Stage) -> None:
    await stage.follow()
    await stage.act("file", name="营业执照.pdf")
    response = await fetch(stage, (await stage.product.next()).get("MediaId") or "")
    assert (response.content_type, await response.read()) == ("application/pdf", SAMPLE_PDF)
    assert (await (await fetch(stage, "nothing")).json())["errcode"] == 40007


async def upload(stage: Stage, kind: str, data: bytes | None, field: str = "media") -> dict[str, Any]:
    form = aiohttp.FormData()
    form.add_field("about", "x")
    if data is not None:
        form.add_field(field, io.BytesIO(data), filename="a.png")
    params = {"access_token": await stage.token(), "type": kind}
    answer: dict[str, Any] = await (await stage.client.post("/cgi-bin/media/upload", params=params, data=form)).json()
    return answer


async def test_an_uploaded_picture_can_be_sent_for_three_days(stage: Stage) -> None:
    await stage.follow()
    uploaded = await upload(stage, "image", sample_photo())
    body = {"touser": XX, "msgtype": "image", "image": {"media_id": uploaded["media_id"]}}
    assert uploaded["type"] == "image"
    assert (await stage.api("message/custom/send", body))["errcode"] == 0
    shown = (await stage.phone())["entries"][-1]
    assert (shown["kind"], shown["side"]) == ("image", "them")
    seen = await stage.client.get(f"/sandbox/media/{shown['media']}")
    assert await seen.read() == sample_photo()
    stage.clock.set(3 * 86400 + 5)
    await stage.act("text", content="在吗")
    assert (await stage.api("message/custom/send", body))["errcode"] == 40007


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("image", b"MZ not a picture", 40005), ("image", SAMPLE_PDF, 40005), ("poem", sample_photo(), 40004),
        ("file", SAMPLE_PDF, 40004), ("image", b"", 44001), ("image", None, 41005), ("thumb", sample_photo(), 40005),
        ("image", sample_photo() + bytes(10 << 20), 40009), ("voice", b"#!AMR" + bytes(2 << 20), 40006),
    ],
)  # fmt: skip
async def test_uploads_that_are_refused(stage: Stage, kind: str, data: bytes | None, code: int) -> None:
    assert (await upload(stage, kind, data))["errcode"] == code


async def test_what_is_no_form_and_what_is_no_picture(stage: Stage) -> None:
    await stage.follow()
    params = {"access_token": await stage.token(), "type": "image"}
    for headers in ({"Content-Type": "image/png"}, {"Content-Type": "multipart/form-data"}):
        answer = await stage.client.post("/cgi-bin/media/upload", params=params, data=sample_photo(), headers=headers)
        assert (await answer.json())["errcode"] == 41005
    assert (await upload(stage, "image", sample_photo(), "file"))["errcode"] == 41005
    voice = await upload(stage, "voice", b"#!AMR\n" + bytes(40))
    body = {"touser": XX, "msgtype": "image", "image": {"media_id": voice["media_id"]}}
    assert (await stage.api("message/custom/send", body))["errcode"] == 40007


def click(name: str = "进度") -> dict[str, Any]:
    return {"type": "click", "name": name, "key": "k"}


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([click()] * 4, 40016), ([], 40016), ([{"name": "我", "sub_button": [click()] * 6}], 40023),
        ([click("一二三四五六")], 40018), ([{"name": "我", "sub_button": [click("长" * 21)]}], 40025),
        ([click() | {"type": "poem"}], 40017), ([click() | {"key": "k" * 129}], 40019),
        ([{"type": "view", "name": "网", "url": "https://" + "a" * 1024}], 40020),
    ],
)  # fmt: skip
async def test_menus_that_are_refused(stage: Stage, buttons: list[dict[str, Any]], code: int) -> None:
    assert (await stage.api("menu/create", {"button": buttons}))["errcode"] == code


async def test_a_menu_can_be_tapped(stage: Stage) -> None:
    await stage.follow()
    sub = [click("新装"), {"type": "view", "name": "网页", "url": "https://a.example/"}]
    assert (await stage.api("menu/create", {"button": [click(), {"name": "办事", "sub_button": sub}]}))["errcode"] == 0
    assert len((await stage.api("menu/get"))["menu"]["button"]) == 2
    for path, expected in (([0], ("CLICK", "k")), ([1, 1], ("VIEW", "https://a.example/"))):
        await stage.act("menu", path=path)
        push = await stage.product.next()
        assert (push.get("Event"), push.get("EventKey")) == expected
    assert (await stage.api("menu/delete"))["errcode"] == 0
    assert (await stage.client.post(f"/sandbox/phones/xinxiang/{XX}/menu", json={"path": [0]})).status == 409


async def test_codes_can_be_made_and_scanned(stage: Stage) -> None:
    def code(action: str, **scene: Any) -> dict[str, Any]:
        return {"action_name": action, "expire_seconds": 60, "action_info": {"scene": scene}}

    made = await stage.api("qrcode/create", code("QR_STR_SCENE", scene_str="window-3"))
    assert made["expire_seconds"] == 60
    await stage.act("scan", ticket=made["ticket"])
    push = await stage.product.next()
    assert (push.get("EventKey"), push.get("Ticket")) == ("qrscene_window-3", made["ticket"])
    stage.clock.set(61)
    response = await stage.client.post(f"/sandbox/phones/xinxiang/{XX}/scan", json={"ticket": made["ticket"]})
    assert response.status == 409
    for bad in (
        code("QR_X", scene_id=1),
        code("QR_STR_SCENE", scene_str="x" * 65),
        code("QR_LIMIT_SCENE", scene_id=100001),
    ):
        assert (await stage.api("qrcode/create", bad))["errcode"] in {40052, 40053}
    too_long = code("QR_SCENE", scene_id=1) | {"expire_seconds": 2_592_001}
    assert (await stage.api("qrcode/create", too_long))["errcode"] == 40053


async def test_user_info(stage: Stage) -> None:
    assert await stage.api("user/info", openid=XX) == {"subscribe": 0, "openid": XX}
    await stage.act("scan", scene="window-3")
    info = await stage.api("user/info", openid=XX)
    assert (info["subscribe"], info["qr_scene_str"], info["subscribe_scene"]) == (1, "window-3", "ADD_SCENE_QR_CODE")
    assert (await stage.api("user/info", openid="o_nobody"))["errcode"] == 40003


async def test_failures_on_order(stage: Stage) -> None:
    await stage.follow()

    async def plan(**fault: Any) -> None:
        response = await stage.client.post("/sandbox/faults/xinxiang", json={"path": "message/custom/send"} | fault)
        assert response.status == 200

    await plan(errcode=-1, times=2)
    assert [await stage.custom("x") for _ in range(3)] == [-1, -1, 0]
    for silent, shown in (("before", 0), ("after", 1)):
        await plan(silent=silent)
        with pytest.raises(aiohttp.ClientError):
            await stage.custom(silent)
        assert (await stage.entries()).count(("them", silent)) == shown
    assert (await stage.client.post("/sandbox/faults/xinxiang", json={"path": ""})).status == 400


async def test_many_at_once_share_one_token(stage: Stage) -> None:
    assert len(set(await asyncio.gather(*(stage.token() for _ in range(8))))) == 1
