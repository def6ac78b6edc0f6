"""Whether words ask something: told by how a question is built, whatever it is about."""

import re
from itertools import pairwise

from dialogs.folding import fold
from dialogs.sought import needed

_PARTS = re.compile(r"[,。;!、\n ]")
_NO_QUESTION = re.compile(
    r"(?:什么|啥|谁|哪[天儿里个]?|怎么|咋|几[点天号])样?(?:事儿?|人|时候?|东西|情况)?(?:都|也)|没什么|没啥|没多少"
    r"|(?:什么|啥)的(?=$|[,。;!、\n ]|[也都就不我呢吧啊呀])|不管[什怎哪谁啥多]"
)
"""Words of a question in what asks nothing: 谁都行, 峰谷什么的不要, 没啥."""
_UNKNOWN = re.compile(
    r"不知道|不晓得|不清楚|说不[准清上好定]|拿不准|不掌握|不懂|弄不清|得问|要问|问(?:了|过)|都(?:行|可以?|中|成)$|[让由][^,。;\n]{0,6}定|回去查|看着填"
)
"""Not to know is no question: 他不知道算不算."""
_WORD = re.compile(
    r"谁|哪(?!怕)|怎么|怎样|咋|为什么|为啥|什么|啥|干嘛|多少|多久|多长时间|如何|是否能|可否|能否"
    r"|(?<![十百千好那这没无前后缓晚过了])几(?![十百千万乎亩里]|个[一-鿿]{1,4}都)"
    r"|(?<!不管)([一-鿿])(?<![不没时动得了一])(?:不|没)\1(?!都)|可不可以"
    r"|(?:(?:^|[^还])是|问)[^,。;\n]{1,12}还是|(?:劳|请|求|烦|望)[^,。;\n]{0,6}(?:指点|指教|赐教|告知|解答)"
)
_END = re.compile(
    r"(?:吗|[一-鿿]{3}么|[一-鿿]{2}(?<![先还也都就要才直])不|(?:[通好到完]了?|[办来]了|是)没(?:有)?"
    r"|[一-鿿]{2}啵|(?:对|行|可以|能|是|好|没问题)(?:吧|不))[呀啊啦哈]?$"
)
_END_MOST = 8
"""Characters at the end of the words that show it, at most."""
_WHETHER = re.compile(r"([一-鿿])(?<![不没时动得了一])(?:不|没)\1(?!都)|(?:归|找|问|由)谁|(?:怎么|咋)(?:办|收|算|走)")
"""What is asked outright: 要不要报户号, 归谁批."""
_TAG = re.compile(r"^(?:([是对行中成])不\1|(?:对|是|行)(?:吧|吗))[?]?$|^(?:要是|如果|若)")
"""What only wants a nod, or is a condition: 那个就该填有，对不对; 要是没有."""
_WONDERS = re.compile(
    r"(?:想(?:问|知道|了解|打听)|请教|咨询|打听|不知道?|不晓得|不清楚|没弄[清懂])[^,。;\n]{0,12}(?:什么|啥|哪|多少|多久|几|怎么|咋|如何)"
)
"""不晓得要交哪些资料 asks, of somebody who knows."""
_FINE = re.compile(r"(?:吃|受|(?<!得下)来|了|管|搞|弄)不$|对不起|^(?:好|行|可以|是)吧$")
_NEEDED = needed(_WORD, _END)
_MARK = re.compile(r"[?](?![0-9A-Za-z])")
_SENTENCES = re.compile(r"(?<=\?)|[。;!\n]")
"""A mark inside a web address asks nothing."""


def asks(text: str) -> bool:
    """Whether any part of the text is a question: 几天能来, 能不能便宜, 划算不, 谁出钱, 是你们跑还是我们跑."""
    return bool(questions(text))


def questions(text: str) -> list[str]:
    """The parts of the text that ask something."""
    said = fold(text)
    if "?" not in said and _NEEDED.search(said) is None:
        return []
    marked = [one for one in _SENTENCES.split(said) if one and _MARK.search(one)] if "?" in said else []
    return [
        *marked,
        *(one for one in _PARTS.split(said) if one and _asks(one) and not any(one in whole for whole in marked)),
    ]


def asked_of_us(text: str) -> list[str]:
    """The parts that want an answer from whoever reads them: 可不可以分年付. Not 医院不知归在哪类, nor 用不用挖开说不好."""
    parts = [one for one in _PARTS.split(fold(text)) if one]
    doubted = {one for one, after in pairwise(parts) if _UNKNOWN.search(after)}
    return [
        one
        for one in questions(text)
        if one not in doubted
        and _asks(one)
        and not _TAG.search(one)
        and (_MARK.search(one) or _END.search(one) or _WHETHER.search(one))
    ]


def wonders(text: str) -> list[str]:
    """The parts of the text that say what one would like to know: 不晓得头一趟要交哪些资料."""
    return [one for one in _PARTS.split(fold(text)) if _WONDERS.search(one)]


def _asks(part: str) -> bool:
    if _NEEDED.search(part) is None or _UNKNOWN.search(part):
        return False
    if _END.search(part, max(0, len(part) - _END_MOST)):
        return not _FINE.search(part)
    return bool(_WORD.search(_NO_QUESTION.sub("", part)))
