"""What stands beside a name and tells that it is one, and whose: numbers, documents, addresses."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once


@once
def numbers_beside(marked: Marked, start: int, end: int) -> tuple[bool, bool]:
    """Whether a personal number stands beside a name, and whether an identity number follows it."""
    after = {one.shape for one in marked.atoms_from(end, end + 9)}
    before = any(
        one.shape in ("identity", "phone") and 0 <= start - one.end <= 2 for one in marked.atoms_from(start - 40, start)
    )
    return bool(after & {"identity", "phone"}) or before, "identity" in after


def among_particulars(marked: Marked, name: Name) -> bool:
    """Whether a name of three characters stands behind an address or before the name of a document."""
    if len(name.text) < 3:
        return False
    behind = any(0 < name.start - one.end <= 2 for one in marked.places)
    before = any(0 < one.start - name.end <= 2 for one in marked.places)
    behind = behind or bool(_PAPER.search(marked.said(max(0, name.start - 12), name.start)))
    return behind or before or bool(_DOCUMENT.match(marked.text, name.end))


_PAPER = re.compile(r"[A-Z]?\d{6,11}[\s,、]{1,2}$")
"""The number of a document before a name: 回乡证 H00001234 李示例."""
_DOCUMENT = re.compile(
    r"[\s,、:]{1,2}(?:[男女](?=[\s,、])|身份证|证件|护照|军官证|士兵证|回乡证|台胞证|通行证|残疾证|户口)"
)


_RUNS_IT = re.compile(r"个体|经营|老板|开办|[开办]了?[一个家]|店是[我俺]")


@once
def tells_his_number(marked: Marked, name: Name) -> bool:
    """Whether whoever writes runs the firm, and the only identity number follows: 本人李示例,个体经营者,身份证…."""
    numbers = [one for one in marked.numbered if one.shape == "identity"]
    if len(numbers) != 1 or not 0 <= numbers[0].start - name.end <= _FAR:
        return False
    return bool(_RUNS_IT.search(marked.text, name.end, numbers[0].start))


_FAR = 24
