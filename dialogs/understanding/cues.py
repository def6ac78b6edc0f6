"""Words that say that something is put right."""

import re

from dialogs.sought import Sought
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

CUE = Sought(
    r"不对|改成|改为|改到|改回|改一下|改下|写错|说错|打错|填错|弄错|记错|报错|抄反|抄错|打反|写反|错了|更正|应该是(?![他她它])|应为|纠正|不是(?![同一这那][一个处家里儿边])|换成|改(?=\d|[一二两三四五六七八九十百])|改(?:用|登|填|打|留|记)(?=[我俺他她][^,。;]{0,6}的[:\s]?(?:\d|$))|改个?主意|改个?数|再改|变卦|补充|不够|颠倒|[写说报打填记](?:倒|颠)了|按\d|写\d|登\d"
)
STRONG_CUE = re.compile(CUE.pattern.split("|补充")[0])
"""Words of correction that mean nothing else."""
FIRM_CUE = re.compile(f"{STRONG_CUE.pattern}|不够")
"""Words that put right what was said in the same message; 按6.3万交的 does not."""


@once
def corrects(marked: Marked) -> bool:
    """Whether a word of correction is anywhere in the message."""
    return bool(CUE.search(marked.text))
