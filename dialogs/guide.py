"""Questions in the middle: answered from the county's guide, then the focus returns (design §3)."""

import re

from dialogs.derived import derived
from dialogs.folding import bare
from model.county import Guide, Topic

_ASKS = re.compile(
    r"[?？]|吗|呢$|多少|怎么|咋|什么|啥|几[天个点]|哪|能不能|可不可以|是不是|要不要|得不得|多久|多长|如何|谁|投诉|举报"
)


@derived
def _words(guide: Guide) -> tuple[tuple[str, int, Topic], ...]:
    """Every word of the guide: as messages are compared with it, its length, and its topic."""
    return tuple((bare(word), len(word), topic) for topic in guide.topics for word in topic.words)


def topic_for(text: str, guide: Guide) -> Topic | None:
    """The topic whose longest word the question contains; None if it is no question, or the guide does not know it."""
    words = bare(text)
    found = [(length, topic) for word, length, topic in _words(guide) if word in words]
    if not found:
        return None
    best = max(found, key=lambda pair: pair[0])
    whole = any(words == bare(word) for word in (*best[1].words, best[1].title))
    return best[1] if whole or _ASKS.search(text) else None


def asks(text: str) -> bool:
    """Whether the text is a question."""
    return bool(re.search(r"[?？]|吗[。.]?$|多少钱|怎么办|什么时候", text))
