"""Lists of buildings."""

import re

from dialogs.numerals import read_number
from dialogs.reading import Context, Reading, Understood
from dialogs.sought import Sought
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from model.values import Buildings

_B = r"(?:号楼|号|#|栋|幢)"
_AWAY = r"(?:去|拿|划|删|刨|除|减|抠|扣|剔|撤|摘|砍)"
_NEXT = (
    r"(?:(?:挪|放|留|推|搬|转|甩|划|归)(?:到|在|给|进)?(?:(?:下|后)(?:一|面)?(?:批|期|次|回)?|第?[二三四五六\d]期)"
    r"|下(?:一)?(?:批|期|次|回)(?:再|的))"
)
_IS_OUT = (
    rf"(?:{_AWAY}掉|划去|剔除|不算|[别莫](?:算|报|接|写|放)|不烧|不通|除外|不供|不报|不接|不要|不装|除去|取消|停建|缓建|不申请|撤了|空号|不存在|已拆|{_NEXT}|先不|暂不|暂时不"
    r"|不[用走]气|没气|跳号|另外?[报接办]|单[独另][报接办]|不[入进并]网|不在(?:里|内|其中)|移出|撤出|摘出|早?(?:就|已经?|都)?拆(?:了|掉|除)|[没不](?:有)?[盖建]|没有?的?(?=$|[\s,。;]))"
)
_IT = r"(?:它|[这那该](?:一)?[栋幢座]|[这那]个|该楼)"
_IT_IS_OUT = rf"(?:{_AWAY}[掉去]?{_IT}|不[算含报]{_IT}|{_IT}(?:就|都|也)?(?:要|得)?(?:{_AWAY}掉|不算|不报))"
_WITHOUT = (
    r"(?:没(?:有)?(?:[盖建])?|无(?=\d)|[去除拿]掉|除了|除去|不[含算]|不包括|刨[去掉]|跳过|扣[除掉]|(?:缺|少|空)[着了]?)"
    r"(?:个|一个|一栋)?"
)
BUILDING_OUT = Sought(
    rf"(?P<number>(?<![路街道巷弄段村])\d{{1,3}}|[一二三四五六七八九十]{{1,3}}(?=号楼))(?:{_B}|(?=是|跳号|空号))(?:[^\n。;\d]{{0,16}}?{_IS_OUT}|[^\n。;\d]{{0,36}}?{_IT_IS_OUT})(?!(?:(?<!除外)\s)?\d{{1,3}}{_B})"
    rf"|{_WITHOUT}\s*(?P<other>\d{{1,3}}){_B}|(?:无|缺|没有?|跳过)(?P<bare>\d{{1,3}})(?=[\s,。;)]|$)"
)
"""8号楼没有的, 4号楼用作幼儿园,楼号里都去掉它, 中间缺个4号; in 5# 当年就没盖4# the fifth is there."""


def building_of(out: re.Match[str]) -> str:
    """The number of the building that is left out, in digits: 三号楼."""
    said = out["number"] or out["other"] or out["bare"]
    return said if said.isdecimal() else str(read_number(said) or said)


