"""Words that are said to somebody and are no value: 好的没问题, 我再看看, 施工要交多少钱; and that it is enough: 就这些."""

import re

from dialogs.asking import asks
from dialogs.folding import fold, plain_words, plainly

_TALK = re.compile(
    r"[?？](?![0-9A-Za-z])"
    r"|^(?:好|嗯|哦|噢|行|对|是的|没问题|谢谢|就这|没别的|没有了|没了|别的没|我再|我先|我想想|我看看|让我|等一?下|等等|稍等|再想想)"
    r"|^(?:都?是的?|不是的?|都对|都要|都有|一样)$|^(?:再看看|想想|知道了|明白|收到|提交|可以了|可以的|麻烦|辛苦|不急|回头|先这|先不|改天|在吗|你好|您好)"
    r"|再说吧?$|多少钱|怎么|咋|什么时候|啥|欠着|后面补|不动|不用|先结清|不懂|说不清|不清楚|算了|帮我|请问|你们|您们|谢谢"
    r"|回头再|待会|一会儿|有点事|有事先|忙完|晚点"
)
_SAY_ENOUGH = (
    "提交 确认提交 提交吧 可以提交了 我要提交 提交申请 交吧 交了吧 就这些 就这些了 就这样 就这么多 就这 填完了 填好了 都填好了 都填完了 "
    "没有了 没了 没别的了 没有别的了 别的没有了 别的没了 没有其他的了 没啥了 完了 先这样 先这些 可以了 好了 好的提交 行了 齐了 就这些吧"
)
_ENOUGH = plainly(_SAY_ENOUGH.split())


def is_talk(text: str) -> bool:
    """Whether the message says something to us rather than giving a name or an address."""
    return bool(_TALK.search(fold(text))) or asks(text)


def is_enough(text: str) -> bool:
    """Whether the person thinks that all is said: 就这些, 提交."""
    parts = [plain_words(part) for part in re.split(r"[,，。;；!！、 ]+", text) if plain_words(part)]
    return bool(parts) and all(part in _ENOUGH for part in parts)
