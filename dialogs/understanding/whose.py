"""What is said of neighbours, relatives, former owners or earlier projects: no value of this form (隔壁宾馆上的是160)."""

import re

from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.once import once
from dialogs.understanding.surnames import SURNAMES
from dialogs.understanding.titles import KIN

_KIN = r"(?:[表堂大小二三老]?(?:哥|姐|弟|妹|舅|姨|姑|叔|伯|嫂|姐夫|妹夫|丈人|岳父|亲家)|[哥弟姐妹]{2}|亲戚|朋友|同学|同事|老乡|老师|师傅)"
_NEIGHBOURS = (
    r"(?:隔壁|邻居|对门|邻村|别人|(?<!户)人家(?![说让要叫讲问都])|别家|同行|听说|下家(?!是我)|[旁对][边面](?:那家|那个|的?(?:厂|店|小区|公司|村|单位))"
    r"|楼[上下]那家|别的(?:厂|店|小区|公司|村|单位|家|学校|院))"
)
_EARLIER = (
    r"(?:上[一个]{1,2}(?:标段|组|任|家|租户|老板|东家|项目|工地)|上任|前任|原(?:租户|老板|房主|东家)"
    r"|(?:去年|前年|上回|上次)[^,。;\n ]{0,6}(?:那[回次个]|方案|报过)"
    r"|(?:去年|前年|大前年|早些年|早几年|以前)[^,。;\n \d]{0,4}(?:那[个家处间]?|租的|开的|用的|在的)[^,。;\n \d]{0,3}"
    r"(?:厂房?|店|库|房子?|门面|院子?|棚|摊子?|作坊)(?=里?的?(?:电|水|才|是|用|上|装|报|批))"
    r"|(?:去年|前年|早先|往年)(?:就|已经?|也|都)?(?:申?报|申请)(?:的|了)(?:是|就是)?(?=\s?[\d一二两三四五六七八九十]))"
)
_HAS = r"用的|装的|上的|报的|换的"
_PREMISES = r"(?:[^\s,。;\d我俺咱]{0,3}?(?:[厂场店馆坊院棚铺]|公司)(?:里|那边?|那头)?)?"
_OF_KIN = rf"(?:[我俺咱])?{_KIN}(?:他们?|她们?)?家?{_PREMISES}(?:那[个台边块家](?![^,。;\n]{{0,8}}[要想申办报])|{_HAS}|家的|家用)"
_OF_MATES = rf"老[{SURNAMES}]家?(?:那[个台边块]|{_HAS}|的?电是|的?水是)"
_ELSEWHERE = r"(?:那边|另一个[^,。;\n ]{1,4}|另外那个[^,。;\n ]{0,4})有(?=[\d一二两三四五六七八九十])"
_OTHERS = re.compile(rf"(?<![跟和像从给照同比学离替])(?:{_NEIGHBOURS}|{_EARLIER}|{_OF_KIN}|{_OF_MATES}|{_ELSEWHERE})")
_DONE_LONG_AGO = (
    r"(?:(?:去年|前年|往年|早年|年前|早|之前|以前|上次|上回|都|是)*(?:已经?|早就?)?"
    r"(?:通|接|报|办|供|交|入住|完工|用上)(?:付|暖|热|气|网|过|好|上|完)?了?|不在(?:本次|这次|内)|不报)"
)
_OTHER_PART = re.compile(
    rf"\s{{0,2}}(?:[东西南北中老旧前]区|[一二三四五六七八九\d]{{1,2}}期|[A-Za-z\d]{{1,2}}(?:#|号)?(?:地块|区|院|标段))"
    rf"\s?(?:\(\s?{_DONE_LONG_AGO}\s?\)|(?:已经?|早就?){_DONE_LONG_AGO}:)"
)
"""西区(已通):7栋、540户: a part that is applied for no more."""
_TO_CALL = re.compile(r"(?:联系|电话|手机|号码)[^,。;\d]{0,6}(?:用|打|留|登|写|填|找|记|报)(?:的?是)?$")
"""联系用隔壁邻居家的号码: theirs, but it is the one to call."""
_CALLED = re.compile(r"(?:打|拨|联系|通知|留|回)(?:电话|给|到)?(?:这个)?[\s:]?$")
"""上门打138…,那是我爱人: theirs, but it is the one to call."""
_OURS = re.compile(
    r"我(?!哥|姐|弟|妹|舅|姨|姑|叔|伯|表|堂)|俺|咱|本[厂店院校公单村]|(?<![下人]家)自己|自家|这[边次回里]|那就|就(?=[^,。;\n]{1,6}吧)"
)
_GOES_ON = re.compile(r"\s?(?:他|她|它|一个?(?:钟头|小时|天|月)|才|吃|烧)")
"""隔壁老孟家那台是2吨的,一个钟头吃150方: still of the same."""
_AFTER = re.compile(
    r"(?:那[个台边栋]|号)?[\s,]{0,2}(?:(?:哦|诶|哎|呀|啊)?不[是对][\s,]{0,2})?(?:他?又说)?(?:那|这)?(?:个|台)?是"
    rf"(?:[我俺咱]?{_KIN}|隔壁|别人|人家|邻居|对门|前年|去年|上回|上次|先前|以前那|原来那|[他她]们?家?的?(?:那|先前|以前|旧|老)|[旧老](?:的|数据|方案|户号|号|表))"
    rf"|[\s,]{{0,2}}[哦诶哎呀啊唉]?[\s,]?不[是对][\s,]{{0,2}}[那这]?是?[我俺咱](?:{KIN})的"
)
_SET_ASIDE = re.compile(
    r"(?:(?:专线|那边|那家)的?不动|不让[我俺咱]们?(?:碰|动|用|接|使|上)|不在(?:这次|本次|这回|此次)(?:的)?(?:范围|里头?|之列|之内)?内?|不用管|不管它?|不算数?|勿记|别记|不记|不作数|不作准|作废|报废了?|无关|没(?:有)?关系|不相干|不挨着|不用填|不要填|别填)了?$"
)
_HAD_ONCE = re.compile(
    r"(?:早先|早些?年|早几年|以前|从前|先前|原先|过去|前些?年|前几年|去年|前年)[^\s,。;\d]{0,3}?(?:有|买|配|弄|置|添)(?:过|了|的)?[^,。;]{0,16}"
)
_GONE = re.compile(
    r"[^,。;\d]{0,8}?(?:卖|报废|处理|扔|送人?|退|坏|烧|拆|丢|淘汰|拉走|偷)(?:给[^,。;\s]{1,6}|掉|走|去|完)?了(?!一?[台个套])"
)
"""早先有台15千瓦的发电机 前年卖给收破烂的了: what there is no more."""
_IT = (
    "",
    "那",
    "那也",
    "那个",
    "这个",
    "老的",
    "旧的",
    "那台",
    "那边",
    "他的",
    "她的",
    "跟这",
    "跟我",
    "跟这个",
    "那个地址",
    "都",
)
"""What is set aside by these was named right before."""
_FROM, _HANDS = re.compile(r"(?:从|由|向|跟|找)\s?$"), re.compile(r"\s?(?:手[上里中头]|名下|那[里边儿])")


