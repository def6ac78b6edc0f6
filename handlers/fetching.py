"""Fetching photos and speech from the platform into our own store: durable jobs of the conversation (design §2.1)."""

from functools import partial
from typing import Final

from handlers.beside import Beside
from handlers.book import TALK
from handlers.ports import Clock, Gallery, Letters, Picture
from handlers.turn import Turns
from model.conversation import Conversation, FetchJob
from model.human import MEDIA_BYTES
from model.message import FetchedMessage
from model.values import StoredFile
from storage.case_papers import CasePapers, PaperPlace
from storage.files import FileStore
from storage.sniff import HEAD_BYTES, media_type, speech_type
from storage.speech_length import speech_seconds

ALLOWED: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"})
_IN_A_TALK: Final = ALLOWED | {"image/gif"}
"""Beside speech. Anything else may be a program, and nobody can tell."""


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
        self._beside = Beside(turns, letters, clock)
        self.finish = self._beside.finish

    def begin(self, conversation: Conversation) -> None:
        """Starts the jobs of this conversation that are not under way in this process."""
        for job in conversation.jobs:
            self._beside.begin(job, partial(self._fetch, conversation.account, conversation.person))

    async def _fetch(self, account: str, person: str, job: FetchJob) -> None:
        picture = await self._gallery.fetch(account, job.media_id)
        if picture is None:
            return  # no answer came: the sweeper asks again
        stored = await self._store(account, person, job, picture)
        message = (
            FetchedMessage(job=job.id, file=stored, seconds=speech_seconds(picture.data))
            if isinstance(stored, StoredFile)
            else FetchedMessage(job=job.id, refused=stored)
        )
        await self._beside.join(account, person, f"fetched:{job.id}", message, tell=not job.line)

    async def _store(self, account: str, person: str, job: FetchJob, picture: Picture) -> StoredFile | str:
        if picture.refused:
            return picture.refused
        head = picture.data[:HEAD_BYTES]
        kind = media_type(head)
        if job.line:
            kind = kind if kind in _IN_A_TALK else speech_type(head)
        if kind is None or (not job.line and kind not in ALLOWED):
            return "file.type"
        place = await (
            self._in_talk(account, person, job, len(picture.data)) if job.line else self._place(account, person, job)
        )
        if not isinstance(place, PaperPlace):
            return place or "file.gone"
        digest = await self._files.put(place.key, place.record, picture.data)
        return StoredFile(digest=digest, media_type=kind, size=len(picture.data))

    async def _place(self, account: str, person: str, job: FetchJob) -> PaperPlace | None:
        """Where the file is kept: with its draft, or, handed in later, with the papers of its case."""
        if job.case:
            return await self._papers.place(job.case) if self._papers is not None else None
        key = (await self._turns.page(account, person)).keys.get(job.draft)
        return None if key is None else PaperPlace(job.draft, key)

    async def _in_talk(self, account: str, person: str, job: FetchJob, size: int) -> PaperPlace | str:
        """Where what was sent to staff is kept, under the key of the words; or why it is not."""
        page = await self._turns.page(account, person)
        talk, key = page.conversation.human, page.keys.get(TALK)
        if talk is None or key is None or job.draft not in talk.records:
            return "file.gone"
        return "file.much" if talk.held + size > MEDIA_BYTES else PaperPlace(job.draft, key)
