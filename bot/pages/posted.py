"""A form with files, read as it comes: each file within its limit, all of them within the route's, and nothing put on disk unsealed."""

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import BodyPartReader, web

from bot.pages.problem import Problem
from bot.pages.proof import from_elsewhere

FILE_MOST: Final = 10 * 1024 * 1024
"""Bytes of one file, as of a photo in the chat."""
_FIELD_MOST: Final = 16 * 1024
_FIELDS_MOST: Final = 1_000
_PATIENCE: Final = 120
"""Seconds: a photo over a poor line takes half of that."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent; `data` None: it is larger than a file may be."""

    data: bytes | None


@dataclass(frozen=True, slots=True)
class Posted:
    """The inputs of a form with their values, and its files by the name of their input."""

    fields: Mapping[str, list[str]]
    files: Mapping[str, list[Upload]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """The value of an input, "" where there is none."""
        return next(iter(self.fields.get(name, ())), "")


async def read_posted(request: web.Request, proof: str, most: int) -> Posted:
    """The form, of at most `most` bytes, proved as it is read: its proof comes before its files. Raises Problem."""
    from_elsewhere(request)
    if request.content_length is not None and request.content_length > most:
        raise Problem(413, "too_large", again=request.path_qs)
    if request.content_type != "multipart/form-data":
        found: dict[str, list[str]] = {}
        for name, value in (await request.post()).items():
            found.setdefault(name, []).append(value if isinstance(value, str) else "")
        _prove(found, proof)
        return Posted(found)
    try:
        async with asyncio.timeout(_PATIENCE):
            return await _parts(request, proof, most)
    except TimeoutError as error:
        raise Problem(408, "too_slow", again=request.path_qs) from error
    except _TooLarge as error:
        raise Problem(413, "too_large", again=request.path_qs) from error
    except (ValueError, AssertionError) as error:  # no multipart after all
        raise Problem(400, "form_broken") from error


async def _parts(request: web.Request, proof: str, most: int) -> Posted:
    fields, files, left, proved = dict[str, list[str]](), dict[str, list[Upload]](), most, False
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None or sum(map(len, fields.values())) > _FIELDS_MOST:
            raise Problem(400, "form_broken")
        is_file = part.filename is not None
        if is_file and not proved:
            _prove(fields, proof)
            proved = True
        body = await _body(part, FILE_MOST if is_file else _FIELD_MOST, left)
        left -= body.size
        if not is_file:
            if body.data is None:
                raise _TooLarge
            fields.setdefault(part.name, []).append(body.data.decode("utf-8", "replace"))
        elif body.size or part.filename:  # an input in which no file was chosen is sent as well, with no name
            files.setdefault(part.name, []).append(Upload(body.data))
    _prove(fields, proof)
    return Posted(fields, files)


class _TooLarge(Exception):
    """More than the route takes."""


@dataclass(frozen=True, slots=True)
class _Body:
    data: bytes | None
    size: int


async def _body(part: BodyPartReader, most: int, left: int) -> _Body:
    """What a part holds; of one that is too large nothing is kept. Raises `_TooLarge` for more than is left of the whole."""
    pieces, size = list[bytes](), 0
    while piece := await part.read_chunk(64 * 1024):
        size += len(piece)
        if size > left:
            raise _TooLarge
        if size <= most:
            pieces.append(piece)
        else:
            pieces.clear()
    return _Body(None if size > most else b"".join(pieces), size)


def _prove(fields: Mapping[str, list[str]], proof: str) -> None:
    given: Any = next(iter(fields.get("proof", ())), "")
    if not hmac.compare_digest(given.encode(), proof.encode()):
        raise Problem(403, "form_elsewhere")
