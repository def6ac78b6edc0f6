"""CPU of the engine for a message, of whatever checkout stands first on the path; asked for in rounds, answered as JSON.

Run as a file, never imported by the product. It uses only what the engine had before it understood free text.
"""

import datetime as dt
import json
import sys
import time

from bench.walk import next_answer
from config.loader import load_counties
from dialogs.advance import advance
from dialogs.focus import OnField, focus
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.message import Actor, TextMessage

WORD = 4
"""Characters of a one-word answer, at most."""
LONG = (
    "您好，我们公司要报装用水和用电。单位名称是新乡县示例食品有限公司，统一社会信用代码91410721MA000901X3，法定代表人李示例，"
    "单位地址小冀镇示范路10号，联系电话13800000000。项目名称是示例食品二期厂房，地址在小冀镇示范路与文明街交叉口东北角，项目负责人"
    "王示例，电话13800000001。水是新装，非居民用水，生产和职工生活都要用，给水管大约要铺260米，管径PE160，会从厂门口的马路下面"
    "穿过来。电也是新装，工业用电，第一路负荷900千瓦，变压器申请1000千伏安，第二路400千瓦，申请500千伏安，两路原来都没有；自备"
    "电源有一台300千瓦的柴油机，非线性负荷有变频器。经办人张示例，电话13800000002，谢谢。"
)[:300]
_MOST = 200
"""Messages of the whole form, at most; it has some 80 questions."""
_NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
_ACTOR = Actor(person="p")

Case = tuple[Conversation, TextMessage]


def _walk(county: County) -> tuple[list[Case], Case]:
    """Every one-word answer of the whole form where it is given, and the long message where the applicant's name is asked."""
    conversation = Conversation(id="a:p", account="a", person="p", county=county.id)
    words = list[Case]()
    long: Case | None = None
    said = 0
    while (text := next_answer(county, conversation)) is not None:
        message = TextMessage(text=text)
        if len(text) <= WORD:
            words.append((conversation, message))
        if long is None and text == "新乡县示例食品有限公司":
            long = conversation, TextMessage(text=LONG)
        after = advance(county, conversation, message, _ACTOR, _NOW).conversation
        # An answer that is not taken must not hold a bench up: the form goes on without it.
        for other in ("跳过", "示例"):
            if _focus(county, after) != _focus(county, conversation):
                break
            after = advance(county, after, TextMessage(text=other), _ACTOR, _NOW).conversation
        conversation, said = after, said + 1
        if said > _MOST:
            raise LookupError(f"the form does not go on after {text}")
    if long is None:
        raise LookupError("the form does not ask for the applicant's name")
    return words, long


def _focus(county: County, conversation: Conversation) -> object:
    """What is asked; the same again if an answer was not taken."""
    draft = conversation.draft()
    return draft and draft.state == "filling" and focus(county.forms[draft.form], draft)


def _open(county: County, case: Case) -> bool:
    """Whether words of one's own are asked for: then the answer could be anything, and has to be looked into."""
    on = _focus(county, case[0])
    return isinstance(on, OnField) and on.field.kind == "text"


def _cost(county: County, cases: list[Case], times: int) -> float:
    """Microseconds of CPU a message."""
    began = time.process_time()
    for _ in range(times):
        for conversation, message in cases:
            advance(county, conversation, message, _ACTOR, _NOW)
    return (time.process_time() - began) / (times * len(cases)) * 1e6


def main() -> None:
    """A line on standard input is a round; its figures are a line on standard output."""
    county = load_counties()["xinxiang"]
    words, long = _walk(county)
    for _ in sys.stdin:
        figures = {
            "words": _cost(county, words, 10),
            "named": _cost(county, [one for one in words if _open(county, one)], 10),
            "long": _cost(county, [long], 5),
            "count": len(words),
            "length": len(LONG),
        }
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
