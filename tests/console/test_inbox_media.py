"""Photos and speech sent to staff are kept under the talk's key, shown as what they are, and go with the talk (ADR 41)."""

import datetime as dt
from collections.abc import Mapping

import pytest

from bot.letters import OutboxLetters
from bot.retaining import keeping
from handlers.fetching import Fetching
from handlers.ports import Picture
from model.human import MEDIA, MEDIA_BYTES
from model.login import Role
from model.look import Look
from model.message import PhotoMessage, VoiceMessage
from storage.conversations import Conversations
from storage.files import FileStore
from storage.looks import Looks
from storage.outbox import Outbox
from tests.console.office import Office
from tests.console.test_inbox import HIM, WHERE, Chat, clerk, row

PNG = b"\x89PNG\r\n\x1a\n" + b"meter" * 300
AMR = b"#!AMR\n" + b"\x3c" + b"v" * 31
POLYGLOT = b"GIF89a/*<script>alert(1)</script>*/=1;alert(1)"
PDF = b"%PDF-1.7 <script>alert(1)</script>"
SENT: Mapping[str, Picture | None] = {
    "png": Picture(PNG),
    "amr": Picture(AMR),
    "mp3": Picture(b"ID3" + bytes(90)),
    "gif": Picture(POLYGLOT),
    "pdf": Picture(PDF),
    "html": Picture(b"<html><script>alert(1)</script>"),
    "gone": Picture(b"", "file.gone"),
    "away": None,
}


class Shelf:
    """What the platform has, by media id."""

    def __init__(self) -> None:
        self.has = dict(SENT)

    async def fetch(self, account: str, media_id: str) -> Picture | None:
        return self.has[media_id.partition("#")[0]]


class Fetched:
    """The job beside the chat, over the office's stores."""

    def __init__(self, here: Office) -> None:
        self.shelf, self.files = Shelf(), FileStore(here.folder / "files", here.vault)
        letters = OutboxLetters(Outbox(here.database))
        self.jobs = Fetching(here.turns, self.shelf, self.files, letters, lambda: here.now)

    async def run(self, chat: Chat) -> None:
        self.jobs.begin(await chat.talk())
        await self.jobs.finish()


async def looks_at(here: Office, name: str) -> tuple[Look, ...]:
    clerks = [one for one in await here.staffing.of_county(WHERE) if one.name == name]
    return await Looks(here.database).by(clerks[0].id, here.now - dt.timedelta(days=1))


async def test_a_photo_and_speech_are_seen_and_each_look_is_recorded(here: Office) -> None:
    chat, fetched, she = Chat(here), Fetched(here), await clerk(here, "media1")
    assert "结束人工" in await chat.says(VoiceMessage(media_id="amr"))
    assert await chat.says(PhotoMessage(media_id="png")) == ""
    at = await row(she)
    assert (await she.get(at)).text.count("正在取") == 2
    assert (await she.get(f"{at}/media/1")).status == 404
    await fetched.run(chat)
    page = await she.get(at)
    assert "下载语音（第1条，1秒，AMR，1 KB）" in page.text
    assert "浏览器放不了" in page.text
    assert "<audio" not in page.text  # no browser plays it, and a dead player would say that one does
    assert f'src="{at}/media/2" width="200" height="150" loading="lazy"' in page.text
    assert 'alt="他发来的照片（第2条）"' in page.text
    assert "看照片（第2条，2 KB）" in page.text
    speech, photo = await she.get(f"{at}/media/1"), await she.get(f"{at}/media/2")
    assert (speech.body, photo.body) == (AMR, PNG)
    assert speech.headers["Content-Disposition"].startswith("attachment")
    assert photo.headers["Content-Disposition"].startswith("inline")
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    looks = await looks_at(here, "media1")
    assert {(one.what, one.place) for one in looks} == {("human", 0), ("human", 1), ("human", 2)}
    assert not any(PNG[8:60] in one.read_bytes() for one in (here.folder / "files").rglob("*") if one.is_file())
    assert await chat.pushed() == []  # nobody is told: it is for staff
    elsewhere = await here.clerk(Role.HOTLINE, county="jingxian", name="media2")
    assert (await elsewhere.get(f"{at}/media/2")).status == 404
    for wrong in ("3", "0", "x", "٢", "9" * 16):
        assert (await she.get(f"{at}/media/{wrong}")).status == 404
    steward = await here.clerk(Role.STEWARD, county=WHERE, name="media3")
    assert (await steward.get(f"{at}/media/2")).status == 403


