"""A notice as each channel would show it, with invented facts, and whether it fits there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import TemplateError

from bot.channels.wechat.render import MAX_TEXT_BYTES, text_of
from bot.channels.wechat.template_fields import Unfit, fit
from config.catalogue import read_catalogue
from config.checks.sms import longest
from config.loader import MESSAGES
from handlers.by_phone import words
from handlers.wording.sampled import sampled
from handlers.wording.wording import Wording
from model.county import County
from model.message import Reply
from model.short_message import WORDS, length

NOTICE: Final = "notice."
_CARD: Final = "wechat."
_SMS: Final = "sms."


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown in one place: its size in what the platform counts there, the most it takes, whether it goes whole."""

    text: str
    size: int
    most: int

    @property
    def fits(self) -> bool:
        """Whether nothing of it is lost."""
        return 0 < self.size <= self.most


@dataclass(frozen=True, slots=True)
class CardField:
    """A field of the card: our name of it, what we fill in, what is shown ("" where the platform would refuse it)."""

    name: str
    written: str
    shown: str

    @property
    def fits(self) -> bool:
        """Whether it is shown as it is written."""
        return self.shown == self.written


@dataclass(frozen=True, slots=True)
class Preview:
    """A notice: `chat` in WeChat, `wecom` for staff only, `card` empty where there is none, `sms` where it may go by it.

    `file` is that of the default text, `own` the keys for which the county has words of its own. `broken`: its words could not be
    filled with examples; `chat` has them as they are written then.
    """

    name: str
    chat: Words
    wecom: Words | None
    card: tuple[CardField, ...]
    sms: Words | None
    file: str
    own: tuple[str, ...]
    broken: bool = False

    @property
    def fits(self) -> bool:
        """Whether it is whole wherever it goes."""
        every = (self.chat, self.wecom, self.sms)
        return not self.broken and all(one.fits for one in every if one) and all(one.fits for one in self.card)


def names(county: County, who: str, sought: str) -> list[str]:
    """The notices for this kind of person (all for ""), with these words in their name or any of their texts."""
    found = [key.removeprefix(NOTICE) for key in county.messages if key.startswith(f"{NOTICE}{who}")]
    return [name for name in found if _holds(county, name, sought.casefold())]


def kinds(county: County) -> list[str]:
    """The kinds of people to whom there are notices, in the catalogue's order."""
    return list(dict.fromkeys(key.split(".")[1] for key in county.messages if key.startswith(NOTICE)))


def preview(wording: Wording, county: County, name: str) -> Preview:
    """This notice wherever it goes."""
    key, texts = f"{NOTICE}{name}", county.messages
    try:
        text, broken = sampled(wording.catalogue, county, key), False
        card = tuple(_field(wording, county, one) for one in texts if one.startswith(f"{_CARD}{name}."))
    except (TemplateError, TypeError, ValueError, LookupError):
        text, broken, card = texts[key], True, ()
    said = Reply(text=text)
    given = _defaults()
    return Preview(
        name,
        _in_chat(said, text_of(said)),
        None if name.startswith("applicant.") else _in_chat(said, text_of(said, links=False)),
        card,
        _short(wording, county, name) if name in county.sms.notices else None,
        given[key][0] if key in given else "",
        tuple(one for one in _keys(county, name) if one in given and given[one][1] != texts[one]),
        broken,
    )


def _in_chat(said: Reply, shown: str) -> Words:
    return Words(shown, len(said.text.encode()), MAX_TEXT_BYTES)


def _field(wording: Wording, county: County, key: str) -> CardField:
    name, written = key.rpartition(".")[2], sampled(wording.catalogue, county, key)
    shown = fit(name, written)
    return CardField(name, written, "" if isinstance(shown, Unfit) else shown)


def _short(wording: Wording, county: County, name: str) -> Words:
    facts = {key: one for key, one in longest(county).items() if key not in ("county", "help")}
    text = words(wording, name, facts)
    return Words(text, length(text), WORDS)


def _keys(county: County, name: str) -> list[str]:
    whole = (f"{NOTICE}{name}", f"{_SMS}{name}")
    return [key for key in county.messages if key in whole or key.startswith(f"{_CARD}{name}.")]


def _holds(county: County, name: str, sought: str) -> bool:
    return sought in name or any(sought in county.messages[key].casefold() for key in _keys(county, name))


@cache
def _defaults() -> Mapping[str, tuple[str, str]]:
    """File and text of what is shipped: nothing of it changes while the program runs."""
    return {key: (one.document.file.name, one.text) for key, one in read_catalogue(MESSAGES)[0].items()}
