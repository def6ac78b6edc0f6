"""Free words and names."""

import re
from bisect import bisect_left

from dialogs.asking import asks
from dialogs.kinds.yes_no import says
from dialogs.reading import Refusal, Understood
from dialogs.shaped import is_title, is_titled
from dialogs.understanding.fillable import fillable
from dialogs.understanding.kinship import related
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name, is_called
from dialogs.understanding.once import once
from dialogs.understanding.people import shaped_as_person
from dialogs.understanding.places import is_built
from dialogs.understanding.same_place import is_there
from dialogs.understanding.scene import Scene
from dialogs.understanding.span import Span
from dialogs.understanding.titles import KIN
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.left_open import LATER, NOTHING
from model.fields import AddressField, CodeField, Field, TextField
from model.values import Words

POINTS = re.compile(
    r"^(?:跟|同[上前]|[和与同](?=上|前|刚|之前|单位|公司|[^,。;]{0,10}(?:一样|相同|一致|同样|一个)))|^改?回[去来]|^(?:也|就|还|都)?(?:给我|帮我)?(?:写|填|加|登|记)(?:上|下|进去|一下)?$|^(?:也|就|还|都)?(?:是|写|填|用)?(?:他|她|我|同此|这个|那个|本人|法人|老板|上面|同上|同前|一样)"
)


FULL_STOP = re.compile(r"[\n。;]")


_SOFT = re.compile(r"[\n。;,、 ]")


_ASIDE = re.compile(r"\((?![^()]{1,6}\)[\u4e00-\u9fff]).*$")
"""A bracket that is no part of a name: not that of 华泰(新乡)有限公司."""
_SAID_OF_IT = re.compile(r"\((?:[^()]*$|[^()]*(?:[不没过]|去年|前年|以前)[^()]*\)$)")
"""A bracket in which something is said of what is named: 颐养园B区(A区前年报过,不算)."""


_LONG = 300


_ELSEWHERE = re.compile(r"也?就?(?:在|位于|同|从|那儿|这儿)")


_IN = re.compile(r"(?:也|就|都|还)?是?(?:在|位于|坐落)")


_CALLED_SO = re.compile(r"[,。; ]叫做?([^,。;\s\n]{3,24})")


CHAT = re.compile(
    r"[?？]|什么|怎么|咋|啥|吗$|多少|干嘛|哪[些个种样里儿几]|[写填要]多[长大短]|合适|.{2}还是[^,。;\n]{2,10}(?:的|$)|是不是|要不要|能不能"
)


_TAIL = re.compile(r"(?:就行|就可以|就好|就中|即可|得了|行了)?(?:(?<![酒网水书清咖氧])吧|呗|哈|呢|啊)?$")
"""What is said to us behind a name: 就写恒信二期吧."""
_SO_MANY = re.compile(
    r"(?<=[\u4e00-\u9fffA-Za-z])(?:一共|总共|合计|共计|共)(?:装|安|安装|配|用|买)?了?\s?[\d一二三四五六七八九十百千两零]{1,8}(?:块|台|只|个|套)?$"
)
"""暖通达一共装了四百零八块: how many is no part of a name."""


