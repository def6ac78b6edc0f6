"""Words that are said to somebody and are no value: 好的没问题, 我再看看, 施工要交多少钱."""

import re

from dialogs.folding import fold

_TALK = re.compile(
    r"[?？]|^(?:好|嗯|哦|噢|行|对|是的|没问题|谢谢|就这|没别的|没有了|别的没|我再|我看看|等一?下|稍等|再想想|知道了|明白|收到|提交|可以了|麻烦|辛苦)"
    r"|吗[。.]?$|多少钱|怎么|咋|什么时候|啥|欠着|后面补|回头|先不|不动|不用|先结清|不懂|说不清|不清楚|算了|帮我|请问|你们"
)


def is_talk(text: str) -> bool:
    """Whether the message says something to us rather than giving a name or an address."""
    return bool(_TALK.search(fold(text)))
