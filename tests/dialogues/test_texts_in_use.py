"""Every text that the program says is in the catalogue, and every text of the catalogue is said by the program."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*(ROOT / "config" / "pages").glob("*.html"), *(ROOT / "config" / "console").rglob("*.html")]
SAID = re.compile(r"say\('([\w.]+)'( ~)?")
SPEAKING = ("handlers", "bot", "dialogs", "routing", "storage", "config/holidays")
#: Keys made at run time: the beginning, and what the code puts after it.
PREFIXES = ("reasons.", "refused.", "warnings.", "wechat.", "notice.", "states.", "menu.", "act.")
#: Texts nobody says; whoever removes one from the catalogue or says it takes it off this list.
UNUSED = {"rejected.photo", "button.human", "staff.card"}


def literals():
    """Every string in the speaking rooms; of an f-string the pieces between its facts, joined by a star; what pages say."""
    for page in PAGES:
        yield from (key + "*" * bool(more) for key, more in SAID.findall(page.read_text(encoding="utf-8")))
    for room in SPEAKING:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
                elif isinstance(node, ast.JoinedStr):
                    yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)


def said():
    """The first argument of every `say(…)`, as a pattern."""
    for page in PAGES:
        for key, more in SAID.findall(page.read_text(encoding="utf-8")):
            yield page.name, re.escape(key) + r"[\w.]+" * bool(more)
    for room in ("handlers", "bot"):
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
                if name in {"say", "_say"} and node.args:
                    yield from keys_of(node.args[0], file.name)


def keys_of(node, where):
    match node:
        case ast.Constant(value=str() as key):
            yield where, re.escape(key)
        case ast.IfExp(body=one, orelse=other):
            yield from keys_of(one, where)
            yield from keys_of(other, where)
        case ast.JoinedStr(values=parts):
            yield (
                where,
                "".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.]+" for part in parts),
            )
        case ast.BinOp(left=ast.Constant(value=str() as start)):
            yield where, re.escape(start) + r"[\w.]+"


@pytest.mark.parametrize("name", ["xinxiang", "jingxian"])
def test_what_is_said_is_in_the_catalogue(name, counties):
    keys = counties[name].messages
    missing = [(where, pattern) for where, pattern in said() if not any(re.fullmatch(pattern, key) for key in keys)]
    assert not missing
    assert len(list(said())) > 60


def test_reasons_and_remarks_of_the_code_are_in_the_catalogue(counties):
    """`Refusal("phone.short")` needs `reasons.phone.short`; a remark `warnings.…`; a half answer `want.…`."""
    keys = counties["xinxiang"].messages
    prefixes = {"Refusal": "reasons.", "Partial": "want."}
    for file in (ROOT / "dialogs").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in prefixes
                and isinstance(node.args[0], ast.Constant)
            ):
                assert prefixes[node.func.id] + node.args[0].value in keys, (file.name, node.lineno)


def test_every_text_is_used(counties):
    spoken = set(literals())
    patterns = [
        re.compile(re.escape(one).replace(r"\*", r"[\w.]+")) for one in spoken if re.fullmatch(r"[a-z_]+\.[\w.*]+", one)
    ]

    def used(key):
        plain = key.partition(".")[2]
        if key.startswith(PREFIXES):
            # the code names what stands after the beginning: `Refused(code="survey.past")`
            return plain in spoken or any(one.fullmatch(plain) or one.fullmatch(key) for one in patterns) or made(key)
        return key in spoken or any(one.fullmatch(key) for one in patterns)

    def made(key):
        first, *rest = key.split(".")
        return first in {"wechat", "menu", "act", "states"} or (first == "reasons" and rest[0] == "declaration")

    # The code says `file.large` and the wording looks for `files.large`; likewise `card.none`.
    for kind in ("file", "card"):
        spoken |= {one.replace(f"{kind}.", f"{kind}s.", 1) for one in spoken if one.startswith(f"{kind}.")}
    idle = {key for key in counties["xinxiang"].messages if not used(key)}
    assert idle == UNUSED & set(counties["xinxiang"].messages), sorted(idle ^ UNUSED)
