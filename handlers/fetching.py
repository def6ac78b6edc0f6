"""Fetching photos from the platform into our own store: durable jobs of the conversation (design §2.1)."""

import asyncio
import datetime as dt
from contextlib import suppress
from typing import Final

import structlog

from handlers.ports import Clock, CoreAway, Gallery, Letters, Picture
from handlers.turn import Turns
from model.conversation import Conversation, FetchJob
from model.message import FetchedMessage, Update
from model.values import StoredFile
from storage.case_papers import CasePapers, PaperPlace
from storage.files import FileStore
from storage.sniff import media_type

ALLOWED: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"})
_TELL_WITHIN = dt.timedelta(hours=24)
_COMMITTED_BY = dt.timedelta(seconds=20)

log = structlog.get_logger()


class Fetching:
    """Carries out the fetch jobs of conversations: fetch, sniff, store sealed, join the conversation, tell the person.

    Each step may be repeated: the file's name is its content, the message's key is the job's id.
    """

    def __init__(
        self,
        turns: Turns,
        gallery: Gallery,
        files: FileStore,
        letters: Letters,
        clock: Clock,
        papers: CasePapers | None = None,
    ) -> None:
        """`gallery` is the platform's side, `letters` tells the person; `papers` knows where those of a case are kept."""
        self._papers = papers
        self._turns = turns
        self._gallery = gallery
        self._files = files
        self._letters = letters
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()
        self._jobs: set[str] = set()

    def begin(self, conversation: Conversation) -> None:
        """Starts the jobs of this conversation that are not under way in this process."""
        for job in conversation.jobs:
            if job.id not in self._jobs:
                self._jobs.add(job.id)
                task = asyncio.create_task(self._run(conversation.account, conversation.person, job))
                self._running.add(task)
                task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Waits for the jobs under way."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _run(self, account: str, person: str, job: FetchJob) -> None:
        try:
            await self._fetch(account, person, job)
        except Exception as error:
            log.warning("fetching.failed", error=type(error).__name__)
        finally:
            self._jobs.discard(job.id)

    async def _fetch(self, account: str, person: str, job: FetchJob) -> None:
        picture = await self._gallery.fetch(account, job.media_id)
        if picture is None:
            return  # no answer came: the sweeper asks again
        stored = await self._store(account, person, job, picture)
        message = (
            FetchedMessage(job=job.id, file=stored)
            if isinstance(stored, StoredFile)
            else FetchedMessage(job=job.id, refused=stored)
        )
        key = f"fetched:{job.id}"
        now = self._clock()
        # Announced before it is committed, and told again after: should we die in between, it is pushed all the same.
        try:
            await self._letters.reply(account, person, key, now + _COMMITTED_BY, now + _TELL_WITHIN)
        except CoreAway:
            log.warning("fetching.untold")
            return  # the sweeper asks again
        await self._turns.answer(Update(account=account, person=person, key=key, at=now, message=message))
        with suppress(CoreAway):
            await self._letters.reply(account, person, key, now, now + _TELL_WITHIN)
        await self._turns.settle(account, person)  # its form may wait for nothing else

    async def _store(self, account: str, person: str, job: FetchJob, picture: Picture) -> StoredFile | str:
        if picture.refused:
            return picture.refused
        kind = media_type(picture.data[:32])
        if kind not in ALLOWED:
            return "file.type"
        place = await self._place(account, person, job)
        if place is None:
            return "file.gone"
        digest = await self._files.put(place.key, place.record, picture.data)
        return StoredFile(digest=digest, media_type=kind or "", size=len(picture.data))

    async def _place(self, account: str, person: str, job: FetchJob) -> PaperPlace | None:
        """Where the file is kept: with its draft, or, handed in later, with the papers of its case."""
        if job.case:
            return await self._papers.place(job.case) if self._papers is not None else None
        key = (await self._turns.page(account, person)).keys.get(job.draft)
        return None if key is None else PaperPlace(job.draft, key)
