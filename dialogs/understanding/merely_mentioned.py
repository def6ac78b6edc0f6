"""Options of a choice of several that are named and not applied for: 原来用的移动 这次改办电信, 电视用手机投屏, 可移动板房.

Which of several operators is wished is told by what stands with each in its own clause: what was before, what others have or
say, what was found wanting, refused or asked about is only mentioned. Where nothing else of the choice is left, what is told
of before or of elsewhere is meant all the same (宽带迁移 原来办的移动).
"""

import re

from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from model.fields import ChoiceField

_FORMERLY = (
    r"原来|原先|原本|以前|之前|先前|早先|早前|从前|当初|前几年|去年|前年|老[屋店房宅家厂]|旧[屋店房宅厂]|上一家|上家"
)
_FOLK = r"隔壁|对门|邻居|楼[上下]|左右|旁边|人家|别人|别家|朋友|同学|房东|前租客"
_KIN = r"儿子|女儿|闺女|媳妇|老婆|老公|爱人|我?[爸妈]|孩子|家里人|他们?|她们?"
_BEFORE = re.compile(
    rf"{_FORMERLY}|{_FOLK}|{_KIN}|手机|号码|号是|预留|套餐|话费|合约|流量|听说|都说|推荐|除了|不像|比起?$"
)
"""What comes before an operator that was there before, that others have, or that serves the telephone in the pocket."""
_WISHED = re.compile(
    r"[改换选定]|(?<!不)想|(?<![不重需主])要|就|还是|走|统一|[装办拉开](?!的|了|过|着|在)|(?<!一直)(?<!以前)用(?!的|了|过|着|在)"
)
"""Between that and the operator: it is wished after all (跟楼上一样装移动)."""
_WANTING = re.compile(
    r"(?:的|那边|这边|那条|那根|那个|家|网络?|宽带|光纤|信号|速度|线路?|我|俺|嫌|反正|给的|报的|价|都|也|还|又|一直|说|倒){0,5}"
    r"(?:太|老是?|总是?|经常|时常|动不动|不太?(?:好|行|稳|中|快|划算)|差|慢|卡|贵|高|掉线|断网|没(?:端口|进|覆盖|通|信号|得|有|拉|铺)|进不来|拉不[过来进了]|"
    r"到期|下个?月(?:停|到|退)|月底(?:停|到|退)|(?:早就?|已经?)?(?:退|停|拆|销)了|不续|不靠谱)"
)
"""Right behind it: found wanting, or running out."""
_PARTIES = re.compile(
    r"(?:公司)?的?(?:营业[厅员]|人|师傅|客服|业务员|经理|工作人员|装维|基站|铁塔|代理|店员|线从|杆|箱子?|光交|光猫|机顶盒|信号线)(?!名)"
    r"|的?(?:手机|卡|号(?!码?[:是])|号码(?!\s?[:是\d])|套餐|校园卡)"
    r"|来(?:人|过|看|报|问|推销)|也(?:有|来|能|进)|[在从]|说"
)
"""Its people, its cards, its poles."""
_ASKED = re.compile(r"(?:的|宽带|网|家)*(?:哪[个家种样]|谁家?|怎么?样|好不好|有没有|能不能|可不可以|便宜些?吗|多少钱)")
_OPEN = re.compile(r"(?:的|宽带|家)*也(?:行|可以?|成|中|好)(?=$|[ ,。;电移联广安])")
"""Left open, where there is another one: 移动也行电信也行."""
_JOINED = re.compile(r"(?:的|宽带|网)?(?:[和跟与或、,]|还是|比|同)$")
_REFUSED = re.compile(
    r"(?:不要|不用|不想|不必|不[办装接开拉弄报]|没[装接办]|不选|不考虑|不走|不需要|别|甭|不是|不打算)(?:再|跟|和|找|给|我们?|俺们?|家|店里|用|装|办|选|要|开|拉|走|搞|弄|上|换|接|成){0,5}$"
)
_LET_BE = re.compile(
    r"(?:的|那边|那条|那根|那个|那户|那里|宽带|网|家|线|户|它|先|就|都|也|还|我|俺|自己|自个儿?|去|来|回头|另外|会){0,7}"
    r"(?:[不别甭](?:用|要|去|需要)?[动管理碰看办装开提选考算迁移搬换]|不用(?:了|它|管|$)|"
    r"不要了?(?=$|[ ,。;])|[退销停拆]|保留|留着|照旧|继续用|没人[看打用管])"
)
"""Refused, or left as it is: 移动的不管, 老宽带我自己去退."""
_ENDED = re.compile(r"[退销停拆]|不续|不要了?$|不用了?$")
_OTHERWISE = re.compile(
    r"(?:[和跟与、,]?(?:座机|电话|固话|电视|有线|宽带|网))*机?(?:的话|嘛|呢|就|都|我们?|家里|用户?|是|现在|平时|一般|那边|这块|那块|,|早就?|老早|已经?|去年|前年|几年前|里|上|有){0,5}"
    r"(?:投屏|手机|盒子|网上|电脑|自己有|有了|不[看用要装办开](?!够)|"
    r"没人[看打用]|没有?(?=$|[ ,。;])|不需要|不考虑|不管|不动|[拆停退销]了|没装|保留|留着|坏了|是?自己的|"
    r"自己(?:会|去|来|找人|另外)?[弄搞配买接]|(?:是)?跟?[^,。;\s]{0,3}(?:一起|合着|共|蹭着?)用)"
)
"""Of a kind of service: there is none, or something else does: 电视用手机投屏, 座机早拆了, 宽带跟房东一起用."""
_ANOTHERS = re.compile(rf"(?:{_FOLK}|物业)(?:家|那边)?的$|[送赠](?:了|个|的)?$")
"""房东的宽带: of others; 送电视的那种: it comes with it."""
_TO_WATCH = re.compile(r"(?:顺便|平时|主要|用来|好|上面|手机)看?$")
"""宽带装一条 平时看电视: what it is for."""
_THING = re.compile(
    r"(?:个|一下|下|到|位置|地方|式|不了|过[去来]|餐车|早餐|小?吃?摊|板房|活动|箱?房|厕|公厕|硬盘|电源|支付|端(?!口)|办公|泵|破碎|设备|发电|脚手架|舱|吧台|货架|岗亭|售货|花车|商铺|厨房|充电|空调|大棚|隔断|的?(?:板房|活动房|餐车|厕所|围挡|货柜|集装箱|房子|摊位))"
)
_MOVED = re.compile(
    r"(?:可以?|能|便于|方便|随时|来回|往[^,。;\s]{1,4}|(?:表|箱|杆|线杆|灶|管子?|管道|炉|机器)(?:想|要|得|需要|需|给)?)$"
)
"""移动 where something is moved, or can be: 移动餐车, 电表要移动."""
_FINAL = re.compile(
    r"(?:那就|就|还是|只好|只能|只|最后|最终|干脆|索性|决定|指定|定了|定的?|我选|选|改成?|换成?|改办|改装|换装|现在|这[次回])(?:我们?|用|选|要|办|装|走|拉|定|是|个|新|自己|报|的|给|了){0,4}$"
)
_NET = re.compile("网|宽带|光纤|手机|信号|号码|套餐|公司")


