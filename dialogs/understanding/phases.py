"""How many phases a project has, told without a word for it: 总规划26万平 三期 这次二期, and 不分期."""

from collections.abc import Iterator
from decimal import Decimal

from dialogs.numerals import read_number
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from model.fields import NumberField
from model.values import Amount

_NUMBER = r"(?P<many>[二两三四五六七八九]|[2-9])"
_SO_MANY = Sought(
    rf"规划[^\n。;期]{{2,24}}[平万\d米㎡千百][\s,]{{1,2}}{_NUMBER}期(?:工程)?(?=[\s,]{{0,2}}(?:[这本]|报|现在|眼下|里|中的|其中|头一|当前|先))"
)
"""Behind the size of the whole, and before the phase that is applied for."""
_UNDIVIDED = Sought(r"(?:不|没|未)(?:有)?分期(?!付|交|缴)(?:建设?|开发)?|一次性?(?:建成|建完|开发完?)")
_PHASE = "期"


def phases(scene: Scene) -> Iterator[Candidate]:
    """The number of phases, and the phase applied for where there is but one."""
    text = scene.marked.text
    asked = fillable(scene.form).measured_in(_PHASE)
    for match in _SO_MANY.finditer(text):
        number = read_number(match["many"].replace("两", "二"))
        if asked and number and scene.needs(asked[0]) is not None:
            yield _told(asked[0], number, match.start("many"), match.end(), "总规划后面说几期")
    for match in _UNDIVIDED.finditer(text):
        for field in asked:
            if scene.open(field) and scene.needs(field) is not None:
                yield _told(field, 1, match.start(), match.end(), "不分期就是1期")


def _told(field: NumberField, number: int | Decimal, start: int, end: int, why: str) -> Candidate:
    value = Understood(Amount(number=Decimal(number), unit=field.unit))
    return Candidate(field.id, value, start, end, 70, why, group=("phases",) if number == 1 else (), how="own")
