"""Names of people, by their shape and by the words around them."""

import re
from itertools import pairwise

from dialogs.sought import Sought
from dialogs.understanding.callers import CALLER, MYSELF, REACHED
from dialogs.understanding.doers import DOER
from dialogs.understanding.foreign_names import foreign_names
from dialogs.understanding.names import Name
from dialogs.understanding.no_names import NO_NAME, NO_NAMES
from dialogs.understanding.surnames import DOUBLE as _DOUBLE
from dialogs.understanding.surnames import DOUBTFUL
from dialogs.understanding.surnames import SURNAMES as _SURNAMES
from dialogs.understanding.titles import BARE_KIN, KIN, ONLY_TITLE, TITLES
from dialogs.understanding.told_names import (
    NOT_CALLED,
    NUMBERED,
    OF_CALLING,
    ROLE_BEHIND,
    UNHEARD,
    ends_with_me,
    is_nickname,
    is_told,
)

_NEVER = "的了是不嘞跟我他她你您们吗么吧呢看压补"
_PLACE_END = "站厂店局所炉灶表箱库铺号"
_PLACES_OF_THREE = "场院校棚塘室馆码房楼"
"""No given name of two characters ends in these: 养鸡场."""
_NO_GIVEN = "的了是我他她你您们就也都还没不号报办装改这那去给把被让店厂站局所炉灶表箱库铺住姓叫址司话补开退覆吗撤接填写"
_SELDOM = "食餐饮在有要和跟与水电气网暖新个里上下来家名手机地单公法人"
"""In names of people, but more often in other words."""
_WORDLY = (  # surnames that more often begin another word
    f"{DOUBTFUL}区操疏都公展后全能通商双单明那别空项谷冷申印养柴车常高安成平方时路"
    "毛干边从向易步应习计和古红火热金海战初勾闪宛渠冶晃"
)
SELF = frozenset({"我叫", "俺叫", "我是", "俺是", "本人", "鄙人"})
"""Words by which whoever writes names himself."""
_CUES = (
    r"(?:负责|管|盯|跑|办)(?:这个|整个|[该本这着理]){0,2}(?:项目|工程|工地|现场|手续|材料)的人?(?=[是叫:])|"
    "法定代表人|法人代表人?|法人|法代|当家的|当家人|女老板|老板娘|老板|经营者|项目负责人|项目经理|负责人|经办人|经办|联系人|申请人姓名|申请人|申请者|户主|户名|登记人|机主|产权人|申报人|开户人|姓名|全名|名叫|名字|"
    "身份证上(?:的名字|写的|登的)?(?:就?是|叫)?|(?<![\u4e00-\u9fff])人(?=:)|业主代表|办事员|办事人|(?:跑腿|办事|跑手续)的|本人|鄙人|我叫|俺叫|就叫|叫做|叫|我是|俺是|俗名|本名|真名|原名|大名|店主|业主|房主|来电人|来电者|来电的是|来电|打电话的是|客户|用户|住户|代办人|代办|"
    f"(?:我|俺|咱|他|她)们?家?(?:{KIN})|{BARE_KIN}|过户给|写|填|登记|登|人名|在下|申请的(?=是)|个体工商户|个体户|(?<![是有请找叫])店员|{TITLES}|(?:综合|工程|前期|财务|后勤|行政|基建|人事|采购|设备|项目|总务|教务|安保|保卫|生产|技术|动力|物业|资产)(?:部|科|处)的?|系|"
    "(?:厂办(?!公)|院办(?!公)|校办(?!公)|后勤|财务|行政|总务|基建|前期部|工程部|办公室)的?"
)
_CUE = re.compile(_CUES)
_BETWEEN = (
    r"由|\s[男女](?=[\s,])|[\s,]?就(?!是)|现在|目前|变更|已经|上月|[我俺咱他她]们?(?:自己|本人|单位|公司)?的?|本人|自己|[都也就还]?是|[都也就还先]?[写填登]|叫|为|换成|改成|[都就]|"
    rf"[我俺咱他她]?们?家?的?(?:{KIN})"
)
"""What may stand between such a word and the name: 法人是我爱人, 经办人就写我自己."""
_PERSON_AFTER = Sought(
    rf"(?:{_CUES})(?:的?名字?|及联系电话|及电话)?(?:{_BETWEEN}){{0,3}}[:=(,]?\s?(?=(?P<name>{'|'.join(_DOUBLE)}|[{_SURNAMES}]))"
)
_I_MYSELF = Sought(
    rf"(?<![给跟替帮和让叫找打为比对问])[我俺](?:自己|本人)?(?P<gap>[\s,、:(]{{0,2}})"
    rf"(?P<name>(?:{'|'.join(_DOUBLE)}|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}})(?=$|[^\u4e00-\u9fff]|[啊呀哦啦]|身份证|电话|手机|来办|就?是(?:法|老板|经营|负责|经办|店主|户主|业主|代))"
)
"""Whoever writes beside his own name: 经办人是我 常莉, 我汪小满 138…."""
_CHANGED_TO = Sought(
    r"(?:(?:换|改|变更|变|更正)(?:成|为|给)了?|应该?(?:是|为|叫)|正确的?(?:是|为|叫))"
    rf"(?:[我俺咱他她]们?家?的?(?:{KIN})|[我俺])?(?P<name>{'|'.join(_DOUBLE)}|[{_SURNAMES}])|"
    rf"(?:过户?|转|改|换|更名)到[我俺]?(?P<heir>{'|'.join(_DOUBLE)}|[{_SURNAMES}])(?=[\u4e00-\u9fff]{{1,2}}名下)|"
    rf"(?:法人|老板|户主|经营者|负责人|经办人?|联系人)[^。;\d]{{0,8}}现在(?:是|叫|归)(?P<now>{'|'.join(_DOUBLE)}|[{_SURNAMES}])"
)
"""Who stands there now: 原来是老于, 现在换成于小伟了."""
_APART = re.compile(r"[\s,、:(]$|(?:项目|工程|工地|手续|材料|现场|资料|全|都|[是,\s])[由归让]$|[地场目程续里上]由$")
"""A name stands behind these: 我叫 李示例, 工地由路示例盯着."""
_PERSON_BEFORE = Sought(
    rf"(?:^|(?<=[\n,、。;:!?()/ ]))(?P<name>(?:(?:{'|'.join(_DOUBLE)})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}))"
    rf"(?=本人|女士|先生|来电|亲自|致电|打(?:的)?(?:电话)?[来进过]|打的|打电话|=|[\s,]?(?:我(?:自己|本人)|就我|就是我)|(?:{TITLES})(?:就是|也是|是)|(?:{TITLES})[\s(,]{{0,2}}(?:法人|法定代表)|(?:[也就]?是|即|为|任)(?:我们|俺们)?(?:法人|法定|老板|经营者|负责人|经办|店主|户主|业主|{TITLES}))"
)
"""A name that what follows tells: 卫东方本人来电, 卞书琴校长就是法人."""
_AGAIN = Sought(
    rf"(?:(?:[小老]|我?姓)(?P<nick>[{_SURNAMES}])|(?P<surname>[{_SURNAMES}])(?:总|工|姐|哥|叔|女士|先生|{TITLES}))"
    rf"[\s,]?(?:[他她]?的?(?:全名|全称|大名|名字|本名|就?是|叫)){{0,4}}[\s,:]?(?P<name>(?:(?P=nick)|(?P=surname))[\u4e00-\u9fff]{{1,2}})"
)
"""A name after the way the person is called: 苗总苗翠萍, 小阮 阮冬梅."""
_KIN_OF = re.compile(rf"的?(?:{KIN})")
"""Behind a word for a head: whose relative it is, 老板的儿子李示例."""
_NAMED_BY = frozenset({"我叫", "俺叫", "全名", "姓名", "大名", "本名", "真名", "名字", "名叫", "叫"})
"""Words behind which only a name stands, whatever follows it: 我叫李示例今年七十三了."""
_TITLE = re.compile(rf"([{_SURNAMES}])(?:先生|女士|总|老板|工|姐|哥|大爷|大妈|阿姨|{TITLES})")
_NICKNAME = Sought(rf"(?<![大很最太更])(?P<name>[小老][{_SURNAMES}])(?=[\s,、:(]{{0,2}}(?:\d{{7}}|电话|手机))")
"""Somebody called by his surname alone, beside his number: 小李 138…."""
CHARGED = frozenset({"找", "归", "由", "联系", "对接"})
"""Words before somebody who is to be turned to: 现场找李示例."""
_CHARGED = re.compile(
    rf"(?P<cue>{'|'.join(sorted(CHARGED))})(?:[我俺]们?(?:公司|单位|厂里?|店里?)?的?)?(?P<name>{'|'.join(_DOUBLE)}|[{_SURNAMES}])"
    r"(?=[\u4e00-\u9fff]{1,2}[\s,、:(]{0,2}(?:\d{7}|1\d\d[ \-]\d{4}|0\d{2,3}[ \-]|管|负责|去|来|跑|办|对接|就行|电话|手机))"
)
_OF_FIRM = re.compile(
    rf"(?:我|俺|这里|这边)是(?:[^,。;!?\s]{{2,24}}?的|[^,。;!?\s]{{0,24}}?(?:{OF_CALLING}))(?P<name>{'|'.join(_DOUBLE)}|[{_SURNAMES}])(?=[\u4e00-\u9fff]{{1,2}}(?:$|[^\u4e00-\u9fff]|[我啊呀,来替]|今年))"
)
"""Somebody of a firm: 我是翟坡镇卫生室的乔国庆."""
_ALONE = re.compile(
    rf"(?:^|[\n,、。;:!?()/ ]|(?<=\d{{7}}))(?P<name>(?:(?:{'|'.join(_DOUBLE)})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}))"
    r"(?=$|[\n,、。;:!?()/ ]|\d|[a-z])"
)


