"""What of a service is said to stand as it was told: 供暖的不改, 热力那块照旧."""

import re

from dialogs.understanding.marked import Marked

_STANDS = re.compile(
    r"\s?(?:部分|那块|这块|那边|的?范围|的?容量|的?数量|的?面积|的?楼号)?(?:都|还是|就)?(?:没变|不变|照旧)"
    r"|\s?(?:的|那块|那边)(?:楼号|数)?(?:都|就|还)?(?:不改|不动|不用[改动]|别[改动])"
)


def stands(marked: Marked, at: int) -> bool:
    """Whether the service named up to this place is said to stay as it is."""
    return bool(_STANDS.match(marked.text, at))
