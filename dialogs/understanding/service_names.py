"""Where a message names services: 水电气网 names four; single characters only where they stand alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from dialogs.numerals import read_number
from dialogs.sought import Sought
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.span import Span
from model.fields import ChoiceField

Named = tuple[int, int, tuple[str, ...]]
"""Where services are named, and the options they are of the field that chooses services."""

_AFTER = (
    r"(?=$|[,、 :;。!?()\n|/\d\-=]|一起|一块|全|都|也|就|这|那|算|先|不|我|从|业务|报|办|新|增|过户|销|改|临|是|要|"
    r"接|装|通|移|的|只|勾|选|填|写|想|得|暂|使[着用上]|扩|加|全部|申请|跟|和|两|三|四|备注|方面|呢|么|嘛|还|户|过|等|照|都|那边|再|先|"
    r"以前|从前|之前|一直|也没|还没|去掉|撤|删|划|取消|砍|退|停|拿掉|啊|单独|重新|换成|换为|吧(?:$|[,。 ])|现在|"
    r"原来|原先|挪|搬|迁|拉|能不能|能否|可不|咋|怎么|跟不上)"
)
_NOT_FIRST = (
    r"(?!水(?:管|泵|箱|池|压|果|产|泥|库|利|井|肥|费|塘|塔|田|桶|槽|渠|厂|务|线|平|泡|疗|量|质|源|洗|晶|煮|饺|族|钻|印|龙|暖|上|的|里|深|流|费|价|坝|闸|车|牛|稻|位|灾|缸|沟|边|乡|产|货|磨|杯|壶|草|鸟|彩|手|灵|文)"
    r"|电(?:话|脑|视|梯|信|子|商|缆|器|动|工|厂|站|杆|线|影|压|机|灯|饭|磁|炉|焊|容|瓶|池|流|网|阻|源|锅|热|卡|费|价|量|镀|玩|台|铺|气|扇|门|的|里|联|汇|闸|打|竞|镐|锯|钻|烤|炒|蒸|暖|褥|毯|驴|三轮|摩|筒|机房|费|单|力局|管所)"
    r"|气(?:温|压|化|象|体|候|球|瓶|罐|泵|管|费|味|量|动|垫|死|的|里|价|色|氛|愤|站|枪|锤|焊|缸|密|割|味|灶|炉)|网(?:吧|络|点|红|店|球|箱|格|费|线|址|速|课|咖|约|站|友|购|上|银|民|页|管|的|里|卡)"
    r"|暖(?:通|气|片|房|炉|宝|风|壶|阳|水|瓶|和|心)|[水电气网暖]{2,4}(?:站|工|费|安|局|所|公司|师傅|改造|暖|的))"
)
"""What a service that is the first word must not begin: 水泵, 电话, 网吧, 水电工. Other words may follow: 水当时过到他名下."""

_OF_ANOTHER_WORD = (
    r"(?<![置怄赌斗晦运客生天空脾力福淘俗氧氮蒸废尾沼勇义人名士神喘霉潮香豪怒景服底火化罐瓶充排冷打](?=气))(?<![罐瓶]装(?=气))"
    r"(?<!开(?=水(?![电气网暖])))(?<![汽汗口泪胶墨药茶冰矿泉香泔脏积洪湖海咸潮薪井江铁钢铜卤盐血糖酒奶露潜](?=水))"
    r"(?<!抽不[上出到](?=水))(?<![抽浇洒挑担渗漏舀](?=水))(?!气(?:得|坏|死|不过))"
    r"(?<![弱手闪雷静漏核邮华国馈](?=电))(?<![修卖开搞做收送]家(?=电))"
    r"(?<![渔丝官联纱钢护蚊球滤热公](?=网))"
)
"""What a service that is one character must not end: 晦气, 薪水, 弱电, 修家电, 物联网."""
_ITS_TRADE = r"(?!(?<=[加卖送修收查管挑打抄看].)的)"
"""Who does something with it: 加水的老韩, 送水的, 修电的."""


_COUNTED = Sought(r"(?<!第)(?P<count>[两二三四五六2-6])(?:样|项|种|件)")
_THESE = Sought(
    r"(?<![第前后头])(?P<count>[两二三四五六2-6])(?:样|项|件事?|头)(?=[,、 都全一也统请想要给得办须]|$)"
    r"|(?<=[这那])(?P<both>[俩仨])(?=[,、 都全一也统请想要给得办须]|$)"
)
"""So many of them, told after their names."""
_AS_NUMBER = {"俩": "两", "仨": "三"}
_BESIDE = "费线表卡本管"
"""水费, 电线: names of services as well, if as many are counted as are named so."""
_LONGEST = 4
_ALL = re.compile(r"\s?(?:[都全]|统统|[两三四]样|一起|一块)")
"""自来水 电 全部新装: what is said of several that stand side by side."""
_WANTED = re.compile("[报办]$")
_HAD = re.compile(r"[都全](?:早|已|有|齐|现成|通了|接了|是[^,。;\s]{0,6}(?:公司|单位|开发商|甲方|东家|业主|老板))")
"""报暖气 水电都早通了: said only of what stands beside it."""
_AGAIN = "要报接装通办开拉"
"""要水要电: the verb of the one is said again of the other."""
_AND = "和跟与及、+啊"
_VESSELS = re.compile(
    r"[罐瓶坛]|(?<=电)(?:磁|饭|炒|锅|炉|热|动|瓶|焊|灯|扇|蒸|烤|暖)|(?<=[^\s,。;:]用电)的(?:不算)?(?=$|[了 ,。;使好顺省也就便]|方便)"
)
"""煤气罐 is what there is instead, 用电磁炉 and 热水器用电的 speak of a device."""


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> Sought:
    single = "".join(word for word in words if len(word) == 1)
    run = rf"[{single}](?:[{_AND}]?[{single}])*"
    longer = "|".join(re.escape(word) for word in words if len(word) > 1)
    return (
        Sought(
            rf"(?<![谷峰防管自纯喝饮下雨河污排热冷高低断停发光充亏水电气网来去致回并余省广入暖烧]){_OF_ANOTHER_WORD}{run}{_ITS_TRADE}(?:{_AFTER}|(?={longer}))"
            rf"|(?<![^\n,。;!?、: ]){_NOT_FIRST}{run}(?![{single}])"
        )
        if single
        else Sought(r"(?!)")
    )


def service_names(
    text: str, solid: Iterable[Span], hits: Iterable[Hit], field: ChoiceField, opened_by: Mapping[str, str]
) -> tuple[Named, ...]:
    """All of them, in the order of the text, outside the `solid` spans; `opened_by`: see `Fillable`."""
    words = {word: option.text for option in field.options for word in (option.text, *option.words)}
    closed, hits = bytearray(len(text)), tuple(hits)
    longer = [one for one in hits if len(one.text) > 1 and any(sense.field is field for sense in one.of("option"))]
    for one in (*solid, *longer):
        closed[one.start : one.end] = b"\x01" * (one.end - one.start)
    longer = [one for one in longer if not _VESSELS.match(text, one.end)]
    found = list[Named]()
    for match in _pattern(tuple(sorted(words))).finditer(text):
        start, end = match.span()
        after = next((one.end for one in longer if start < one.end < end and text[one.end] in _AND), start)  # 接水和电
        if 1 not in closed[after:end]:
            options = tuple(dict.fromkeys(_each(text[after:end], words)))
            found.append((after + (after > start), end, options))
    for hit in longer:
        options = tuple(one.option for one in hit.of("option") if one.field is field)
        if options:
            found.append((hit.start, hit.end, options))
    by_length = tuple(sorted(words, key=len, reverse=True))
    for hit in hits:
        inside = next((one for one in by_length if len(one) > 1 and hit.text.endswith(one) and one != hit.text), "")
        if inside and all(one.role == "fact" for one in hit.senses):
            found.append((hit.end - len(inside), hit.end, (words[inside],)))  # 家里电表: a home, and what it is about
        at = hit.start + hit.text.startswith(("把", "将"))  # 把电接好了
        said = hit.text[at - hit.start :]
        if not said.startswith(by_length):
            continue  # 水表在楼道 要挪, 水老不够: the word for the service begins one that says what is to be done there
        word = next(one for one in by_length if said.startswith(one))
        if any(one.role in ("option", "fact") and opened_by.get(one.field.id) == words[word] for one in hit.senses):
            found.append((at, at + len(word), (words[word],)))
    found += _counted(text, words, found)
    joined = _joined(sorted(set(found)), text)
    return tuple(sorted((*joined, *_these(text, joined))))


def _each(run: str, words: Mapping[str, str]) -> Iterator[str]:
    """The services named in a run of characters, in which a longer word is one: 水电暖气 are three."""
    at = 0
    while at < len(run):
        word = next((run[at:end] for end in range(min(len(run), at + _LONGEST), at, -1) if run[at:end] in words), "")
        if word:
            yield words[word]
        at += len(word) or 1


def _counted(text: str, words: Mapping[str, str], found: list[Named]) -> list[Named]:
    """Services of which only the bill or the line is named, where their number says that they are meant: 水费、电费…这两样."""
    numbers = {read_number(one["count"]) for one in _COUNTED.finditer(text)}
    if not numbers:
        return []
    beside: list[Named] = [
        (at, at + 1, (words[char],))
        for at, char in enumerate(text)
        if char in words and text[at + 1 : at + 2] and text[at + 1] in _BESIDE
    ]
    named = {option for _, _, options in (*found, *beside) for option in options}
    return beside if len(named) in numbers else []


def _these(text: str, marks: list[Named]) -> Iterator[Named]:
    """Where all the services named so far are spoken of at once: 水费、电费还有煤气…这三样都想过户."""
    for one in _THESE.finditer(text):
        named = tuple(dict.fromkeys(option for start, _, options in marks for option in options if start < one.start()))
        if len(named) > 1 and read_number(_AS_NUMBER.get(one["both"], one["count"])) == len(named):
            yield one.start(), one.end(), named


def _joined(marks: list[Named], text: str) -> list[Named]:
    """Services named in one breath (自来水跟燃气, 水、电还有网) are one mark of several."""
    joined = list[Named]()
    for start, end, options in marks:
        at = joined[-1][0] if joined else 0
        between = text[joined[-1][1] : start] if joined else "-"
        again = joined and len(between) == 1 and between in _AGAIN and text[: joined[-1][0]].endswith(between)
        if (
            again
            or re.fullmatch(r"\s*(?:[和跟与及、+]|还有|以及|加上?)\s*|", between)
            or (
                between == " " and _ALL.match(text, end) and not (_WANTED.search(text, 0, at) and _HAD.match(text, end))
            )
        ):
            before = joined.pop()
            joined.append((before[0], end, tuple(dict.fromkeys((*before[2], *options)))))
        else:
            joined.append((start, end, options))
    return joined
