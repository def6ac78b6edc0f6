"""Names of firms, by their shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dialogs.sought import Sought
from dialogs.understanding.callers import CALLER
from dialogs.understanding.firm_begins import FirmBegins, firm_begins

#: Ends of names that only firms and offices have.
_FIRM = (
    "有限责任公司|股份有限公司|有限公司|分公司|总公司|公司|集团|专业合作社|合作社|合作联社|农场|居民委员会|村民委员会|委员会|居委会|村委会|管委会|"
    "人民政府|街道办事处|办事处|事务所|经营部|服务部|门市部|维修部|修理部|加工部|批发部|零售部|商行|加工厂|幼儿园|养老院|敬老院|护理院|疗养院|康复院|福利院|卫生院|卫生室|卫生所|医院|诊所|门诊部|"
    "小学|中学|学校|学院|大学|中心校|派出所|管理局|管理所|管理站|服务中心|活动中心|农家乐|俱乐部|会所|工作室|个体工商户|合伙企业|银行|支行|"
    "信用社|供销社|收购站|加油站|充电站|超市|酒店|宾馆|旅馆|民宿|饭店|餐馆|菜馆|面馆|火锅店|餐厅|茶楼|茶馆|酒楼|美发店|理发店|洗车店|药房|药店|"
    "公安局|(?<!邮)(?<!邮政)局|大队|支队|中队|气象台|电视台|消防站|(?:救援|服务|工作|维修|供水|兽医|农技|推广|保健|检测|监测)站|(?:墨|茶|饭|布|酒|笔|绸)庄|剧社|旅行社|检察院|法院|(?<![镇乡县村市])中心|监狱|武装部|联合会|商会|协会|总工会|指挥部|"
    "网吧|歌厅|歌城|影城|KTV|浴池|洗浴中心|养殖场|种植园|示范园|物流园|产业园|书院|画院|寺|教会|研究所|设计院|浴室|浴场|澡堂|修补部|供应部|销售部|制作部|教堂|庙|庵|苗圃|果园|茶园|书屋|画室|驿站|水站|健身房|棋牌室|托管班|裁缝铺|早餐铺|铺子|汽修厂|修理厂|车行|牧场|猪场|鸡场|渔场|林场|种植基地|家具厂|印刷厂|面粉厂|砖厂|纸厂|茶厂|酒厂|厂|店|馆|坊|行|铺"
)
_STRONG = re.compile(
    r"(?:公司|集团|合作社|合作联社|委员会|居委会|村委会|管委会|人民政府|办事处|事务所|经营部|服务部|门市部|商行|加工厂|幼儿园|养老院|敬老院|卫生院|卫生室|医院|"
    r"诊所|小学|中学|学校|学院|中心校|派出所|管理局|支行|农家乐|工作室|合伙企业|养殖场|KTV|农场|民宿|宾馆|酒店|超市|菜馆|面馆|火锅店|餐厅|理发店|美发店|洗车店|歌城|影城|修理厂|加油站|餐饮店|美容店|茶饮店|经销部)$"
)
_IN_STREET = re.compile(r"[路街巷道](?:[^\u4e00-\u9fff]|上|边|口|与|尽头|[东西南北])|\d号")
_OFFICE = "总务|后勤|财务|办公室|行政|前期|基建|工程[部科]|设备科|来电|客户"
"""Where somebody works who calls for them: 大召营镇中心小学总务温主任."""
_WANTS = "要(?!求)|想|申请|报装|报[水电气暖网]|这边|这里|我们|打算|准备|需要|拟[申新]|来电"
"""What is said of somebody who applies: 翟坡镇卫生院要通水."""
_BEHIND = (
    rf"{_WANTS}|{_OFFICE}|的(?=老板|法人|负责|会计|经理|主任|老师|员工|电工)|[报接装换移拆办需](?![饰修配件材运备送])|改(?!装厂)|用[水电气暖热网](?!器)"
    r"|[增扩]容|新装|开通|过户|[水电气暖](?:和|也|要|新|改|增|$)|宽带|(?:在|搁|位于|坐落)(?=[\u4e00-\u9fff]{2,4}[镇乡])|教学楼|办公楼|综合楼|门诊楼|宿舍|厨房|食堂|车间|厂房|锅炉"
)
_NUMBER = r"[编代]?号|代码|信用|统[一代]|执照|证[书号]|登记|底下|上面"
_HEADS = r"书记|村?主任|[院校园所厂站场社店]长|经理|会计|老板|法人|负责人"
_WORKS = (
    r"[做当干管搞](?=行政|会计|财务|后勤|文员|总务|基建|出纳|采购|事)|上班|[打来](?:来|进|的|过|电|了)|[搬迁](?:家|[了到去走往]|新)"
    r"|换(?=新?地|地方)|申[请报]"
)
"""What may follow right behind a name that begins with its place: 新乡县示例面粉厂用电增容, 榔桥镇中心小学办公楼要装宽带."""
_ALONE = rf"(?:{_FIRM})(?![\u4e00-\u9fff])"
_ALWAYS = (
    "有限责任公司|有限公司|股份公司|专业合作社|合作社|居民委员会|村民委员会|人民政府|"
    rf"(?:幼儿园|小学|中学|学校|医院|卫生院|卫生室|敬老院|养老院|居委会|村委会)(?=的|{_OFFICE}|{_WANTS}|{_WORKS}|{_HEADS})"
)
_GLUED = rf"(?:{_FIRM})(?={_BEHIND}|{_NUMBER}|{_HEADS}|{_WORKS})"
_ORGANISATION = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9()·&]{{2,36}}?{_ALONE}|"
    rf"[\u4e00-\u9fffA-Za-z0-9()·&]{{2,36}}?(?:{_ALWAYS})|"
    rf"(?P<glued>[\u4e00-\u9fffA-Za-z0-9()·&]{{3,36}}?{_GLUED})"
)
_OURS = re.compile(r"(?:[你您]好)?(?:[我俺咱你他她]们?|本|这个?|那个?|一个|自己)的?[\u4e00-\u9fff]{2,5}$")
"""A word for what somebody runs is no name: 俺们合作社."""
_LONGEST_BEFORE = 36
"""Characters before the end of a name, at most; see `_ORGANISATION`."""
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()·&]{3,}")
_ENDS = Sought(rf"{_ALONE}|{_GLUED}|{_ALWAYS}")
"""How such a name ends; looked for first."""
_LEAD = re.compile(
    r"^(?:(?:营业执照|执照|证书|登记证?|公章|牌子)?(?:上面?)?名?(?:建设单位|申请单位|单位|公司|企业|客户|用户|店|学校)?(?:全称|名称|名字|名)?(?:就?是|叫做?|为|写的?是?|:)|(?:全名|全称|字号|统称|登记名|建设单位|申请单位|报装单位|用能单位|业主单位|开发商|建设方|用户|甲方|单位全称|单位名称|公司名称|公司全称|店名|客户|单位|企业来电|来电人?|名称|名字|全称|录入|代录|热线补录|补录|代表|今接|接到|现接|兹有|现有|我司|我方|受|系|这边|这里|我们?|俺们?|咱们?|您好|你好|替|帮|给|为|是|叫|在|到)+(?:就?是|叫|:)?)"
)
Kind = Literal["organisation", "person", "title"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text. `sure`: by its shape no other thing; `cue`: the word before it (法人, 我叫)."""

    start: int
    end: int
    kind: Kind
    text: str
    sure: bool = True
    cue: str = ""


