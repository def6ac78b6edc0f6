"""The house of a transcript: real turns, effects, casework and notices over SQLite; a book in memory and a clock in hand."""

import asyncio
import datetime as dt
import json
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from bot.channels.wechat.template_fields import Unfit, fit_all
from bot.demo import demo_stewards
from bot.letters import OutboxLetters, key_of
from bot.mornings import Mornings
from bot.paperboy import OFFICIAL, OutboxPaperboy
from bot.ringing import Ringer
from bot.warning import Warner
from handlers.book import Again, Before, Kept, Page
from handlers.card_reading import CardReading
from handlers.casework import Casework
from handlers.digest import DIGESTS, Digest
from handlers.effects import Effects
from handlers.enquiries import EnquiryWork
from handlers.enquiry_notices import EnquiryNotices
from handlers.erasing import Eraser
from handlers.expiring import Expiring
from handlers.fetching import Fetching
from handlers.handing_in import HandingIn
from handlers.handing_over import HandingOver
from handlers.hotline.giving import Giving
from handlers.hotline.inbox import Inbox
from handlers.hotline.intaking import Intaking
from handlers.letter import Letter, Overtaken, Undeliverable
from handlers.merging import merged
from handlers.notices import Notices
from handlers.paper_letters import PaperLetters
from handlers.ports import CoreAway, Picture, Unread
from handlers.reminding import REMINDER, reminder
from handlers.turn import Turns
from model.card import Card
from model.conversation import Conversation
from model.county import County
from model.delivery import Delivered, Row, Unreachable
from model.message import CardMessage, InvitationMessage, Message, Reply, TextMessage, Update, WithdrawnMessage
from model.staff import Staff
from routing.agenda import next_morning
from routing.enquiry_log import fold_enquiry
from routing.evolve import fold
from storage.alarms import Alarms
from storage.case_papers import CasePapers
from storage.deadlines import Deadlines
from storage.desks import Desks
from storage.engine import open_database
from storage.enquiries import Enquiries
from storage.enquiry_retention import EnquiryRetention
from storage.erasures import Erasures
from storage.files import FileStore
from storage.handovers import Handovers
from storage.human_talks import HumanTalks
from storage.intakes import Intakes
from storage.looks import PAPER, Looks
from storage.migrate import upgrade
from storage.opt_ins import OptIns
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.steps import Step
from storage.vault import Keyring, RecordKey, Vault

TURN = dt.timedelta(seconds=20)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class MemoryBook:
    """`handlers.book.Book` in memory: stored as JSON, so that nothing survives that could not be stored."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.talks: dict[str, tuple[int, str]] = {}
        self.replies: dict[tuple[str, str], str] = {}
        self.keys: dict[str, dict[str, RecordKey]] = {}
        self.passed: set[tuple[str, str]] = set()
        self.commits = 0

    async def open(self, fresh: Conversation, key: str | None) -> Page:
        """See `Book`."""
        await asyncio.sleep(0)  # as the store: others may come in between
        revision, kept = self.talks.get(fresh.id, (0, None))
        conversation = Conversation.model_validate_json(kept) if kept else fresh
        keys = dict(self.keys.get(fresh.id, {}))
        reply = await self.said(fresh.id, key) if key else None
        return Page(conversation, revision, reply, keys, passed_by=(fresh.id, key) in self.passed)

    async def keep(
        self,
        page: Page,
        conversation: Conversation,
        *,
        step: Step,
        key: str | None,
        reply: Reply,
        work_due: int | None = None,
        later_due: int | None = None,
    ) -> Kept | Again | Before:
        """See `Book`: a message seen before wins over a stale revision, as in the store's script."""
        await asyncio.sleep(0)
        if key is not None and (earlier := await self.said(conversation.id, key)) is not None:
            return Before(earlier)
        if (conversation.id, key) in self.passed:
            return Again()
        if self.talks.get(conversation.id, (0, ""))[0] != page.revision:
            return Again()
        self.commits += 1
        keys = self.keys.setdefault(conversation.id, {})
        for draft in conversation.drafts:
            keys.setdefault(draft.id, self._vault.new_record_key())
        for gone in keys.keys() - {draft.id for draft in conversation.drafts}:
            del keys[gone]
        self.talks[conversation.id] = (page.revision + 1, conversation.model_dump_json())
        if conversation.wiped != page.conversation.wiped:
            nothing = Reply().model_dump_json()
            self.replies |= {one: nothing for one in self.replies if one[0] == conversation.id}
        if key is not None:
            self.replies[conversation.id, key] = reply.model_dump_json()
        return Kept(Page(conversation, page.revision + 1, reply, dict(keys)))

    async def pass_by(self, page: Page, key: str) -> bool:
        """See `Book`."""
        await asyncio.sleep(0)
        if await self.said(page.conversation.id, key) is not None:
            return False
        self.passed.add((page.conversation.id, key))
        return True

    async def forget(self, page: Page) -> bool:
        """See `Book`."""
        name = page.conversation.id
        if self.talks.get(name, (0, ""))[0] != page.revision:
            return False
        del self.talks[name]
        self.keys.pop(name, None)
        return True

    async def said(self, conversation_id: str, key: str) -> Reply | None:
        """See `Book`."""
        kept = self.replies.get((conversation_id, key))
        return Reply.model_validate_json(kept) if kept is not None else None


