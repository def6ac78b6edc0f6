"""The text files of a git repository at its HEAD, with or without a work tree: read as objects, never run."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset({
    ".py", ".java", ".kt", ".cs", ".go", ".php", ".js", ".mjs", ".ts", ".md", ".rst", ".txt", ".xml", ".html", ".json",
})  # fmt: skip
_REGULAR = (b"100644", b"100755")
_MOST_BYTES = 2**20


class NoCheckout(Exception):
    """There is no git repository there; the message is git's."""


@dataclass(frozen=True, slots=True)
class File:
    """One file: where it lies in its repository, and what it says."""

    path: str
    text: str

    @property
    def suffix(self) -> str:
        """With the dot, in lower case."""
        return Path(self.path).suffix.lower()


@dataclass(frozen=True, slots=True)
class Checkout:
    """A repository somebody has fetched."""

    path: Path

    @property
    def name(self) -> str:
        """What it is called in the report."""
        path = self.path.absolute()
        return (path.parent if path.name == ".git" else path).name

    def commit(self) -> str:
        """The commit that is read. Raises NoCheckout, for a directory inside a repository too: git would take the whole one for it."""
        if self._git("rev-parse", "--show-prefix").strip():
            raise NoCheckout(f"{self.path}: a directory of a repository, and no repository of its own")
        return self._git("rev-parse", "HEAD").decode().strip()

    def files(self) -> Iterator[File]:
        """Every file of a kind that may hold samples, if it is text and not huge. Raises NoCheckout."""
        listed = self._git("ls-tree", "-r", "-z", "HEAD").split(b"\0")
        entries = [
            (head.split(), name.decode("utf-8", "replace"))
            for head, _, name in (one.partition(b"\t") for one in listed)
        ]
        wanted = [
            (head[2], name) for head, name in entries
            if head and head[0] in _REGULAR and Path(name).suffix.lower() in SUFFIXES
        ]  # fmt: skip
        found = self._git("cat-file", "--batch", given=b"".join(one + b"\n" for one, _ in wanted))
        at = 0
        for _, name in wanted:
            end = found.index(b"\n", at)
            head, at = found[at:end].split(), end + 1
            if head[-1] == b"missing":
                continue
            size = int(head[2])
            text = _decoded(found[at : at + size]) if size <= _MOST_BYTES else None
            at += size + 1
            if text is not None:
                yield File(name, text)

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        command = ["git", "-C", str(self.path), *arguments]
        done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - no shell, a path of the user's
        if done.returncode:
            raise NoCheckout(f"{self.path}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout


def _decoded(data: bytes) -> str | None:
    """UTF-8, else what Chinese sources were written in before; None if it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return None
