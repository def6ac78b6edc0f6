"""Values that stand where another row of the supply, or one's own generator, is spoken of: they are not the field's."""

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.own_supplies import is_of_own
from dialogs.understanding.scene import Scene
from dialogs.understanding.supply_rows import territories


def is_of_another_row(scene: Scene, one: Candidate) -> bool:
    """备用630千伏安(负荷500千瓦) is not the main row's, 柴油发电机2台,分别为500kW和300kW no row's, 第二路500千瓦 no generator's."""
    fields = fillable(scene.form)
    rows = fields.supplies
    if not rows or not isinstance(one.reading, Understood):
        return False
    if one.field in fields.owned:
        return _in_a_row(scene, one) is not None and not is_of_own(scene.marked, one.start, one.end)
    if one.field not in fields.row_of:
        return False
    if is_of_own(scene.marked, one.start, one.end):
        return True
    at = _in_a_row(scene, one)
    return at is not None and len(rows) > 1 and all(field.id != one.field for field in rows[at].fields)


def _in_a_row(scene: Scene, one: Candidate) -> int | None:
    """The row that is spoken of where the value stands."""
    return next((place.rows[0] for place in territories(scene) if place.start < one.end <= place.end), None)
