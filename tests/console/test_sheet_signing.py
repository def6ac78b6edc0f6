"""A department signs its row by a code: whoever has it signs once, nothing else is seen, and no file but a drawn picture is kept."""

import struct
import zlib
from typing import Any

import pytest
from aiohttp import FormData

from bot.pages.drawn import NotDrawn, drawn
from model.case import Case
from model.login import Role
from storage.case_papers import CasePapers
from storage.files import FileStore
from storage.signatures import SheetSignatures
from tests.console.at_the_site import PLANNING, ROAD, code, surveying
from tests.console.office import Office, Page

GOOD = {"opinion": "符合", "surveyor": "周示例", "typed": "yes"}
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 40, height: int = 20, *, ink: bool = True, more: bytes = b"", after: bytes = b"") -> bytes:
    rows = bytearray((b"\0" + b"\0" * 4 * width) * height)
    if ink:
        rows[5 * (1 + 4 * width) + 9] = 255
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    whole = chunk(b"IHDR", header) + more + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + whole + after


async def window(here: Office) -> Any:
    return await here.clerk(Role.WINDOW, county="xinxiang")


async def row(here: Office, case: Case, body: str = ROAD) -> Any:
    now = await here.core.case(case.id)
    assert now is not None
    assert now.sheet is not None
    return now.sheet.row(body)


async def sent(here: Office, path: str, data: bytes, **said: str) -> Page:
    form = FormData()
    for name, value in ({"opinion": "符合", "surveyor": "周示例"} | said).items():
        form.add_field(name, value)
    form.add_field("drawn", data, filename="s.png", content_type="image/png")
    return await here.stranger().post(path, form)


async def test_without_a_login_and_once(here: Office) -> None:
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    browser = here.stranger()
    page = await browser.get(path)
    assert page.status == 200
    assert "李示例" not in page.text
    assert "13800000007" not in page.text
    assert "lianban" not in str(page.headers.get("Set-Cookie", ""))
    done = await browser.post(path, GOOD)
    assert done.status == 200
    assert done.headers["X-Kept"] == "same"
    kept = await row(here, case)
    assert (kept.opinion.text, kept.surveyor) == ("符合", "周示例")
    # The answer was lost, it is sent again: the same, and done once.
    version = (await here.core.case(case.id)).version  # type: ignore[union-attr]
    assert (await browser.post(path, GOOD)).headers["X-Kept"] == "same"
    other = await browser.post(path, GOOD | {"surveyor": "吴示例"})
    assert other.headers["X-Kept"] == "before"
    assert "以那一份为准" in other.text
    assert (await here.core.case(case.id)).version == version  # type: ignore[union-attr]
    events = await here.core.events(case.id)
    assert events[-1].actor.staff == "xinxiang-window.0"
    listed = await clerk.get(f"/console/window/{case.id}/codes")
    assert "以姓名签名" in listed.text


async def test_a_drawn_signature_is_kept_under_the_case(here: Office, tmp_path: Any) -> None:
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    done = await sent(here, path, png(more=chunk(b"tEXt", b"note\0x")))
    assert done.headers["X-Kept"] == "same", done.text
    made = (await here.signing.of_case(case))[-1]
    assert made.signature
    files = SheetSignatures(CasePapers(here.database, here.vault), FileStore(tmp_path / "files", here.vault))
    assert await files.read(case.id, made.signature) == png()  # what stood beside the picture is gone


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * (64 * 1024 + 1), "太大"),
        (b"<script>alert(1)</script>", "没有收到"),
        (png(after=b"PK\x03\x04 and a zip"), "没有收到"),
        (png(ink=False), "还没有签名"),
        (png(2000, 10), "太大"),
        (png()[:-6], "没有收到"),
        (png().replace(b"IDAT", b"IDAT", 1)[:60] + b"\0" + png()[61:], "没有收到"),
    ],
    ids=["large", "script", "polyglot", "empty", "wide", "cut", "damaged"],
)
async def test_what_is_no_signature_is_refused_and_may_be_put_right(here: Office, data: bytes, why: str) -> None:
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    page = await sent(here, path, data)
    assert page.status == 422, page.status
    assert why in page.text
    assert "X-Kept" not in page.headers
    assert 'value="周示例"' in page.text
    assert (await row(here, case)).opinion is None
    assert (await sent(here, path, png())).headers["X-Kept"] == "same"