class Core:
    """The routing core behind a wire that can be cut."""

    def __init__(self, core: Casework) -> None:
        self._core = core
        self.away = False

    def __getattr__(self, name: str) -> object:
        if self.away:
            raise CoreAway(name)
        return getattr(self._core, name)


class Desk:
    """The enquiries behind the same wire."""

    def __init__(self, work: EnquiryWork, core: Core) -> None:
        self._work = work
        self._core = core

    def __getattr__(self, name: str) -> object:
        if self._core.away:
            raise CoreAway(name)
        return getattr(self._work, name)


class Erased:
    """The account of erasures behind the same wire."""

    def __init__(self, eraser: Eraser, core: Core) -> None:
        self._eraser = eraser
        self._core = core

    def __getattr__(self, name: str) -> object:
        if self._core.away:
            raise CoreAway(name)
        return getattr(self._eraser, name)


class PaperGallery:
    """Files by their names: `…大….jpg` is too large, `…没了….jpg` is gone, else the ending says what is inside."""

    async def fetch(self, account: str, media_id: str) -> Picture | None:
        """See `Gallery`."""
        name = media_id.partition("#")[0]
        if "大" in name:
            return Picture(b"", "file.large")
        if "没了" in name:
            return Picture(b"", "file.gone")
        bodies = {"png": PNG, "jpg": PNG, "pdf": PDF}
        return Picture(bodies.get(name.rpartition(".")[2], b"PK\x03\x04 not a picture") + media_id.encode())


class PaperReader:
    """Cards by what stands on them: `name=李示例；number=…` is read so, `!none` is refused so (`card.none`), `?` is not answered."""

    async def read(self, account: str, conversation: str, media_id: str, card: Card) -> dict[str, str] | Unread | None:
        """See `CardReader`."""
        written = media_id.partition("#")[0]
        if written == "?":
            return None
        if written.startswith("!"):
            return Unread(f"card.{written[1:]}")
        return dict(one.split("=", 1) for one in written.split("；"))


@dataclass(frozen=True)
class Pushed:
    """What reached somebody unasked; `reply` None: nobody could be written to, for `reason`."""

    row: Row
    person: str
    reply: Reply | None
    reason: str = ""
    along: tuple[Row, ...] = ()


