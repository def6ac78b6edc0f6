"""内部已完工 in one's own words: 我们里面的管子装好了 answers the notice that waits for it (X44, X51)."""

import re
from typing import Final

from dialogs.folding import fold

_OURS: Final = re.compile(r"内部|内线|[里院室屋]面?[头内里]|家里|[我俺咱]|自己|管[道子线]?|线路?|施工|工程|活儿?")
_DONE: Final = re.compile(
    r"(?:好|完|妥|完工|竣工|完成)(?:了|啦|咯)?[啊呀哈呢吧,。!\s]*\Z|(?:完工|竣工|完成)[啊呀哈呢,。!\s]*\Z"
)
_NOT: Final = re.compile(
    r"[没未不别快等才几何吗?]|多久|什么|明天|后天|下周|准备|打算|还[要差]|水表|电表|气表|合同|材料|钱|费"
)
"""What is not yet done, asked, or about something else."""


def says_built(text: str) -> bool:
    """Whether these words say that one's own works are finished."""
    said = fold(text)
    return bool(_OURS.search(said) and _DONE.search(said)) and not _NOT.search(said)
