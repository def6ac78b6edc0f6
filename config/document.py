"""A YAML file read as plain data with the place of every value.

Scalars stay the words that were written: it is the field they are read into that knows whether `0373` is a number or a
text. So `是`, `no`, `00123` and `12:30` never turn into something the operator did not mean.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.mistakes import Mistake

try:
    from ruamel.yaml import cyaml
except ImportError:  # no C library for this Python: the same, in six times the time
    cyaml = None  # type: ignore[assignment]

Steps = tuple[str | int, ...]
Spot = tuple[int, int]

_EMPTY_TAG = "tag:yaml.org,2002:null"
_DEEPEST = 40
_DEEPEST_READ = 8_000
# What the YAML reader itself stumbles over in odd input, beside its own errors.
_STUMBLES = (RecursionError, ValueError, AttributeError, IndexError, TypeError, KeyError, AssertionError)
# Folding joins the lines of a text with a blank, which Chinese does not want.
_FOLD = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef”’—…]) (?=[\u3000-\u9fff\uff00-\uffef“‘—…])|(?<=[，。；：、！？（）]) (?=\S)"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its data (None if unreadable), the place of each value and key by its steps, and what was unreadable."""

    file: Path
    data: Any = None
    spots: dict[Steps, Spot] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def spot(self, steps: Steps) -> Spot:
        """Line and column of the nearest thing that exists on the way to `steps`."""
        while steps and steps not in self.spots:
            steps = steps[:-1]
        return self.spots.get(steps, (1, 1))

    def mistake(self, steps: Steps, problem: str, valid: str = "") -> Mistake:
        """A mistake at this place of the file."""
        line, column = self.spot(steps)
        return Mistake(self.file, line, column, self.where(steps), problem, valid)

    def where(self, steps: Steps) -> str:
        """The steps as a person would name them: an item of a list by its title, name or id rather than its number."""
        names, at = [], self.data
        for step in steps:
            at = _child(at, step)
            names.append(_call(at, step) if isinstance(step, int) else step)
        return " › ".join(names)


def read_document(file: Path) -> Document:
    """Read a file; what cannot be read is a mistake of the document, never an exception."""
    try:
        node = _compose(file.read_text(encoding="utf-8-sig"))
    except (OSError, YAMLError, *_STUMBLES) as error:
        return Document(file, mistakes=[_unreadable(file, error)])
    if node is None:
        return Document(file, mistakes=[Mistake(file, 1, 1, "", "文件是空的", "按《新增一个县》从现有的县复制一份")])
    reader = _Reader()
    document = Document(file, reader.plain(node, ()), reader.spots)
    for steps, (line, column), problem, valid in reader.found:
        document.mistakes.append(Mistake(file, line, column, document.where(steps), problem, valid))
    return document


def _unreadable(file: Path, error: Exception) -> Mistake:
    line, column = 1, 1
    match error:
        case FileNotFoundError():
            problem, valid = "找不到这个文件", "按《新增一个县》从现有的县复制一份"
        case UnicodeDecodeError():
            problem, valid = "文件不是 UTF-8 编码", "用编辑器另存为 UTF-8"
        case OSError():
            problem, valid = "这个文件打不开", "应是一个可以读取的文本文件"
        case MarkedYAMLError():
            problem, valid = _syntax(error)
            if mark := error.problem_mark or error.context_mark:
                line, column = mark.line + 1, mark.column + 1
        case YAMLError():
            problem, valid = f"文件里有不能用的字符：{str(error).splitlines()[0]}", "删去看不见的控制字符"
        case _:
            problem, valid = "文件的写法无法识别", "对照现有的县，检查缩进、冒号和引号"
    return Mistake(file, line, column, "", problem, valid)


def _compose(text: str) -> Node | None:
    """What the C library cannot read is read again in Python: its errors are the ones that we can put into words."""
    if cyaml is not None and _shallow(text):
        with suppress(YAMLError, *_STUMBLES):
            node = cyaml.CSafeLoader(text).get_single_node()
            return node if isinstance(node, Node) else None
    yaml = YAML(typ="safe", pure=True)
    # A name given twice with & is no matter for a warning in a log; using it with * is reported below.
    yaml.composer.warn_double_anchors = False
    node = yaml.compose(text)
    return node if isinstance(node, Node) else None