@once
def is_anothers(marked: Marked, start: int, end: int) -> bool:
    """Whether what stands here is said of somebody or something else, or set aside."""
    if any(first <= start and end <= last for first, last in others_said(marked)):
        return True
    called = _CALLED.search(marked.said(max(0, start - 6), start))
    if not called and _AFTER.match(marked.text, end) and all(one.end != end for one in marked.people):
        return True
    return bool(_HANDS.match(marked.text, end) and _FROM.search(marked.said(max(0, start - 2), start)))


@once
def others_said(marked: Marked) -> tuple[tuple[int, int], ...]:
    """The stretches in which others are spoken of, or of which is said that they do not count."""
    return tuple(_stretches(marked))


def _stretches(marked: Marked) -> list[tuple[int, int]]:
    found = list[tuple[int, int]]()
    for number, piece in enumerate(marked.pieces):
        if _OTHER_PART.match(marked.text, piece.start):
            found.append((piece.start, marked.sentence_end(piece.start)))
        elif number and _GONE.match(marked.text, piece.start) and _had_once(marked, marked.pieces[number - 1]):
            found.append((marked.pieces[number - 1].start, piece.end))
        elif span := _spoken(marked, piece):
            found.append(span)
        elif number and found and found[-1][1] == marked.pieces[number - 1].end and _continues(marked, piece):
            found.append((piece.start, piece.end))
        if aside := _SET_ASIDE.search(marked.text, piece.start, piece.end):
            only = number and marked.said(piece.start, aside.start()).strip() in _IT
            of = marked.pieces[number - 1] if only else piece
            found.append((of.start, of.end))
    return found


def _spoken(marked: Marked, piece: Piece) -> tuple[int, int] | None:
    """Where others are spoken of in this piece, up to where we are again."""
    others = _OTHERS.search(marked.text, piece.start, piece.end)
    if others is None or _TO_CALL.search(marked.said(piece.start, others.start())):
        return None
    ours = _OURS.search(marked.text, others.end(), piece.end)
    return others.start(), ours.start() if ours else piece.end


def _had_once(marked: Marked, piece: Piece) -> bool:
    return bool(_HAD_ONCE.match(marked.text, piece.start, piece.end))


def _continues(marked: Marked, piece: Piece) -> bool:
    return bool(
        _GOES_ON.match(marked.text, piece.start, piece.end)
        and not _OURS.search(marked.text, piece.start, piece.end)
        and not any(hit.of("label") for hit in marked.hits_from(piece.start, piece.end))
    )
