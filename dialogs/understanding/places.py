"""Addresses: from a town, a road or a number on, as far as the words go on being about the place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from dialogs.sought import Sought
from dialogs.understanding.address_numbers import NOTICED, put_right
from dialogs.understanding.place_tails import goes_on
from dialogs.understanding.place_words import SPOT, STOP, TOWN_END, WAY

_LEAD = re.compile(
    r"^(?:(?:(?:一直|[还仍都也全])?是|一直|从|由|[搬迁移挪转][到至去入往]|迁[入出]|(?:老|新|旧|原)(?:店|厂|园|家|铺子?|址)(?![村庄路街镇乡巷]))|(?:现在|目前|以前|之前|从前|原先|原来|注册|办公|新的|旧的|[水电气网]?是?从|老店|新店|老园|新园|老厂|新厂|老家|新家|家里?|老房子?|新房子?|我们?|俺们?|咱们?|房子|店面?|门店|店铺|[菇菜暖温]?棚|家|单位|公司|厂子?|厂|工地|项目|学校|医院|仓库|井|大棚|地址|位置|门牌号?码?|注册地址?|办公地[址点]?|住所|厂址|店址|住址|使用地址|安装地址|项目地址|工程地址|施工地址|现住址|老家|镇政府地址)?(?:就?在|搁|住在?|位于|设在|搬到|搬去|写|是|改成|改为|改到|换成|:|地址)+\s?)+"
)
_NO_PLACE = (
    "有限公司", "卫生室", "卫生院", "中心小学", "小学", "中学", "学校", "幼儿园", "医院", "合作社", "委员会", "敬老院", "养老院",
)  # fmt: skip
_SUPPLY = re.compile(r"线路\d{1,6}(?:千伏安|千瓦)$")
"""主线路400千伏安 is no road."""
_OF_A_TOWN = (
    "人民政府", "有限公司", "公司", "委员会", "中心校", "卫生院", "卫生室", "敬老院", "养老院", "居委会", "合作社", "小学", "中学",
    "学校", "幼儿园", "医院", "派出所", "信用社", "加油站",
)  # fmt: skip
"""Ends of the names of what is in a town and is no place there."""
_MENTIONED = re.compile(
    r"(?:(?:开(?![发元源明放封泰平阳拓])|搞|弄|养(?!殖|老|生)|承包|经营|租)[^\d路街巷道]{1,8}$|这边|那边|这里|那里|[\u4e00-\u9fff]*(?:那家|的老板|修桥|建了|开了|建一|开一|新开|刚开|搞|办一|边上开))"
)
_BUSINESS = re.compile(
    r"(?:[店馆坊铺厂]|(?<!项目)部|公司|合作社|商行|民宿|农庄|超市|酒店|宾馆|诊所|农场|会所|会馆|浴池|浴室|澡堂|影院|服务部|美容院|工作室)$"
)
"""Ends of what a shop or firm calls itself: 桃花潭镇民宿 is who calls, and no place in the town."""
_NAMED_THERE = re.compile(
    rf"[\u4e00-\u9fff]{{0,14}}?(?:{'|'.join(_OF_A_TOWN)}|学校|教学楼|[店馆坊铺厂部]|浴池|商行|超市|院)"
    r"(?=代码|编[号码]|号\d|底下|法人|执照|统一|信用|税号|\d{6}|地[方址][\u4e00-\u9fff])"
)
"""The rest of a name that has the town in it, with what is told of it right behind."""
_STAFF = re.compile(
    rf"[\u4e00-\u9fff]{{0,8}}(?:{'|'.join(_OF_A_TOWN)})(?:的|来电|打来|[\u4e00-\u9fff]{{0,4}}(?:主任|老师|经理|校长|院长|书记|会计|总务|后勤|财务|办公室|科|部|处)$)"
)
"""Who is at an office of the town: 大召营镇中心小学总务温主任."""
_VILLAGER = re.compile(r"[\u4e00-\u9fff]{0,4}村民$")
_WORK = re.compile(
    r"(?:工程|项目|改造|施工|[扩新迁改]建|标段|技改|升级|迁移|亮化|[增扩]容|整治|提升|养护|拓宽|[油煤柴雨]改[电气水污]|(?<![第路街区院村])[一二三四五六七八九十\d]期)$"
)


def is_work(text: str, start: int, end: int) -> bool:
    """Whether this calls what is done in a place: 翟坡镇中心街路灯改造工程."""
    return bool(_WORK.search(text, start, end))


_ABOUT_A_PLACE = re.compile(rf"{WAY}|{SPOT}")
_HEAD = re.compile(r"(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?(?:[^\W\d_是在叫为写名称照填登]{1,2}县)?$")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,4}[市县](?:[\u4e00-\u9fff]{2,4}区)?$")
_AUTONOMOUS = re.compile(r"(?:内蒙古|广西|西藏|宁夏|新疆)[\u4e00-\u9fff]{0,3}自治区")
"""Regions with names so long that the way would be looked for from their middle on: 广西壮族自治区南宁市青秀区民族大道."""
_HEAD_MOST = 12
"""Characters of province, city and county, at most."""
_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?<![号是址话码共有积数量价型])(?:\d{1,3}(?:栋|幢|座|号楼|#)\d{1,2}单元\d{3,4}|\d{1,3}[-栋幢#]\d{1,2}[-单]\d{3,4}|\d{1,3}(?:栋|幢|座|号楼)\d{3,4}室?)(?![\d\-米平方])"
)
"""An estate by its name alone: 锦绣华庭7-1-902."""
_FLAT, _NAME_MOST = Sought(r"\d{1,3}(?:[\-栋幢座#]|号楼)\d"), 10
"""What stands in every one of those, quickly looked for, and how many characters before it belong to it at most."""
_TOWN_ENDS, _WAYS, _VILLAGES = re.compile(TOWN_END), re.compile(WAY), re.compile("[村庄屯]")
_IN_TOWN = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,8}}?[省市县区]){{0,3}}[\u4e00-\u9fff]{{1,6}}(?:{TOWN_END})"
    rf"[\u4e00-\u9fff\dA-Za-z#\-]{{0,24}}(?:{WAY}|{SPOT})"
)
_ON_A_WAY = re.compile(
    rf"[\u4e00-\u9fff]{{2,12}}{WAY}(?:\d+号|\d|[一二三四五六七八九十百]+[号组队排]|与|和|中段|[东西南北]|口|北段|南段)"
)
_NO_WAY = re.compile(
    r"第|(?<![纬经划东西南北环支横纵])(?<!业(?=[一二三四五六]路(?:与|和|[东西南北中口]|\d+号)))"
    r"[一二两三四双每单主备各那这哪几另俩\d]路|管道|通道|渠道|车道|国道边"
)
"""Supplies and ducts: 第一路, 二路; but 纬二路, 工业二路与兴业大道."""
_AHEAD = re.compile(
    r"[^现所]在(?!建)|位于|地址[都全也就]?是?|住所是?|注册地是?|地点是?|住(?![宅院户所])|[写填登]的?是?|(?<=[上舍店房楼家厂门牌处司])是"
)
"""What leads on to a place, and is no part of it: 我们公司在郑州市金水区农业路32号."""
_ROUTE = re.compile(
    r"(?:从|打|由|经|沿|走).{2,}?(?:[接引拉穿钻绕拖]|过来|过去|进来|下去|出线)|横穿|[穿跨](?:过|越)"
    r"|^[还也得要需]{1,2}(?:挖|破|刨|顶|占)"
)
"""Where a pipe or a line comes from is no address of anybody's: 水管得从乡道对面接过来."""


