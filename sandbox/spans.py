"""How a chat shows text: words, web links, and menu links that answer for the person who taps them."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel

_ANCHOR = re.compile(r"<a\s+([^<>]*?)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_BARE = re.compile(r"https?://[!-;=?-~]+")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


class Span(BaseModel):
    """A stretch of text. With `href` a web link, with `menu_content` a link that sends these words."""

    text: str
    href: str | None = None
    menu_id: str | None = None
    menu_content: str | None = None


def spans(content: str, *, menu: bool = True) -> list[Span]:
    """Cut text at its links. Platform rule: a choice is
    `<a href="weixin://bizmsgmenu?msgmenucontent=新装&msgmenuid=w1">1 新装</a>`; all other markup is shown as typed; without `menu`
    only addresses of the web are links.
    """
    found: list[Span] = []
    end = 0
    for match in _ANCHOR.finditer(content):
        link = _link(match.group(1), match.group(2))
        if link is None or (link.href is None and not menu):
            continue
        found += _bare(content[end : match.start()])
        found.append(link)
        end = match.end()
    return [*found, *_bare(content[end:])]


def _bare(text: str) -> Iterator[Span]:
    """Text in which addresses of the web stand as they are: a phone makes links of them, up to what no address holds."""
    end = 0
    for match in _BARE.finditer(text):
        address = match[0].rstrip(".,;:!?)]'")
        if match.start() > end:
            yield Span(text=text[end : match.start()])
        yield Span(text=address, href=address)
        end = match.start() + len(address)
    if end < len(text):
        yield Span(text=text[end:])


def _link(attributes: str, text: str) -> Span | None:
    match = _HREF.search(attributes)
    if match is None:
        return None
    href = html.unescape(match.group(1) or match.group(2) or "")
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme == "weixin" and parts.netloc == "bizmsgmenu":
        query = parse_qs(parts.query)
        words, number = query.get("msgmenucontent", [""])[0], query.get("msgmenuid", [""])[0]
        return Span(text=text, menu_content=words, menu_id=number) if words else None
    # Anything but the web, javascript: above all, stays the text it is.
    return Span(text=text, href=href) if parts.scheme in {"http", "https"} and parts.netloc else None