_KIND_OF_FIRM = r"(?:(?:民非|民办|个体户?|个人独资|合伙|事业单位|社会?团体?)[\s,、)]{1,2})?"
"""What kind of firm it is, between its name and its code: 新乡县示例护理院 民非 5241…."""
_A_CODE = r"[1-9AY]\d{7}[0-9A-Z]{10}(?![0-9A-Z])"
_A_PERSONS = r"[1-6]\d{5}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dXx]"
_CODED = re.compile(
    r"(?:^|(?<=[\n,、。;:!?/ 是叫为称名]))(?P<name>[\u4e00-\u9fffA-Za-z0-9()·]{5,30})[\s,、:(/]{1,3}"
    rf"{_KIND_OF_FIRM}(?:(?:统一)?(?:社会)?(?:信用)?(?:代码|执照|统代|税号|[编证]号|登记证)[\u4e00-\u9fff]{{0,4}}[\s:是]{{0,2}})?"
    rf"(?!{_A_PERSONS})(?={_A_CODE}|[1-9AY]\d{{7}}[0-9A-Z]{{9}}(?![0-9A-Z]))"
)
_CODE_FIRST = re.compile(
    r"(?<![0-9A-Z])[1-9AY][0-9][0-9]{6}[0-9A-Z]{10}[\s,、:]{1,2}(?P<name>[\u4e00-\u9fffA-Za-z0-9()·]{5,30})(?=$|[\s,。;])"
)
"""The code of a firm before its name: 92341823MA… 泾县示例摩托维修部."""
_NO_FIRM = re.compile(
    r"代码|执照|证号|身份证|信用|电话|法人|老板|经营者|地址|个体|[路街巷]|[镇乡村号组里]$|[了吗呢吧]|[我俺他她你您]|\d$"
)
_ABOUT_TOWNS = re.compile("[省市县镇乡]")
_ITS_KIND = re.compile(r"\((?:个体|民非|民办)[^()]*\)$")
_NO_SEAT = re.compile(r"[区头边侧旁口角处面内楼层栋幢室户]$")
"""What begins with a town and ends so is a place there, and no firm: 小冀镇示例小区 9241…."""
_KIND_ONLY = re.compile(
    rf"(?:(?:[\u4e00-\u9fff]{{1,4}}县)?[\u4e00-\u9fff]{{2,4}}[镇乡]|[\u4e00-\u9fff]{{1,4}}县)(?:{_FIRM})"
)
_PUBLIC = re.compile(r"(?:院|所|学|校|园|会|府|处|站|社|局|银行|中心|公司|集团|寺)$")
"""A town has one of these, and it may be called so: 翟坡镇卫生院; but 桃花潭镇民宿 are many."""


