"""Addresses."""

import re
from bisect import bisect_left

from dialogs.kinds.address import QUANTITY
from dialogs.reading import Understood
from dialogs.shaped import is_shaped, says_more
from dialogs.understanding.elsewhere import is_elsewhere
from dialogs.understanding.in_town import in_town
from dialogs.understanding.nothing_there import nothing_there
from dialogs.understanding.same_place import same_place
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.words import CHAT, by_start
from model.fields import AddressField
from model.values import Address

_IN_HOUSE = 2
_POINTS = re.compile(r"^[^\d路街镇乡村巷]{1,8}[那这](?:块儿?|边|里|儿|头|地方)$")
"""训练场那块: a place told before, and no address."""


def address_said(scene: Scene, field: AddressField, start: int, end: int, *, strong: bool) -> Finding | None:
    """A place of the county, else what looks like an address."""
    marked = scene.marked
    places = marked.places
    place = next(
        iter(places[bisect_left(places, start - 1, key=by_start) : bisect_left(places, end, key=by_start)]), None
    )
    if place is not None and (
        is_elsewhere(marked, place.start, place.end, not scene.open(field))
        or nothing_there(scene, field, place.start, place.end)
    ):
        return None
    if place is not None and len(marked.said(start, place.start).strip(" :,在就是")) <= 4:
        return Finding(Understood(Address(text=in_town(scene, place.text.strip()))), place.start, place.end)
    stretch = marked.said(start, end)
    lead = len(stretch) - len(stretch.lstrip(" ,:就是在写"))
    cut = re.search(r"[\n。;,]", stretch[lead:])
    said = (stretch[lead : lead + cut.start()] if cut else stretch[lead:]).strip()
    if not strong:
        said = said.split(" ")[0]
    if same_place(said) or _POINTS.search(said) or nothing_there(scene, field, start, end):
        return None
    former = strong and field.called.startswith("原")  # 原位置:东墙根 is a place in the house
    short = len(said) < (_IN_HOUSE if former else 4) or len(said) > field.most or QUANTITY.fullmatch(said)
    if (
        short
        or not re.search(r"[一-鿿]{2}" if former else r"[一-鿿]{3}", said)
        or CHAT.search(said)
        or says_more(said)
        or not (former or is_shaped(field, said))
        or re.search(r"^[同跟和与照]|一样|相同|同上|没|不清楚|发你|变|也是|就是|^\d+[个台户]|就够", said)
    ):
        return None
    if not strong and not re.search(r"[路街村镇乡区号楼院里园东西南北旁边门口处]", said):
        return None
    return Finding(Understood(Address(text=in_town(scene, said))), start + lead, start + lead + len(said))