def words_said(scene: Scene, field: TextField, start: int, end: int, *, strong: bool) -> Finding | None:
    """Free words up to where they end, or a name."""
    marked = scene.marked
    if field.name_only:
        named = _named(scene, field, start, end)
        if named is not None:
            return named
        if not strong:
            return None
    end = title_ends(marked, start, end) if is_titled(field) else end
    stretch = marked.said(start, end)
    if is_titled(field) and _AT_IT.match(stretch):
        return None
    if is_titled(field) and (outside := _OUTSIDE.match(stretch)):
        start, stretch = start + outside.end(), stretch[outside.end() :]
    lead = len(stretch) - len(stretch.lstrip(" ,:、就是叫写上填一下"))
    body = stretch[lead:]
    stop = FULL_STOP if field.most >= _LONG else _SOFT
    cut = stop.search(body)
    said = (body[: cut.start()] if cut else body).strip(" ,;")
    if field.name_only:
        said = _ASIDE.sub("", said)
    elif is_titled(field):
        said = _CODED.sub("", _SAID_OF_IT.sub("", said))
    elif field.most >= _LONG:
        said = _told(said)
    else:
        said = _SO_MANY.sub("", _CODED.sub("", said))
    if field.most < _LONG:
        said = _TAIL.sub("", said).strip(_QUOTES)
        if _is_place(marked, field, start + lead, start + lead + len(said)):
            return None
    if len(said) <= _SHORT and _NOT_FILLED.search(said):
        return None
    if field.name_only and _ELSEWHERE.match(said) or has_a_place(marked, field) and (_IN.match(said) or is_there(said)):
        called = _CALLED_SO.search(marked.text, start, marked.sentence_end(start))
        if called is None or field.names == "person":
            return None
        return Finding(Understood(Words(text=called[1])), *called.span(1))
    if is_titled(field) and (not is_title(said) or _is_option(marked, start + lead, start + lead + len(said))):
        return None
    if scene.open(field) and _CHANGED_HERE.match(said):
        return None
    if len(said) < 2 or CHAT.search(said) or NOTHING.match(said) or LATER.search(said) or POINTS.match(said):
        return None
    if field.name_only and not _may_be_name(field, said, colon=marked.said(max(0, start - 1), start) == ":"):
        return None
    if field.name_only and field.names != "person" and not _names_it(marked, start) and not is_called(said):
        return None
    if field.name_only and (len(said) > 30 or not re.search(r"[一-鿿A-Za-z]{2}", said) or re.search(r"\d{5}", said)):
        return None
    if len(said) > field.most:
        return Finding(
            Refusal("text.long", {"length": str(len(said)), "most": str(field.most)}), start, start + lead + len(said)
        )
    return Finding(Understood(Words(text=said)), start + lead, start + lead + len(said))


_CHANGED_HERE = re.compile(r"(?:要|得|先|再)?(?:改|更正|修正)(?:一下|下|成|为)")
"""管道长度改一下 1280米: what was never told is not changed; another field is meant."""


_AT_IT = re.compile(r"(?:上头?|里头?|那[边块]|这[边块])(?!写|是|叫|的?名|报|用)的?[\u4e00-\u9fff]")
"""项目上老李管: what is done there."""
_OUTSIDE = re.compile(
    r"[\s,:]{0,2}(?:对外|平时|平常|一般|暂时?|暂且|先|内部|我们|俺们)(?:都|就|也)?(?:叫做?|称|定名为?)(?=[\u4e00-\u9fff]{3})"
)
"""楼盘对外叫示例花园: how it is called."""


def _is_option(marked: Marked, start: int, end: int) -> bool:
    """Whether this is nothing but an option of the form: 公租房项目报天然气."""
    return any(one.start <= start and end <= one.end and one.of("option") for one in marked.hits_from(start, end))


def title_ends(marked: Marked, start: int, end: int) -> int:
    """Where a title ends that runs on into its place or into the next name: 项目是福坤家园在朗公庙镇…项目代码…."""
    first = start + _TITLE_LEAST
    places = [one.start - 1 for one in marked.places if first < one.start < end and marked.text[one.start - 1] == "在"]
    named = (one for one in marked.labels if first <= one.start < end and one.end - one.start >= _TITLE_LEAST)
    named = (one for one in named if any(isinstance(each.field, AddressField | CodeField) for each in one.of("label")))
    return min((*places, *(one.start for one in named)), default=end)


_TITLE_LEAST = 4
_SHORT = 12
_QUOTES = "“”\"'‘’「」『』《》"
_NOT_FILLED = re.compile(r"不用[填写]|不需要[填写]|空着|填不填")


def _is_place(marked: Marked, field: TextField, start: int, end: int) -> bool:
    """Whether all of this is a place: 公司翟坡镇府前路30号 tells no name, and 项目 翟坡镇第二中学教学楼 does."""
    if _WORKS.search(marked.text, start, end):
        return False
    return any(
        one.start <= start and end <= one.end and not (is_titled(field) and is_built(one)) for one in marked.places
    )


