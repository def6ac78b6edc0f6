"""The message catalogue: key -> template text, from YAML files whose nested maps flatten with dots (design §4)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.document import Document, Steps, read_document


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where it stands."""

    text: str
    document: Document
    steps: Steps


Texts = dict[str, Text]
Catalogue = tuple[Texts, list[Document]]


def read_catalogue(folder: Path) -> Catalogue:
    """All texts of the YAML files of a folder by dotted key; a missing folder is an empty catalogue."""
    texts: Texts = {}
    documents = [read_document(file) for file in sorted(folder.glob("*.yaml"))] if folder.is_dir() else []
    for document in documents:
        if document.data is not None and not isinstance(document.data, dict):
            document.mistakes.append(document.mistake((), "文件应是“名称: 内容”的样子", "例如 hello: 您好"))
            continue
        for key, text in _flatten(document, document.data or {}, ()):
            if key in texts:
                first = texts[key].document
                problem = f"“{key}”在 {first.file.name} 第 {first.spot(texts[key].steps)[0]} 行已经有了"
                document.mistakes.append(document.mistake(text.steps, problem, "只留一个"))
                continue
            texts[key] = text
    return texts, documents


def _flatten(document: Document, data: dict[str, Any], steps: Steps) -> list[tuple[str, Text]]:
    found: list[tuple[str, Text]] = []
    for name, value in data.items():
        here = (*steps, name)
        if isinstance(value, dict):
            found.extend(_flatten(document, value, here))
        elif isinstance(value, list):
            document.mistakes.append(
                document.mistake(here, "这里应是一段文字，不是列表", "去掉行首的“-”，或者写成一段")
            )
        else:
            found.append((".".join(map(str, here)), Text(value or "", document, here)))
    return found