_ROUTE_NEAR = 12
"""Characters beside a place in which it may be said that something comes from there."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address in a text; `sure` if it names a town of the county or a road with a number."""

    start: int
    end: int
    text: str
    sure: bool


def places(text: str, towns: tuple[str, ...]) -> tuple[Place, ...]:
    """The addresses of a text."""
    return tuple(_as_meant(text, one) for one in _places(text, towns))


_AT_ONCE, _REST = re.compile(rf"[^\n]{{0,6}}?(?:{NOTICED.pattern})"), re.compile(r"[^\n;]{0,40}")


def _as_meant(text: str, place: Place) -> Place:
    """The place with the number that is put right at once: 书香街26号,噢不,62号."""
    rest = _REST.match(text, place.end)
    if rest is None or _AT_ONCE.match(text, place.end) is None:
        return place
    return replace(place, text=put_right(place.text, rest[0]) or place.text)


_MOVED = Sought(r"(?<=..)[搬迁移挪转][到至去入往]")
"""Between the place that is left and the new one: 从红旗街12号搬到…."""


_RUN = re.compile(rf"(?:[^{STOP} /]{{0,12}}(?:镇|乡|街道) (?=[\u4e00-\u9fff]{{1,8}}?(?:[村庄屯]|{WAY})))?[^{STOP} /]+")
"""Words without a sign between them; a town may stand apart: 在翟坡镇 郭店西村."""


def _places(text: str, towns: tuple[str, ...]) -> Iterator[Place]:
    after = 0
    for run in _RUN.finditer(text):
        bounds = [run.start(), *(one.start() for one in _MOVED.finditer(text, *run.span())), run.end()]
        for begin, stop in pairwise(bounds):
            at = max(begin, after)
            while at < stop and (found := _place(text, at, stop, towns)) is not None:
                place, at = found
                after = at
                yield place


