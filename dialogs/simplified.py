"""Traditional characters as simplified ones, one for one: who comes from Hongkong or Taiwan writes 電 and 氣.

The pairs are OpenCC's. A character of GB 2312 is left alone (著, 乾 and 瞭 stand in simplified texts too), but for the few
that nobody writes there.
"""

from collections.abc import Iterator

from opencc import OpenCC

_HAN = range(0x4E00, 0xA000)
"""Unified ideographs of the basic plane."""
_TRADITIONAL_ALL_THE_SAME = frozenset("後於徵夥")
"""Those of GB 2312 that no simplified text has: 以後, 關於, 特徵, 夥同."""
_CANTONESE = {"冇": "没", "唔": "不", "喺": "在", "嗰": "那", "嘅": "的", "佢": "他"}
"""Spoken words with a character of their own."""


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _pairs() -> Iterator[tuple[str, str]]:
    characters = [one for one in map(chr, _HAN) if one in _TRADITIONAL_ALL_THE_SAME or not _in_gb2312(one)]
    # a line each: no two of them are read as a word
    for written, read in zip(characters, OpenCC("t2s").convert("\n".join(characters)).split("\n"), strict=True):
        if len(read) == 1:
            yield written, read


_SIMPLIFIED = str.maketrans(dict(_pairs()) | _CANTONESE)


def simplified(text: str) -> str:
    """The text of the same length without traditional characters."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)