def _shallow(text: str) -> bool:
    """Whether nothing in it can be nested deep enough to overflow the C library's stack; it breaks above 20,000 levels."""
    longest = max(map(len, text.splitlines()), default=0)  # a block begins further right than what it is in, or as far
    return text.count("[") + text.count("{") + 2 * longest <= _DEEPEST_READ


class _Reader:
    """Turns the nodes of a file into plain data and notes where each was and what cannot be meant."""

    def __init__(self) -> None:
        self.spots: dict[Steps, Spot] = {}
        self.found: list[tuple[Steps, Spot, str, str]] = []
        self._seen: set[int] = set()

    def plain(self, node: Node, steps: Steps) -> Any:
        """The data of a node, with the place of everything in it."""
        spot = _spot(node)
        self.spots.setdefault(steps, spot)
        if isinstance(node, ScalarNode):
            return _words(node)
        if id(node) in self._seen or len(steps) > _DEEPEST:
            self.found.append((steps, spot, "这里用 * 引用了别处的内容，或者层次太深", "把内容再写一遍"))
            return None
        self._seen.add(id(node))
        if isinstance(node, SequenceNode):
            return [self.plain(child, (*steps, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, steps)

    def _mapping(self, node: Node, steps: Steps) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value if isinstance(node, MappingNode) else ():
            spot = _spot(key)
            if not isinstance(key, ScalarNode):
                self.found.append((steps, spot, "冒号左边应是一个词", "例如 title: 用水"))
                continue
            name = str(key.value)
            if name in data:
                first = self.spots[(*steps, name)][0]
                self.found.append((steps, spot, f"“{name}”写了两遍，第一遍在第 {first} 行", "只留一个"))
                continue
            self.spots[(*steps, name)] = spot
            data[name] = self.plain(value, (*steps, name))
        return data


def _spot(node: Node) -> Spot:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _words(node: ScalarNode) -> str | None:
    if node.tag == _EMPTY_TAG and node.value == "":
        return None
    folded = node.style != "|" and node.start_mark.line != node.end_mark.line
    return _FOLD.sub("", str(node.value)) if folded else str(node.value)


def _child(at: Any, step: str | int) -> Any:
    if isinstance(at, dict):
        return at.get(step)
    if isinstance(at, list) and isinstance(step, int) and step < len(at):
        return at[step]
    return None


def _call(item: Any, number: int) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        for key in ("name", "title", "label", "text", "option", "step", "id"):
            if isinstance(item.get(key), str) and item[key]:
                return str(item[key])
    return f"第{number + 1}项"


def _syntax(error: MarkedYAMLError) -> tuple[str, str]:
    said = f"{error.context or ''} {error.problem or ''}"
    for sign, problem, valid in _SYNTAX:
        if sign in said:
            return problem, valid
    return f"这里不符合 YAML 的写法（{(error.problem or '').strip()}）", "对照上下几行，检查缩进、冒号和引号"


_SYNTAX = (
    ("'\\t'", "用了制表符（Tab）", "缩进只能用空格，每层两个"),
    ("mapping values are not allowed", "这一行有多余的冒号，或者缩进不对", "文字里有冒号时，整段用引号括起来"),
    ("could not find expected ':'", "少了冒号", "写成 名称: 内容，冒号后面空一格"),
    ("found unexpected end of stream", "引号没有成对", "补上右引号"),
    ("expected <block end>", "缩进不齐", "同一层的各行要左对齐"),
    ("expected ',' or ']'", "方括号里少了逗号，或者没有右括号", "写成 [甲, 乙]"),
    ("expected ',' or '}'", "花括号里少了逗号，或者没有右括号", "写成 {field: water_kind, has: [改表]}"),
    ("found undefined alias", "用了 * 开头的文字", "把整段用引号括起来"),
    ("expected a single document", "一个文件里有两份内容（--- 分隔）", "只留一份"),
    ("found character '%'", "文字以 % 开头", "把整段用引号括起来"),
    ("found character '@'", "文字以 @ 开头", "把整段用引号括起来"),
    ("found character '`'", "文字以 ` 开头", "把整段用引号括起来"),
)
