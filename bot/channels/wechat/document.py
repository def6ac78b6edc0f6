"""XML from outside, read into an element tree without anything that XML can do besides."""

from typing import Never
from xml.etree import ElementTree as ET

from bot.channels.wechat.refused import broken

MAX_DEPTH = 8
"""A platform message is four deep at most (an event, its lists, an item, its fields)."""


class _Builder(ET.TreeBuilder):
    """Builds elements, in C but for what must not be here at all."""

    def doctype(self, *_: object) -> Never:
        # Entities can only be declared here: without a document type there are no bombs and no files to read.
        raise broken("xml_doctype")


def document(text: str) -> ET.Element:
    """The root element `<xml>`. Raises Refused (400) for all else: not well-formed, too deep, with a document type."""
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 - the builder refuses document types
    try:
        parser.feed(text)
        root = parser.close()
    except (ET.ParseError, ValueError) as error:
        raise broken("xml_malformed") from error
    if not isinstance(root, ET.Element) or root.tag != "xml":
        raise broken("xml_root")
    if _deeper(root, MAX_DEPTH):
        raise broken("xml_depth")
    return root


def _deeper(root: ET.Element, depth: int) -> bool:
    """Whether there are more levels than this, the root's among them. A body has a bound, so the tree has one too."""
    level = [root]
    for _ in range(depth):
        level = [child for parent in level for child in parent]
    return bool(level)


def field(root: ET.Element, name: str) -> str:
    """The text of the child `name`, "" when it is missing or empty."""
    return root.findtext(name) or ""


def word(root: ET.Element, name: str) -> str:
    """A field that is no person's words: the platform's own examples have blanks around some of them."""
    return field(root, name).strip()


def decoded(body: bytes) -> str:
    """The body as text. Raises Refused (400) when it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise broken("not_utf8") from error
