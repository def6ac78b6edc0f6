"""An option that is named and at once replaced by another one: 餐饮吧 不对 单位食堂, 先说移动 后来又说电信, 改表 哎不对 是移表."""

import re
from itertools import pairwise

from dialogs.asking import asks
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.unnamed.let_go import is_dropped
from model.fields import ChoiceField

_MOST = 24
_TAIL = r"(?:用[水电气]|性质|类别?|那种|那个|的|了|吧|呢|嘛|啊){0,3}"
_WROTE = r"(?:我|刚才|刚刚|前面)?[写说填选报打勾记弄搞](?:错|岔|反)了?"
_NO = r"(?:[啊哦噢唉哎诶呃嗯]{0,2}[\s,]?(?:不对|不不不?|错了|搞错了?|算了)|[啊哦噢唉哎诶呃嗯]不|不(?=[\s,])|不行|不合适|更正|更改|纠正)"
_THINKS = r"(?:[说想改]|想想|想了想|觉得|寻思|商量|决定|改主意|变卦)(?:了|一下|又|改){0,2}"
_LATER = rf"(?:(?:后来|后头|现在|这会儿)?(?:又|再|就)?{_THINKS}|(?:后来|后头)又?)"
_AFTER_ALL = r"(?:(?:要不)?还是|应该是?|其实|其实是|实际上?是?|改成?|改为|换成?|就)"
_LEAD = r"(?:写|填|选|勾|报|是|用|算|按|走|办|要|说|装|开|属于?|还是|应该|成|为){0,4}"
_FOUND = r"(?:(?:一|再|细)?问(?:下来|了下|清楚了?|明白了?|过|一?下)|(?:一|再)?核实?(?:下来|了下|一?下)?|弄清楚了?|其实|原来是?)"
"""先讲改类 问下来 是户名还挂上一家 要过户."""
_INSTEAD = re.compile(
    rf"{_TAIL}[\s,、.…]{{0,3}}(?:(?:{_NO}|{_WROTE}|{_LATER})[\s,.…]{{0,3}}){{1,3}}(?:{_AFTER_ALL})?{_LEAD}[\s:]?"
    rf"|{_TAIL}[\s,]{{1,3}}{_FOUND}[^\d。;\n]{{0,12}}?[\s,]?(?:是|要|得|该)(?:报|办|走|填|选)?"
    rf"|{_TAIL}[\s,]{{1,3}}(?:又)?(?:改(?!造|建)|换|要不还是|还是){_LEAD}[\s:]?"
)
"""What stands between the two."""
_FIRST = re.compile(
    r"改(?:成|为)?|换(?:成)?|还是|不对|[不错]|算了|后来|又|更正|岔|反|纠|变卦|主意|合适|先[讲说报填]|问|核|弄清|其实"
)


def counts_from(marked: Marked, field: ChoiceField, start: int, end: int) -> int:
    """Where the option begins that counts in this stretch, if all those before it were taken back; else where it starts."""
    for place, by in _replaced(marked, field.id):
        if start <= place and by < end:
            start = by
        elif start <= place < end:
            break
    return start


def is_replaced(marked: Marked, field: ChoiceField, start: int) -> bool:
    """Whether the option named here is taken back by a later one."""
    return any(start == place for place, _ in _replaced(marked, field.id))


@once
def _replaced(marked: Marked, name: str) -> list[tuple[int, int]]:
    """Where the options of this field begin that are taken back, and where those that take their place."""
    if not _FIRST.search(marked.text):
        return []
    named = [
        (hit.start, hit.end, frozenset(one.option for one in hit.of("option") if one.field.id == name))
        for hit in marked.hits
        if any(one.field.id == name for one in hit.of("option"))
    ]
    found = list[tuple[int, int]]()
    for (place, end, options), (start, _, others) in pairwise(named):
        if 0 < start - end <= _MOST and not options & others and _INSTEAD.fullmatch(marked.said(end, start)):
            piece = marked.piece_at(start)
            if not asks(marked.said(piece.start, piece.end + 1)):
                found.append((place, start))
    return found


def let_go(marked: Marked, field: ChoiceField) -> set[str]:
    """The options of a choice that this message takes back: 移动算了 电信."""
    return {
        one.option
        for hit in marked.hits
        for one in hit.of("option")
        if one.field is field and (is_replaced(marked, field, hit.start) or is_dropped(marked, hit.end))
    }
