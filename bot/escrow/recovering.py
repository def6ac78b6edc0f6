"""Shares put together: the keys, or in words why these shares do not give them."""

import itertools
from collections.abc import Sequence
from typing import Final

from bot.escrow.bundle import Bundle, unpacked
from bot.escrow.paper import Share
from bot.escrow.sharing import join

_MOST_TRIED: Final = 2000


class NotRecovered(Exception):
    """These shares do not give the keys; the message says why."""


def recovered(shares: Sequence[Share]) -> Bundle:
    """The keys that the shares were made of. Raises NotRecovered."""
    batches = dict.fromkeys(one.called for one in shares)
    if len(batches) > 1:
        raise NotRecovered(f"这几份不是同一次分的（批号{'、'.join(batches)}）：请找批号一样的")
    by_number = dict[int, Share]()
    for one in shares:
        if by_number.setdefault(one.number, one) != one:
            raise NotRecovered(f"有两份都说自己是第{one.number}份，内容却不一样：有一份不对")
    need = shares[0].need
    if len(by_number) < need:
        given = "、".join(str(number) for number in sorted(by_number))
        raise NotRecovered(
            f"要{need}份不同的才行，现在只有{len(by_number)}份（第{given}份），再找{need - len(by_number)}份"
        )
    if (found := _tried(list(by_number.values())[:need])) is not None:
        return found
    if len(by_number) > need:
        for chosen in itertools.islice(itertools.combinations(by_number.values(), need), _MOST_TRIED):
            if (found := _tried(chosen)) is not None:
                return found
    raise NotRecovered("每一行都对，合起来却不是钥匙：有一份是伪造的、抄错的，或者批号碰巧一样。请换别的份再试")


def _tried(shares: Sequence[Share]) -> Bundle | None:
    if len({len(one.data) for one in shares}) > 1:
        return None
    return unpacked(join({one.number: one.data for one in shares}))