def shaped_as_person(text: str) -> bool:
    """Whether these words are what a person may be called and nothing else."""
    double = text.startswith(_DOUBLE)
    return (
        _name(text, 0) == text
        if (text[:1] in _SURNAMES or double)
        else bool(re.fullmatch(r"[A-Za-z]+(?:[ ·][A-Za-z]+)+|[\u4e00-\u9fff]+·[\u4e00-\u9fff]+", text))
    )


def called_by_title(name: str) -> str:
    """The surname of somebody of whom only that and a title are known (李工, 小李); empty for any other name."""
    found = _TITLE.fullmatch(name) or re.fullmatch(rf"[小老]([{_SURNAMES}])", name)
    return found[1] if found else ""


_I_AM = re.compile(r"[我俺](?:就?是|跑[腿手]|管|负责)[^,。;\s]{0,16}\s?$")


_IS_ME = re.compile(r"[是写填][我俺](?:本人|自己)?[\s,、:(]{0,2}$")
"""负责人就是我,李示例."""


def names_himself(text: str, name: Name) -> bool:
    """Whether this is whoever writes: 我叫李示例, 我是办公室的李示例."""
    at = name.start - len(name.cue)
    return (
        name.cue in SELF
        or bool(_IS_ME.search(text, max(0, name.start - 8), name.start))
        or bool(_I_AM.search(text, max(0, at - 20), name.start))
    )


