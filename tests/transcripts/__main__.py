"""`python -m tests.transcripts [--write] [files]`: plays transcripts; --write puts the program's answers into them."""

import asyncio
import difflib
import sys
import tempfile
from pathlib import Path

import structlog

from tests.shipped import shipped
from tests.transcripts.format import read, write
from tests.transcripts.play import play
from tests.transcripts.stage import empty_database

CHATS = Path(__file__).parent / "chats"


async def main(arguments: list[str]) -> int:
    """Exit status 1 if a file differs from what the program says now."""
    writing = "--write" in arguments
    files = [Path(one) for one in arguments if not one.startswith("-")] or sorted(CHATS.glob("*.txt"))
    counties = shipped()
    differs = 0
    with tempfile.TemporaryDirectory() as directory:
        template = await empty_database(Path(directory) / "template.sqlite3")
        for number, file in enumerate(files):
            try:
                now = write(await play(read(file), counties, Path(directory) / str(number), template))
            except Exception:
                print(f"{file}:", file=sys.stderr)
                raise
            before = file.read_text(encoding="utf-8")
            if now == before:
                continue
            differs += 1
            if writing:
                file.write_text(now, encoding="utf-8")
                print(f"{file.name}: 改写了")
            else:
                print("".join(difflib.unified_diff(before.splitlines(True), now.splitlines(True), file.name, "现在")))
    return 0 if writing or not differs else 1


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    sys.exit(asyncio.run(main(sys.argv[1:])))
