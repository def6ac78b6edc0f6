"""A message that answers a quoted one: what is quoted was said before, by whomever, and is not said again."""

import re

_QUOTED = re.compile(r"\s*[「“\"『][^」』]{1,1000}[」』”\"]\s*\n\s*(?:[-—–_]\s*){3,40}\n\s*(?P<own>\S.*)", re.DOTALL)
"""「您的名字？」, a line of strokes, and the answer below."""
_LINE = re.compile(r"^\s*[>＞]")


def own_words(text: str) -> str:
    """The message without what it quotes, if anything else is in it."""
    found = _QUOTED.fullmatch(text)
    own = found["own"] if found else text
    if _LINE.search(own) or "\n>" in own or "\n＞" in own:
        lines = [line for line in own.splitlines() if not _LINE.match(line)]
        own = "\n".join(lines) if any(map(str.strip, lines)) else own
    return own