_CALLED = re.compile(rf"(?:{_FIRM})$")


def is_called(said: str) -> bool:
    """Whether this ends as the name of a firm, a shop or an office does."""
    return bool(_CALLED.search(said))


def organisations(text: str, regions: tuple[str, ...] = ()) -> tuple[Name, ...]:
    """Names of firms, shops, offices and schools: by how they end, or by the code of a firm behind them.

    `regions`: the county and its city, as names of firms there begin with them (新乡, 新乡县).
    """
    begins = firm_begins(regions)
    found = list(_organisations(text, begins))
    for match in (*_CODED.finditer(text), *_CODE_FIRST.finditer(text)) if _ABOUT_TOWNS.search(text) else ():
        start, end = match.span("name")
        said = _ITS_KIND.sub("", match["name"])
        end = start + len(said)
        if called := re.search(r".*(?:叫做?|是|名称|名字|全称)(?=[\u4e00-\u9fff]{1,4}[县省市])", said):
            start, said = start + called.end(), said[called.end() :]
        if (
            begins.placed.match(said)
            and not _NO_FIRM.search(said)
            and not ("县" not in said and _NO_SEAT.search(said))
            and all(one.end <= start or end <= one.start for one in found)
        ):
            found.append(Name(start, end, "organisation", said))
    return tuple(sorted(found, key=lambda one: one.start))


_ITS_CODE = re.compile(
    rf"[\s,、:(]{{0,3}}{_KIND_OF_FIRM}"
    r"(?:[\s,、:(“”\"/]{0,3}(?:(?:统一)?(?:社会)?(?:信用)?代码|执照|统代|税号|[编证]?号|登记证|底下)[^\d,。;]{0,6})?"
    rf"[\s,、:(]{{0,3}}{_A_CODE}"
)


_ITS_HEAD = re.compile(r"(?=(?:书记|村?主任)[\u4e00-\u9fff]{2,4}(?:$|[,。;:(\s]))")


_AT_A_NUMBER = re.compile(r"\d号$")
"""桃花潭镇示例路3号安徽示例公司: the place ends where the firm begins."""


def without_coded(text: str, firms: tuple[Name, ...]) -> str:
    """The text without the firms whose code or head stands behind them, for what looks for places: 名字新乡县示例村村民委员会 5441…."""
    for one in firms:
        code = _ITS_CODE.match(text, one.end) or _ITS_HEAD.match(text, one.end)
        if one.sure and (code is not None or _AT_A_NUMBER.search(text, max(0, one.start - 3), one.start)):
            end = code.end() if code is not None else one.end
            text = f"{text[: one.start]}{',' * (end - one.start)}{text[end:]}"
    return text


def is_coded(text: str, name: Name) -> bool:
    """Whether the code of the firm stands behind its name."""
    return _ITS_CODE.match(text, name.end) is not None


