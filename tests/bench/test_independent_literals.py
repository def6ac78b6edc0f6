"""String literals of every language are read as the program that holds them would see them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.independent.checkouts import File
from bench.independent.literals import strings

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)


def said(name, source):
    return [one for one in strings(File(name, source)) if one]


@pytest.mark.parametrize(
    ("name", "source", "want"),
    [
        ("A.java", r'String s = "<a>\"x\"</a>\n" + "二\u4e8c" /* here */ + "\101";', ['<a>"x"</a>\n二二A', "here"]),
        ("A.java", 'b.append("<xml>");\n  b.append("<A/>").append("</xml>"); other("z");', ["<xml><A/></xml>", "z"]),
        ("A.java", 'var s = """\n    <xml>\n      \\"<A/>\\"\n    </xml>\\\n    """;', ['<xml>\n  "<A/>"\n</xml>']),
        ("A.java", "char c = '\"'; String s = \"in\"; // \"no\" quote", ['"', "in", '"no" quote']),
        ("a.cs", 'x = @"<a b=""1"">\\n\n</a>" + "\\t\\U0001F600";', ['<a b="1">\\n\n</a>\t😀']),
        ("a.cs", 'var x = """\n    <xml>"\\"</xml>\n    """;', ['<xml>"\\"</xml>\n']),
        ("a.cs", "/// <xml>\n/// <A/>\n/// </xml>\nclass A {}", ["<xml>\n<A/>\n</xml>"]),
        ("a.go", 'a := []byte(`<xml>\\n"`) \nb := "\\x41" +\n\t"\\\\"', ['<xml>\\n"', "A\\"]),
        ("a.js", "var a = '<xml>\\\n<A/>' +\n // why\n '</xml>\\''; b = `q\\`${c}`;", ["<xml><A/></xml>'", "q`${c}", "why"]),
        ("a.php", "<?php $a = '\\n\\'' . \"\\n\\u{4e8c}\\q\"; # no", ["\\n'\n二\\q", "no"]),
        ("a.php", "$a = <<<XML\n  <xml>\n    \\t$b\n  </xml>\n  XML;\n$c = <<<'N'\n\\t'\nN;", ["<xml>\n  \t$b\n</xml>", "\\t'"]),
        ("a.php", "$a = 'one\ntwo'; $b = 'three';", ["one\ntwo", "three"]),
        ("a.py", "def f():\n    '''doc'''\n    return 'a' 'b' + \"\\n\" + r'\\n', b'\\xe4\\xba\\x8c', f'{x}no'", ["doc", "ab\n\\n", "二"]),
        ("a.py", r"a = '\ud83d\ude00 \ud800'", ["😀 \ufffd"]),
        ("a.cs", r'a = "\U0000d800 \ud83d" + "\ude00";', ["\ufffd \ufffd\ufffd"]),
        ("a.py", "print 'of another age'", []),
        ("a.md", "# Title\n\n<xml></xml>\n", ["# Title\n\n<xml></xml>\n"]),
    ],
)  # fmt: skip
def test_literals(name, source, want):
    assert [one.strip(" ") for one in said(name, source)] == want


@pytest.mark.parametrize("name", ["a.java", "a.cs", "a.js", "a.ts", "a.go"])
@given(text=TEXTS)
def test_any_text_is_read_back_from_escapes(name, text):
    ascii_only, plain = json.dumps(text), json.dumps(text, ensure_ascii=False)
    assert said(name, f"x({ascii_only}, {plain})") == [one for one in (text, text) if one]


@given(text=TEXTS)
def test_any_text_is_read_back_from_verbatim_literals(text):
    doubled = text.replace('"', '""')
    assert said("a.cs", f'f(@"{doubled}")') == [one for one in (text,) if one]
    raw = text.replace("`", "'")
    assert said("a.go", f"f(`{raw}`)") == [one for one in (raw,) if one]
    single = text.replace("\\", "\\\\").replace("'", "\\'")
    assert said("a.php", f"f('{single}');") == [one for one in (text,) if one]
    assert said("a.py", f"f({text!r})") == [one for one in (text,) if one]


@given(source=st.text(st.sampled_from("\"'`\\/*#@$<x>\nEOT.+ "), max_size=80), name=st.sampled_from("jcgp"))
def test_no_source_stops_the_scanner(source, name):
    suffix = {"j": ".java", "c": ".cs", "g": ".go", "p": ".php"}[name]
    assert all(isinstance(one, str) for one in said(f"a{suffix}", source))
