"""What each template is for, in plain words, so that nobody has to agree to a number."""

from collections.abc import Mapping
from typing import Final

from handlers.wording.catalogue import Catalogue

_MOST: Final = 3
_BEGINS: Final = "pages.notices."


def purposes(templates: Mapping[str, str], catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """By the platform's id, what its notices are about; `templates` are the ids by our names.

    Names that fill the same fields share an id, so one may be for several things; beyond a few it is enough to know of what kind.
    """
    found: dict[str, dict[str, None]] = {}
    for name, template in templates.items():
        found.setdefault(template, {})[_about(name, catalogue)] = None
    return {template: tuple(about)[:_MOST] for template, about in found.items()}


def _about(name: str, catalogue: Catalogue) -> str:
    if f"{_BEGINS}{name}" in catalogue:
        return catalogue.say(f"pages.notices.{name}")
    side = "applicant" if name.startswith("applicant.") else "staff"
    return catalogue.say(f"pages.notices.other.{side}")
