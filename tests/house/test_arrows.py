"""The import arrows of the house (design: the house) and what the pure cores may not touch."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("model", "dialogs", "routing", "storage", "handlers", "config", "bot", "sandbox")
ALLOWED = {
    "model": set(),
    "dialogs": {"model"},
    "routing": {"model"},
    "storage": {"model"},
    "config": {"model"},
    "handlers": {"model", "dialogs", "routing", "storage", "config"},
    "bot": {"model", "dialogs", "routing", "storage", "config", "handlers"},
    "sandbox": set(),
}
IMPURE = {
    "aiohttp",
    "asyncio",
    "jinja2",
    "os",
    "random",
    "redis",
    "secrets",
    "socket",
    "sqlalchemy",
    "subprocess",
    "time",
    "uuid",
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_its_arrow_allows(room):
    wrong = {
        str(path.relative_to(ROOT)): sorted(bad)
        for path in (ROOT / room).rglob("*.py")
        if (bad := (imports(path) & set(ROOMS)) - ALLOWED[room] - {room})
    }
    assert not wrong


@pytest.mark.parametrize("room", ["model", "dialogs", "routing"])
def test_the_pure_cores_do_no_io_and_read_no_clock(room):
    wrong = {str(p.relative_to(ROOT)): sorted(bad) for p in (ROOT / room).rglob("*.py") if (bad := imports(p) & IMPURE)}
    assert not wrong
    clocks = [
        str(p) for p in (ROOT / room).rglob("*.py") if ".now(" in (text := p.read_text("utf-8")) or ".today()" in text
    ]
    assert not clocks
