"""Services chosen without their names: 六样全报, 全套, 前三样, 除了电视都要, 其他的都办."""

import re

from dialogs.asking import asks
from dialogs.numerals import read_number
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_DO = r"(?:给我|给我们|帮我)?(?:要|办|报|装|弄|开|通|选|勾|搞|接|申请|来)"
_EVERY = r"(?:全都|全部都?|统统|通通|一起|都|全)"
_ALL = re.compile(
    rf"(?:我|我们|俺|咱们?|这|那|一共|就)*(?:(?P<count>[两二三四五六七八九\d])(?:样|项|个|种|件)(?:业务|事项|东西)?{_EVERY}{_DO}?|全套|所有的?{_EVERY}{_DO}|"
    rf"{_EVERY}{_DO})(?:上|一下|下)?(?:了|吧|的|呢)*"
)
_REST = re.compile(rf"(?:其他|其它|其余|别的|剩下|余下)(?:的|样|个|项|几|业务)*{_EVERY}{_DO}")
_EXCEPT = re.compile(
    rf"(?<![拆删去免清消扣排])除(?:了|开|去|掉)?[^。;\n?]{{1,24}}?(?:以外|之外|外)?[ ,]*(?:其他|其它|其余|别的|剩下)?的?{_EVERY}{_DO}"
)
_FIRST = re.compile(r"前(?P<count>[一两二三四五六七八九\d])(?:样|项|个|种|件)")


@once
def counted_services(marked: Marked, options: tuple[str, ...]) -> tuple[str, ...]:
    """The services that are meant as so many of the list, or as all but those named."""
    named = {option for _, _, of in marked.services for option in of}
    if named and (_REST.search(marked.text) or _EXCEPT.search(marked.text)):
        return () if asks(marked.text) else tuple(one for one in options if one not in named)
    for piece in marked.pieces if not named else ():
        said = marked.said(piece.start, piece.end).strip()
        if (first := _FIRST.search(said)) and (count := read_number(first["count"])):
            return options[: int(count)]
        if (found := _ALL.fullmatch(said)) and (found["count"] is None or read_number(found["count"]) == len(options)):
            return options
    return ()
