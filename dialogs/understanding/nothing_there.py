"""Places of which is said that nothing is to be done there: 住在琴溪镇 那边不搞, 屋里在泾川镇城里 那头水电好好的."""

import re

from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from model.fields import AddressField

_NOTHING = re.compile(
    r"[\s,]{0,2}(?:那边|那头|那里|那儿|那块)(?:的?[水电气网]{1,4})?(?:都|也|就|是|倒){0,2}"
    r"(?:不(?:搞|动|办|弄|管|报|要|用|装|改|归|算)|好好的|没(?:事|问题)|啥?都?(?:已经|早就?)?(?:有|通|全|齐))"
)
_MOST = 24
"""Characters of a place in which it may be said, where the place itself is not known."""


def nothing_there(scene: Scene, field: AddressField, start: int, end: int) -> bool:
    """Whether the place is one where nothing is to be done, and this the field for where something is."""
    fields = fillable(scene.form)
    mine = [one for one in fields.addresses if one not in fields.former]
    if len(mine) > 1 and field is mine[0] or field in fields.former:
        return False  # where the applicant is
    return bool(
        _NOTHING.match(scene.marked.text, end) or _NOTHING.search(scene.marked.text, start, min(end, start + _MOST))
    )