_DESCRIBED = re.compile(
    r"\s*(?:只|就|才|共|一共|[改变](?:成|为)?)?有?[一二两三四五六\d]{1,2}个?(?:单元|层|梯)"
    r"|\s*(?:是|做|改成|改为|当)(?![\s\d第][\d号栋]?|[一二三四五六七八九十]|的)[\u4e00-\u9fff]"
)
_OUT_TOGETHER = re.compile(
    r"(?:里头|里面|其中|除了|除去|不含)的?(?P<numbers>\d{1,3}(?:号楼|号|#|栋|幢)?(?:[、,和跟与及 ]\d{1,3}(?:号楼|号|#|栋|幢)?){1,6})"
    r"[^\n。;\d]{0,8}?(?:拆|没有|没盖|不接|不报|不算|不要|不供|除外|扣|去掉|以外|之外|外)"
)
_NONE_OF = re.compile(
    rf"(?:{_WITHOUT}|没有?的?是|空号:?)\s*(?P<numbers>\d{{1,3}}{_B}?(?:[、,和跟与及 ]{{1,2}}\d{{1,3}}{_B}?){{0,8}}(?:{_B})(?!\d)"
    r"|\d{1,3}(?:[、和跟与及]\d{1,3}){1,8}(?=[\s,。;)]|$))"
)
"""没有4、13、14号, 没有4和11."""
_EACH_IS = re.compile(
    rf"(?:里头|里面|其中)的?(?P<numbers>(?:\d{{1,3}}{_B}(?:楼)?[是做]?[^\d,。;\n]{{2,10}}[\s,、]{{1,2}}){{2,4}})[^\n。;\d]{{0,4}}?{_IS_OUT}"
)
"""里头3号是开闭所 6号是物业用房 不接气."""
_SEVERAL_OUT = re.compile(
    rf"(?<!\d)(?P<numbers>\d{{1,3}}{_B}?(?:[、和跟与及]\d{{1,3}}{_B}?){{1,6}})(?:这?[一两二三四五六几]{_B})?[\s,]?(?:楼|都|也|是|先|就|均|全|这次|暂时){{0,3}}{_IS_OUT}"
)
"""4和11空号, 3号跟7号都不报."""
_LAST = re.compile(r"(?:楼|#|栋|幢)[, ]((?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:号楼?|#|栋|幢))$")
_APART = re.compile(r"\d[ 、]\d{1,3}(?:号楼?|#|楼)?, ?(\d{1,3})(?:号楼?|#)$")
"""1 2 3 5,4号楼是卫生室: the last one, set apart from a list that has another sign between its numbers."""
_BUT = re.compile(rf"(?:除了|除去|除开|不[含算])(?P<number>\d{{1,3}}|[一二三四五六七八九十]{{1,3}}){_B}[外,\s]")
_TOO = re.compile(r"[^\n。;,]{0,4}[也还]")
"""除了4号楼,1到13号楼都报; but 除了4号楼,5号楼也报 adds one."""
_ONE_MORE = re.compile(
    r"(?:[再另外]?加上?|(?:后[头面]|另外?|再)?还有)(?:一?[栋幢个])?(?:叫|是)?\s?"
    rf"(?P<more>\d{{1,3}}{_B}(?:[、,和跟与及 ]{{0,2}}\d{{1,3}}{_B}){{0,6}})"
)
"""1到6 没有4号楼 后头还有一栋叫8号楼; 1-5 加7号8号."""
_UP_TO = re.compile(r"(?:号楼?|#|楼)?(?:一直|顺着|挨着|连着)?(?:排|数)?[到至]")
_JOINED = re.compile(r"还有|以及|[再另]外?加上?|加上|外加|连同|另有|另外?|[再带加]")
_SO_MANY = re.compile(r"(?<=[楼号#])[\s,]?(?:共|一共|就|这)?(?P<many>[一两二三四五六七八九十]{1,2}|\d{1,2})[栋幢]$")
"""3号楼一栋: how many they are."""
_FAR = 30
_SOON = 200
"""Characters behind a list within which its exceptions stand."""


@once
def left_out(marked: Marked, start: int, end: int) -> bool:
    """Whether a building here is one that is not meant (没有7号楼, 6号去掉), or is only told about (19号楼是幼儿园)."""
    if len(re.findall(r"\d+|[一二三四五六七八九十]+", marked.said(start, end))) != 1:
        return False
    out = BUILDING_OUT.finditer(marked.text, max(0, start - 6), end + _FAR)
    return any(one.start(one.lastgroup or 0) == start for one in out) or bool(_DESCRIBED.match(marked.text, end))


@once
def of_building(marked: Marked, at: int) -> bool:
    """Whether what is said here is said of a building that is left out: 12#是商业楼,热力这次不报."""
    start = max(0, at - _FAR)
    return any(one.start() < at <= one.end() + 1 for one in BUILDING_OUT.finditer(marked.text, start, at + _FAR))