@pytest.mark.parametrize(
    ("what", "kind", "way"), [("gif", "image/gif", "inline"), ("pdf", "application/pdf", "attachment")]
)
async def test_what_is_two_things_is_only_the_safe_one(here: Office, what: str, kind: str, way: str) -> None:
    chat, fetched, she = Chat(here), Fetched(here), await clerk(here, f"two{what}")
    await chat.says("人工")
    await chat.says(PhotoMessage(media_id=what, name="a.html"))
    await fetched.run(chat)
    got = await she.get(f"{await row(she)}/media/1")
    assert got.headers["Content-Type"] == kind
    assert got.headers["Content-Disposition"].startswith(f'{way}; filename="talk-')
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert "script-src" not in got.headers["Content-Security-Policy"]


async def test_speech_that_browsers_play_is_played_once_somebody_starts_it(here: Office) -> None:
    chat, fetched, she = Chat(here), Fetched(here), await clerk(here, "mp3")
    await chat.says("人工")
    await chat.says(VoiceMessage(media_id="mp3"))
    await fetched.run(chat)
    at = await row(she)
    page = await she.get(at)
    assert f'<audio controls preload="none" src="{at}/media/1"' in page.text
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    assert {one.place for one in await looks_at(here, "mp3")} == {0}  # nobody has listened


async def test_what_cannot_be_had_is_said_at_its_line_and_asked_for_again(here: Office) -> None:
    chat, fetched, she = Chat(here), Fetched(here), await clerk(here, "gone")
    await chat.says("人工")
    for one in ("gone", "html", "away"):
        await chat.says(PhotoMessage(media_id=one))
    await fetched.run(chat)
    page = (await she.get(await row(she))).text
    assert "没取到，请申请人再发一次" in page
    assert "打不开的格式" in page
    assert "正在取" in page
    assert [one.line for one in (await chat.talk()).jobs] == [3]  # no answer came: the sweeper asks again
    fetched.shelf.has["away"] = Picture(PNG)
    await fetched.run(chat)
    assert "看照片（第3条" in (await she.get(await row(she))).text
    assert not (await chat.talk()).at_work


async def test_a_talk_holds_so_many_and_so_much(here: Office) -> None:
    chat, fetched, she = Chat(here), Fetched(here), await clerk(here, "much")
    await chat.says("人工")
    for number in range(MEDIA + 1):
        await chat.says(PhotoMessage(media_id=f"png#{number}"))
    assert len((await chat.talk()).jobs) == MEDIA
    assert f"最多存{MEDIA}份" in (await she.get(await row(she))).text
    fetched.shelf.has["png"] = Picture(PNG + bytes(MEDIA_BYTES - len(PNG)))
    first = (await chat.talk()).jobs[0]
    alone = (await chat.talk()).model_copy(update={"jobs": (first,)})
    fetched.jobs.begin(alone)
    await fetched.jobs.finish()
    fetched.shelf.has["png"] = Picture(PNG)
    await fetched.run(chat)
    talk = (await chat.talk()).human
    assert talk is not None
    assert talk.held == MEDIA_BYTES
    assert "最多存40 MB" in (await she.get(await row(she))).text


async def test_they_go_when_he_has_all_erased(here: Office) -> None:
    chat, fetched, she = Chat(here), Fetched(here), await clerk(here, "erased")
    await chat.says("人工")
    await chat.says(PhotoMessage(media_id="png"))
    await fetched.run(chat)
    await chat.says(PhotoMessage(media_id="away"))
    at = await row(she)
    assert len(await fetched.files.records()) == 1
    await chat.says("删除我的信息")
    assert "删除编号" in await chat.says("确定删除")
    assert (await she.get(f"{at}/media/1")).status == 404
    assert await fetched.files.records() == frozenset()
    assert not (await chat.talk()).jobs


async def test_they_are_kept_as_long_as_the_words(here: Office) -> None:
    chat, fetched = Chat(here), Fetched(here)
    store, files = Conversations(here.port), fetched.files
    letters = OutboxLetters(Outbox(here.database))
    kept = keeping(here.counties, store, chat.book, here.database, here.vault, letters, files, lambda: here.now)
    await chat.says("人工")
    await chat.says(PhotoMessage(media_id="png"))
    await fetched.run(chat)
    await chat.says("结束人工")
    await kept.retaining.round()
    assert len(await files.records()) == 1
    here.later(days=31)
    await kept.retaining.round()
    assert (await chat.talk()).human is None
    assert await files.records() == frozenset()
    (proof,) = await kept.account.proofs(9)  # and the account says so
    assert (proof.kind, proof.rule, proof.proof, proof.counts["files"]) == ("talk", "inbox", "unreadable", 1)
    assert HIM not in repr(proof)
