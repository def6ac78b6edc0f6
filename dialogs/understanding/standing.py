"""What of a service is said to stand as it was told: 供暖的不改, 热力那块照旧, 燃气户数不动."""

import re

from dialogs.understanding.marked import Marked

_FIGURE = r"(?:范围|容量|数量|台数|户数|面积|金额|楼号|[的那些]{0,2}数)"
_STANDS = re.compile(
    rf"\s?(?:部分|那块|这块|那边|的?{_FIGURE})?(?:都|还是|就|也)?(?:没变|不变|照旧)"
    rf"|\s?(?:(?:的|那块|那边)(?:{_FIGURE})?|{_FIGURE})(?:都|就|还|也)?(?:不改|不动|不用[改动]|别[改动])"
)


def stands(marked: Marked, at: int) -> bool:
    """Whether the service named up to this place is said to stay as it is."""
    return bool(_STANDS.match(marked.text, at))
