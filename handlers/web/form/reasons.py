"""Why what was entered is not taken, in the words that the chat has for it, where they fit a page: nobody sends a number there."""

from dialogs.reading import Partial, Refusal
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import day
from model.fields import Field
from model.values import Day

_ABOUT_SHOWN = 40
_OF_A_PAGE = ("half", "time", "count")
"""Half answers that a page has an input for: the chat says that it has noted the rest, which a page does not."""


def reason(catalogue: Catalogue, field: Field, reading: Refusal | Partial | None) -> str:
    """What is wrong, and what would be right; None: the field has to be filled in."""
    match reading:
        case None:
            return catalogue.say("entry.required")
        case Partial(want=want, about=about) if want in _OF_A_PAGE:
            return catalogue.say(f"entry.want.{want}", unit=about.get("unit", ""))
        case Partial(want=want, about=about):
            given = about.get("name") or about.get("number") or ""
            return catalogue.say(f"want.{want}", field=field, given=given[:_ABOUT_SHOWN])
        case Refusal(code=code, about=about):
            key = "entry.choice" if code == "choice.unknown" else f"reasons.{code}"
            said = catalogue.say(key, field=field, **_readable(about))
            return catalogue.say("entry.in_row", said=said, **_readable(about)) if "row" in about else said


def _readable(about: dict[str, str] | object) -> dict[str, str]:
    assert isinstance(about, dict)
    return {
        name: day(Day.model_validate({"date": value})) if name == "day" else value[:_ABOUT_SHOWN]
        for name, value in about.items()
    }
