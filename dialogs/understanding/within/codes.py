"""Numbers with a scheme: identity, organisation, project, document, account."""

import re
from datetime import date

from dialogs.kinds import code
from dialogs.numerals import DIGITS
from dialogs.reading import Reading
from dialogs.schemes import scheme_of
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.whose import is_anothers
from dialogs.understanding.within.finding import Finding
from model.fields import CodeField


def code_said(scene: Scene, field: CodeField, start: int, end: int) -> Finding | None:
    """A number of the field's scheme, right or not."""
    scheme, marked = scheme_of(field, scene.answers), scene.marked
    wanted = {"identity": ("identity",), "organisation": ("organisation", "identity"), "project": ("project",)}.get(
        scheme, ()
    )
    if field.by is not None and scheme in ("identity", "organisation"):
        both = "organisation" in (*field.by.schemes.values(), field.by.otherwise)
        wanted = ("organisation", "identity") if both else ("identity",)
    for atom in marked.atoms_from(start, end):
        if atom.shape in wanted and not is_anothers(marked, atom.start, atom.end):
            return Finding(read_code(scene, field, atom), atom.start, atom.end)
    if scheme == "account" and (grouped := _grouped(marked, start, end)):
        return grouped
    if scheme == "identity" and (found := _SHORT_IDENTITY.search(marked.said(start, end))):
        number = re.sub(r"[ \-]", "", found[0])
        return Finding(code.identity(number, scene.context.now.date()), start + found.start(), start + found.end())
    if scheme == "account" and (found := _ours(marked, _ACCOUNT, start, end)):
        if again := _PUT_RIGHT.match(marked.text, start + found.end()):
            return Finding(code.account(re.sub(r"[ \-]", "", again["number"])), start + found.start(), again.end())
        return Finding(code.account(re.sub(r"[ \-]", "", found[0])), start + found.start(), start + found.end())
    if scheme == "account" and (spoken := _ours(marked, _SPOKEN, start, end)):
        number = "".join(str(DIGITS.get(char, char)) for char in spoken[0] if char not in " -")
        return Finding(code.account(number), start + spoken.start(), start + spoken.end())
    if scheme == "document" and (
        found := re.search(r"(?<![\dA-Za-z])[A-Za-z]{0,2}\d{5,14}(?:\(\d{1,2}\))?(?!\d)", marked.said(start, end))
    ):
        return Finding(code.document(found[0].upper()), start + found.start(), start + found.end())
    if scheme == "project" and (
        found := re.search(r"(?<![\dA-Za-z])\d{4}[\d\- ]{10,24}\d(?!\d)", marked.said(start, end))
    ):
        return Finding(code.project(re.sub(r"\s", "", found[0])), start + found.start(), start + found.end())
    return None


def _ours(marked: Marked, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
    """The first such number in the stretch that is not somebody else's."""
    for found in pattern.finditer(marked.said(start, end)):
        if not is_anothers(marked, start + found.start(), start + found.end()):
            return found
    return None


def _grouped(marked: Marked, start: int, end: int) -> Finding | None:
    """An account read out in groups: 0051,209346; 000、141、08、26."""
    found = _GROUPS.search(marked.said(start, end))
    if found is None:
        return None
    first, last = start + found.start("number"), start + found.end()
    number = re.sub(r"\D", "", found["number"])
    if len(number) < _LEAST or any(one.start < last and first < one.end for one in marked.numbered):
        return None
    return Finding(code.account(number), first, last)


_LEAST = 6
_GROUPS = re.compile(r"^[^\d]{0,16}(?P<number>\d{2,5}(?:[,、] ?\d{1,6}){1,6})(?![\d万千百平㎡户元吨月年日号米栋幢%-])")
"""A whole account has more digits than the first of its groups."""
_ACCOUNT = re.compile(r"(?<![\dA-Za-z])\d(?:[\d ]|(?<=\d)-(?=\d)){3,20}\d(?![\d万千百平㎡户元吨])")
_PUT_RIGHT = re.compile(
    rf"[\s,。]{{0,2}}[噢哦啊呃哎]?[\s,]?(?:不对|错了|[讲说写报打念看]错了?|口误|更正)[\s,。:]{{0,2}}(?:应该|应当|应)?[是为]?\s?(?P<number>{_ACCOUNT.pattern})"
)
"""户号003200715,不对,是003200751: the later one."""
_SHORT_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}[ \-]?(?:19|20)[\d \-]{0,9}\d(?![\dA-Za-z万千百平㎡户元吨])"
)
"""The beginning of the number of an identity card, of which the rest may follow."""
_SAYABLE = "".join(char for char in DIGITS if char not in "两俩")
_SPOKEN = re.compile(
    rf"(?<![\dA-Za-z{_SAYABLE}])[\d{_SAYABLE}](?:[ \-]?[\d{_SAYABLE}]){{4,19}}(?![\d{_SAYABLE}百千万])"
)
"""An account read out: 零零八八二幺六."""


def read_code(scene: Scene, field: CodeField, atom: Atom) -> Reading:
    """An identity or organisation atom in the scheme its own shape shows, where the field takes both."""
    scheme = scheme_of(field, scene.answers)
    if field.by is not None and atom.shape in ("identity", "organisation") and scheme in ("identity", "organisation"):
        scheme = "identity" if atom.shape == "identity" else "organisation"
    return _read_code(scene.marked, atom.text, scheme, scene.context.now.date())


@once
def _read_code(_: Marked, text: str, scheme: str, today: date) -> Reading:
    number = re.sub(r"[\s.\-]", "", text).upper().replace("×", "X")
    if scheme == "project":
        return code.project(number)
    return code.identity(number, today) if scheme == "identity" else code.organisation(number)