def is_merely_mentioned(marked: Marked, field: ChoiceField, hit: Hit) -> bool:
    """Whether this option of a choice of several is named here and not applied for."""
    return field.several and hit.start in _mentioned(marked, field.id)


@once
def of_mentioned(marked: Marked, at: int) -> bool:
    """Whether what is to be done here is told of an operator who is only mentioned: 以前移动那条不续了 换电信."""
    piece = marked.piece_at(at)
    return any(
        piece.start <= start < at and _ENDED.search(marked.said(at, piece.end))
        for field in _choices(marked)
        if field not in fillable(marked.form).kinds
        for start in _mentioned(marked, field)
    )


@once
def _choices(marked: Marked) -> frozenset[str]:
    return frozenset(
        one.field.id
        for hit in marked.hits
        for one in hit.of("option")
        if isinstance(one.field, ChoiceField) and one.field.several
    )


@once
def _mentioned(marked: Marked, name: str) -> frozenset[int]:
    """Where the options of this choice begin that are only mentioned."""
    named = [
        (hit, frozenset(one.option for one in hit.of("option") if one.field.id == name))
        for hit in marked.hits
        if any(one.field.id == name for one in hit.of("option"))
    ]
    surely, likely, last = set[int](), set[int](), ""
    of_kinds = name in fillable(marked.form).kinds
    for at in reversed(range(len(named))):
        hit = named[at][0]
        start, end = _clause(marked, [one for one, _ in named], at)
        before, after = marked.said(start, hit.start), marked.said(hit.start + len(_stem(hit)), end)
        follows = named[at + 1][0].start if at + 1 < len(named) else -1
        joined = follows >= 0 and follows == end and bool(_JOINED.fullmatch(marked.said(hit.end, follows)))
        others = any(options != named[at][1] for _, options in named)
        if others and not of_kinds and _OPEN.match(after):
            surely.add(hit.start)
        last = _standing(marked, name, hit, before, after) or (last if joined else "")
        if last == "surely":
            surely.add(hit.start)
        elif last:
            likely.add(hit.start)
    if not of_kinds:
        likely |= _given_up_for_last(marked, named, surely | likely)
    wished = {one for hit, options in named if hit.start not in surely | likely for one in options}
    return frozenset(surely | (likely if wished or (of_kinds and _is_plainly_named(marked, name)) else set()))


