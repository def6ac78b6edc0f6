"""Quiet nights: what goes all the same is the name of a notice to applicants."""

from collections.abc import Iterator

from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts

_NOTICE = "notice.applicant."


def quiet(parts: Parts) -> Iterator[Mistake]:
    """Every name that the county writes under `still` has a text."""
    facts = parts.county.value
    names = [key.removeprefix(_NOTICE) for key in parts.defaults | parts.overrides if key.startswith(_NOTICE)]
    said = facts is not None and "still" in facts.quiet.model_fields_set
    for index, name in enumerate(facts.quiet.still if facts and said else ()):
        if name not in names:
            yield parts.county.mistake(("quiet", "still", index), f"没有叫“{name}”的通知", nearest(name, names))
