"""One typst compiler, reused, in a thread of its own: text goes in as data and never as markup, and only the shared file can be read.

A sheet takes some milliseconds once the fonts are read; what is asked meanwhile waits its turn.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

import typst

from bot.paper.glyphs import FONTS

SHARED: Final = Path(__file__).parents[2] / "config" / "documents"
"""What every template may import, and the only folder that any can read."""
_PLACE: Final = re.compile(r"__typst_py_bytes__\.typ:(?P<line>\d+):(?P<column>\d+)")
"""A place in the template: so typst calls what is given to it as bytes."""
Done = TypeVar("Done")


class Unset(Exception):
    """A template cannot be printed: what typst says to it, and where in it (line and column from 1; of the shared file 1, 1)."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(f"{line}:{column} {problem}")
        self.problem, self.line, self.column = problem, line, column


class Typesetter:
    """Makes PDFs, one at a time. `close` ends its thread."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typst")

    async def run(self, work: Callable[[], Done]) -> Done:
        """Does this in the thread of the compiler, when what was asked before is done. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def set(self, template: str, content: Mapping[str, Any]) -> bytes:
        """The sheet as PDF, in the thread of whoever asks. Raises `Unset`."""
        if (at := template.find('"@')) >= 0:
            raise Unset("用了外面的程序包", template.count("\n", 0, at) + 1, 1)
        said = json.dumps(content, ensure_ascii=False)
        try:
            made = self._compiler.compile(template.encode(), format="pdf", sys_inputs={"content": said})
        except typst.TypstError as error:
            raise _unset(error) from error
        assert isinstance(made, bytes)
        return made

    def close(self) -> None:
        """What is being set is still finished."""
        self._thread.shutdown()

    @cached_property
    def _compiler(self) -> typst.Compiler:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        return typst.Compiler(root=str(SHARED), font_paths=fonts, ignore_system_fonts=True)


def _unset(error: typst.TypstError) -> Unset:
    own = _PLACE.search("\n".join([error.diagnostic, *error.trace]))
    message = "；".join([error.message.removeprefix("assertion failed: "), *error.hints])
    return Unset(message, int(own["line"]), int(own["column"])) if own else Unset(message, 1, 1)
