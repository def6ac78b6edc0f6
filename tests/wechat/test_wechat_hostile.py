"""Whatever comes in, the endpoint answers 200, 400 or 403 and never fails."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wechat.hall import OPENID, Site
from tests.wechat.safe_client import element

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
tags = st.sampled_from(
    ["ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Content", "Event", "EventKey", "MediaId",
     "Location_X", "Location_Y", "Status", "List", "xml", "Encrypt", "bizmsgmenuid"]
)  # fmt: skip
values = st.one_of(
    st.text(max_size=30).map(lambda text: "".join(one for one in text if one.isprintable())),
    st.sampled_from(
        ["text", "event", "image", "location", "subscribe", "SCAN", "1", "-1", "nan", "gh_lianban", OPENID]
    ),
    st.integers(),
)


@pytest.mark.parametrize("mode", ["plain", "safe", "compatible"])
@QUICK
@given(body=st.binary(max_size=300))
async def test_any_bytes(running: Site, mode: str, body: bytes) -> None:
    client = running.client(mode)
    query, _ = client.wrapped("")
    assert (await client.post(query, body)).status in {400, 403}


@pytest.mark.parametrize("mode", ["plain", "safe"])
@QUICK
@given(fields=st.lists(st.tuples(tags, values), max_size=12))
async def test_any_document(running: Site, mode: str, fields: list[tuple[str, object]]) -> None:
    client = running.client(mode)
    client.last_openid = next((str(value) for name, value in fields if name == "FromUserName"), OPENID)
    xml = "<xml>" + "".join(element(name, value) for name, value in fields) + "</xml>"
    seen = await client.post(*client.wrapped(xml))
    assert seen.status in {200, 400, 403}


@QUICK
@given(kind=st.sampled_from(["text", "image", "event", "location", "voice"]), fields=st.dictionaries(tags, values))
async def test_any_message_of_the_account(running: Site, kind: str, fields: dict[str, object]) -> None:
    client = running.client()
    changed = {name: value for name, value in fields.items() if name not in {"ToUserName", "FromUserName", "MsgType"}}
    seen = await client.push(OPENID, client.document(OPENID, kind, {"MsgId": 1, **changed}))
    assert seen.status in {200, 400}


@QUICK
@given(
    query=st.dictionaries(st.sampled_from(["signature", "timestamp", "nonce", "echostr", "encrypt_type"]), st.text())
)
async def test_any_query(running: Site, query: dict[str, str]) -> None:
    client = running.client()
    clean = {key: value.encode(errors="ignore").decode() for key, value in query.items()}
    assert (await client.post(clean, b"<xml></xml>")).status in {400, 403}
    async with client.session.get(client.endpoint, params=clean) as response:
        assert response.status in {400, 403}