_WORKS = re.compile(r"(?:工程|项目|改造|施工|[扩新迁改]建|标段|[一二三四五六七八九十\d]期)$")
"""翟坡镇中心街路灯改造工程 is what is done there."""


_CODED = re.compile(r"\s?\([\dA-Za-z\- ]{10,30}\)?$")
"""示例二期厂房(2506-410721-…)."""
_PARTS = re.compile(r"(?<=[, ])")


def _told(said: str) -> str:
    """Free words without the question behind them: 破路 占用人行道 手续是你们跑还是我们跑."""
    parts = _PARTS.split(said)
    asking = next((n for n, part in enumerate(parts) if n and asks(part.strip(" ,"))), None)
    return said if asking is None else "".join(parts[:asking]).strip(" ,")


def _may_be_name(field: TextField, said: str, *, colon: bool) -> bool:
    """What stands behind the name of a field of names is one only if it looks like it, or if a colon says so."""
    if field.names == "person" and not colon:
        return shaped_as_person(said)
    if field.names == "person" and is_called(said):
        return False  # 登记的名字:泾县示例维修部
    if field.names == "organisation" and _STILL.match(said):
        return False
    if field.names == "organisation" and shaped_as_person(said):
        return False  # 原户名：李示例
    if field.names == "either" and shaped_as_person(said):
        return True
    if says(said) is not None or re.search(r"[都也]是|的是|^[都也]", said):
        return False  # 单位：变压器的都是KVA
    return colon or (
        len(said) >= 4
        and not re.search(r"[搬到在要办报是了吗我他她拟因需想将]|开发区|打算|准备|计划|申请|[新扩]建", said)
    )


_STILL = re.compile(r"至今|还|仍|现在|目前|一直|原来|以前|从前")
"""户名至今还挂着原厂: what is told of the name, and not the name."""
_NAMING = re.compile(r"(?:[名称号叫:是为写填=]|名字|抬头|姓名|户[主头]|上是)[\s:]{0,2}$")


def _names_it(marked: Marked, start: int) -> bool:
    """Whether a word for a name stands before this place (店名, 全称, 叫), and not one for what has the name (公司, 单位)."""
    return bool(_NAMING.search(marked.said(max(0, start - 4), start)))


def _named(scene: Scene, field: TextField, start: int, end: int) -> Finding | None:
    """The first name that is no former one; those behind it are only farther away."""
    marked = scene.marked
    names = names_of(marked, field.names)
    first, changed = bisect_left(names, start, key=by_start), start
    while first < len(names) and names[first].start < end:
        one = names[first]
        gap = marked.said(changed, one.start)
        if _FORMER.search(gap):
            first, changed = first + 1, one.end
            continue
        if change := _CHANGED.search(gap):
            gap = gap[change.end() :]
        if len(_CALLED.sub("", gap)) > 6 or (field.names == "person" and _RELATIVE.match(gap)):
            return None
        return Finding(Understood(Words(text=one.text)), one.start, one.end)
    return None


_RELATIVE = re.compile(rf"的?(?:{KIN})")
"""老板侄子 蔚示例: another than whoever is called so."""
_FORMER = re.compile(r"(?:原先|原来|以前|之前|过去|从前|本来)[是叫写的填]{0,2}$")
_CHANGED = re.compile(r"(?:变更|换|改|过户|变)(?:成|为|到|给|了)")
"""Between a former name and the one now: 法人原先是万家和 上月变更成他闺女万思琪."""
_CALLED = re.compile(r"[\s,:、就是叫写为也\d]")


def has_a_place(marked: Marked, field: Field) -> bool:
    """Whether this is the name of something the form asks the address of too: 项目在… is not its name."""
    return isinstance(field, TextField) and any(related(field, one) for one in fillable(marked.form).addresses)


def by_start(one: Span) -> int:
    """For looking up spans by their beginning."""
    return one.start


@once
def names_of(marked: Marked, names: str) -> list[Name]:
    """The names in the text, of firms, of people or of either, in its order."""
    found = [
        *(marked.firms if names != "person" else ()),
        *(one for one in marked.people if names != "organisation" and one.kind != "title"),
    ]
    return sorted(found, key=by_start)