async def test_more_than_may_be_sent(here: Office) -> None:
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    assert (await sent(here, path, b"x" * 200_000)).status == 413
    assert (await row(here, case)).opinion is None


def test_a_picture_that_unpacks_without_end_is_none() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 6, 0, 0, 0))
    bomb = chunk(b"IDAT", zlib.compress(b"\1" * 30_000_000))
    with pytest.raises(NotDrawn):
        drawn(b"\x89PNG\r\n\x1a\n" + header + bomb + chunk(b"IEND", b""))


async def test_reason_and_basis_are_wanted(here: Office) -> None:
    """X41."""
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    browser = here.stranger()
    said = GOOD | {"opinion": "不符合"}
    page = await browser.post(path, said)
    assert page.status == 422
    assert "写明" in page.text
    page = await browser.post(path, said | {"remark": NASTY})
    assert page.status == 422
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    done = await browser.post(path, said | {"remark": NASTY, "basis": NASTY, "surveyor": "周" + NASTY[:20]})
    assert done.headers["X-Kept"] == "same", done.text
    assert "<script>" not in done.text
    listed = await clerk.get(f"/console/window/{case.id}/codes")
    assert "<script>alert" not in listed.text
    # It did not pass: it may be signed again, with another code.
    assert "做一个码" in listed.text


async def test_what_a_code_is_not(here: Office) -> None:
    case, clerk = await surveying(here), await window(here)
    stranger = here.stranger()
    assert (await stranger.get("/pages/sign/short")).status == 404
    assert (await stranger.get("/pages/sign/AAAAAAAAAAAAAAAAAAAAAA")).status == 404
    assert (await stranger.post("/pages/sign/AAAAAAAAAAAAAAAAAAAAAA", GOOD)).status == 404
    first = await code(clerk, case)
    second = await code(clerk, case)
    assert (await stranger.get(first)).status == 410
    assert (await stranger.post(first, GOOD)).status == 410
    here.later(hours=25)
    assert (await stranger.post(second, GOOD)).status == 410
    assert (await row(here, case)).opinion is None


async def test_a_code_is_of_its_row_only(here: Office) -> None:
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    await here.stranger().post(path, GOOD | {"body": PLANNING, "case": "x"})
    assert (await row(here, case, PLANNING)).opinion is None
    assert (await row(here, case)).opinion is not None


async def test_it_is_tried_so_often(here: Office) -> None:
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    browser = here.stranger()
    said = GOOD | {"opinion": "待整改", "remark": "补一段"}
    # Refused by the core: the day is past.
    told = [(await browser.post(path, said | {"due": f"2020-01-{day:02}"})).status for day in range(1, 22)]
    assert told == [422] * 20 + [410]


async def test_another_site_cannot_send_it(here: Office) -> None:
    case, clerk = await surveying(here), await window(here)
    path = await code(clerk, case)
    page = await here.stranger().post(path, GOOD, **{"Sec-Fetch-Site": "cross-site"})
    assert page.status == 403
    assert (await row(here, case)).opinion is None


async def test_who_may_make_a_code(here: Office) -> None:
    case = await surveying(here)
    path = f"/console/window/{case.id}/codes"
    lead = await here.clerk(Role.STEWARD, county="xinxiang", body="city_management")
    assert (await (here.stranger()).get(await code(lead, case))).status == 200
    unit = await here.clerk(Role.STEWARD, county="xinxiang", body="water_company")
    assert (await unit.get(path)).status == 403
    foreign = await here.clerk(Role.WINDOW, county="jingxian")
    assert (await foreign.get(path)).status == 404
    home = await foreign.get("/console/")
    assert (await foreign.post(path, {"proof": home.proof, "body": ROAD})).status == 404
    assert (await lead.post(path, {"proof": "wrong", "body": ROAD})).status == 403
    for body in ("water_company", "nobody", NASTY):
        page = await lead.send(path, {"body": body})
        assert page.status == 422
        assert "<script>" not in page.text