def people(text: str) -> tuple[Name, ...]:
    """Names of people: after a word that announces one, or standing alone."""
    found = dict[int, Name]()
    for match in foreign_names(text):
        cue = _CUE.match(text, match.start())
        found[match.start("name")] = Name(*match.span("name"), "person", match["name"], cue=cue[0] if cue else "")
    for match in _PERSON_AFTER.finditer(text):
        start = match.start("name")
        cue = _CUE.match(text, match.start())
        said = cue[0] if cue else ""
        if kin := _KIN_OF.match(text, match.start() + len(said)):
            said = kin[0]
        if (
            not is_nickname(text, start)
            and (name := _name(text, start, told=said in _NAMED_BY or ends_with_me(text, start)))
            and is_told(text, start, name)
        ):
            found.setdefault(start, Name(start, start + len(name), "person", name, cue=said))
    named = bytearray(len(text))
    for one in found.values():
        named[one.start : one.end] = b"\x01" * (one.end - one.start)
    for match in _OF_FIRM.finditer(text):
        start = match.start("name")
        if name := _name(text, start):
            found.setdefault(start, Name(start, start + len(name), "person", name, cue="我是"))
    for match in _CHARGED.finditer(text):
        start = match.start("name")
        if not named[start] and (name := _name(text, start)) and _may_stand_alone(name, told=True):
            named[start : start + len(name)] = b"\x01" * len(name)
            found[start] = Name(start, start + len(name), "person", name, cue=match["cue"])
    for pattern, word in (
        (_I_MYSELF, "我是"),
        (_CHANGED_TO, "换成"),
        (DOER, "由"),
        (CALLER, "来电"),
        (REACHED, "由"),
        (MYSELF, "我是"),
    ):
        for match in pattern.finditer(text):
            start = match.start(match.lastgroup or 0)
            if (
                not named[start]
                and (name := _name(text, start))
                and _may_stand_alone(
                    name,
                    told=word == "来电" or bool(_APART.search(text, max(0, start - 3), start)),
                )
            ):
                named[start : start + len(name)] = b"\x01" * len(name)
                found[start] = Name(start, start + len(name), "person", name, cue=word)
    for match in _AGAIN.finditer(text):
        start = match.start("name")
        if not named[start] and (name := _name(text, start)):
            named[start : start + len(name)] = b"\x01" * len(name)
            found[start] = Name(start, start + len(name), "person", name, cue="我叫" if "我姓" in match[0] else "")
    for match in _PERSON_BEFORE.finditer(text):
        start, name = match.start("name"), match["name"]
        if (
            not named[start]
            and not _TITLED.fullmatch(name)
            and not any(char in _NO_GIVEN for char in name[1:])
            and not name.startswith(NO_NAME)
            and not (len(name) > 2 and name[-1] in _PLACES_OF_THREE)
        ):
            named[start : start + len(name)] = b"\x01" * len(name)
            found[start] = Name(start, start + len(name), "person", name)
    for match in _TITLE.finditer(text):
        if not named[match.start()]:
            named[match.start() : match.end()] = b"\x01" * len(match[0])
            found.setdefault(match.start(), Name(match.start(), match.end(), "title", match[0], sure=False))
    for match in _ALONE.finditer(text):
        start, name = match.start("name"), match["name"]
        role = len(name) > 2 and ROLE_BEHIND.match(text, match.end()) is not None
        if not named[start] and _may_stand_alone(
            name, told=bool(_TOLD.search(text, max(0, start - 8), start) or NUMBERED.match(text, match.end()) or role)
        ):
            named[start : start + len(name)] = b"\x01" * len(name)
            found[start] = Name(start, start + len(name), "person", name, sure=role)
    for match in UNHEARD.finditer(text):
        if not any(named[match.start("name") : match.end("name")]):
            found.setdefault(match.start("name"), Name(*match.span("name"), "person", match["name"]))
    for match in _NICKNAME.finditer(text):
        if not named[match.start("name")]:
            named[match.start("name") : match.end("name")] = b"\x01" * 2
            found.setdefault(match.start("name"), Name(*match.span("name"), "title", match["name"], sure=False))
    return _with_kin(text, sorted(found.values(), key=lambda one: one.start))