def _ended(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `_ORGANISATION` finds in the stretch, looked for only as far before an end of a name as a name goes."""
    last = _ENDS.search(text, start + 2, end)
    while last is not None:
        if last.start() < start + 2:
            last = _ENDS.search(text, start + 2, end)
            continue
        start = max(start, last.start() - _LONGEST_BEFORE)
        found = _ORGANISATION.match(text, start, end)
        if found is not None:
            yield found
        start = found.end() if found is not None else start + 1


def _from_its_place(start: int, said: str, begins: FirmBegins) -> tuple[int, str]:
    """Without what stands before the place that the name begins with, if that is no name itself."""
    seat = begins.seat(said)
    return (start, said) if seat is None or is_called(said[:seat]) else (start + seat, said[seat:])


_IN_PLACE = re.compile(r"[\u4e00-\u9fff]{2,9}[镇乡村县区]的")
"""七里营刘庄村的富农专业合作社: where it is."""
_BESIDE = re.compile(
    r"^.{0,6}(?:挨着|紧?邻着|靠着|隔壁|旁边|附近|对[面门过]|打算|准备|弄[个家]|[搞开]了?[个家]|有[家个间](?!.*公司$))|还有|也有|^[一二三四五六]楼|^[^()]*\([^()]*$"
)
"""What is only near, there too, or only wished for: 以前挨着翟坡镇中心小学, 打算弄个面馆."""
_PLOT = re.compile(r"\s?[A-Za-z]?\d{1,4}\s?(?:号|栋|幢|座|#)")
"""桃花潭镇示例产业园3号 is where something is."""
_OF_A_KIND = re.compile(rf"的(?:{_FIRM})$")
"""我们是古固寨镇示例村的合作社: which one, its name will tell."""
_SHOP_MOST = 4


def _stands_out(said: str, begins: FirmBegins) -> bool:
    """Whether a name that runs on into what is said of it is one by its place and by what it is: 新乡县示例面粉厂."""
    place = begins.placed.match(said)
    rest = len(said) - place.end() if place else 0
    return rest >= (_SHOP_MOST if said[-1] in "厂店坊行铺" else _SHOP_MOST - 1)


_PARTNERS = re.compile(r"\((?:特殊)?(?:普通|有限)合伙\)")
"""The end of a name that stands in brackets: 示例会计师事务所(普通合伙)."""


def _organisations(text: str, begins: FirmBegins) -> Iterator[Name]:
    text = CALLER.sub(lambda caller: " " * len(caller[0]), text)  # 泾县示例医院储示例打来
    for match in (found for run in _RUN.finditer(text) for found in _ended(text, *run.span())):
        start, said = match.start(), match[0]
        while (lead := _LEAD.match(said)) and len(said) - lead.end() >= 4:
            start, said = start + lead.end(), said[lead.end() :]
        if ahead := begins.ahead.match(said):
            start, said = start + ahead.end(), said[ahead.end() :]
        called = said.rfind("叫")
        if called >= 0 and len(said) - called > 4:
            start, said = start + called + 1, said[called + 1 :]
        for glued in reversed(list(begins.glued.finditer(said))):
            if len(said) - glued.end() >= 4:
                start, said = start + glued.end(), said[glued.end() :]
                break
        start, said = _from_its_place(start, said, begins)
        if _BESIDE.search(said) or (said.endswith("园") and _PLOT.match(text, start + len(said))):
            continue
        if re.search(
            r"[是要报办想了吗我他她俺的您你开盘]|什么|没有|哪|边上|一家|搞|地址|地点", said[:-2]
        ) and not re.search(r"(?:有限公司|人民政府|委员会|合作社)$", said):
            continue
        said_of = _IN_PLACE.match(said)
        if said_of and len(said) - said_of.end() >= 4:
            start, said = start + said_of.end(), said[said_of.end() :]
        if match["glued"] and not _stands_out(said, begins):
            continue
        if _OURS.match(said) or _OF_A_KIND.search(said) or (_KIND_ONLY.fullmatch(said) and not _PUBLIC.search(said)):
            continue
        placed = bool(begins.placed.match(said))
        strong = bool(_STRONG.search(said))
        if len(said) < 4 or not (placed or strong) or (not strong and _IN_STREET.search(said)):
            continue
        if partners := _PARTNERS.match(text, start + len(said)):
            said += partners[0]
        yield Name(
            start,
            start + len(said),
            "organisation",
            said,
            sure=(placed and len(said) >= 6) or (strong and len(said) >= 6),
        )
