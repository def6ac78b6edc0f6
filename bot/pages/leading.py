"""Where a person is led next."""

from typing import Final

from aiohttp import web

from bot.pages.route import PREFIX
from model.draft import Draft

_DIGITS: Final = 9


def elsewhere(location: str) -> web.Response:
    """303: whatever asked, what follows is a GET."""
    return web.Response(status=303, headers={"Location": location})


def form_url(account: str, draft: Draft) -> str:
    """The page of a draft: of its id only what is not the person's own anyway."""
    return f"{PREFIX}/form/{account}?draft={draft.id.rpartition('#')[2]}"


def number(text: str) -> int:
    """A number that a page of ours sent back; -1 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else -1