_WHOSE = re.compile(rf"(?:的(?:{KIN}|{TITLES})|(?:{KIN}))[\s,:叫是]{{0,2}}")


def _with_kin(text: str, found: list[Name]) -> tuple[Name, ...]:
    """Without those who are only named to say whose relative or clerk the next one is: 经办人米示例的会计 尚示例."""
    whose = {
        one.start: one.cue
        for one, other in pairwise(found)
        if one.kind == other.kind == "person" and _WHOSE.fullmatch(text, one.end, other.start)
    }
    return tuple(one for one in found if one.start not in whose)


_TOLD = re.compile(r"(?::|\d{4}[\dXx]{0,4}[\s,、]{1,2})$")


def _may_stand_alone(name: str, *, told: bool) -> bool:
    """Whether words of two or three characters that begin with a surname are a name where nothing announces one."""
    given = name[2:] if name.startswith(_DOUBLE) else name[1:]
    if any(char in _NO_GIVEN for char in given) or _TITLED.fullmatch(name) or _STOPS.search(name, 1):
        return False
    if name.startswith(NO_NAME) or name in NO_NAMES:
        return False
    if len(given) > 1 and given[-1] in _PLACES_OF_THREE:
        return False
    return told or not (name[0] in _WORDLY or any(char in _SELDOM for char in given))


