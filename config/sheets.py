"""`documents/sheets.yaml` of a county: its official sheets, each with the file of its template beside it."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field as Setting

from config.document import read_document
from config.mistakes import Mistake
from config.validating import Checked, validate
from model.frozen import Frozen
from model.sheet_template import Of, SheetTemplate

FOLDER = "documents"
LIST = "sheets.yaml"


class SheetEntry(Frozen):
    """A sheet as it stands in the list. `id` names its template as well: `application` is in `application.typ`."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Setting(min_length=1)
    of: Of = "form"


class SheetList(Frozen):
    """The file."""

    sheets: tuple[SheetEntry, ...] = Setting(min_length=1)


@dataclass(frozen=True, slots=True)
class Sheets:
    """What was read of the folder: the list, the texts of the templates by their sheets, and what could not be read."""

    folder: Path
    list: Checked[SheetList]
    texts: dict[str, str]
    stray: tuple[Mistake, ...]

    def file(self, sheet: str) -> Path:
        """Where the template of a sheet is."""
        return self.folder / f"{sheet}.typ"

    def templates(self) -> tuple[SheetTemplate, ...]:
        """The sheets of a county without mistakes."""
        listed = self.list.value.sheets if self.list.value is not None else ()
        return tuple(
            SheetTemplate(id=one.id, title=one.title, of=one.of, text=self.texts[one.id])
            for one in listed
            if one.id in self.texts
        )


def read_sheets(directory: Path) -> Sheets | None:
    """The sheets of a county; None where it has no folder for them."""
    folder = directory / FOLDER
    if not folder.is_dir():
        return None
    listed = validate(SheetList, read_document(folder / LIST))
    texts, stray = dict[str, str](), list[Mistake]()
    for file in sorted(folder.iterdir()):
        if file.suffix == ".typ":
            try:
                texts[file.stem] = file.read_text("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError:
                stray.append(Mistake(file, 1, 1, "", "文件不是 UTF-8 编码", "用编辑器另存为 UTF-8"))
            except OSError:
                stray.append(Mistake(file, 1, 1, "", "这个文件打不开", "应是一个可以读取的文本文件"))
        elif file.name != LIST and not file.name.startswith("."):
            stray.append(Mistake(file, 1, 1, "", "不认识这个文件", f"这里只有 {LIST} 和 .typ 表样"))
    return Sheets(folder, listed, texts, tuple(stray))
