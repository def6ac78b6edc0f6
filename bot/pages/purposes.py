"""What each template is for, in plain words, so that nobody has to agree to a number."""

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.wording.catalogue import Catalogue

_MOST: Final = 3
_BEGINS: Final = "pages.notices."


def purposes(templates: Mapping[str, str], catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """By the platform's id, what its notices are about; `templates` are the ids by our names.

    Names that fill the same fields share an id, so one may be for several things: what has words of its own is said first, and
    beyond a few it is enough to know of what kind. What staff are told by it is said where applicants are told nothing by it.
    """
    found: dict[str, list[str]] = {}
    for name, template in templates.items():
        found.setdefault(template, []).append(name)
    return {template: _told(names, catalogue) for template, names in found.items()}


def _told(names: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    own = [catalogue.say(f"pages.notices.{name}") for name in names if f"{_BEGINS}{name}" in catalogue]
    theirs = any(name.startswith("applicant.") and f"{_BEGINS}{name}" not in catalogue for name in names)
    other = [catalogue.say("pages.notices.other.applicant")] if theirs else []
    return tuple(dict.fromkeys([*own[: _MOST - len(other)], *other])) or (catalogue.say("pages.notices.other.staff"),)