def _is_plainly_named(marked: Marked, name: str) -> bool:
    """Whether the service is named by its own word, as the whole of it or as its plain kind: 办网 电视有了."""
    service = next((one for one, (field, _) in fillable(marked.form).plain.items() if field.id == name), "")
    return bool(service) and any(
        service in options and marked.text[end - 1 : end] == service for _, end, options in marked.services
    )


def _stem(hit: Hit) -> str:
    return hit.text.removesuffix("的")


def _clause(marked: Marked, hits: list[Hit], at: int) -> tuple[int, int]:
    """The words around an option, up to the options of the same choice beside it."""
    hit, piece = hits[at], marked.piece_at(hits[at].start)
    start = max(piece.start, hits[at - 1].end if at else 0)
    end = min(piece.end, hits[at + 1].start if at + 1 < len(hits) else piece.end)
    return min(start, hit.start), max(end, hit.end)


def _standing(marked: Marked, name: str, hit: Hit, before: str, after: str) -> str:
    if _stem(hit) == "移动" and _is_moving(before, after):
        return "surely"
    if name in fillable(marked.form).kinds:
        elsewhere = _OTHERWISE.match(after) or _REFUSED.search(before) or _ANOTHERS.search(before)
        watched = _TO_WATCH.search(before + hit.text[:1]) and "看" in before[-1:] + hit.text[:1]
        return "likely" if elsewhere or watched else ""
    if _REFUSED.search(before) or _ASKED.match(after):
        return "surely"
    if _LET_BE.match(after) or _WANTING.match(after) or _PARTIES.match(after):
        return "likely"
    told = [one.end() for one in _BEFORE.finditer(before)]
    return "likely" if told and not _WISHED.search(before, told[-1]) else ""


def _is_moving(before: str, after: str) -> bool:
    return bool(_THING.match(after) or (_MOVED.search(before) and not _NET.search(before)))


def _given_up_for_last(marked: Marked, named: list[tuple[Hit, frozenset[str]]], gone: set[int]) -> set[int]:
    """Those told of before another one is decided on, without a kind of service of their own: 电信的光纤在村口 我选移动."""
    for at, (hit, options) in enumerate(named):
        before = marked.said(marked.piece_at(hit.start).start, hit.start)
        if at and hit.start not in gone and _FINAL.search(before):
            return {one.start for one, others in named[:at] if not others & options and not _has_a_kind(marked, one)}
    return set()


def _has_a_kind(marked: Marked, hit: Hit) -> bool:
    """Whether a kind of service is told in the same clause."""
    piece, kinds = marked.piece_at(hit.start), fillable(marked.form).kinds
    return any(
        sense.field.id in kinds
        for one in marked.hits_from(piece.start, piece.end)
        for sense in one.of("option")
        if isinstance(sense.field, ChoiceField) and sense.field.several
    )
