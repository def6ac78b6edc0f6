"""A pattern that is tried only where it can begin finds what it finds when it is tried everywhere."""

import random
import re
import sys
from collections.abc import Iterator

import pytest

import dialogs.understanding.understand  # every pattern of the understanding is made with it
from dialogs.sought import Sought, needed

assert dialogs.understanding.understand
SAID = (
    "您好，我们公司要报装用水和用电。单位名称是新乡县示例食品有限公司，统一社会信用代码91410721MA000901X3，法定代表人李示例，"
    "单位地址小冀镇示范路10号，联系电话一三八零零零零零零零零。尾号是12的表号不对，改成0373-5080316转802，水表挪到3号楼东头，每层4户共6层，"
    "第一路900千瓦，另外再上一路1#400千伏安，两路原来都没有；下周三上午来看，明年3月底前用热，少写了个0，跟上次一样。小李 13800000001，经办人我自己。"
)


def known() -> Iterator[Sought]:
    for name, module in sorted(sys.modules.items()):
        if name.startswith("dialogs."):
            for value in vars(module).values():
                yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Sought))


def test_the_patterns_in_use_find_the_same() -> None:
    chance = random.Random(1)
    mixed = "".join(chance.sample(SAID, len(SAID)))
    patterns = list(known())
    assert len(patterns) > 30
    for one in patterns:
        for text in (SAID, mixed, SAID[40:] + mixed, one.pattern):
            assert spans(one.finditer(text)) == spans(one.whole.finditer(text)), one.pattern
            found, same = one.search(text, 9), one.whole.search(text, 9)
            assert (found and found.span()) == (same and same.span()), one.pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"[^a]b",
        r"x?",
        r".b",
        r"(?<=a)b|cd",
        r"(?:a|(?=x))x",
        r"(?=b)[ab]c?",
        r"\d{2,}|\s-",
        r"[\]\-^a]",
        r"b*a",
        r"a(?!a)",
    ],
)
@pytest.mark.parametrize("text", ["abcd " * 30, "-]^" * 40, "x12 -" * 30, "aab" * 40, ""])
def test_a_pattern_finds_what_it_finds_alone(pattern: str, text: str) -> None:
    sought = Sought(pattern)
    assert spans(sought.finditer(text, 1)) == spans(sought.whole.finditer(text, 1))
    assert sought.sub("_", text) == sought.whole.sub("_", text)


@pytest.mark.parametrize(
    "pattern",
    [
        r"[水电]费|气(?:价|表)?",
        r"(?:要|想)?不(?:要|想)",
        r"([一-鿿])不\1",
        r"(?<=多)少|几[个台]",
        r"[^,]+",
        r"(?:吗|呢){1,2}",
        r"x?",
    ],
)
def test_what_a_pattern_needs_stands_wherever_it_finds(pattern: str) -> None:
    one, chance = re.compile(pattern), random.Random(2)
    for _ in range(300):
        text = "".join(chance.choices("水电气费价表要想不多少几个台吗呢,x", k=4))
        assert needed(one).search(text) or not one.search(text)


def spans(found: Iterator[object]) -> list[object]:
    return [one.span() for one in found]  # type: ignore[attr-defined]
