"""What would be valid, in one phrase: the nearest word if there is one, else the words there are."""

from collections.abc import Iterable
from difflib import get_close_matches

_MOST = 20


def nearest(word: object, choices: Iterable[str]) -> str:
    """`您想写的可能是：options`, or `可以写：a、b、c`."""
    words = [choice for choice in dict.fromkeys(choices) if choice]
    if close := get_close_matches(str(word), words, n=1, cutoff=0.5):
        return f"您想写的可能是：{close[0]}"
    if not words:
        return ""
    return "可以写：" + "、".join(words[:_MOST]) + ("……" if len(words) > _MOST else "")
