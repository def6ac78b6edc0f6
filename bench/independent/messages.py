"""Messages among the strings of other projects, and what the platform always puts into one (its published description)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

_DOCUMENT = re.compile(r"(?:<\?xml\b[^>]*>\s*)?(?:<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)?<xml>.*?</xml\s*>", re.DOTALL)
_LIKE = re.compile(r"\s*<?xml>")
"""What is handed to a parser as a document, to see it refused."""
_PLACEHOLDER = re.compile(r"<%|%[sdvq(]|\{\{|\{\w*\}|\{\$|\$\{|\$[A-Za-z_]|\.\.\.")
"""What is filled in before it is sent: such a text is no sample yet."""
_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)
_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_ALWAYS = {"image": ("MediaId",), "event": ("Event",)}
_MEANT = frozenset({"subscribe", "scan", "click", "scancode_waitmsg"})
"""Events that wait for an answer: all others happen beside a conversation, and whoever is there must not be spoken to."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A document of another project. `faults` are what the platform would never leave out or break; none: it must be taken."""

    text: str
    kind: str
    to: str = ""
    person: str = ""
    faults: tuple[str, ...] = ()

    @property
    def unspoken(self) -> bool:
        """An event nobody waits to be answered for."""
        event, _, name = self.kind.partition(" ")
        return event == "event" and name.lower() not in _MEANT

    @property
    def fits_beside(self) -> bool:
        """Whether its ciphertext can be put into it, as in compatible mode: it has an end, and no ciphertext yet."""
        return self.text.endswith("</xml>") and "<Encrypt>" not in self.text


@dataclass(frozen=True, slots=True)
class Found:
    """The documents in some strings, each once, and how many texts were left out because something is filled in first."""

    samples: tuple[Sample, ...]
    templates: int


def find(strings: Iterable[str]) -> Found:
    """Every `<xml>` document; and what only looks like one, where it is all that a string says."""
    texts = dict.fromkeys(text for string in strings for text in _texts(string))
    whole = [text for text in texts if not _PLACEHOLDER.search(text)]
    return Found(tuple(map(read, whole)), len(texts) - len(whole))


def _texts(string: str) -> Iterator[str]:
    documents = _DOCUMENT.findall(string)
    yield from documents
    if not documents and _LIKE.match(string):
        yield string


def read(text: str) -> Sample:
    """What a document is. What cannot be read, or is no message, has that as its fault."""
    if "<!DOCTYPE" in text:
        return Sample(text, "broken", faults=("document type",))
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except ElementTree.ParseError:
        return Sample(text, "broken", faults=("not well-formed",))
    # The platform's own examples have blanks around some words.
    fields = {one.tag: (one.text or "").strip() for one in root}
    kind = fields.get("MsgType", "").lower()
    name = f"event {fields.get('Event', '')}" if kind == "event" else kind
    if not kind:
        name = "sealed" if "Encrypt" in fields else "no message"
    return Sample(
        text, name, fields.get("ToUserName", ""), fields.get("FromUserName", ""), tuple(_faults(root, kind, fields))
    )


def _faults(root: ElementTree.Element, kind: str, fields: dict[str, str]) -> Iterator[str]:
    if root.tag != "xml":
        yield "root"
    for name in ("ToUserName", "FromUserName", "MsgType", *_ALWAYS.get(kind, ())):
        if not fields.get(name):
            yield name
    if not _SECONDS.fullmatch(fields.get("CreateTime", "")):
        yield "CreateTime"
    if kind not in {"", "event"} and not _NUMBER.fullmatch(fields.get("MsgId", "")):
        yield "MsgId"
    if kind == "location" and not all(_is_number(fields.get(name, "")) for name in ("Location_X", "Location_Y")):
        yield "Location_X, Location_Y"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\s*-?[0-9]+(\.[0-9]+)?\s*", text, re.ASCII) is not None