def listed(marked: Marked, atom: Atom, context: Context) -> Reading:
    """The buildings of a list without those left out in its sentence: 1到10号楼 除了7号."""
    from dialogs.kinds import buildings  # noqa: PLC0415

    said = _JOINED.sub("和", _UP_TO.sub("到", atom.text))
    if counted := _SO_MANY.search(said):
        reading = buildings.parse(said[: counted.start()], None, context)  # type: ignore[arg-type]
        value = reading.value if isinstance(reading, Understood) else None
        if isinstance(value, Buildings) and len(value.numbers) == read_number(counted["many"].replace("两", "二")):
            said = said[: counted.start()]
    reading = buildings.parse(said, None, context)  # type: ignore[arg-type]
    if isinstance(reading, Understood) and isinstance(reading.value, Buildings):
        stop = min(marked.sentence_end(atom.start), atom.end + _SOON)
        last = _LAST.search(atom.text)  # 10号到15号楼,12号是会所
        behind = atom.start + (last.start(1) if last else _once_more(atom.text))
        out = {building_of(one) for one in BUILDING_OUT.finditer(marked.text, behind, stop)}
        if (apart := _APART.search(atom.text)) and _DESCRIBED.match(marked.text, atom.end):
            out.add(apart[1])
        but = _BUT.search(marked.text, max(0, atom.start - 3), atom.end)
        if but and but.start("number") == atom.start and not _TOO.match(marked.text, atom.end):
            out.add(str(read_number(but["number"])))
        for several in _OUT_TOGETHER.finditer(marked.text, atom.end, stop):
            out |= set(re.findall(r"\d+", several["numbers"]))
        for pattern in (_NONE_OF, _SEVERAL_OUT, _EACH_IS):
            for several in pattern.finditer(marked.text, behind, stop):
                out |= set(re.findall(r"\d+", several["numbers"]))
        more = _ONE_MORE.search(marked.text, atom.end, min(stop, atom.end + _FAR))
        added = [one for one in re.findall(r"\d+", more["more"]) if one not in out] if more else []
        left = tuple(dict.fromkeys((*(one for one in reading.value.numbers if one not in out), *added)))
        return Understood(Buildings(numbers=left)) if left else reading
    return reading


def _once_more(said: str) -> int:
    """Where a building is named again behind the list that has it (1到6 3号…): something is told of it; else the end."""
    from dialogs.kinds import buildings  # noqa: PLC0415

    for apart in re.finditer(r"[, ]", said):
        before = buildings.parse(said[: apart.start()], None, None)  # type: ignore[arg-type]
        again = re.findall(r"\d+", said[apart.end() :])
        value = before.value if isinstance(before, Understood) else None
        if again and isinstance(value, Buildings) and set(again) <= set(value.numbers):
            return apart.end()
    return len(said)


def last_is_out(marked: Marked, reading: Reading | None, start: int, end: int) -> bool:
    """21-26号楼 24号不算: what stands behind the list is said of the last one, which is not in it."""
    if not isinstance(reading, Understood) or not isinstance(reading.value, Buildings):
        return False
    said = re.findall(r"\d+", marked.said(start, end))
    return len(said) > 1 and said[-1] not in reading.value.numbers


def buildings_said(scene: Scene, start: int, end: int) -> Finding | None:
    """A list of buildings, or those named before (那几栋)."""
    from dialogs.kinds import buildings  # noqa: PLC0415

    for atom in scene.marked.atoms_from(start, end):
        if atom.shape == "buildings" and not left_out(scene.marked, atom.start, atom.end):
            return Finding(listed(scene.marked, atom, scene.context), atom.start, atom.end)
    plain = re.match(
        r"[ :是]*((?:[A-Za-z]?\d{1,3}(?:[ 、,和.]+|\s?[-~至到](?=\s?\d)\s?|(?=[^\d]|$))){2,})",
        scene.marked.said(start, end),
    )
    if plain:
        reading = buildings.parse(plain[1], None, scene.context)  # type: ignore[arg-type]
        if isinstance(reading, Understood):
            return Finding(reading, start, start + plain.end())
    single = re.match(r"[ :是就只有报]*(?P<one>[A-Za-z]?\d{1,3})(?=$|[\s,。;])", scene.marked.said(start, end))
    if single and re.search(r"楼栋?号[^\d,。;]{0,3}$", scene.marked.said(max(0, start - 6), start)):
        reading = buildings.parse(single["one"], None, scene.context)  # type: ignore[arg-type]
        return Finding(reading, start, start + single.end())
    if re.search(r"[这那]几[栋幢]|同(?:上|前)|一样", scene.marked.said(start, end)):
        known = next((one.value for one in scene.answers.values() if isinstance(one.value, Buildings)), None)
        if known is not None:
            return Finding(Understood(known), start, end, certainty="derived")
    return None
