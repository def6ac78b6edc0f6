"""What was signed at the site stands in the cell for signatures of the survey sheet: drawn, or a name and when (X38, X159)."""

import datetime as dt
import struct
import zlib

import pypdfium2
import pytest

from bot.paper.paper import Paper
from bot.paper.typesetter import Typesetter
from handlers.paper.signatures import SiteSignatures
from model.case import Case
from model.sheet_code import SheetCode
from model.site import SitePapers
from model.values import StoredFile
from storage.vault import Unreadable
from tests.paper.made import NOW, Core, case, submission, values
from tests.paper.reading import read
from tests.paper.survey import SURVEYED
from tests.shipped import shipped


def red(width: int = 60, height: int = 20) -> bytes:
    """A picture that is nothing but red."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = (b"\0" + b"\xff\0\0" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


class Kept:
    """Codes and pictures of one case."""

    def __init__(self, image: bytes | None, *codes: SheetCode) -> None:
        self.image, self.codes = image, codes

    async def of_case(self, _case: str) -> tuple[SheetCode, ...]:
        return self.codes

    async def read(self, _case: str, digest: str) -> bytes | None:
        if digest == "torn":
            raise Unreadable(digest)
        return self.image


def surveyed(site: SitePapers) -> Case:
    """The highway office has signed so; the planning office has not."""
    county = shipped()["xinxiang"]
    sheet = SURVEYED["sheet"]
    planning, highway = sheet.rows
    signed = highway.model_copy(update={"opinion": highway.opinion.model_copy(update={"site": site})})
    return case(county, **SURVEYED | {"sheet": sheet.model_copy(update={"rows": (planning, signed)})})


async def printed(typesetter: Typesetter, held: Case, kept: Kept) -> bytes:
    county = shipped()["xinxiang"]
    paper = Paper(Core(submission(county, values(county))), typesetter, "", SiteSignatures(kept, kept))
    return (await paper.filled(county, held, county.sheet["survey"], NOW)).pdf


def red_in_cell(pdf: bytes) -> bool:
    """Whether there is red beside the words of the cell for signatures, and nowhere above it."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        found = page.get_textpage().search("勘验人员签名").get_next()
        picture = page.render(scale=2).to_pil().convert("RGB")
        data = picture.tobytes()
        reds = (at for at in range(0, len(data), 3) if data[at] > 200 and data[at + 1] < 60 and data[at + 2] < 60)
        rows = {at // 3 // picture.width for at in reds}
        if found is None:
            assert not rows
            continue
        _, bottom, _, top = page.get_textpage().get_charbox(found[0])
        middle = (page.get_height() - (bottom + top) / 2) * 2
        return bool(rows) and all(abs(row - middle) < 60 for row in rows)
    return False


@pytest.fixture
def drawn() -> StoredFile:
    return StoredFile(digest="drawn", media_type="image/png", size=9)


async def test_a_signature_by_finger_is_in_its_cell(typesetter: Typesetter, drawn: StoredFile) -> None:
    held = surveyed(SitePapers(signature=drawn))
    pdf = await printed(typesetter, held, Kept(red()))
    assert red_in_cell(pdf)
    assert "(张示例)" in read(pdf)
    assert not red_in_cell(await printed(typesetter, surveyed(SitePapers()), Kept(red())))


async def test_who_signed_by_a_code_is_there_with_when(typesetter: Typesetter) -> None:
    used = {"case": "c1", "body": "highway", "by": "u1", "role": "staff", "made_at": NOW, "until": NOW, "state": "used"}
    by_name = SheetCode.model_validate(used | {"signed_at": NOW})
    text = read(await printed(typesetter, surveyed(SitePapers()), Kept(None, by_name)))
    assert "张示例(2026-11-23" in text
    assert "签)" in text
    assert "代填" not in text  # whoever made the code has written nothing
    by_hand = by_name.model_copy(update={"signature": "drawn"})
    assert red_in_cell(await printed(typesetter, surveyed(SitePapers()), Kept(red(), by_hand)))
    # The opinion was given anew since: what was signed then is not for this one.
    before = by_hand.model_copy(update={"signed_at": NOW - dt.timedelta(days=1)})
    assert not red_in_cell(await printed(typesetter, surveyed(SitePapers()), Kept(red(), before)))


async def test_what_cannot_be_printed_leaves_the_name(typesetter: Typesetter, drawn: StoredFile) -> None:
    torn = drawn.model_copy(update={"digest": "torn"})
    for held, kept in (
        (surveyed(SitePapers(signature=drawn)), Kept(b"\x89PNG\r\n\x1a\nno picture")),
        (surveyed(SitePapers(signature=torn)), Kept(red())),
    ):
        pdf = await printed(typesetter, held, kept)
        assert "勘验人员签名:" in read(pdf)
        assert "张示例" in read(pdf).partition("勘验人员签名:")[2]
