"""What the escapes in a string literal stand for, in each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ONE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "\\": "\\", '"': '"', "'": "'"}
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<braced>[0-9A-Fa-f]{1,6})\}|u+(?P<four>[0-9A-Fa-f]{4})|U(?P<eight>[0-9A-Fa-f]{8})"
    r"|x(?P<hex>[0-9A-Fa-f]{1,2})|(?P<octal>[0-7]{1,3})|(?P<one>.))",
    re.DOTALL,
)


def paired(text: str) -> str:
    """What lies above U+FFFF and was written as two escapes is one character; half of a pair is none."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(frozen=True, slots=True)
class Escapes:
    """How one kind of literal is read: its escapes of one character, and whether an unknown one keeps its backslash."""

    one: Mapping[str, str]
    numbers: bool = True
    keeps: bool = False

    def read(self, text: str) -> str:
        """The string that the source text of a literal, without its quotes, stands for."""
        return paired(_ESCAPE.sub(self._of, text)) if "\\" in text else text

    def _of(self, found: re.Match[str]) -> str:
        one = found["one"]
        if one is None and self.numbers:
            code = found["braced"] or found["four"] or found["eight"] or found["hex"]
            return chr(min(int(code, 16) if code else int(found["octal"], 8), 0x10FFFF))
        if one in self.one:
            return self.one[one]
        return found[0] if self.keeps else found[0][1:]


JAVA = Escapes({**_ONE, "s": " ", "\n": ""})
CSHARP = Escapes(_ONE | {"e": "\x1b"})
GO = Escapes(_ONE)
SCRIPT = Escapes({**_ONE, "`": "`", "$": "$", "\n": ""})
PHP = Escapes(
    {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "e": "\x1b", "f": "\f", "\\": "\\", "$": "$", '"': '"'}, keeps=True
)
PHP_SINGLE = Escapes({"\\": "\\", "'": "'"}, numbers=False, keeps=True)