class Stage:
    """One county with its account, its people and a clock."""

    def __init__(self, county: County, now: dt.datetime, home: Path) -> None:
        """`home` holds the migrated database (see `empty_database`)."""
        self.county = county
        self.now = now
        self.counties = {county.id: county}
        self._number = self._offers = 0
        vault = Vault(Keyring("k", {"k": os.urandom(32)}), b"2" * 32)  # the numbers of erasures come of it
        self.database = open_database(f"sqlite:///{home / 'records.sqlite3'}")
        event.listen(self.database.engine.sync_engine, "connect", _hurried)
        self.records = Records(self.database, vault, fold)
        self.staffing, self.outbox = Staffing(self.database, vault), Outbox(self.database)
        self._mail = self.tells_mornings = self.by_card = False
        self.core = Core(Casework(self.records, self.staffing, self.counties, self._post))
        self.enquiries = Enquiries(self.database, vault, fold_enquiry)
        self.questions = EnquiryRetention(self.database, vault)
        self.desk = Desk(EnquiryWork(self.enquiries, self.staffing, self.counties, self._post), self.core)
        self._codes = Handovers(self.database, vault)
        self.deadlines = Deadlines(self.database)
        self.warner = Warner(self.deadlines, self.core, self.clock, self.desk)  # type: ignore[arg-type]
        self.alarms = Alarms(self.database)
        self.ringer = Ringer(self.alarms, self.core, self.clock)  # type: ignore[arg-type]
        self.letters = OutboxLetters(self.outbox, self._post)
        self.mornings = Mornings(self.staffing, self.letters, self.counties, self.clock, self.core)  # type: ignore[arg-type]
        self.book = MemoryBook(vault)
        intakes = Intakes(self.database, vault)
        self.intaking = Intaking(self.core, self.book, intakes, self.counties, self.clock)  # type: ignore[arg-type]
        drafts = Giving(self.book, intakes)
        self.handing_over = HandingOver(self.core, self._codes, self.counties, self._drawn, drafts)  # type: ignore[arg-type]
        self.files = FileStore(home / "files", vault)
        self.erasures = Erasures(self.database, vault)
        self.places = CasePapers(self.database, vault)
        self.turns = self.process()
        self.elsewhere = self.process()
        self.fetching = Fetching(self.turns, PaperGallery(), self.files, self.letters, self.clock, self.places)
        self.inbox = Inbox(self.turns, HumanTalks(self.database), self.letters, key_of, self.clock, self.files)
        self.reading = CardReading(self.turns, PaperReader(), self.letters, self.clock)

    def process(self) -> Turns:
        """Turns as another process would have them: over the same book and core, with queues of its own."""

        def after(conversation: Conversation) -> None:
            self.fetching.begin(conversation)
            self.reading.begin(conversation)

        core: object = self.core
        opt_ins, talks = OptIns(self.database), HumanTalks(self.database)
        account = Eraser(self.erasures, self.records, self.book, self.files, self.questions, opt_ins, talks)
        eraser = Erased(account, self.core)
        return Turns(
            self.counties,
            {self.county.id: self.county.id},
            self.book,
            Effects(core, eraser, self.desk, self._paperboy(), self.handing_over, talks),  # type: ignore[arg-type]
            HandingIn(core, self.letters),
            self.clock,
            after,
            expiring=Expiring(self.book, self.letters, eraser, self.clock, talks),
            reads=(self.county.id,),
        )  # type: ignore[arg-type]

    def _paperboy(self) -> OutboxPaperboy:
        return OutboxPaperboy(Looks(self.database), {self.county.id: OFFICIAL}, self._post)

    async def talked(self, person: str) -> int:
        """The row of whoever talks to staff, or has."""
        found = await HumanTalks(self.database).row_of(self.county.id, person)
        assert found is not None
        return found

    def _drawn(self) -> str:
        """The digits of the next code: each transcript can name its own."""
        self._offers += 1
        return f"4829163{self._offers}"

    def _post(self) -> None:
        """Something may wait in the outbox."""
        self._mail = True

    def clock(self) -> dt.datetime:
        """The time on stage."""
        return self.now

    def publish(self, county: County) -> None:
        """From now on the county's form or texts are these: a process that was started anew."""
        self.county = self.counties[county.id] = county
        self.turns, self.elsewhere = self.process(), self.process()

    async def hire(self, body: str, duty: str = "steward", *, second: bool = False) -> Staff:
        """The demonstration's steward of a body, or its lead or supervisor, bound by his code as in chat.

        `second`: a colleague of his who is nowhere else.
        """
        wanted = (self.county.id, body, duty)
        one = next(one for one in demo_stewards() if (one.county, one.body, one.duty) == wanted)
        if second:
            other = {"id": f"{one.id}_b", "person": f"{one.person}_b", "name": "乙示例", "phone": "13700000999"}
            one = one.model_copy(update=other)
        await self.staffing.put(Staff(**one.model_dump(exclude={"account", "person"})))
        self._number += 1
        code = f"K7P2Q9{self._number:02}"
        await self.staffing.issue_code(one.id, code, self.now + dt.timedelta(minutes=5))
        await self.say(one.person, TextMessage(text=f"绑定 {code}"))
        staff = await self.staffing.one(one.id)
        assert staff is not None
        return staff

    def update(self, person: str, message: Message) -> Update:
        """A message with a key of its own."""
        self._number += 1
        return Update(account=self.county.id, person=person, key=f"m{self._number}", at=self.now, message=message)

    async def say(self, person: str, message: Message) -> tuple[Update, Reply]:
        """The reply to a message, a turn later than the last one."""
        self.now += TURN
        update = self.update(person, message)
        reply = await self.turns.answer(update)
        return update, reply

    async def at_once(self, person: str, messages: list[Message]) -> list[Reply]:
        """Messages that reach several processes in the same moment."""
        self.now += TURN
        turns = [self.turns, self.elsewhere]
        return list(
            await asyncio.gather(*(turns[n % 2].answer(self.update(person, one)) for n, one in enumerate(messages)))
        )

    async def talk(self, person: str) -> Conversation:
        """The person's conversation as it is now."""
        return await self.turns.conversation(self.county.id, person)

    async def pass_until(self, then: dt.datetime) -> AsyncIterator[list[Pushed]]:
        """The clock goes on to `then`; what falls due before is warned of in its time, mornings are told, all is delivered."""
        while not self.core.away:
            opens, ripe, rings = self._next_morning(then), await self.deadlines.soonest(), await self.alarms.soonest()
            posted = await self.outbox.next_due()
            if min(opens, ripe or opens, rings or opens, posted or opens) > then:
                break
            if posted is not None and posted <= min(opens, ripe or opens, rings or opens):
                self.now, self._mail = max(self.now, posted), True  # what waited for the morning
            elif rings is not None and rings <= min(opens, ripe or opens):
                self.now = max(self.now, rings)
                assert await self.ringer.round()
            elif ripe is not None and ripe <= opens:
                self.now = max(self.now, ripe)
                assert await self.warner.round()
            else:
                self.now = opens
                await self.mornings.round()
            yield await self.deliver()
        self.now = then

    def _next_morning(self, then: dt.datetime) -> dt.datetime:
        """When people are told of their day next; later than `then` where this transcript is not about that."""
        return next_morning(self.county, self.now) if self.tells_mornings else then + TURN

    async def deliver(self) -> list[Pushed]:
        """Everything that waits in the outbox, as delivery would send it: what is asked joins the conversation first."""
        await self.fetching.finish()
        await self.reading.finish()
        sent = list[Pushed]()
        if not self._mail:
            return sent
        self._mail = False
        while rows := await self.outbox.claim(self.now, 50):
            for row in rows:
                pushed = await self._send(row)
                outcome = Delivered() if pushed.reply else Unreachable(reason=pushed.reason)
                await self.outbox.announce(row, "custom", None, pushed.along)
                for one in (row, *pushed.along):
                    await self.outbox.finish(one, outcome, self.now, 0)
                if pushed.reply != Reply():
                    sent.append(pushed)
        return sent

    async def _send(self, row: Row) -> Pushed:
        if row.template == REMINDER:
            talk = await self.talk(row.refs["person"])
            letter = reminder(self.county, self.turns.wording(self.county.id), talk, row)
            return Pushed(row, talk.person, letter.reply if letter else None, "not needed any more")
        if row.template in DIGESTS:
            wordings = {name: self.turns.wording(name) for name in self.counties}
            digest = Digest(self.core, Desks(self.database), self.counties, wordings, self.clock)  # type: ignore[arg-type]
            told = await digest.compose(row)
            return Pushed(row, told.person if told else "", told.reply if told else Reply())
        if row.template == PAPER:
            return await self._paper(row)
        if row.kind == "reply":
            person = row.refs["person"]
            reply = await self.book.said(self.turns.conversation_id(self.county.id, person), row.refs["key"])
            return Pushed(row, person, reply, "nothing left to say")
        wordings = {name: self.turns.wording(name) for name in self.counties}
        enquiries = EnquiryNotices(self.core, self.desk, self.counties, wordings)  # type: ignore[arg-type]
        notices = Notices(self.core, self.counties, wordings, enquiries)  # type: ignore[arg-type]
        letter = await notices.compose(row)
        if isinstance(letter, Undeliverable):
            return Pushed(row, "", None, letter.reason)
        if isinstance(letter, Overtaken):
            return Pushed(row, "", Reply())
        assert isinstance(letter, Letter)
        if letter.invitation is not None or letter.withdraws:
            message: Message = WithdrawnMessage(invitation=letter.withdraws)
            if letter.invitation is not None:
                message = InvitationMessage(invitation=letter.invitation, settles=letter.withdraws)
            key = f"outbox:{row.key}"
            await self.turns.answer(
                Update(account=letter.account, person=letter.person, key=key, at=self.now, message=message)
            )
        if self.by_card:
            return await self._card(row, letter)
        letter, along = await merged(letter, await self.outbox.beside(row, self.now), notices.compose)
        return Pushed(row, letter.person, letter.reply, along=along)

    async def _paper(self, row: Row) -> Pushed:
        """A paper as whoever asked for it sees it: a picture, here with its name."""
        wordings = {name: self.turns.wording(name) for name in self.counties}
        letters = PaperLetters(self.core, self.counties, wordings, self.places, self.files)  # type: ignore[arg-type]
        letter = await letters.compose(row)
        if isinstance(letter, Overtaken):
            return Pushed(row, "", Reply())
        assert letter.enclosed is not None
        read = await letter.enclosed.load() is not None
        return Pushed(row, letter.person, Reply(text=f"[图片 {letter.enclosed.name}]") if read else letter.reply)

    async def _card(self, row: Row, letter: Letter) -> Pushed:
        """As where 客服消息 is used up: the fields of the card are all that is seen."""
        if letter.invitation is not None:
            message = CardMessage(invitation=letter.invitation.id)
            await self.turns.answer(
                Update(
                    account=letter.account, person=letter.person, key=f"card:{row.key}", at=self.now, message=message
                )
            )
        fields = fit_all(letter.fields)
        assert not isinstance(fields, Unfit), fields
        return Pushed(row, letter.person, Reply(text=f"（卡片）{' | '.join(fields.values())}"))

    async def close(self) -> None:
        """Ends what is open."""
        await self.fetching.finish()
        await self.reading.finish()
        await self.database.close()

    def remembers(self, words: str) -> bool:
        """Whether anything kept about anybody holds these words."""
        kept = [text for _, text in self.book.talks.values()] + list(self.book.replies.values())
        plain = [json.dumps(json.loads(text), ensure_ascii=False) for text in kept]
        return any(words in text for text in plain)