_HEADED = re.compile(r"[\u4e00-\u9fff]{1,5}:")
"""有线:学生公寓3栋: what is told of does not belong to the place."""


def _place(text: str, start: int, stop: int, towns: tuple[str, ...]) -> tuple[Place, int] | None:
    """The first address in a run of words, and where to look for the next one."""
    said = text[start:stop]
    if (head := _HEADED.match(said)) and head.end() < len(said):
        start, said = start + head.end(), said[head.end() :]
    if (lead := _LEAD.match(said)) and lead.end() < len(said):
        start, said = start + lead.end(), said[lead.end() :]
    at, sure = _begins(said, towns)
    if at is None:
        return None
    ends = at + _ends(said[at:])
    if _ROUTE.search(said[max(0, at - _ROUTE_NEAR) : ends + _ROUTE_NEAR]):
        return None
    start, said, ends = start + at, said[at:], ends - at
    if ends < len(said) and not _EXACT.search(said, 0, ends):
        return None  # 想在小冀街上开个面馆
    end = after = goes_on(text, stop) if ends == len(said) else start + ends  # 加油站斜对面 behind a blank
    end -= len(text[start:end]) - len(text[start:end].rstrip("吧呢啊了哈哦呀"))
    if is_work(text, start, end):
        return None
    return Place(start, end, text[start:end], sure), after


@lru_cache(maxsize=64)
def _called(towns: tuple[str, ...]) -> tuple[str, ...]:
    """The county's towns with and without what they are, the longest names first."""
    short = [town.removesuffix("镇").removesuffix("乡") for town in towns]
    return tuple(sorted((*towns, *(one for one in short if len(one) >= 2)), key=len, reverse=True))


