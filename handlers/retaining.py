"""The job that enforces retention (保存期限): what is due is erased, and every erasure ends with its proof (design §6).

One round goes through every store. It may be stopped anywhere and run by several processes at once: what was announced
and not proved is found again, nothing is erased twice, and a case that is not closed is never touched.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final, Literal

import structlog

from dialogs.expiring import run_out, talk_ends, to_forget, to_remind
from dialogs.funnel import Tally
from handlers.book import Page, SealedBook
from handlers.erasing import Eraser
from handlers.expiring import Expiring
from handlers.pace import Pace
from handlers.ports import Clock, CoreAway
from model.conversation import Conversation
from model.county import County
from model.erasure import Erasure, Rule
from storage.conversations import Conversations
from storage.enquiry_retention import EnquiryRetention
from storage.erasures import Erasures
from storage.files import FileStore
from storage.funnels import Funnels
from storage.handovers import Handovers
from storage.intakes import Intakes
from storage.newer import Newer
from storage.opt_ins import OptIns
from storage.records import Records
from storage.vault import Unreadable

_AT_ONCE: Final = 200
_GIVEN_UP: Final = dt.timedelta(minutes=10)
"""Who announced an erasure this long ago and destroyed no key is dead: his commit never came."""

log = structlog.get_logger()


class Retaining:
    """One round over all stores; the numbers it gives count what was erased, by rule (`reminded`: told of)."""

    def __init__(
        self,
        counties: Mapping[str, County],
        store: Conversations,
        book: SealedBook,
        expiring: Expiring,
        eraser: Eraser,
        account: Erasures,
        records: Records,
        files: FileStore,
        clock: Clock,
        enquiries: EnquiryRetention | None = None,
        opt_ins: OptIns | None = None,
        handovers: Handovers | None = None,
        funnels: Funnels | None = None,
        intakes: Intakes | None = None,
    ) -> None:
        """Over everything in which data of persons is kept; `funnels` keeps where drafts stand, counted on the way."""
        self._funnels = funnels
        self._opt_ins = opt_ins
        self._handovers = handovers
        self._intakes = intakes
        self._enquiries = enquiries
        self._counties = counties
        self._store = store
        self._book = book
        self._expiring = expiring
        self._eraser = eraser
        self._account = account
        self._records = records
        self._files = files
        self._clock = clock

    async def round(self, *, dry: bool = False, share: float = 1) -> Counter[str]:
        """Erase what is due; `dry` only counts it. `share` of the time is spent on going through the conversations.

        Raises the errors of the stores: what is left is done next time.
        """
        done = Counter[str]()
        if not dry:
            await self._resume(done)  # first: what it was about to delete must not be taken for something left over
        folders = await self._files.records()  # before the drafts they belong to: whatever comes later is not looked at
        tallies = {name: Tally(county, self._clock()) for name, county in self._counties.items()}
        keyed = await self._conversations(done, dry, Pace(share), tallies)
        if self._funnels is not None and not dry:
            for one in tallies.values():
                await self._funnels.put(one.found())
        await self._photos((folders - keyed) & await self._files.records(), done, dry)
        for county in self._counties.values():
            await self._cases(county, "words", county.retention.words, done, dry)
            await self._cases(county, "case", county.retention.cases, done, dry)
            await self._answered(county, done, dry)
        await self._pushes(done, dry)
        if self._opt_ins is not None:
            over = self._opt_ins.due if dry else self._opt_ins.tidy
            done.update(opt_ins=await over(self._clock()))
        if not dry:
            if self._handovers is not None:
                await self._handovers.forget(self._clock())
            await self._calls()
            await self._forget_bytes()  # keys of cancelled drafts are destroyed without any account
        return done

    async def _conversations(
        self, done: Counter[str], dry: bool, pace: Pace, tallies: Mapping[str, Tally]
    ) -> AbstractSet[str]:
        """Drafts and talks; the drafts that may have photos, by the keys that are left after it."""
        keyed = set[str]()
        async for name in self._store.names():
            await pace.rest()
            account, _, person = name.partition(":")
            try:
                page = await self._book.open(Conversation(id=name, account=account, person=person, county=""), None)
            except (Unreadable, Newer) as error:
                log.error("conversation_unreadable", reason=str(error))
                keyed |= await self._book.names(name)  # its photos are not for us to judge
                keyed |= {one for one in await self._files.records() if one.startswith(f"talk:{name}:")}
                continue
            county = self._counties.get(page.conversation.county)
            if county is not None:
                page = await self._conversation(county, page, done, dry)
                tallies[county.id].count(page.conversation)
            keyed |= page.keys.keys()
            keyed |= page.conversation.human.records if page.conversation.human is not None else frozenset()
        return keyed

    async def _conversation(self, county: County, page: Page, done: Counter[str], dry: bool) -> Page:
        now, before = self._clock(), page.conversation
        gone, resting = len(run_out(county, before, now)), len(to_remind(county, before, now))
        ends = talk_ends(county, before)
        over = ends is not None and ends <= now
        said = to_forget(county, before, now)
        if dry:
            done.update(drafts=gone, reminded=resting, inbox=said, talk=over)
            return page
        if page.spare():
            page = await self._hand_over_keys(page)
        if gone or resting or said:
            after = await self._expiring.tend(county, page)
            if after is not None and after is not page:
                done.update(drafts=gone, reminded=resting, inbox=said)
            page = after or page
        if over and await self._expiring.end_talk(county, page):
            done.update(talk=1)
        return page

    async def _hand_over_keys(self, page: Page) -> Page:
        """Keys that an earlier version left here after handing in photos go to their cases; others are destroyed."""
        for name in page.spare():
            if (case_id := await self._records.of_submission(name)) is not None:
                await self._records.adopt_photos(case_id, page.keys[name].wrapped)
        if not await self._book.release(page, page.spare()):
            return page
        return await self._book.open(page.conversation, None)

    async def _photos(self, folders: AbstractSet[str], done: Counter[str], dry: bool) -> None:
        """Photos of drafts that are gone: their key is destroyed already, the files are still there."""
        for record in folders:
            if await self._records.of_submission(record) is not None:
                continue
            if record not in await self._files.records():
                continue  # its case was erased meanwhile, the files before the rest
            done.update(cancelled=1)
            if not dry:
                what = Erasure(kind="draft", rule="cancelled", county="", record=f"files:{record}", drafts=(record,))
                await self._eraser.finish(await self._eraser.mark(what, self._clock()), self._clock())

    async def _cases(
        self, county: County, kind: Literal["case", "words"], days: int, done: Counter[str], dry: bool
    ) -> None:
        before = self._clock() - dt.timedelta(days=days)
        if dry:
            done.update({_rule(kind): len(await self._account.due(kind, county.id, before, 100_000))})
            return
        while found := await self._account.due(kind, county.id, before, _AT_ONCE):
            for case_id, submission in found:
                drafts = (submission,) if kind == "case" else ()
                what = Erasure(
                    kind=kind, rule=_rule(kind), county=county.id, record=case_id, case=case_id, drafts=drafts
                )
                number = await self._eraser.mark(what, self._clock())
                one = await self._account.marked(number)
                if one is not None and await self._eraser.case(one, before, self._clock()):
                    done.update({_rule(kind): 1})
                elif one is None:
                    log.error("erased_but_due", number=number)
                    return

    async def _answered(self, county: County, done: Counter[str], dry: bool) -> None:
        """Enquiries are kept for later query (J45) as long as cases are."""
        if self._enquiries is None:
            return
        before = self._clock() - dt.timedelta(days=county.retention.cases)
        if dry:
            done.update(enquiries=await self._enquiries.due(county.id, before))
            return
        while count := await self._enquiries.forget(county.id, before, _AT_ONCE):
            done.update(enquiries=count)

    async def _calls(self) -> None:
        """What clerks began to fill in for callers and left: nobody finds it any more; what was said goes as every draft does."""
        if self._intakes is not None:
            for county in self._counties.values():
                await self._intakes.forget(county.id, self._clock() - dt.timedelta(days=county.retention.drafts))

    async def _pushes(self, done: Counter[str], dry: bool) -> None:
        days = max((county.retention.pushes for county in self._counties.values()), default=0)
        now = self._clock()
        before = now - dt.timedelta(days=days)
        due = await self._account.pushes_due(before)
        done.update(pushes=due)
        if due and not dry:
            what = Erasure(kind="pushes", rule="pushes", county="", record=f"pushes:{before}", before=before)
            await self._eraser.finish(await self._eraser.mark(what, now), now)

    async def _resume(self, done: Counter[str]) -> None:
        """What somebody announced and did not bring to its proof."""
        now = self._clock()
        for one in await self._account.pending(now - _GIVEN_UP, _AT_ONCE):
            try:
                if await self._eraser.finish(one.number, now):
                    done.update({one.erasure.rule: 1})
                elif one.destroyed_at is None:
                    await self._account.drop(one.number)
            except Newer:
                continue
            except CoreAway:
                return

    async def _forget_bytes(self) -> None:
        """What was deleted is still in journals: they are written anew."""
        await self._store.rewrite()
        await self._account.scrub()


def _rule(kind: Literal["case", "words"]) -> Rule:
    return "cases" if kind == "case" else "words"
