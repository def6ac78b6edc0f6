"""Who does what, told by what he does: 手续她办, 项目韦示例负责, 工地上是尚示例管事, 园里让我出面办."""

import re
from collections.abc import Iterator

from dialogs.derived import derived
from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.lexicon import lexicon
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.people import names_himself
from dialogs.understanding.scene import Scene
from dialogs.understanding.somebody import Somebody, last_named, named_behind, reached_at, reading_of, who_writes
from dialogs.understanding.who_is_what import called_so
from model.fields import ContactField
from model.form import Form
from model.values import Contact

_PERSON, _PHONE = "\ue010", "\ue011"
"""Characters in place of those of a name and of a number."""
_I = r"(?<![给帮替跟找])(?:[我俺]|本人)(?![们的家这爸妈老])(?:自己|本人)?"
_THEY = r"(?<![其给帮替跟找])[他她](?![们的家])"
_WHO = rf"(?P<who>{_PERSON}{{2,8}}|{_THEY}|{_I})"
_TITLE = r"(?:老师|师傅|经理|主任|同志|女士|先生|大姐|大哥|会计|工)?"
_ITS = rf"(?:[\s,、:(]{{0,2}}(?:手机|电话|号码)?[\s:是]{{0,2}}{_PHONE}{{7,30}}[\s,、)]{{0,2}})?"
_WHO_AND = rf"{_WHO}{_TITLE}{_ITS}[\s,]{{0,2}}(?:[他她](?=[管负经来]))?(?:同时|自己|[也就都还全])?"
_LINK = r"(?:上头?|里|这边|这块|那边|的事|的活)?[\s,:]?(?:[也都就全]|一直|主要)?(?:是|由|归|让|叫|派|有|交给)?\s?"
_SITE = r"(?:项目|工程|工地|现场|施工|基建)"
_PAPERS = r"(?:手续|材料|资料|这事儿?|这些事|报装|申报|跑腿|业务|一切)"
_HEADS = r"(?:[来在去]|专门|全程|一直|具体|主要|统一){0,2}(?:负责(?!人|的人)|主管|分管|管(?!道|线|子|网|径)|盯|牵头|抓)(?:着|总)?"
_RUNS = r"(?:[来在去给]|出面|负责|具体){0,3}(?:经办|经手|操办|打理|申报|办|跑|弄)(?!公|法|事[处员]|不)(?:着|理)?"
_END = r"(?=$|[^\u4e00-\u9fff]|[的呢啊呀吧哈了手电号]|这?事)"
_OVER = (
    re.compile(_SITE + _LINK + _WHO_AND + _HEADS + r"(?:事儿?)?" + _END),
    Sought(_WHO_AND + _HEADS + r"(?:这个|整个|[这该])?" + _SITE),
)
_FOR = r"(?:[来在去]|负责|具体){0,2}(?:[替帮给为][\u4e00-\u9fff]{1,6}?)?(?:出面)?"
_ERRANDS = r"(?:经[办手](?=$|[,。;!?)的呢啊]|\s(?!" + _PERSON + r"))|(?:办理?|跑)(?:这个|这些|这)?手续|跑腿|代办)"
_DOES = (
    re.compile(_PAPERS + _LINK + _WHO_AND + rf"(?:{_RUNS}|{_HEADS})" + _END),
    Sought(_WHO_AND + _FOR + _ERRANDS),
    re.compile(rf"(?P<who>{_PERSON}{{2,8}}){_TITLE}{_ITS}(?:过?来|去)(?:给[你您]们?)?办理?(?=$|[\s,。;、()])"),
    re.compile(rf"(?:让|派|托|委托|要){_WHO}(?:出面|[来去]){{1,2}}(?:经办|[办跑弄报])"),
)
_NO = re.compile(r"不(?:是|由|归|让)?$|没$|[谁哪]")
_SCORE = 84
IN_CHARGE, _CLERK = "项目负责人", "经办人"


def deeds(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The contacts that are told by what somebody does."""
    for part, start, end, who in done(scene.marked):
        name = parts(scene.form).get(part)
        field = scene.form.fields[name] if name else None
        if not isinstance(field, ContactField) or (needs := scene.needs(field)) is None:
            continue
        person = _somebody(scene, who, end)
        reading = reading_of(scene, field, person, end) if person is not None else None
        if person is None or reading is None:
            continue
        stop = reached_at(scene, person, end)
        yield Candidate(field.id, reading, start, stop, _SCORE, "说了谁做这件事", needs, "derived")
        if person.me and isinstance(reading, Understood) and isinstance(reading.value, Contact):
            yield from called_so(scene, fields, reading.value)


@derived
def parts(form: Form) -> dict[str, str]:
    """The contact that is asked for by each of these words, if the form asks for it."""
    found = dict[str, str]()
    for word in (IN_CHARGE, _CLERK):
        for hit in lexicon(form).scan(word):
            for sense in hit.of("label"):
                if hit.text == word and isinstance(sense.field, ContactField):
                    found[word] = sense.field.id
    return found


@once
def done(marked: Marked) -> list[tuple[str, int, int, tuple[int, int]]]:
    """The word for the part, where it is said, and who has it."""
    text = _masked(marked)
    return [
        (word, match.start(), match.end(), match.span("who"))
        for word, patterns in ((IN_CHARGE, _OVER), (_CLERK, _DOES))
        for pattern in patterns
        for match in pattern.finditer(text)
        if not _NO.search(text, max(0, match.start() - 2), match.start("who"))
    ]


def _masked(marked: Marked) -> str:
    text = list(marked.text)
    for one in marked.people:
        if one.kind == "person":
            text[one.start : one.end] = _PERSON * (one.end - one.start)
    for atom in marked.numbered:
        if atom.shape == "phone":
            text[atom.start : atom.end] = _PHONE * (atom.end - atom.start)
    return "".join(text)


def _somebody(scene: Scene, who: tuple[int, int], end: int) -> Somebody | None:
    said = scene.marked.said(*who)
    if said[0] in "他她":
        return named_behind(scene, end) or last_named(scene, who[0])
    if said.startswith(("我", "俺", "本人")):
        return who_writes(scene, end)
    name = next(one for one in scene.marked.people if one.start == who[0])
    return Somebody(name.text, name, me=names_himself(scene.marked.text, name))
