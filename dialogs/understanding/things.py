"""Names of the things that a table lists: before their number, behind it, or between two numbers."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from model.values import Words

_MODEL = r"[A-Za-z]{1,6}\d{0,3}(?:-?[A-Za-z]?\d{1,5}){1,2}[A-Za-z]?"
_BY_SIZE = r"\d{2,4}芯"
"""A box is called by how much it holds, where no model is known: 288芯 2台."""
_IS_MODEL = re.compile(rf"{_MODEL}|{_BY_SIZE}")
_NAME = re.compile(rf"{_MODEL}$|(?<![A-Za-z\d\-]){_BY_SIZE}$|[\u4e00-\u9fffA-Za-z0-9]*[\u4e00-\u9fffA-Za-z]\d{{0,3}}$")
_BEFORE_NAME = re.compile(
    r"^.*(?:[还又](?:少|漏|忘)[写报列算说记]?了|[清名]?单上?(?:还|也)?(?:少|漏)[写报列了]{1,2}|(?<![\u4e00-\u9fff])(?:少|漏)[写报列算]了|另有|设备(?:就|有|是|我列一下)*|其中|还有|另外|再加|加[上个]?|现在?换(?!热)|(?:来|上|装|添|有)[了台个口只]|再添|(?<!每)个(?!小时|钟头|方|立方|月)(?=[\u4e00-\u9fff]{2})|另|(?<![连交对焊])接(?![头口触收])|嘞|换成|改成|上了?|(?<![备专])用的?|(?<![涂组])装了?|以及|补报?|替换[成为]?|更换[成为]|改用|新增|漏了?一?[个台]|型号|光缆交接箱|光交箱|光交|交接箱|一共|分别是?|"
    r"食堂里?(?:就|的)?|厨房里?|后厨里?|有|说|是|和|及|配|要|按|:)"
)
_AFTER_NAME = re.compile(
    r"(?:[买定订选购报写填](?:[了的嘞过好])+|还是|就是|这次|使用?|改(?!锅)|一共|(?:[减增加调变][到成为]|改[成为到]|换[成为]|降[到为])|是|有|共|就|要|报|上|装|用|配了?|只|放|摆|设|选|采用)+$"
)
_EACH_AT_END = re.compile(
    r"(?:(?:每|单|各)[台个口只]?)?(?:(?:每|一)?个?(?:小时|钟头))?(?:耗气量?|用气量?|额定流量|流量|吃|烧)?$"
)
_SHORT = ("灶", "炉", "锅", "窑")
_NAME_WITHIN = 200
"""Characters before a count in which the name of the thing counted is looked for."""
_BEHIND = re.compile(
    r"(?:的)?(?P<name>(?:\d{1,4}(?:\.\d)?(?:蒸?吨|t|千瓦|kw|兆瓦|眼|头|门|盘|层)的?)?[\u4e00-\u9fff]{2,8}?)"
    r"(?:的)?[,，( ]{0,8}(?=每|单台|各|铭牌|耗气|用气|流量|额定|一台|一[台个口只]|\d|[一二两三四五六七八九十]{1,3}[方个点])"
)
"""两台热水锅炉,每台30方: the name behind the count."""
_DEVICE_BEHIND = re.compile(
    r"(?:的)?(?P<name>(?:\d{1,4}(?:\.\d)?(?:蒸?吨|t)的?)?(?:[\u4e00-\u9fff]{1,7}?(?:锅炉|灶头|炉头)|[\u4e00-\u9fff]{1,6}?[灶炉窑釜锅箱柜机器车]))"
    r"(?=$|[\s,。;、:()和跟与及还也另呢吧啊再])"
)
"""一台大锅灶, 六个炒灶: nothing more is said of it here."""
_MODEL_BEHIND = re.compile(
    rf"[ ,，:]{{0,4}}(?:的?[\u4e00-\u9fff]{{0,4}}箱[ ,:]{{0,2}})?(?:型号)?(?:都|全)?(?:是|为|:)?\s{{0,2}}"
    rf"(?P<name>{_MODEL}|{_BY_SIZE}(?=的))(?![A-Za-z\d\-])"
)
_BETWEEN = re.compile(r"(?:每台|一台|单台)?的\s?(?P<name>[\u4e00-\u9fffA-Za-z]{2,10}?)\s?(?:共|有)?")
_OF_EACH = re.compile(r"铭牌|大概|大约|流量|耗|用气|每|单|各|写|标|左右|额定|一样|都")
_NO_NAME = re.compile(
    r"(?:[大小新旧好]的|[\u4e00-\u9fff]{0,3}说|设备(?:就|有|是|[只还]有)*|其中|加?起来的?|(?:[每单一]个?|个)(?:小时|钟头)|(?:同一?个?|一[个种]|这个?)?(?:型号|规格|牌子|尺寸)|所以|因此|我们?|俺们?|咱们?|我家|店里|家里|厨房里?|后厨|厂里|食堂|灶上|里面|现在|目前|这次|总共|一共|合计|总计|共计?|加起来|总流量|总的?|"
    r"再|又|还|不对|[说写记看]错了?|错了|更正|另外?|漏报|少报|漏写|漏|忘|补报?|加上?|添|增加|新增|[上装用有要买是报配放到](?:的|了)?|了|就|只|大概|大约|约|估计|差不多|均|全?都|各|也|是|(?:加在?)?一[起块]|合起来|合在一起|冬天|夏天|平时|备用?|备着|[\d一二两三四五六七八九十半]+(?:蒸?吨|t)的?)+"
)
"""Words before a number that are no name of a thing: 再加一台蒸箱, 合计15方."""
_SPARE = re.compile(r"^(?:备用|新|旧|老)的")
"""备用的小锅炉: what it is for is no part of its name."""
_BURNS_GAS = re.compile(
    r"(?:也|都|全|还|就|是|要|得|改|现在){0,3}(?:烧|用|走|使|接|通)(?:的是|的|上)?(?:天然|燃|管道|煤)?气(?:的)?"
)
"""烘箱 也烧气 1台: what is said of the thing, and no name of it."""
_ASIDE = re.compile(r"\s?\([^()\n]{1,12}\)\s?$")
"""蒸汽锅炉(4吨的)两台."""
_INSTEAD = re.compile(r"(?:拿|用|换|改)(?:成|上)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:顶上|顶替|代替|来顶|来换|顶)$")
_HEATS = re.compile(r"^烧(?=热水|锅炉|开水|蒸汽)")
_MAKES = re.compile(r"^(?:用来|专门?)?[做炸熬蒸煮烤][\u4e00-\u9fff]{1,3}(?:用?的)(?=[\u4e00-\u9fff]{3,})")
"""做腐竹的油皮锅: what it is for."""
_OF = re.compile(r"(?<=[\u4e00-\u9fff])的(?=[灶锅炉箱柜车机]$)")
_TOPIC = re.compile(r"^.*的话")
_NO_THING = ("有", "还有", "要", "用", "装", "上", "共", "报", "买")
_NO_END = (*_NO_THING, "了", "过", "的")


_HOW_MANY = re.compile(r"(?<=[A-Za-z\d芯])\s?(?:的|型|规格)$|[\s,、:]{0,3}(?:数量|台数)[\s:是]{0,3}$")
"""Between a model and how many: GPX-288的两台, GPX-288 数量2台."""


def counts_named(marked: Marked, at: int) -> bool:
    """Whether the number here is said to be a number of things: 台数:3."""
    return bool(re.search(r"(?:(?:数量|台数)[\s:是]{0,3}|[A-Za-z\d]\s?[x×*]\s?)$", marked.said(max(0, at - 6), at)))


def is_model(name: str) -> bool:
    """Whether it is letters and a number: GXF05-576."""
    return bool(_IS_MODEL.fullmatch(name))


def kept_name(name: str) -> Words:
    """The name of a thing as it is kept: 双头的灶 is a 双头灶."""
    return Words(text=_OF.sub("", name))


@once
def thing_before(marked: Marked, at: int, least: int) -> tuple[int, str]:
    """The name of the thing before a number, and where it begins; an empty one if there is none."""
    before = marked.said(max(least, at - _NAME_WITHIN), at)
    before = re.split(r"[\n。;]", before)[-1]
    base, before = at - len(before), _ASIDE.sub("", _HOW_MANY.sub("", before))
    said = _EACH_AT_END.sub("", re.sub(r"\s?[x×*X]\s?$", "", before).rstrip(" ,、:*×/型款"), count=1)
    pieces = [one for one in re.split(r"[,、 +/]+", said.rstrip(" ,、:*×/型款")) if one]
    while pieces and _BURNS_GAS.fullmatch(pieces[-1]):
        pieces.pop()
    said = pieces[-1] if pieces else ""
    said = _TOPIC.sub("", _BEFORE_NAME.sub("", said) or _BEFORE_NAME.sub("", _AFTER_NAME.sub("", said)) or said)
    said = _MAKES.sub("", _HEATS.sub("", _AFTER_NAME.sub("", said)))
    if len(pieces) > 1 and (_NO_NAME.fullmatch(said) or not said) and (instead := _INSTEAD.search(pieces[-2])):
        said = instead["name"]  # 拿开水器顶上,也是一台
    if _NO_NAME.fullmatch(said):
        return at, ""
    if not said and len(pieces) > 1 and _IS_MODEL.search(pieces[-2]):
        said = pieces[-2]  # 型号GXF-144，还是两台
        said = _BEFORE_NAME.sub("", said) or said
    found = _NAME.search(said)
    if not found or (len(found[0]) < 2 and found[0] not in _SHORT) or len(found[0]) > 20 or found[0].endswith(_NO_END):
        return at, ""
    name = found[0]
    return base + before.rfind(name), name


_THING_NOUN = re.compile(r"(?:[\u4e00-\u9fff]{0,6})(?:锅炉|[灶炉窑釜锅箱柜机])(?=$|[\s,、。;:(])")
_LOOK_BACK = 40


def thing_last_named(marked: Marked, at: int, least: int) -> str:
    """The thing spoken of last before a number that has no name beside it: 还有锅炉,一直烧煤,打算烧气:上2台."""
    begin = max(least, marked.sentence_start(at), at - _LOOK_BACK)
    found = list(_THING_NOUN.finditer(marked.said(begin, at)))
    named = _BEFORE_NAME.sub("", found[-1][0]) if found else ""
    return "" if len(named) < 2 or _NO_NAME.fullmatch(named) else named


def leads_on(marked: Marked, at: int) -> bool:
    """Whether the words before a number lead on to what is counted: 灶上一共三个炉头."""
    return marked.said(max(0, at - 4), at).rstrip().endswith(_NO_THING)


def counts_behind(marked: Marked, start: int, end: int) -> bool:
    """Whether the number here stands apart from what is before it, and right before a thing: …食堂 一个大锅灶六方."""
    return marked.said(max(0, start - 1), start) in _APART and bool(_THING.match(marked.text, end))


_APART = (" ", ",", "、", ":")
_THING = re.compile(
    r"(?!每|单|各|[一\d]|共|总|合|加|流量|耗|用|额定|铭牌|大概|大约|约|都|均|全|也|有|要|是|和|跟|左右|备)[\u4e00-\u9fff]{2}"
)


def thing_behind(marked: Marked, at: int, *, model: bool) -> tuple[str, int]:
    """The name of the thing behind its number, and where it ends."""
    patterns = (_MODEL_BEHIND,) if model else (_BEHIND, _DEVICE_BEHIND)
    behind = next((found for one in patterns if (found := one.match(marked.text, at))), None)
    if behind is None or _NO_NAME.fullmatch(behind["name"].removesuffix("用")):
        return "", at  # 一台冬天用一台备
    called = _AFTER_NAME.sub("", behind["name"]) if len(behind["name"]) > 2 else behind["name"]
    return _SPARE.sub("", called) or called, behind.end("name")


def thing_between(marked: Marked, start: int, end: int) -> str:
    """The name between the flow of each and how many there are: 每台3.5方的炒灶4台."""
    found = _BETWEEN.fullmatch(marked.said(start, end))
    return found["name"] if found else ""


def names_other(marked: Marked, start: int, end: int) -> bool:
    """Whether another thing is named in this stretch behind a number: 大锅灶1台 炒菜灶2."""
    _, called = thing_before(marked, end, start)
    return len(called) > 1 and not _OF_EACH.search(called)