_STOPS = re.compile(
    rf"身份证|证件|护照|电话|手机|号码|联系|也是|就是|跑手续|一个人|本人|先生|女士|小姐|大姐|大哥|大爷|大妈|阿姨|户号|同前|同上|来办|代办|经办|负责|这边|签字|退休|委托|是|的|(?<=..)办|住|家[在住里]|他|她|"
    rf"[一幺][三四五六七八九][零〇一二三四五六七八九幺]|{TITLES}"
)
"""What a name ends before."""
_TITLED = re.compile(rf"周[一二三四五六日天]|.(?:先生|女士|总|老板|工|姐|哥|{TITLES})")
_HAN = re.compile(r"[\u4e00-\u9fff]{1,12}")
"""As much as shows where a name ends."""


def _name(text: str, start: int, *, told: bool = False) -> str | None:
    """Two or three characters from a surname on, ending where something else begins; `told`: a name is sure to stand there."""
    surname = 2 if text.startswith(_DOUBLE, start) else 1
    run = _HAN.match(text, start)
    if run is None:
        return None
    said = run[0]
    if (again := said.find(said[:surname], surname + 1)) > 0 and _TITLE.match(said, again):
        said = said[:again]  # 计长林计院长
    if stop := _STOPS.search(said, 1):
        said = said[: stop.start()]
    said = _up_to(said, surname)
    if told and len(said) > surname + 2 and not NOT_CALLED.match(said):
        said = said[: surname + 2]
    if _TITLED.fullmatch(said) or ONLY_TITLE.fullmatch(said) or said.startswith(NO_NAME) or said in NO_NAMES:
        return None
    given = said[surname:]
    if not 1 <= len(given) <= 2 or any(char in _NEVER for char in given) or given[-1] in _PLACE_END:
        return None
    return said if len(given) < 2 or given[-1] not in _PLACES_OF_THREE else None


def _up_to(said: str, surname: int) -> str:
    """The words up to where a name ends that others follow without a sign: 褚卫国我们在…, 汪守墨啊, 李梅有事打我."""
    for length in (surname + 1, surname + 2):
        follows = _GOES_ON if length == surname + 1 else _FOLLOWS
        if len(said) > length and follows.match(said, length):
            return said[:length]
    return said


_FOLLOWS = re.compile(
    r"即|今年|会|搁|嘞|自己(?!人)|担任|兼任|[一二三四五六七八九]?十[一二三四五六七八九]?岁|叫[我俺]|让[我俺]|派[我俺]|名下|对接|统筹|处理|沟通|签字|致电|负责|经办|牵头|亲自|打来|打电话|来电|[管跑盯弄我俺咱你了啊呀哈呢吧嘛哦呗打找在就来去替帮给和跟与及都这那要想]|有事|平时|平常|现在|申请|报"
)
"""What may follow a name of three characters."""
_GOES_ON = re.compile(
    r"即|担任|兼任|[一二三四五六七八九]?十[一二三四五六七八九]?岁|叫[我俺]|让[我俺]|派[我俺]|名下|管|跑手续|负责|经办|牵头|今年|一家|家里|住|自己|手机|电话|号码|身份|[我俺咱你了啊呀吧嘛呗替按]|打[我他她这电1]|有事|平时|平常|现在|申请|来[办报电]|致电|对接|打[来进过]|在[家这]|[在搁](?=[\u4e00-\u9fff]{2})|就行|找我"
)
"""What may follow a name of two, and is no given name either."""
