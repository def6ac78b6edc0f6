"""The message catalogue of a county: keys to Jinja templates, rendered with a few filters; HTML is never meant."""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template, meta
from jinja2.sandbox import SandboxedEnvironment

from handlers.wording.values import date_of, moment, stamp
from model.county import County
from model.message import Reply

_REPLIES = 4096
_BLANK = re.compile(r"[ \t]+\n|\n{3,}")


class Catalogue:
    """Renders texts by key. Raises KeyError for an unknown key and jinja2's errors for a missing fact: mistakes of ours."""

    def __init__(self, county: County) -> None:
        """The templates of this county (defaults and its overrides, merged by the loader)."""
        self._texts = county.messages
        self._environment = SandboxedEnvironment(
            undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.filters.update(moment=moment, day=date_of, stamp=stamp)
        self._template = cache(self._compile)
        self._constant = cache(self._render)
        self._replies: dict[Hashable, Reply] = {}
        # A notice is written, unless whoever says it on the telephone asks for the words for the ear.
        self._environment.globals.update(county=county, help=county.help, aloud=False)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so, in the catalogue's order."""
        return [key for key in self._texts if key.startswith(prefix)]

    def wants(self, key: str) -> frozenset[str]:
        """The facts that the text of this key names. Raises KeyError for an unknown key."""
        named = meta.find_undeclared_variables(self._environment.parse(self._texts[key]))
        return frozenset(named) - self._environment.globals.keys()

    def say(self, key: str, **facts: Any) -> str:
        """The text of this key with these facts filled in."""
        return self._render(key, facts) if facts else self._constant(key)

    def once(self, about: Hashable, make: Callable[[], Reply]) -> Reply:
        """What `make` gives, made once: for replies that hang on nothing but `about` and say nothing of a person."""
        reply = self._replies.get(about)
        if reply is None:
            if len(self._replies) >= _REPLIES:
                self._replies.pop(next(iter(self._replies)))
            reply = self._replies[about] = make()
        return reply

    def _render(self, key: str, facts: Mapping[str, Any] | None = None) -> str:
        text = self._template(key).render(facts or {})
        return _BLANK.sub("\n", text).strip()

    def _compile(self, key: str) -> Template:
        template = self._environment.from_string(self._texts[key])
        # As it is made it is a chain of mappings, which would be walked name by name at every rendering.
        template.globals = dict(template.globals)
        return template