@lru_cache(maxsize=64)
def _any_town(towns: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of them: in most runs of words there is none."""
    return re.compile("|".join(map(re.escape, _called(towns))) or "(?!)")


def _behind_lead(said: str, found: re.Match[str], start: int | None = None) -> int:
    """Where the place begins behind the words that lead on to it: 拟在小冀镇…, 证件上写的书院街…, 宿舍是曲艺街…."""
    start = found.start() if start is None else start
    return max((one.end() for one in _AHEAD.finditer(said, 0, found.end() - 2) if one.end() > start), default=start)


def _begins(said: str, towns: tuple[str, ...]) -> tuple[int | None, bool]:
    """Where in this run of words an address begins; None if nowhere."""
    if (said.endswith(_NO_PLACE) and "在" not in said and "住" not in said) or _SUPPLY.search(said):
        return None, False
    behind = 0
    for town in _called(towns) if _any_town(towns).search(said) else ():
        at = said.find(town)
        if at >= 0 and (named := _NAMED_THERE.match(said, at + len(town))):
            behind = max(behind, named.end())
            at = said.find(town, behind)  # 古固寨镇后辛庄村村民委员会代码…地方古固寨镇…
        if at < 0:
            continue
        rest = said[at + len(town) :]
        if said[at:].endswith(_OF_A_TOWN) or _VILLAGER.match(rest) or _STAFF.match(rest) or _MENTIONED.match(rest):
            continue
        if _BUSINESS.search(rest.rstrip("”\"'’」")) and not _PLACED.search(rest):
            continue
        if rest and town in towns or _ABOUT_A_PLACE.search(rest):
            begin = max(0, at - _HEAD_MOST)
            head = _HEAD.search(said[begin:at])
            return (begin + head.start() if head else at), True
    if said.endswith(("村民", "的人")) or re.search(r"[这那](?:条|段|片|个村)", said):
        return None, False
    if _NAMELESS.match(said):
        return None, False
    # the ends alone are quickly looked for
    if _TOWN_ENDS.search(said) and _ABOUT_A_PLACE.search(said) and (found := _IN_TOWN.search(said, behind)):
        return _behind_lead(said, found), True
    if _WAYS.search(said) and (found := _ON_A_WAY.search(said)):
        if _NO_WAY.search(found[0]) and not re.search(r"镇|乡|区", found[0]):
            return None, False
        start = found.start()
        while (lead := _LEAD.match(said[start:])) and not said[start + lead.end() :].startswith(("路", "街")):
            return start + lead.end(), True
        begin = max(0, start - _HEAD_MOST)
        city = _CITY.search(said[begin:start])
        start = begin + city.start() if city else start
        region = _AUTONOMOUS.search(said[begin : found.end()])
        start = min(start, begin + region.start()) if region else start
        return _behind_lead(said, found, start), True
    if _VILLAGES.search(said) and (
        found := re.search(
            r"[\u4e00-\u9fff]{0,4}(?:村|庄|屯)(?=[东西南北]头|口|边|旁|后|前|里|外|[\u4e00-\u9fff]{0,5}(?:地|头|边|旁|院))[\u4e00-\u9fff\d]*(?:旁边?|边上?|头|北地|南地|东地|西地|地里|口|院里|后面|前面)",
            said,
        )
    ):
        start = found.start()
        if _TIMES.search(found[0]):
            return None, False
        while (lead := _LEAD.match(said[start:])) and start + lead.end() < found.end():
            start += lead.end()
        return (None if _NAMELESS.match(said, start) else start), False
    flat = _FLAT.search(said)
    found = _NUMBERED.search(said, max(0, flat.start() - _NAME_MOST)) if flat else None
    if found and (lead := _LEAD.match(said[: found.end()])) is None:
        return found.start(), False
    if re.search(
        r"(?:小区|花园|家园|苑|公寓|大厦|广场|村)(?!一?共|有|总)[^共有总]{0,4}\d+(?:号楼|栋|幢|号|单元|组|-)", said
    ):
        return 0, False
    return None, False


_BUILT = re.compile(
    r"(?:楼|[大中小]学|学校|幼儿园|医院|卫生院|[家花公校]园|苑|府|城|公寓|广场|大厦|中心|小区|院|站|厂房?|车间|[仓冷]?库)$"
)


def is_built(place: Place) -> bool:
    """Whether this may as well be what something built is called: 朗公庙镇第二中学教学楼, 示例家园2号院."""
    said = place.text.strip()
    return _BUILT.search(said) is not None and not (place.sure and re.search(rf"\d|{WAY}", said))


_TIMES = re.compile("[去今前明]年|以前|现在|里头")
_NAMELESS = re.compile(
    r".{0,12}?[起终]点(?:是|在)?村|(?:本|咱|俺|我们?|在|到|从|[这那全出进挨])?(?:村|庄|屯)(?!委|民|镇|庄|路|街)"
)
"""村外省道, 起点村口: no village that anybody could find."""


_PLACED = re.compile(
    rf"(?:{TOWN_END})|[路街][东西南北](?![东西南北大街路巷头段侧])|[东西南北中][路街巷]口|{WAY}|{SPOT}|(?:\d{{1,8}}|[一二三四五六七八九十]{{1,8}})(?:号院?|室|栋|幢|层|楼|组|队|排|户|单元)"
    r"|(?<=[栋幢座楼元号\-])\d{1,4}(?!\d)|下来[左右]手"
)
_MORE = re.compile(
    r"[搬迁移挪转][到至去入往进]|(?<=[\u4e00-\u9fff])了|[啊哦噢讲写说报]错|[啊哦噢][不讲写]|[我俺咱他她你您想要把拉说搞是就也没]|办(?!公)|住(?!宅|院)|养(?!殖|老|生)|以前|之前|从前|一直|自己|自家|曾|租下|买下|顶下|断|坏了|漏水|堵|正在|隔着|隔条|住着|(?:原来|现在|目前|原先)(?!的)|有一?[棵个条家]|租了|接了|盘了|接手|盘下|换|开了|开个|开店|新开|刚开|开一|[\u4e00-\u9fff]{2,3}(?=收?1\d{10})|准备|电话|手机|座机|总机|联系|新装|盖|有限公司|公司|原\d|那个(?![\u4e00-\u9fff]{1,5}院[里内])|这个|(?<!原来)(?<!以前)(?<!原先)的(?!院|楼|房|厂|店|地|门|[东西南北])"
)
"""Words that are about something else than a place."""


_EXACT = re.compile(r"\d|[一二三四五六七八九十]号|[村组口侧面边角旁对头]|小区|花园|大厦|家园|广场|工地|厂|园|院")


_HOUSE = re.compile(r"[\d一二三四五六七八九十]号$")
_AT_HOUSE = re.compile(
    r"(?![修生开搬租买卖做办一两自先讲说写老是])[一-鿿\dA-Za-z#\-]{0,8}?"
    r"(?:院|库|场|门面|门市|铺|房|楼[上下]?|园|室|厂|区|店|馆|站|中心|内|里|旁|下|侧|头|边|口|角|处|段|地|户|[东南西北A-Za-z\d])"
)
"""What tells a house with a number more exactly: 家属院, 地下车库. Not 修摩托车, nor 一家包子铺来电."""


def _ends(said: str) -> int:
    """Where the address ends in this run of words: behind its last part, if what follows is about something else."""
    end = 0
    for part in _PLACED.finditer(said):
        if _MORE.search(said, end, part.start()) and end:
            break
        end = part.end()
    if not end:
        return len(said)
    done = _MORE.search(said, end) or (_HOUSE.search(said, max(0, end - 4), end) and not _AT_HOUSE.fullmatch(said, end))
    return end if done else len(said)