def _hurried(connection: object, _: object) -> None:
    """No stage has to survive a power cut."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


async def empty_database(template: Path) -> Path:
    """A migrated SQLite file to copy, made once a session."""
    template.parent.mkdir(parents=True, exist_ok=True)
    await upgrade(f"sqlite:///{template}")
    return template


def set_up(county: County, now: dt.datetime, home: Path, template: Path) -> Stage:
    """A stage with an empty database of its own in `home`."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, home / "records.sqlite3")
    return Stage(county, now, home)


def people(counties: Mapping[str, County]) -> dict[str, dict[str, tuple[str, str]]]:
    """Who speaks in a transcript: stewards (供水管家, 港华专员), leads (供水负责人) and 督办, as body and duty, by county."""
    named = dict[str, dict[str, tuple[str, str]]]()
    for county in counties.values():
        role = county.steward[-2:]
        here = [one for one in demo_stewards() if one.county == county.id]
        stewards = {_trade(body.short) + role: (body.id, "steward") for body in county.bodies}
        leads = {
            f"{_trade(county.body[one.body].short)}负责人": (one.body, "lead") for one in here if one.duty == "lead"
        }
        supervisors = dict.fromkeys(["督办"], next((one.body, one.duty) for one in here if one.duty == "supervisor"))
        named[county.id] = stewards | leads | supervisors
    return named


def _trade(short: str) -> str:
    return short.removesuffix("公司").removesuffix("单位").removesuffix("燃气") or short.removesuffix("公司")
