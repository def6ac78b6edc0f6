"""Erasing with a proof: marked, keys destroyed, what they sealed deleted, and then reading is tried (design §6)."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable

import structlog

from handlers.book import TALK, Book
from handlers.ports import Questions
from handlers.reaching import reaching
from model.conversation import Conversation
from model.erasure import Erasure, Marked
from storage.enquiry_retention import EnquiryRetention
from storage.erasures import GONE, Erasures
from storage.files import FileStore
from storage.human_talks import HumanTalks
from storage.opt_ins import OptIns
from storage.records import Records
from storage.vault import Unreadable

log = structlog.get_logger()


class Eraser:
    """`handlers.ports.Erasing` over the account in SQL; every step is found again after a crash and repeated safely."""

    def __init__(
        self,
        account: Erasures,
        records: Records,
        book: Book,
        files: FileStore,
        questions: EnquiryRetention,
        opt_ins: OptIns,
        talks: HumanTalks | None = None,
    ) -> None:
        """`records`, `book` and `files` are what is read in vain for the proof; so are the `questions` of a person, and what he has
        agreed to be sent; `talks` knows who talks to staff.
        """
        self._opt_ins = opt_ins
        self._talks = talks
        self._account = account
        self._records = records
        self._book = book
        self._files = files
        self._questions = questions

    @reaching
    async def mark(self, what: Erasure, now: dt.datetime) -> str:
        """See `Erasing`."""
        return await self._account.mark(what, now)

    @reaching
    async def questions(self, account: str, person: str) -> Questions:
        """See `Erasing`."""
        of = await self._questions.open_of(account, person), await self._questions.closed_of(account, person)
        return Questions(*of)

    @reaching
    async def finish(self, number: str, now: dt.datetime) -> bool:
        """See `Erasing`. False while the keys are still there: whoever announced it has not come to destroy them."""
        one = await self._account.marked(number)
        if one is None:
            return True
        if one.erasure.kind in ("case", "words"):
            return one.destroyed_at is not None and await self._case(one, now)
        if one.erasure.before is not None:
            return await self._pushes(one, one.erasure.before, now)
        return await self._outside(one, now)

    async def case(self, one: Marked, closed_before: dt.datetime, now: dt.datetime) -> bool:
        """Erases a closed case, or its words; False, and nothing happens, if it is not closed for long enough."""
        if one.destroyed_at is None and not await self._account.destroy_keys(one, closed_before, now):
            return False
        return await self._case(one, now)

    async def _case(self, one: Marked, now: dt.datetime) -> bool:
        counts = {"files": await self._erase_files(one.erasure.drafts)} if one.erasure.kind == "case" else {}
        await self._account.deleted(one.number, counts | await self._account.clear(one, now), now)
        readable = await self._readable(one) or await self._account.left(one) > 0
        return await self._prove(one, readable or await self._files_left(one.erasure.drafts), now)

    async def _pushes(self, one: Marked, before: dt.datetime, now: dt.datetime) -> bool:
        await self._account.destroyed(one.number, now)
        await self._account.deleted(one.number, {"pushes": await self._account.clear_pushes(before)}, now)
        return await self._prove(one, await self._account.pushes_due(before) > 0, now)

    async def _outside(self, one: Marked, now: dt.datetime) -> bool:
        if await self._held(one.erasure):
            return False
        await self._account.destroyed(one.number, now)
        records = (*one.erasure.drafts, *await self._said(one.erasure))
        counts = {"drafts": len(one.erasure.drafts), "files": await self._erase_files(records)}
        asker = _asker(one.erasure)
        if asker is not None:
            counts["enquiries"] = await self._questions.forget_closed_of(*asker)
        talker = _talker(one.erasure)
        if talker is not None and self._talks is not None:
            await self._talks.forget(*talker, one.marked_at)
        agreed = talker if one.erasure.rule != "inbox" else None  # he goes on being told what he has agreed to
        if agreed is not None:
            counts["opt_ins"] = await self._opt_ins.forget(*agreed, one.marked_at)
        await self._account.deleted(one.number, counts, now)
        left = await self._held(one.erasure) or await self._files_left(records)
        left = left or (asker is not None and await self._questions.closed_of(*asker) > 0)
        left = left or (agreed is not None and await self._opt_ins.of(*agreed, one.marked_at) > 0)
        return await self._prove(one, left, now)

    async def _said(self, what: Erasure) -> tuple[str, ...]:
        """What he sent to staff in talks is stored under these; not what he has sent since he began anew."""
        talker = _talker(what)
        if talker is None:
            return ()
        account, person = talker
        fresh = Conversation(id=f"{account}:{person}", account=account, person=person, county=what.county)
        talk = (await self._book.open(fresh, None)).conversation.human
        now = talk.records if talk is not None else frozenset()
        return tuple(one for one in await self._files.records() - now if one.startswith(f"talk:{account}:{person}:"))

    async def _held(self, what: Erasure) -> bool:
        """Whether the conversation still has what was to be erased of it, or a key to it."""
        if what.conversation is None:
            return False
        account, _, person = what.conversation.partition(":")
        fresh = Conversation(id=what.conversation, account=account, person=person, county=what.county)
        page = await self._book.open(fresh, None)
        if what.rule in ("asked", "inbox") and page.conversation.wiped <= what.revision:
            return page.revision > 0  # nobody has carried it out
        if what.rule == "talk":
            return TALK in page.keys and page.revision >= what.revision  # a lower one has begun anew
        return any(draft in page.keys for draft in what.drafts)

    async def _readable(self, one: Marked) -> bool:
        """Tries to read what was erased of a case, by every door there is."""
        case_id = one.erasure.case or ""
        records = self._records
        doors: list[Callable[[str], Awaitable[object]]] = [records.words]
        if one.erasure.kind == "case":
            doors += [records.case, records.submission, records.photos_key]
        for door in doors:
            try:
                await door(case_id)
            except Unreadable:
                continue
            return True
        return False

    async def _erase_files(self, records: Iterable[str]) -> int:
        return sum([await self._files.erase(record) for record in records])

    async def _files_left(self, records: Iterable[str]) -> bool:
        return bool(await self._files.records() & frozenset(records))

    async def _prove(self, one: Marked, left: bool, now: dt.datetime) -> bool:
        if left:
            log.error("erasure_failed", number=one.number, kind=one.erasure.kind)
        return await self._account.proved(one.number, "still there" if left else GONE, now)


def _asker(what: Erasure) -> tuple[str, str] | None:
    """The person who has all of his own erased, with his account: his answered questions go with it."""
    return _talker(what) if what.rule == "asked" else None


def _talker(what: Erasure) -> tuple[str, str] | None:
    """The person whose talk goes, with his account: what he sent to staff goes with it."""
    if what.rule not in ("asked", "talk", "inbox") or what.conversation is None:
        return None
    account, _, person = what.conversation.partition(":")
    return account, person
