"""What surveyors draw as their signatures: files of their case's record, erased with it."""

from storage.case_papers import CasePapers
from storage.files import FileStore


class SheetSignatures:
    """Kept where the papers of a case are."""

    def __init__(self, papers: CasePapers, files: FileStore) -> None:
        self._papers = papers
        self._files = files

    async def keep(self, case: str, image: bytes) -> str | None:
        """Its digest; None once the case was erased. The same picture is kept once."""
        place = await self._papers.place(case)
        return None if place is None else await self._files.put(place.key, place.record, image)

    async def read(self, case: str, digest: str) -> bytes | None:
        """The picture; None where there is none. Raises `Unreadable` where it is damaged."""
        place = await self._papers.held(case)
        return None if place is None else await self._files.get(place.key, place.record, digest)
