"""How a person's facts, what was changed of them, and what is wrong at a cell are said, at the console and by the commands."""

from bot.roster.reading import AtCell
from handlers.wording.catalogue import Catalogue
from model.county import County


def cell_said(one: AtCell, catalogue: Catalogue) -> str:
    """A mistake or a note with its place."""
    return catalogue.say("roster.at", at=one.at, what=mistake_said(one, catalogue))


def mistake_said(one: AtCell, catalogue: Catalogue) -> str:
    """What is said of the cell, for where everybody sees which it is."""
    return catalogue.say(f"roster.cell.{one.code}", **one.about)


def change_said(key: str, words: tuple[str, ...], county: County, catalogue: Catalogue) -> str:
    """What was changed and how, as `StaffChange.about` keeps it: 电话 13700000101→13700000102."""
    named = [word_said(key, word, county, catalogue) for word in words]
    form = "many" if key in _MANY else "days" if key == "days" else "changed"
    return catalogue.say(f"roster.changes.{form}", title=catalogue.say(f"roster.keys.{key}"), words=named)


_MANY = frozenset({"weekdays", "roles", "before"})
"""Of these there are several at a time; of others it is what was and what is."""


def word_said(key: str, word: str, county: County, catalogue: Catalogue) -> str:
    """A value by the name that people know; one that nothing is called by any more, as it is kept."""
    match key:
        case "body":
            return county.body[word].short if word in county.body else word
        case "duty":
            named = f"console.admin.staff.duties.{word}"
        case "roles" | "before":
            named = f"console.roles.{word}"
        case "weekdays":
            named = f"roster.weekdays.{word}"
        case "districts":
            return word or catalogue.say("console.admin.staff.everywhere")
        case _:
            return word
    return catalogue.say(named) if named in catalogue else word
