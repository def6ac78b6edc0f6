"""What is still to come, in words: a paper by the name of its field, or as a steward called it."""

from collections.abc import Iterable, Mapping, Sequence

from model.county import County
from model.fields import AttachmentField
from model.supplement import Supplement


def supplement_name(county: County, one: Supplement) -> str:
    """How a supplement is called; `county` is on the form of the submission."""
    field = county.form.fields.get(one.id)
    return one.words or (field.called if field else one.id)


def is_paper(county: County, one: Supplement) -> bool:
    """Whether a photo or PDF answers it; what a steward called in his own words, either does."""
    return bool(one.words) or isinstance(county.form.fields.get(one.id), AttachmentField)


def told(county: County, supplements: Iterable[Supplement]) -> list[Mapping[str, str]]:
    """Each with its name and what was wrong with it last."""
    return [{"name": supplement_name(county, one), "wrong": one.wrong} for one in supplements]


def originals(county: County, supplements: Sequence[Supplement]) -> list[str]:
    """Those that have to be brought on paper (X127)."""
    return [supplement_name(county, one) for one in supplements if one.paper_lacking]
