"""Whatever an operator does to a county's files, the answer is a report, never a traceback."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from config.check import check

DATA = Path(__file__).parent / "data"
SAMPLE = DATA / "counties" / "shili"
FILES = {str(file.relative_to(SAMPLE)): file.read_text("utf-8") for file in sorted(SAMPLE.glob("**/*.yaml"))}

SCRAPS = st.sampled_from(
    [
        "\t",
        ":",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "&a ",
        "*a",
        "|\n",
        ">-\n",
        "#",
        "%",
        "!",
        "---\n",
        "? ",
        "\n",
        " ",
        "  ",
    ]
    + [
        "是",
        "0",
        "-1",
        "1e9",
        "null",
        "~",
        "true",
        "has",
        "field",
        "id",
        "x",
        "{{",
        "}}",
        "\x00",
        "\ufeff",
        "9" * 30,
        "\ud83d\ude00",
    ]
)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["insert", "cut", "line", "swap", "double"]), SCRAPS), max_size=6
)


def edited(text: str, edits: list[tuple[float, str, str]]) -> str:
    """The text after some slips of the hand."""
    for share, how, scrap in edits:
        at = int(share * len(text))
        lines = text.splitlines(keepends=True) or [""]
        number = min(int(share * len(lines)), len(lines) - 1)
        if how == "insert":
            text = text[:at] + scrap + text[at:]
        elif how == "cut":
            text = text[:at] + text[at + 1 + len(scrap) :]
        elif how == "line":
            text = "".join(lines[:number] + lines[number + 1 :])
        elif how == "swap":
            text = "".join(lines[:number] + lines[number:][::-1])
        else:
            text = "".join([*lines[: number + 1], *lines[number:]])
    return text


def report_on(name: str, content: bytes) -> tuple[str, bool]:
    """The report on the sample county with one file changed."""
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place) / "shili"
        (directory / "messages").mkdir(parents=True)
        for one, text in FILES.items():
            (directory / one).write_text(text, "utf-8")
        (directory / name).write_bytes(content)
        return check(directory, defaults=DATA / "messages")


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(FILES)), EDITS)
def test_slips_of_the_hand(name: str, edits: list[tuple[float, str, str]]) -> None:
    """Some slips in one file: a report, with places that exist."""
    report, good = report_on(name, edited(FILES[name], edits).encode("utf-8", "surrogatepass"))
    assert good == ("没有发现问题" in report)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=60))
def test_any_bytes(name: str, content: bytes) -> None:
    """A file of any bytes at all."""
    report, _ = report_on(name, content)
    assert report


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["是", "has", "x", "2026-01-01", "{{ a", "{counter"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "field", "has", "when", "options", "text", "all"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def written(value: object) -> str:
    """A value in YAML's flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return "" if value is None else f'"{value}"'


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), VALUES)
def test_any_value_in_any_place(name: str, share: float, value: object) -> None:
    """A well-formed value of any shape in the place of any other."""
    lines = FILES[name].splitlines()
    places = [number for number, line in enumerate(lines) if ": " in line]
    if not places:
        return
    number = places[min(int(share * len(places)), len(places) - 1)]
    lines[number] = lines[number].split(": ")[0] + ": " + written(value)
    report, good = report_on(name, "\n".join(lines).encode())
    assert good == ("没有发现问题" in report)
