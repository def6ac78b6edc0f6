"""What a firm does by its name: 宣纸厂 makes paper, 土菜馆 sells meals. To be read back, like any fact."""

from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.lexicon import Hit, Sense, lexicon
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.of_neighbours import in_others_talk
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.unnamed.facts import blanks
from model.fields import ChoiceField
from model.values import Pick, Picks

_SCORE = 28
_END = 3
"""A trade stands at the end of a name, but for so many characters."""
_PLACES = "店馆铺坊楼堂园院厅吧"
"""A house is known by what is done in it; of what a works is called after (锅炉有限公司) it may be the maker."""
_LAWFUL = ("有限责任公司", "股份有限公司", "有限公司", "公司", "经营部", "服务部", "商行", "经销部")


def trades(scene: Scene) -> Iterator[Candidate]:
    """What the name of the only firm in the message says of fields nobody has answered."""
    marked = scene.marked
    if len(marked.firms) != 1 or in_others_talk(marked, marked.firms[0].start):
        return
    firm = marked.firms[0]
    for field, sense in _trade(marked, firm):
        needs = scene.needs(field)
        if not scene.open(field) or needs is None or any(name == scene.services for name, _ in needs):
            continue
        note = sense.option in blanks(field) and _said(firm)[-4:] or ""
        value = Picks(picks=(Pick(option=sense.option, note=note),))
        yield Candidate(
            field.id, Understood(value), firm.start, firm.end, _SCORE, "名称里的行业", needs, "guessed", True, (BESIDE,)
        )


@once
def _trade(marked: Marked, firm: Name) -> list[tuple[ChoiceField, Sense]]:
    """The last word in the name that speaks for an option, for each choice of one."""
    said = _said(firm)
    found = dict[str, tuple[ChoiceField, Sense]]()
    for hit in lexicon(marked.form).scan(said):
        for sense in hit.of("fact", "option") if _ends(said, hit) else ():
            shop = sense.field.kind == "choice" and hit.text[-1] in _PLACES
            if isinstance(sense.field, ChoiceField) and (shop if sense.field.several else sense.role == "fact"):
                found[sense.field.id] = (sense.field, sense)
    return list(found.values())


def _said(firm: Name) -> str:
    """The name without what only says what kind of firm it is."""
    return next((firm.text.removesuffix(end) for end in _LAWFUL if firm.text.endswith(end)), firm.text)


def _ends(said: str, hit: Hit) -> bool:
    return len(said) - hit.end < _END
