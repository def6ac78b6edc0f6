"""确定 and 不，接着填: the answers to whether the form is really to be emptied or dropped."""

from dialogs.folding import plain_words, plainly
from dialogs.kinds.yes_no import says

_SURE = plainly({"确定", "确定重来", "确定取消"})
_KEEP_ON = plainly({"不,接着填", "不接着填", "接着填", "继续填", "不重来", "不取消", "先不取消"})


def sure(text: str) -> bool | None:
    """True to do it, False to go on filling in, None for anything else: nothing is thrown away on a guess."""
    words = plain_words(text)
    return True if words in _SURE else False if words in _KEEP_ON else says(text)
