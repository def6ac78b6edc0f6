"""What `check` says of the official sheets: each is printed, blank and with every cell filled, and its own words are asked of the fonts."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.paper.glyphs import printable
from bot.paper.paper import ready
from bot.paper.typesetter import Typesetter, Unset
from config.mistakes import Mistake, Mistakes
from config.sheets import FOLDER
from handlers.paper.content import blank_content, example_content
from model.county import County
from model.sheet_template import SheetTemplate, without_comments


def tried(directory: Path, found: Mapping[str, County | Mistakes]) -> dict[str, County | Mistakes]:
    """What `config.check.looked_at` found in this directory, with the counties whose sheets cannot be printed as mistaken."""
    typesetter = Typesetter()
    try:
        return {name: _printable(directory, name, one, typesetter) for name, one in found.items()}
    finally:
        typesetter.close()


def _printable(directory: Path, name: str, one: County | Mistakes, typesetter: Typesetter) -> County | Mistakes:
    if isinstance(one, Mistakes):
        return one
    folder = (directory if directory.name == name else directory / name) / FOLDER
    wrong = [mistake for sheet in one.sheets for mistake in _tried(folder / f"{sheet.id}.typ", one, sheet, typesetter)]
    return Mistakes(wrong) if wrong else one


def _tried(file: Path, county: County, sheet: SheetTemplate, typesetter: Typesetter) -> Iterator[Mistake]:
    for number, line in enumerate(without_comments(sheet.text), 1):
        for column, character in enumerate(line, 1):
            if character not in printable() and not character.isspace():
                problem = f"字库里没有“{character}”，印出来是空的"
                yield Mistake(file, number, column, sheet.title, problem, "换一个字；□ 和 ☑ 用 tick、choice")
    made = [example_content(county, sheet), *([blank_content(county, sheet)] if sheet.blank else [])]
    for content in made:
        data, _ = ready(county, sheet, content)
        try:
            typesetter.set(sheet.text, data)
        except Unset as unset:
            problem = f"印不出来：{unset.problem}"
            yield Mistake(file, unset.line, unset.column, sheet.title, problem, "对照 docs/paper.md 和别的县的表样")
            return
