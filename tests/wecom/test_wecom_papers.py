"""Papers to a member of WeCom, before the strict platform: pictures as pictures, all else as files under their names."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.wechat.account import Kind, Mode
from bot.channels.wechat.results import Refusal, Sent, Uploaded
from bot.channels.wechat.sdk import Upload
from bot.channels.wecom.client import WeCom
from bot.paperboy import NOTHING, OFFICIAL, WECOM, carried
from bot.ways.enclosing import Enclosing
from bot.ways.gate import Gate
from bot.ways.way import Closed
from bot.ways.wecom import WeComWay
from handlers.letter import Enclosed, Letter
from handlers.paper_letters import file_name
from model.conversation import Conversation
from model.delivery import Delivered, Outcome, Recipient, Row, Unknown
from model.message import Reply
from model.values import StoredFile
from sandbox.faults import Fault
from sandbox.media import SAMPLE_PDF, sample_photo
from storage.breakers import Breakers
from storage.conversations import RedisPort, open_port
from storage.ledger import QuotaLedger
from storage.tokens import TokenCache
from storage.valkey import EmbeddedValkey
from tests.wechat.hall import account
from tests.wechat.platform import Memory
from tests.wecom.enterprise import MEMBER, Platform, platform, wecom_app

WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(24)
WORDS = Reply(text="第1份没发成")

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    """One server for this file; each test has keys of its own."""
    async with EmbeddedValkey(Path(tmp_path_factory.mktemp("wecom-papers"))) as server:
        opened = open_port(server.url)
        yield opened
        await opened.close()


@dataclass
class Post:
    """The platform, and the way to one member."""

    platform: Platform
    client: WeCom
    gate: Gate
    enclosing: Enclosing
    announced: list[tuple[str, dt.timedelta | None]] = field(default_factory=list)

    def conversation_id(self, account: str, person: str) -> str:
        return f"{account}:{person}"

    async def conversation(self, account: str, person: str) -> Conversation:
        return Conversation(id=f"{account}:{person}", account=account, person=person, county="x")

    async def announce(self, channel: str, protected: dt.timedelta | None, along: object = ()) -> None:
        self.announced.append((channel, protected))

    async def send(self, name: str, media_type: str, data: bytes | None) -> Outcome | Closed:
        async def load() -> bytes | None:
            return data

        way = WeComWay({"desk": self.client}, self, self.gate, self.enclosing)  # type: ignore[arg-type]
        row = Row(id=1, key="k", kind="reply", recipient=Recipient(kind="applicant", id="p"), attempt=1)
        paper = Enclosed(f"digest of {name}", file_name(name, media_type), media_type, load)
        return await way.send(row, Letter("desk", MEMBER, WORDS, None, "", {}, enclosed=paper), self.announce)

    @property
    def seen(self) -> list[tuple[str, str | None]]:
        return [(one.kind, one.title or one.content) for one in self.platform.entries()]


@pytest_asyncio.fixture(loop_scope="session")
async def post(port: RedisPort, request: pytest.FixtureRequest) -> AsyncIterator[Post]:
    prefix = f"{abs(hash(request.node.nodeid))}:"
    async with platform() as there, aiohttp.ClientSession() as session:
        gate = Gate(Breakers(port, prefix=prefix), QuotaLedger(port, prefix=prefix), there.clock)
        cache = TokenCache(port, prefix=prefix, kind="media")
        client = WeCom(there.app, session, Memory(), clock=there.clock)
        yield Post(there, client, gate, Enclosing(cache, gate, there.clock))


async def test_a_picture_is_a_picture_and_all_else_a_file_under_its_name(post: Post) -> None:
    photo = sample_photo()
    assert await post.send("接水点照片", "image/png", photo) == Delivered()
    assert await post.send("规划许可证(副本)", "application/pdf", SAMPLE_PDF) == Delivered()
    assert await post.send("平面图", "image/webp", WEBP) == Delivered()
    assert post.seen == [("image", ""), ("file", "规划许可证(副本).pdf"), ("file", "平面图.webp")]
    found = [post.platform.world.media.find(one.media or "") for one in post.platform.entries()]
    assert [one.data for one in found if one] == [photo, SAMPLE_PDF, WEBP]
    assert post.announced == [("wecom", None)] * 3


async def test_the_same_one_asked_for_again_comes_again_by_the_same_id(post: Post) -> None:
    for _ in range(2):
        assert await post.send("证", "application/pdf", SAMPLE_PDF) == Delivered()
    first, second = post.platform.entries()
    assert first.media == second.media


async def test_what_the_platform_has_lost_is_uploaded_anew(post: Post) -> None:
    assert await post.send("证", "application/pdf", SAMPLE_PDF) == Delivered()
    post.platform.world.media._media.clear()
    assert await post.send("证", "application/pdf", SAMPLE_PDF) == Delivered()
    first, second = post.platform.entries()
    assert first.media != second.media


@pytest.mark.parametrize("data", [None, b"", b"%PDF-", b"%PDF-" + bytes(20 << 20)])
async def test_what_the_platform_takes_not_is_said_in_words(post: Post, data: bytes | None) -> None:
    assert await post.send("证", "application/pdf", data) == Delivered()
    assert post.seen == [("text", WORDS.text)]


async def test_what_may_have_arrived_is_unknown(post: Post) -> None:
    post.platform.world.halls["xinxiang"].faults.plan(Fault(path="qyapi/message/send", silent="after"))
    assert isinstance(await post.send("证", "application/pdf", SAMPLE_PDF), Unknown)
    assert len(post.seen) == 1


async def test_the_client_by_itself(post: Post) -> None:
    found = await post.client.upload(Upload("证.pdf", "application/pdf", SAMPLE_PDF), "file")
    assert isinstance(found, Uploaded)
    wrong = await post.client.send_media(MEMBER, "image", found.media_id)
    assert isinstance(wrong, Refusal)
    assert wrong.code == 40007
    assert isinstance(await post.client.send_media(MEMBER, "file", found.media_id), Sent)


@pytest.mark.parametrize(
    ("name", "is_called"),
    [
        ("规划许可证(副本)", "规划许可证(副本).pdf"), ("../../etc/passwd", "etcpasswd.pdf"), ('a"\r\nb', "ab.pdf"), ("。", "资料.pdf"),
        ("长" * 90, "长" * 40 + ".pdf"),
    ],
)  # fmt: skip
async def test_names_that_no_path_and_no_header_reads_otherwise(name: str, is_called: str) -> None:
    assert file_name(name, "application/pdf") == is_called


async def test_what_each_account_can_bring() -> None:
    official = account(Mode.SAFE)
    found = carried([official, official.model_copy(update={"id": "mute", "kind": Kind.SUBSCRIPTION})], [wecom_app()])
    assert found[official.id] == OFFICIAL
    assert (found["desk"], found["mute"]) == (WECOM, NOTHING)
    pdf = StoredFile(digest="d", media_type="application/pdf", size=9)
    photo, large = (StoredFile(digest="d", media_type="image/png", size=size) for size in (9, 11 << 20))
    assert [one.brings(pdf) for one in (OFFICIAL, WECOM, NOTHING)] == [False, True, False]
    assert [one.brings(photo) for one in (OFFICIAL, WECOM, NOTHING)] == [True, True, False]
    assert [one.brings(large) for one in (OFFICIAL, WECOM, NOTHING)] == [False, False, False]
