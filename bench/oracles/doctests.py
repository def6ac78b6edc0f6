"""Cases of python-stdnum: the numbers in the doctests of its Chinese modules, which are parsed and never run."""

import ast
import doctest
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bench.oracles import reading
from bench.oracles.cases import Case, Oracle


def oracles(checkout: Path) -> Iterator[Oracle]:
    """The rows of identity numbers and of unified social credit codes."""
    for module, reader, read in (
        ("ric", "kinds.code.identity", reading.identity),
        ("uscc", "kinds.code.organisation", reading.organisation),
    ):
        texts = (
            *_docstrings((checkout / "stdnum" / "cn" / f"{module}.py").read_text("utf-8")),
            (checkout / "tests" / f"test_cn_{module}.doctest").read_text("utf-8"),
        )
        name = f"python-stdnum `cn.{module}`, numbers of its doctests"
        yield Oracle(name, reader, tuple(_cases(texts)), read, {})


def _docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


def _cases(texts: tuple[str, ...]) -> Iterator[Case]:
    """Each number once; one about which anything is raised is none."""
    wanted = dict[str, str]()
    for text in texts:
        for said, holds in _numbers(text):
            number = re.sub(r"[\s-]", "", said).upper()
            if not holds:
                wanted[number] = reading.REFUSED
            wanted.setdefault(number, reading.TAKEN)
    return (Case(number, want) for number, want in wanted.items())


def _numbers(text: str) -> Iterator[tuple[str, bool]]:
    """The numbers that a function is called with, and whole lists of which none is said to be invalid."""
    examples = doctest.DocTestParser().get_examples(text)
    for example, after in pairwise([*examples, doctest.Example("None", "")]):
        for node in ast.walk(ast.parse(example.source)):
            match node:
                case ast.Call(args=[ast.Constant(value=str(said))]):
                    yield said, example.exc_msg is None
                case ast.Assign(value=ast.Constant(value=str(lines))) if after.want.strip() == "[]":
                    yield from ((line, True) for line in lines.split("\n") if line.strip())
