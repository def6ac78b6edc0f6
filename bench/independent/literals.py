"""The strings that stand in source code: literals as the program sees them, pieces joined, and what comments say.

Python is read by `ast`. For the others a scanner knows no more than where comments and literals begin and end. A slip (a quote in a
regular expression) can hide what follows it.
"""

import ast
import re
import textwrap
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.independent.checkouts import File
from bench.independent.escapes import CSHARP, GO, JAVA, PHP, PHP_SINGLE, SCRIPT, paired


def _block(text: str) -> str:
    """A block between three quotes: without its first line break, and without the indentation of its lines."""
    return textwrap.dedent(text.removeprefix("\n"))


@dataclass(frozen=True, slots=True)
class _Literal:
    """Patterns of how it opens, what stands in it, and how it closes; and what that stands for."""

    opens: str
    inner: str
    closes: str
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Language:
    """Its literals, the first that fits counts; what joins two of them, as a pattern; its comments."""

    literals: tuple[_Literal, ...]
    joins: str = r"\+|\)\s*;?\s*\w*\s*\.\s*[Aa]ppend\("
    comments: str = r"//[^\n]*|/\*.*?\*/"

    def pattern(self) -> re.Pattern[str]:
        """A comment, or a literal with its inside in the group of its place."""
        kinds = (f"{one.opens}(?P<i{place}>{one.inner}){one.closes}" for place, one in enumerate(self.literals))
        return re.compile("|".join((f"(?P<comment>{self.comments})", *kinds)), re.DOTALL)


_DOUBLE, _SINGLE = r'(?:\\.|[^"\\\n])*', r"(?:\\.|[^'\\\n])*"
_JAVA = _Language((
    _Literal(r'"""[ \t]*(?=\n)', r"(?:\\.|[^\\])*?", '"""', lambda text: JAVA.read(_block(text))),
    _Literal('"', _DOUBLE, '"', JAVA.read),
    _Literal("'", _SINGLE, "'", JAVA.read),
))  # fmt: skip
_CSHARP = _Language((
    _Literal(r'\$*"""', ".*?", '"""', _block),
    _Literal(r'(?:@\$?|\$@)"', '(?:""|[^"])*', '"', lambda text: text.replace('""', '"')),
    _Literal(r'\$?"', _DOUBLE, '"', CSHARP.read),
    _Literal("'", _SINGLE, "'", CSHARP.read),
))  # fmt: skip
_GO = _Language(
    (_Literal("`", "[^`]*", "`", str), _Literal('"', _DOUBLE, '"', GO.read), _Literal("'", _SINGLE, "'", GO.read))
)
_SCRIPT = _Language((
    _Literal('"', _DOUBLE, '"', SCRIPT.read),
    _Literal("'", _SINGLE, "'", SCRIPT.read),
    _Literal("`", r"(?:\\.|[^`\\])*", "`", SCRIPT.read),
))  # fmt: skip
_ENDS = r"\n[ \t]*(?P=name{0})\b"
_PHP = _Language(
    (
        _Literal(r"<<<[ \t]*'(?P<name0>\w+)'\n", ".*?", _ENDS.format(0), textwrap.dedent),
        _Literal(
            r'<<<[ \t]*"?(?P<name1>\w+)"?\n', ".*?", _ENDS.format(1), lambda text: PHP.read(textwrap.dedent(text))
        ),
        _Literal('"', r'(?:\\.|[^"\\])*', '"', PHP.read),
        _Literal("'", r"(?:\\.|[^'\\])*", "'", PHP_SINGLE.read),
    ),
    joins=r"\.",
    comments=r"//[^\n]*|#(?!\[)[^\n]*|/\*.*?\*/",
)
_LANGUAGES = {
    ".java": _JAVA, ".kt": _JAVA, ".cs": _CSHARP, ".go": _GO, ".php": _PHP, ".js": _SCRIPT, ".mjs": _SCRIPT, ".ts": _SCRIPT,
}  # fmt: skip
_MARK = re.compile(r"^[ \t]*(?:/{2,}|/\*+|\*+(?!/)|#)?[ \t]?|\*/", re.MULTILINE)


def strings(file: File) -> Iterator[str]:
    """What literals and comments of a source file say; of any other file the whole text."""
    if file.suffix == ".py":
        yield from _python(file.text)
    elif file.suffix in _LANGUAGES:
        yield from _scanned(file.text, _LANGUAGES[file.suffix])
    else:
        yield file.text


def _python(source: str) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # escapes that Python will not know for long
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            return
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        text = _constant(node)
        if text is not None:
            yield text
        elif not isinstance(node, ast.JoinedStr):  # what it stands for depends on a run
            pending.extend(reversed(list(ast.iter_child_nodes(node))))


def _constant(node: ast.AST) -> str | None:
    """A literal, or literals added up."""
    match node:
        case ast.Constant(value=str(text)):
            return paired(text)
        case ast.Constant(value=bytes(data)):
            return data.decode("utf-8", "replace")
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = _constant(left), _constant(right)
            return None if one is None or other is None else one + other
    return None


def _scanned(source: str, language: _Language) -> Iterator[str]:
    """Literals with nothing but the joining sign and comments between are one; so are comments with nothing between."""
    said, remarks, at, gap = list[str](), list[str](), 0, ""
    for found in language.pattern().finditer(source):
        between, at = source[at : found.start()], found.end()
        gap += between
        if found["comment"] is not None:
            if between.strip() and remarks:
                yield "\n".join(remarks)
                remarks.clear()
            remarks.append(_MARK.sub("", found["comment"]))
            continue
        if said and not re.fullmatch(language.joins, gap.strip()):
            yield "".join(said)
            said.clear()
        place = next(place for place in range(len(language.literals)) if found[f"i{place}"] is not None)
        said.append(language.literals[place].read(found[f"i{place}"]))
        gap = ""
    yield "".join(said)
    yield "\n".join(remarks)
