"""The files of a county, read and checked one by one, before anything is checked across them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from config.calendar import CalendarChange
from config.catalogue import Catalogue, Texts, read_catalogue
from config.document import Document, Steps, read_document
from config.facts import Facts
from config.mistakes import Mistake
from config.sheets import Sheets, read_sheets
from config.validating import Checked, validate
from model.county import Guide
from model.form import Form
from model.process import Process

M = TypeVar("M", bound=BaseModel)

FILES = ("county.yaml", "form.yaml", "process.yaml", "guide.yaml", "calendar.yaml")


@dataclass(frozen=True, slots=True)
class Parts:
    """What was read of a county. `stray` are mistakes of the directory itself."""

    directory: Path
    county: Checked[Facts]
    form: Checked[Form]
    process: Checked[Process]
    guide: Checked[Guide]
    calendar: Checked[CalendarChange] | None
    sheets: Sheets | None
    defaults: Texts
    overrides: Texts
    documents: tuple[Document, ...]
    stray: tuple[Mistake, ...]

    def file_mistakes(self) -> Iterator[Mistake]:
        """The mistakes found while reading the single files."""
        checked: list[Checked[Any]] = [self.county, self.form, self.process, self.guide]
        sheets = self.sheets
        for one in [*checked, *([self.calendar] if self.calendar else []), *([sheets.list] if sheets else [])]:
            yield from one.mistakes
        for document in self.documents:
            yield from document.mistakes
        yield from self.stray
        yield from sheets.stray if sheets else ()

    def forms(self) -> Iterator[tuple[Checked[Any], Form, Steps]]:
        """The application form and the stewards' forms, each with the file it is in and where it begins there."""
        if self.form.value is not None:
            yield self.form, self.form.value, ()
        for index, form in enumerate(self.process.value.forms if self.process.value else ()):
            yield self.process, form, ("forms", index)

    def guide_facts(self) -> dict[str, Any]:
        """What an answer of the guide can name: `help`, `county`, `steward`."""
        facts = self.county.value
        if facts is None:
            return {}
        return {"help": facts.help.model_dump(), "county": facts.name, "steward": facts.steward}


def read_parts(directory: Path, defaults: Catalogue) -> Parts:
    """Read all files of a county's directory, to stand beside the default texts."""
    default_texts, default_documents = defaults
    override_texts, override_documents = read_catalogue(directory / "messages")
    calendar = directory / "calendar.yaml"
    return Parts(
        directory=directory,
        county=_read(Facts, directory / "county.yaml"),
        form=_read(Form, directory / "form.yaml"),
        process=_read(Process, directory / "process.yaml"),
        guide=_read(Guide, directory / "guide.yaml"),
        calendar=_read(CalendarChange, calendar) if calendar.exists() else None,
        sheets=read_sheets(directory),
        defaults=default_texts,
        overrides=override_texts,
        documents=(*default_documents, *override_documents),
        stray=tuple(_stray(directory)),
    )


def _read(model: type[M], file: Path) -> Checked[M]:
    return validate(model, read_document(file))


def _stray(directory: Path) -> Iterator[Mistake]:
    """A file with another name would be passed over in silence."""
    if not directory.is_dir():
        yield Mistake(directory, 1, 1, "", "找不到这个文件夹", "给出一个县的文件夹")
        return
    for file in sorted(directory.iterdir()):
        if file.suffix in {".yaml", ".yml"} and file.name not in FILES:
            yield Mistake(file, 1, 1, "", "不认识这个文件", "可以有：" + "、".join(FILES) + "，以及 messages 文件夹")
