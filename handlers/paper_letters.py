"""A row of the outbox that brings a paper: read when it is sent, by whether its reader may see it still (design §2.4)."""

from collections.abc import Mapping
from typing import Final

from handlers.letter import Enclosed, Letter, Overtaken
from handlers.papers import may_see, papers_of
from handlers.ports import RoutingCore
from handlers.wording.wording import Wording
from model.county import County
from model.delivery import Row
from model.message import Reply
from storage.case_papers import CasePapers
from storage.files import FileStore
from storage.vault import Unreadable

ENDINGS: Final[Mapping[str, str]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
}
_NAME_SHOWN: Final = 40


class PaperLetters:
    """Composes them."""

    def __init__(
        self,
        core: RoutingCore,
        counties: Mapping[str, County],
        wordings: Mapping[str, Wording],
        places: CasePapers,
        files: FileStore,
    ) -> None:
        """Over the routing core; `places` knows where the papers of a case are among the `files`."""
        self._core = core
        self._counties = counties
        self._wordings = wordings
        self._places = places
        self._files = files

    async def compose(self, row: Row) -> Letter | Overtaken:
        """The paper for whoever asked for it. Raises `CoreAway`."""
        task = await self._core.task(row.order or "")
        reader = await self._core.steward(row.refs["staff"])
        address = (row.refs["account"], row.refs["person"])
        if task is None or reader is None or (reader.account, reader.person) != address:
            return Overtaken("not bound any more")
        case, order = task
        if not may_see(reader, case, order):
            return Overtaken("not his order any more")
        submission = await self._core.submission(case.id)
        county = self._counties[case.county]
        papers = papers_of(county, case, order, submission) if submission is not None else ()
        named = (row.refs["paper"], row.refs["digest"])
        paper = next((one for one in papers if (one.field, one.file.digest) == named), None)
        if paper is None:
            return Overtaken("erased")
        say = self._wordings[county.id].catalogue.say
        words = say("papers.unsent", name=paper.name, number=case.number, place=row.refs["place"])

        async def load() -> bytes | None:
            place = await self._places.held(case.id)
            if place is None:
                return None
            try:
                return await self._files.get(place.key, place.record, paper.file.digest)
            except Unreadable:
                return None

        media_type = paper.file.media_type
        enclosed = Enclosed(paper.file.digest, file_name(paper.name, media_type), media_type, load)
        return Letter(*address, Reply(text=words), None, "", {}, enclosed=enclosed)


def file_name(name: str, media_type: str) -> str:
    """The name of a paper as a file."""
    return f"{plain_name(name) or '资料'}.{ENDINGS.get(media_type, 'bin')}"


def plain_name(name: str) -> str:
    """Of a name what a path, a header and a phone read alike."""
    return "".join(one for one in name if one.isalnum() or one in "（）()-_")[:_NAME_SHOWN]
