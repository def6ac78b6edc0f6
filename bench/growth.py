"""What free text costs as it grows: milliseconds of `understand` at 300, 2,000 and 20,000 characters, usual and hostile.

A message is cut at 2,000 characters before it is read (`dialogs.hearing`); 20,000 show how the cost grows beyond that. Every
round reads a text that was not read before, so that nothing remembered of an earlier one helps.
"""

import datetime as dt
import json
import random
import time
import unicodedata
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from config.loader import load_counties
from dialogs.focus import focus
from dialogs.reading import Context
from dialogs.understanding.understand import understand
from model.calendar import CHINA
from model.county import County
from model.draft import Answer, Draft
from model.fields import ChoiceField
from model.values import Pick, Picks

LENGTHS = (300, 2_000, 20_000)
BAR = 20
"""Milliseconds at 2,000 characters."""
STEEP = 13
"""So many times dearer may ten times the length be."""
_PATIENCE = 0.5
"""Seconds at one length beyond which a longer one is not tried."""
_NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
_STORIES = Path(__file__).parent.parent / "tests" / "stories"
HOSTILE = {
    "one digit": "1", "digits": "13800000000", "一": "一", "一二三": "一二三四五六七八九十", "水电": "水电",
    "号楼": "号楼", "1号楼": "1号楼、", "1-": "1-", "有限公司": "有限公司", "公司": "示例公司", "路": "路",
    "路1号": "示范路1号", "镇": "镇", "村": "小冀镇村", "towns": "小冀镇", "在": "在", "法人": "法人",
    "法人李": "法人李示例", "李": "李", "我们": "我们", "地址": "地址", "电话": "电话：", "改成": "改成1",
    "不对": "不对，", "没有": "没有", "尾号": "尾号是", "phones": "13800000000，", "amounts": "12千瓦",
    "8万2": "8万2平，", "每个": "每个12平", "dates": "下周三上午，", "同上": "同上", "跟": "跟一样", "brackets": "（",
    "commas": "，", "blanks": "的 ", "lines": "\n", "line": "水\n", "letters": "a", "X1": "X1", "emoji": "\U0001f600",
    "新装": "新装", "减1户": "减1户", "双眼灶": "双眼灶2台每台5方，", "identity": "41072119900101000X ", "的": "的",
    "是": "是", "大概": "大概", "几": "几", "半": "半", "百": "百", ".": ".", "省市县": "省市县区",
}  # fmt: skip

FEW = ("any characters", "stories a", "one story b", "digits", "phones", "amounts", "新装", "lines")
"""Those of `--quick`."""


def texts() -> Iterator[tuple[str, str]]:
    """Name and a piece to repeat: characters at random, three lives as people wrote them, and what nobody writes."""
    chance = random.Random(LENGTHS[-1])
    yield "any characters", "".join(islice(_characters(chance, range(0x20, 0x30000)), LENGTHS[-1]))
    yield "any Han", "".join(islice(_characters(chance, range(0x4E00, 0x9FA6)), LENGTHS[-1]))
    for name in ("a", "b", "c"):
        lines = (_STORIES / f"{name}.jsonl").read_text("utf-8").splitlines()
        turns = [turn for line in lines for turn in json.loads(line)["turns"]]
        yield f"stories {name}", "\n".join(turns) + "\n"
        yield f"one story {name}", "，".join(json.loads(lines[0])["turns"])
    yield from HOSTILE.items()


def _characters(chance: random.Random, among: range) -> Iterator[str]:
    while True:
        character = chr(chance.choice(among))
        if unicodedata.category(character) not in ("Cs", "Cn"):
            yield character


def run(only: tuple[str, ...] = ()) -> None:
    """Prints a line per text; `x` is by how much ten times the length costs more. Says which miss the bar or grow faster."""
    county = load_counties()["xinxiang"]
    print(
        f"growth: ms of `understand`, 新乡县, everything chosen (bar: {BAR} ms at 2,000 characters at random, ten times the"
        f" length at most {STEEP} times dearer)"
    )
    measure(county, "水")  # the words of the form are read once
    slow, steep = list[str](), list[str]()
    for name, piece in texts():
        if only and name not in only:
            continue
        took = dict[int, float]()
        for length in LENGTHS:
            if took and max(took.values()) > _PATIENCE * 1000:
                break
            took[length] = measure(county, "".join(islice(cycle(piece), length)))
        growth = took[20_000] / took[2_000] if 20_000 in took else float("inf")
        print(
            f"  {name:12} "
            + " ".join(f"{took[length]:10.2f}" if length in took else f"{'-':>10}" for length in LENGTHS)
            + f"   x{growth:.1f}"
        )
        if took.get(2_000, BAR + 1) > BAR:
            slow.append(name)
        if growth > STEEP:
            steep.append(name)
    print(
        f"  over {BAR} ms at 2,000: {', '.join(slow) or 'none'}\n  grows faster than its length: {', '.join(steep) or 'none'}"
    )


def measure(county: County, text: str) -> float:
    """The least of several rounds, in milliseconds of CPU."""
    draft = _draft(county)
    least = float("inf")
    for number in range(5):
        told = f"{text[:-1]}{chr(0x4E01 + number)}"
        began = time.process_time()
        context = Context(_NOW, county.area_code, county.calendar, draft.answers)
        understand(county, county.form, draft, focus(county.form, draft), context, told)
        least = min(least, (time.process_time() - began) * 1000)
        if least > 300:
            break
    return least


def _draft(county: County) -> Draft:
    """All services chosen, so that as many fields as possible are shown."""
    field = county.form.fields[county.places.services]
    assert isinstance(field, ChoiceField)
    every = Picks(picks=tuple(Pick(option=one.text) for one in field.options))
    answers = {field.id: Answer(value=every, by="bench", at=_NOW)}
    return Draft(
        id="bench#1",
        form=county.form.id,
        form_version=county.form.version,
        opened_at=_NOW,
        changed_at=_NOW,
        answers=answers,
    )


if __name__ == "__main__":
    run()
