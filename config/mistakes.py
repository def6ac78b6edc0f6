"""What the loader says about a county that cannot be loaded: every mistake at once, each with its place (design §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake: the place in the file (from 1) and in the operator's terms, what is wrong, what would be valid."""

    file: Path
    line: int
    column: int
    where: str
    problem: str
    valid: str = ""

    def __str__(self) -> str:
        """`form.yaml:12:5 [基本信息 › 联系电话] 没有“kinds”这个设置 → 您想写的可能是：kind`."""
        where = f" [{self.where}]" if self.where else ""
        valid = f" → {self.valid}" if self.valid else ""
        return f"{self.file}:{self.line}:{self.column}{where} {self.problem}{valid}"


class Mistakes(Exception):
    """All mistakes found, in the order of files and lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes sorted and without repetitions."""
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))
