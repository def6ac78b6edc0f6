"""Names of firms and of people, by their shape and by the words before them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪"
    "舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石"
    "崔吉龚程邢裴陆荣翁荀羊甄曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶"
    "幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别"
    "庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁敖融冷訾辛阚那简饶空曾"
    "毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳佟付尹肖闫代覃涂洛苟邸展亓兰鹿母靖惠修芦仝隋揭敬谌昝粟苑钮"
)  # fmt: skip
_DOUBLE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "东方",
    "端木",
    "宇文",
    "长孙",
    "申屠",
    "闻人",
    "南宫",
    "独孤",
)
_NEVER = "的了是在有和跟我他她你您们吗么"
_MAY_BE = str.maketrans("", "", "有和在")
"""Where nothing follows, these are part of a given name: 章有根, 黄和平."""
_PLACE_END = "站厂店局所炉灶表箱库铺栋号"
_NO_GIVEN = (
    "食堂餐饮的了是在有要和跟与我他她你您们就也都还没不号水电气网暖报办装新改个这那里上下去来给"
    "把被让店厂站局所炉灶表箱库铺家住名姓叫电话手机地址单位公司法人"
)
#: Ends of names that only firms and offices have.
_FIRM = (
    "有限责任公司|股份有限公司|有限公司|分公司|总公司|公司|集团|专业合作社|合作社|合作联社|农场|居民委员会|村民委员会|委员会|居委会|村委会|管委会|"
    "人民政府|街道办事处|办事处|事务所|经营部|服务部|门市部|商行|加工厂|幼儿园|养老院|敬老院|福利院|卫生院|卫生室|卫生所|医院|诊所|门诊部|"
    "小学|中学|学校|学院|大学|中心校|派出所|管理局|管理所|管理站|服务中心|活动中心|农家乐|俱乐部|会所|工作室|个体工商户|合伙企业|银行|支行|"
    "信用社|供销社|收购站|加油站|充电站|超市|酒店|宾馆|旅馆|民宿|饭店|餐馆|菜馆|面馆|火锅店|餐厅|茶楼|茶馆|酒楼|美发店|理发店|洗车店|药房|药店|"
    "网吧|歌厅|歌城|影城|KTV|浴池|洗浴中心|养殖场|种植园|示范园|物流园|产业园|书院|画院|寺|教会|研究所|设计院|裁缝铺|早餐铺|铺子|汽修厂|修理厂|车行|牧场|猪场|鸡场|渔场|林场|种植基地|家具厂|印刷厂|面粉厂|砖厂|纸厂|茶厂|酒厂|厂|店|馆|坊|行|铺"
)
_STRONG = re.compile(
    r"(?:公司|集团|合作社|合作联社|委员会|居委会|村委会|管委会|人民政府|办事处|事务所|经营部|服务部|门市部|商行|加工厂|幼儿园|养老院|敬老院|卫生院|卫生室|医院|"
    r"诊所|小学|中学|学校|学院|中心校|派出所|管理局|支行|农家乐|工作室|合伙企业|养殖场|KTV|民宿|宾馆|酒店|超市|菜馆|面馆|火锅店|餐厅|理发店|美发店|洗车店|歌城|影城|修理厂|加油站|餐饮店|美容店|茶饮店|经销部)$"
)
_PLACED = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?(?:[\u4e00-\u9fff]{1,4}县|河南|安徽|新乡|宣城|中国|"
    r"国网|国家|[\u4e00-\u9fff]{2,4}[镇乡](?!政府))"
)
_GLUED = re.compile(
    r"(?:叫做?|就?是|为|称|方|客户|单位|户名|\d号|\d楼|\d室|\d层)(?=(?:河南|安徽|新乡|宣城|泾县|[\u4e00-\u9fff]{2}[省市县]|[\u4e00-\u9fff]{2,3}[镇乡]))"
)
"""What stands right before a name that begins with its place: 我方河南…, 场子叫新乡县…."""
_IN_STREET = re.compile(r"[路街巷道](?:[^\u4e00-\u9fff]|上|边|口|与|[东西南北])|\d号")
_OFFICE = "总务|后勤|财务|办公室|行政|前期|基建|工程[部科]|设备科|来电|客户"
"""Where somebody works who calls for them: 大召营镇中心小学总务温主任."""
_ORGANISATION = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9()·&]{{2,36}}?(?:{_FIRM})(?![\u4e00-\u9fff])|"
    rf"[\u4e00-\u9fffA-Za-z0-9()·&]{{2,36}}?(?:有限责任公司|有限公司|股份公司|专业合作社|合作社|居民委员会|"
    rf"村民委员会|人民政府|(?:幼儿园|小学|中学|学校|医院|卫生院|卫生室|居委会|村委会)(?=的|{_OFFICE}))"
)
_LONGEST_BEFORE = 38
"""Characters before the end of a name, at most; see `_ORGANISATION` (in 股份公司 公司 is the end)."""
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()·&]{3,}")
_ENDS = re.compile(_FIRM)
_LEAD = re.compile(
    r"^(?:(?:建设单位|申请单位|单位|公司|企业|客户|用户|店|学校)?(?:全称|名称|名字|名)?(?:就?是|叫做?|为|写|:)|(?:全名|全称|字号|统称|登记名|建设单位|申请单位|单位全称|单位名称|公司名称|公司全称|店名|客户|单位|企业来电|来电人?|名称|名字|全称|录入|代录|热线补录|补录|这边|这里|我们?|俺们?|咱们?|您好|你好|替|帮|给|为|是|叫|在|到)+(?:就?是|叫|:)?)"
)
_CUES = (
    "法定代表人|法人代表|法人|法代|老板娘|老板|经营者|负责人|项目负责人|项目经理|经办人|经办|联系人|申请人姓名|申请人|户主|姓名|全名|名字|本人|我叫|俺叫|就叫|叫做|叫|我是|俺是|"
    "校长|院长|园长|理事长|董事长|总经理|经理|主任|村长|书记|所长|场长|站长|厂长|店主|业主|房主|法人代表人|来电人|来电的是|来电|打电话的是|客户|用户|代办人|代办|过户给|写|填|登|"
    "老师|店长|制片人?|会计|出纳|助理|文员|技术员|工长|秘书|干事|住户|来电者|申请者|电工|司机|(?:综合|工程|前期|财务|后勤|行政|基建|人事|采购|设备|项目)(?:部|科|处)的?|系|(?:厂办|院办|校办|后勤|财务|行政|总务|基建|前期部|工程部|办公室)的?"
)
_CUE = re.compile(_CUES)
_PERSON_AFTER = re.compile(
    rf"(?:{_CUES})(?:的?名字)?(?:现在|目前|是我们|是我自己|就是我自己|是我本人|就是我|是我|本人|自己)?(?:是|叫|为|写|也是|就是|还是|都写|都是|我媳妇|我爱人|:|=|\(|,)?\s?(?P<name>{'|'.join(_DOUBLE)}|[{_SURNAMES}])"
)
_PERSON_BEFORE = re.compile(
    rf"(?:^|(?<=[\n,、。;:!?()/ ]))(?P<name>(?:(?:{'|'.join(_DOUBLE)})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}))"
    r"(?=本人|就是(?:法人|老板|经营者|负责人)|来电|(?:校长|园长|院长|主任|理事长|书记|村长|厂长|经理)(?:就是|也是|是)|=)"
)
"""A name that what follows tells: 卫东方本人来电, 卞书琴校长就是法人."""
_AGAIN = re.compile(
    rf"(?:[小老](?P<nick>[{_SURNAMES}])|(?P<surname>[{_SURNAMES}])(?:总|工|姐|哥|叔|经理|主任|老师|师傅|书记|校长|园长|女士|先生|制片))"
    rf"[\s,]?(?:全名|全称|就?是|叫){{0,4}}[\s,]?(?P<name>(?:(?P=nick)|(?P=surname))[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff]{{2}})"
)
"""A name after the way the person is called: 苗总苗翠萍, 小阮 阮冬梅."""
_FOREIGN = re.compile(r"(?:叫|是|姓名|名字|本人|住户|外籍|外教|来电|:)\s*([A-Z][a-z]+(?:[ ·][A-Z][a-z]+){1,3})")
_TITLE = re.compile(
    rf"([{_SURNAMES}])(?:先生|女士|老师|经理|总|主任|师傅|书记|校长|院长|老板|工|姐|哥|大爷|大妈|阿姨|会计|所长|园长)"
)
_AROUND = r"[\n,、。;:!?()/ ]"
_ALONE = re.compile(
    rf"(?:^|{_AROUND})(?P<name>(?:(?:{'|'.join(_DOUBLE)})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}))(?=$|{_AROUND}|\d|[a-z])"
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


def organisations(text: str) -> tuple[Name, ...]:
    """Names of firms, shops, offices and schools."""
    return tuple(_organisations(text))


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


def _organisations(text: str) -> Iterator[Name]:
    runs = (run for run in _RUN.finditer(text) if _ENDS.search(run[0]))  # the ends alone are quickly looked for
    for match in (found for run in runs for found in _ended(text, run.start(), run.end())):
        start, said = match.start(), match[0]
        while (lead := _LEAD.match(said)) and len(said) - lead.end() >= 4:
            start, said = start + lead.end(), said[lead.end() :]
        for glued in reversed(list(_GLUED.finditer(said))):
            if len(said) - glued.end() >= 4:
                start, said = start + glued.end(), said[glued.end() :]
                break
        if re.search(r"[是要报办想了吗我他她俺的您你开盘]|什么|哪|边上|一家|搞", said[:-2]) and not re.search(
            r"(?:有限公司|人民政府|委员会|合作社)$", said
        ):
            continue
        placed = bool(_PLACED.match(said))
        strong = bool(_STRONG.search(said))
        if len(said) < 4 or not (placed or strong) or (not strong and _IN_STREET.search(said)):
            continue
        yield Name(
            start,
            start + len(said),
            "organisation",
            said,
            sure=(placed and len(said) >= 6) or (strong and len(said) >= 6),
        )


def shaped_as_person(text: str) -> bool:
    """Whether these words are what a person may be called and nothing else."""
    double = text.startswith(_DOUBLE)
    return (
        _name(text, 0) == text
        if (text[:1] in _SURNAMES or double)
        else bool(re.fullmatch(r"[A-Za-z]+(?:[ ·][A-Za-z]+)+|[\u4e00-\u9fff]+·[\u4e00-\u9fff]+", text))
    )


def people(text: str) -> tuple[Name, ...]:
    """Names of people: after a word that announces one, or standing alone."""
    found = dict[int, Name]()
    for match in _FOREIGN.finditer(text):
        found[match.start(1)] = Name(match.start(1), match.end(1), "person", match[1])
    for match in _PERSON_AFTER.finditer(text):
        start = match.start("name")
        cue = _CUE.match(text, match.start())
        if name := _name(text, start):
            found.setdefault(start, Name(start, start + len(name), "person", name, cue=cue[0] if cue else ""))
    named = bytearray(len(text))
    for one in found.values():
        named[one.start : one.end] = b"\x01" * (one.end - one.start)
    for match in _AGAIN.finditer(text):
        start = match.start("name")
        if not named[start] and (name := _name(text, start)):
            named[start : start + len(name)] = b"\x01" * len(name)
            found[start] = Name(start, start + len(name), "person", name)
    for match in _PERSON_BEFORE.finditer(text):
        start, name = match.start("name"), match["name"]
        if not named[start] and not any(char in _NO_GIVEN for char in name[1:]):
            named[start : start + len(name)] = b"\x01" * len(name)
            found[start] = Name(start, start + len(name), "person", name)
    for match in _TITLE.finditer(text):
        if not named[match.start()]:
            named[match.start() : match.end()] = b"\x01" * len(match[0])
            found.setdefault(match.start(), Name(match.start(), match.end(), "title", match[0], sure=False))
    for match in _ALONE.finditer(text):
        start, name = match.start("name"), match["name"]
        if not named[start] and not any(char in _NO_GIVEN for char in name[1:]):
            named[start : start + len(name)] = b"\x01" * len(name)
            found[start] = Name(start, start + len(name), "person", name, sure=False)
    return tuple(sorted(found.values(), key=lambda one: one.start))


_HAN = re.compile(r"[\u4e00-\u9fff]{1,12}")
"""As much as shows where a name ends."""


def _name(text: str, start: int) -> str | None:
    """Two or three characters from a surname on, ending where something else begins."""
    double = text.startswith(_DOUBLE, start)
    run = _HAN.match(text, start)
    if run is None:
        return None
    said = run[0]
    for stop in (
        "身份证",
        "电话",
        "手机",
        "号码",
        "联系",
        "也是",
        "就是",
        "跑手续",
        "一个人",
        "本人",
        "先生",
        "女士",
        "户号",
        "同前",
        "同上",
        "来办",
        "代办",
        "经办",
        "负责",
        "这边",
        "签字",
        "园长",
        "校长",
        "院长",
        "主任",
        "经理",
        "书记",
        "理事长",
        "老师",
        "他",
        "她",
    ):
        if (at := said.find(stop)) > 0:
            said = said[:at]
    if re.fullmatch(r".(?:先生|女士|老师|经理|总|主任|师傅|书记|校长|院长|老板|工|姐|哥|会计|所长|园长)", said):
        return None
    most = 4 if double else 3
    least = 3 if double else 2
    if said.startswith(
        ("项目", "经理", "老板", "公司", "单位", "本人", "来电", "师傅", "房东", "物业", "全名", "全称")
    ):
        return None
    if said in ("居民", "商业", "工业", "农业", "餐饮", "食堂", "单位"):
        return None
    given = said[2 if double else 1 :]
    never = _NEVER if len(said) < len(run[0]) else _NEVER.translate(_MAY_BE)
    if least <= len(said) <= most and not any(char in never for char in given) and given[-1] not in _PLACE_END:
        return said
    return None
