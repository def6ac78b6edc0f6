"""A file that somebody has sent us, handed to a browser: never more than what its first bytes say it is."""

from typing import Final

from aiohttp import hdrs, web

from bot.pages.policy import POLICY
from storage.sniff import HEAD_BYTES, media_type, speech_type

_SHOWN: Final = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
"""What every browser draws, and nothing else can be."""
_SAVED: Final = {
    "image/heic": "heic",
    "application/pdf": "pdf",
    "audio/amr": "amr",
    "audio/amr-wb": "awb",
    "audio/mpeg": "mp3",
}
"""What is only handed out as a file: a PDF is a program of sorts, and its viewer refuses to start under `sandbox`."""
_PLAYED: Final = frozenset({"audio/mpeg"})
"""Speech that every browser plays in a page of ours; the AMR of WeChat none does."""
_CLOSED: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


def served(data: bytes, name: str) -> web.Response:
    """The content as what its first bytes say it is, in a page of its own that may do nothing."""
    head = data[:HEAD_BYTES]
    found = media_type(head) or speech_type(head) or ""
    kind = _SHOWN.get(found) or _SAVED.get(found)
    safe = "".join(one for one in name if one.isascii() and (one.isalnum() or one in "-_"))
    way = "inline" if found in _SHOWN else "attachment"
    headers = {
        hdrs.CONTENT_TYPE: found if kind else "application/octet-stream",
        hdrs.CONTENT_DISPOSITION: f'{way}; filename="{safe}.{kind or "bin"}"',
        hdrs.CACHE_CONTROL: "no-store",
        POLICY: _CLOSED,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return web.Response(body=data, headers=headers)


def shown(kind: str) -> bool:
    """Whether a browser draws it; what it does not is only saved."""
    return kind in _SHOWN


def played(kind: str) -> bool:
    """Whether a browser plays it."""
    return kind in _PLAYED
