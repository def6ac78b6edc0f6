"""Two things said to be in one place: 单位、项目一处, 场址即单位住址, 冷库也建在这块, 装的地方都在厂里."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.asking import asks
from dialogs.sought import Sought
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.places import Place
from dialogs.understanding.same_place import AT, WITH

_MOST = 16
"""Characters of what is said to be there."""
_ADVERB = r"(?:正|也|还|仍|又|就|都|全|均|皆|只|同样|正好|全都|也都|也就|还是|就是|也是|都是)"
_ALSO = re.compile(r"^(?:也|还|仍|又|同样|正好|都|全|就|是){0,3}?(?:也|还|仍|同样)")
_SAYS = r"(?:是|为|即|属|用|写|填|按|登|算|设|选)"
_DOES = r"(?:[装接安用开建盖做干搞弄改挪移换通拉落搭埋挖动挂]|注册|登记|施工|安装|建设|坐落|接通)"
_SPOT = r"(?:地址|地方|地儿|地点|位置|院子?|院落|场地|场所|屋|门牌)"
_ADDRESS = rf"(?:{_SPOT}|[住厂店院园校站社场]址|住所|注册地|所在地|地)"
_ONE = rf"(?:同一?(?:个|块)?{_SPOT}|这?一个{_SPOT}|同(?:在|处|属)?(?:此|一)?[处址地]|同在一起|此[处址地]|一处)"
_ABOVE = rf"(?:上述|上列|前述|以上|上面|前面|刚才|[头前先开]头里?|头里|原)(?:说|写|报|填|讲)?过?[的嘞哩]?(?:那个|这个)?{_ADDRESS}"
_WHOSE = r"(?:单位|公司|企业|注册|办公|经营|项目|工程|施工|安装|建设|使用|[厂店院园家]里?|校|场|执照上?)"
_THEIRS = rf"{_WHOSE}的?(?:那个|这个)?的?{_ADDRESS}"
_SITE = r"(?:地方|地儿|院子?|地址|点上?|位置|屋|楼|店|厂|场子|园子)"
_HERE = rf"(?:[这那此](?:里|儿|边|块儿?|处|地儿?|[个座栋处片块]?{_SITE})?(?:里面?|里头|上)?)"
_ENDS = rf"(?:{_DOES}|的){{0,2}}(?:活儿?)?(?=$|[\s,。;!:()吧呢啊了哈]|电话|手机|身份证|法人|没有?(?:别的|其他|第二))"
_ALIKE = r"(?:(?:填写?|写)?(?:一致|相同|一样的?|共用|通用|合用|同一?个?(?=[\s,。;):])))"

_STATED = Sought(
    rf"(?P<one>{_ADVERB}{{0,2}}{_SAYS}?在?{_ONE}){_ENDS}"
    rf"|(?P<alike>{_ADVERB}{{0,2}}是?{_ALIKE}(?:这个|这一个|一个)?{_SPOT}?){_ENDS}"
    rf"|(?P<is>{_ADVERB}{{0,2}}{_SAYS}?(?:在|到)?(?:{_ABOVE}|{_THEIRS}|(?<=是)[这那]个?{_ADDRESS}|同(?:公司|单位|厂里?|店里?|住址|执照)|(?<![执证]){WITH})){_ENDS}"
    rf"|(?P<here>{_ADVERB}{{0,2}}(?:{_SAYS}{_DOES}?(?:在|到|进|搁)?|{_DOES}(?:在|到|进|搁)?|在|到|进|搁|都|全)(?:{_HERE}|{AT})){_ENDS}"
)
_PREMISE = r"[\u4e00-\u9fff]{1,6}(?:[场店厂房棚园院馆楼地城站]|里)"
_THERE_IT_IS = Sought(
    rf"(?:^|(?<=[\s,。;:]))(?:我们?|俺们?)?(?:办公|公司|单位|注册|合作社|村委)(?:地址|地点|地方|地)?(?:就|也)(?:是|在|设在){_PREMISE}(?=[\s,。;:]|$)"
    rf"|(?<=\s)[\u4e00-\u9fff]{{1,6}}[、和跟与][\u4e00-\u9fff]{{1,6}}(?:都|全)(?:是|在(?:这里?)?)(?=$|[\s,。;])"
)
"""办公地点就是球场; 小冀镇…号 公司跟场地都是."""
_WORKS_AT = r"(?:施工|干活|动工|安装|要?[装接](?:的|表|水|电|气)?|活儿?|工地|现场)"
_REVERSED = Sought(
    rf"(?:{AT}|{_HERE})(?:就|便|正|也)是(?:要)?(?:工地|现场|(?:施工|干活|动工|安装|[装接安用改][水电气表]?)[的嘞哩]?(?:地方|地儿|位置|现场|地点)){_ENDS}"
    rf"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{1,6}}(?:即|便是|就是|也是|亦是)(?:项目|工程|施工|安装)(?:所在)?(?:地址?|地点|位置){_ENDS}"
    rf"|{_WORKS_AT}(?:地[方点]|的?地儿|处)?(?:就|也|都|再)?(?:没有?|无|不在)(?:别|其他|其它|第二)(?:处|的?地[方儿点]?|家|个地方?){_ENDS}"
)
"""The other way round: 厂门口就是工地, 施工没别处."""
_LIVES = Sought(
    rf"(?:^|(?<=[\s,。;:!?]))(?:[我俺咱他她]们?)?(?:自己|本人|一?家人?|自家)?(?:也|还|就|都)(?:(?:在|搁)(?:{AT}|楼[里上]|屋里)住|住(?:在)?(?:{AT}|这[里儿]?|楼[里上]|里[头面])){_ENDS}"
)
"""The applicant lives where the work is: 她自己也在楼里住."""
_AS = re.compile(rf"{_ADVERB}{{0,2}}(?:是|在)?[跟和与同按照]")
_DONE_THERE = re.compile(
    rf"^{_ADVERB}{{0,2}}(?:在|搁).{{1,12}}?(?:里|内|这|那|上|中|儿|边|院|头)(?:[干弄动改装接]|施工|安装|建设|改造)活?儿?$"
)
"""在厂里干, 就在公司院里施工: what is done there is the work."""
_THIS, _SAME_SPOT = re.compile("^.{0,4}[跟和与同按照][这那此]"), ("一处", "一个地方", "一个地儿", "一个地", "一块")
_PUT = re.compile(rf"{_DOES}(?:在|到|进)")
_RUN = re.compile(r"[^\s,。;:!?]*:?\Z")
_JOINED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[、和跟与及同加]|以及)[\u4e00-\u9fff]{1,8}$")
_OFFICE = re.compile(
    r"照上|执照|门[面店]|店面|铺面|单位|公司|企业|厂|店|学校|中心|法人|注册|办公|村委|合作社|[住厂店院园校站社]址|住所"
)
_WORK = re.compile(
    r"(?:[装接安用开建盖做干挪移换改通]的?(?:地方|地儿|位置|管子|管道|表)?|施工|安装|(?:增|扩)容|新装|报装|改造|扩建|活儿?|工程|项目|现场|工地"
    r"|(?:供|通|接|装|用|换|改|修|建|盖)[水电气暖热网]{0,2}[的嘞哩]"
    r"|[水电气暖热网](?:[和跟、与]?[水电气暖热网]){0,3}|厂房|车间|食堂|宿舍|仓库|库房|冷库|机房|锅炉房?|教学楼|大楼|新楼|展厅|充电桩|公寓|大棚)$"
)
_DWELLS, _DEED = "(?:办公|居住|住|注册|登记)", "(?:干活|施工|安装|生产|经营|用[水电气]|[装接][水电气表]?)"
_BOTH_DEEDS = re.compile(rf"{_DWELLS}[^,。;\s]{{0,3}}{_DEED}$|{_DEED}[^,。;\s]{{0,3}}{_DWELLS}$")
"""干活办公都搁这: where the applicant is and where the work is."""
_PREMISES = re.compile(r"(?:^|[\u4e00-\u9fff])(?:店|厂子?|铺子?|楼|房子?|院子?|公司|单位|学校|地方|地址|位置|地点)$")
_DENIED = re.compile(
    r"(?:[我俺咱你他她它们人谁家]|师傅|电工|经理|负责|老板|法人|法代|主任|会计|老师|经办|邻居|对门|隔壁|材料|资料|图纸?|文件|证|合同|照片|公章"
    r"|票|钱|费|电话|手机|座机|号码?|代码|编码|名称|名字|表格|单子|发电机|变压器|箱变|柴发|设备|面积|容量|负荷|千瓦|户数|个?数|型号|日期|时间|一路|二路"
    r"|不|没|没有|别|去年|前年|上次|上回|以前|之前|原来|从前|明天|后天)(?:的|要|想|应该|应|得)?$"
)
_ATTRIBUTE = re.compile(
    r"电话|手机|号码|代码|名称|名字|面积|容量|负荷|户数|户号|时间|人(?:和|跟|与)|负责人|联系人|经办|法人"
)
_PLACED = re.compile(rf"{_SPOT}|[^有]点$|门[头面店脸]|址|住所|所在地|施工地|处$")
_GAP = re.compile(r"\s?\)?\s?[:,]?\s?")


@dataclass(frozen=True, slots=True)
class OnePlace:
    """Words that say of something that it is where another thing is."""

    start: int
    end: int


@once
def one_place(marked: Marked) -> list[OnePlace]:
    """All such words of the message."""
    return list(_stated(marked))


def _stated(marked: Marked) -> Iterator[OnePlace]:
    for pattern in (_REVERSED, _LIVES, _THERE_IT_IS):
        for match in pattern.finditer(marked.text):
            piece = marked.piece_at(match.start())
            if not asks(marked.said(piece.start, max(piece.end, match.end()) + 1)):
                yield OnePlace(*match.span())
    for match in _STATED.finditer(marked.text):
        before = _RUN.search(marked.text, max(0, match.start() - _MOST), match.start())
        lead = before[0].rpartition("(")[2] if before else ""
        subject = lead.removesuffix(":")
        piece = marked.piece_at(match.start())
        said = marked.said(min(piece.start, match.start() - len(lead)), min(len(marked.text), match.end() + 1))
        behind = any(0 <= match.start() - len(lead) - one.end <= 2 for one in marked.places)
        if _may_be_there(match, subject, behind=behind) and not asks(said):
            yield OnePlace(match.start() - len(lead), match.end())


_LICENCE = re.compile(r"^(?:营业)?[执证]照?上?的?(?:地址)?(?:也|[写登]的?)?$")


def _may_be_there(match: re.Match[str], subject: str, *, behind: bool) -> bool:
    """Whether this is said of what is to be connected, or of whoever applies."""
    if _DENIED.search(subject):
        return False
    joined = bool(_JOINED.search(subject))
    if match["one"]:
        return joined and not _ATTRIBUTE.search(subject) or bool(subject and re.search("[同此这]", match["one"]))
    if match["alike"]:
        if behind and _LICENCE.match(subject):
            return True  # 店在翟坡镇创新路12号 执照上一样
        if _PLACED.search(subject) or re.search(_SPOT, match["alike"]):
            return len(subject) > 1
        return joined and bool(_OFFICE.search(subject)) and not _ATTRIBUTE.search(subject)
    if match["is"] and _AS.match(match["is"]):
        both = subject + match["is"]
        about = re.search(_SPOT, match["is"]) or (
            (_OFFICE.search(both) or _THIS.search(match["is"]))
            and (_PLACED.search(subject) or _WORK.search(subject) or match["is"].endswith(_SAME_SPOT))
        )
        return bool((subject or match["is"].startswith("照上")) and about) and not (
            _ATTRIBUTE.search(both) or re.search("[不没别]", both)
        )
    if match["is"]:
        return bool(
            _PLACED.search(subject) or _WORK.search(subject) or match["is"].startswith(("还是", "都是", "也是", "全是"))
        )
    if _ALSO.match(match["here"]) or _PUT.search(match["here"]) or _DONE_THERE.search(match[0]):
        return True
    if _BOTH_DEEDS.search(subject):
        return True
    firms = joined and _OFFICE.search(subject) and not _ATTRIBUTE.search(subject)
    return bool(firms or _WORK.search(subject) or _PREMISES.search(subject))


def place_behind(marked: Marked, stated: OnePlace) -> Place | None:
    """The place that is told right behind these words: 单位、工程同址:翟坡镇…."""
    gap = _GAP.match(marked.text, stated.end)
    at = gap.end() if gap else stated.end
    return next((one for one in marked.places if stated.end <= one.start <= at), None)
