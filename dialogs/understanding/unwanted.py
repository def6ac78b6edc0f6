"""Services that are said not to be wanted, to be had already or to be applied for elsewhere: 水算了, 电早就通了, 气由物业报."""

import re
from typing import NamedTuple

from dialogs.understanding.fillable import fillable
from dialogs.understanding.had_otherwise import had_otherwise
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.withdrawn import names_option
from dialogs.understanding.within.buildings import of_building
from model.fields import ChoiceField

_STOP = r"(?=$|[ ,。;](?![^。;\n]*(?:户名|名字|名下|过户|[改换挪移增销停拆]|不够)))"
"""Nothing is to be done there after all: 电都装好了 户名要改."""
_LEAD = r"^(?:的|那块|这块|这项|那项|那边|这边|这头|那头|也|都|就|先|是|请|,)*"
_LATER = (
    rf"{_LEAD}(?:等(?:到)?(?:下个?月|明年|年后|过了年|以后|回头)|(?:下个?月|明年|年后|回头|以后|后面|往后|日后|过后|晚点|到时候?|过(?:段|一?阵子?)(?:时间|日子)?)(?:再|才)|不加了?(?![\d一二两三])|不说了|不提了?"
    r"|别算|撤回|请?保留|不在内|不在此列|不含在内)"
)
"""Put off, taken back, or left as it is: 通信等下个月, 网不加了, 水电请保留."""
_FORMERLY = (
    r"(?:去年|前年|上个?月|上[周回次]|年前|年初|月初|以前|之前|原来|先前|前头|前面|头里|早先|前[几两]天|昨天|前天|"
    r"另外?|单独|单另|另案|另行|分开|自己)"
)
"""电另外报过了, 网前头办好了: done, or asked for elsewhere."""
_PARTIES = ("公司", "单位", "开发商", "建设方", "甲方", "东家", "业主", "老板")
_SOMEBODY = rf"(?:[老原前总]?(?:{'|'.join(_PARTIES)})(?:那边|手里|手上)?)"
"""水电都是老公司早通过的: names of cells as well."""
_OF_ANOTHER = (
    rf"{_LEAD}用的?是?[^,。;\s]{{0,3}}(?:房东|房主|出租方|物业|别人|隔壁|邻居|人家)[^,。;\s]{{0,4}}的|{_LEAD}(?:自家|自己|自打)的?井"
    rf"|{_LEAD}归(?!我|俺|咱|哪|谁|什么|啥)[^,。;\s]{{1,5}}(?:管|方|办|弄|报)(?=$|[ ,。;])"
)
"""电用房主家的, 吃水是自家井: nothing is applied for there."""
OFF = re.compile(
    r"^(?:等等|等下|等一下|[ ,])*(?:[^,。; \n!?\d水电气网暖装改移分销过增表说想]{0,8}?)"
    r"(?:算了|不要(?:了|(?![紧\d]|[一二两三四五六七八九十百]+(?:千瓦|吨|[方兆平个台部])))|不办|不报|不用(?!急)|用不着|不装|不接|(?<![带拉推])不动|[不别]销|"
    r"不弄|不搞|不处理|不理|不开|不改|不过(?:户|了|$|[ ,。])|"
    r"不上(?=$|[了 ,。;])|不申请|[不没](?:有)?(?:涉及|牵涉|牵扯|沾边)|先放|取消|(?:[去划删拿]掉|划去)(?![它他这那\d一二两三四五六七八九])|"
    r"(?<!就)撤(?![场走])|免了|没变|不变|"
    r"已经有|已经弄|已经办|单独报|单独走(?=$|[ ,。;])|早就有|(?<!不)够用|不考虑|"
    r"(?:等|搁|放|推|缓|拖|留)(?:到)?[^,。;\s]{0,5}再(?:说|报|办|弄|议|定)|搁(?:一搁|置|着)|撂(?:一撂|下|着)|不碰|不沾|"
    r"从[^,。;\s]{0,6}[借蹭]|别报|别弄|别装|还没点头|有现成|不管|不劳|走过(?:手续|流程)|[别不]算(?:上|在内|进))(?!个?临时)"
    r"|^(?:那个|那块|这个|这块|那边|都|就|先|暂时|目前|,| )*(?:已经|有了|别(?:报|弄|装|办|接|动|管|搞|登)(?:了|$|[ ,。;])|"
    r"房东(?:已经|早|有|都|接|通|自己|那边))"
    r"|^(?:我们?|咱们?|俺们?|家里|这边|自己|本来|原来|一直|以前|之前|老早|早就?|都|就)+有(?:了|的|过|现成的?)?(?=$|[ ,。;])"
    r"|^(?:的|那块|这块|那边|就|,| )*(?:让|由|归|等)(?!我|俺|咱|哪|谁|什么|啥)[^,。;\s]{1,6}?"
    r"(?:自己|统一|另外|单独|去|来)?(?:报|办|弄|管|搞|装)(?:了|吧|的|去)?(?=$|[ ,。;])"
    rf"|^(?:的|那块|这块|那边|全|都|就|也|是|,| )*"
    rf"(?:开发商|物业|房东|甲方|总包|大队|村里|园区|商场|市场|上家|施工[队方]|施工单位|工程队)[^,。;\s]{{0,4}}?"
    rf"(?:管|负责|弄|装|接|办|报|通|包|给|提供)(?:好|过|上|完)?(?:的|了)?{_STOP}"
    rf"|{_LATER}|{_OF_ANOTHER}"
    rf"|^(?:的|那块|这块|那边|也|都|就|现在|目前|已经|完全|,)*足?够(?:了|使|的){_STOP}"
    rf"|^(?:的|那块|这块|那边|现在|目前)*(?:也|还|都|倒|尽|满)够{_STOP}"
    rf"|^(?:那边|这边|的|是|说|讲|{_FORMERLY}|{_SOMEBODY}|早|都|也|就|已经?)*(?:通|接|装|办|报|过|弄|开|批|提交|申请)(?:好|过|完|上|下来)*(?:了|的|(?<=过))(?:不用?再?[办报弄动])?{_STOP}"
    rf"|^[\s:]{{0,2}}(?:[:]|那[栏格项]|这[栏格项])\s?(?:无|没有|不|×|✕|✗|/|—|-)(?=$|[\s,。;])"
)
_REFUSES = re.compile(r"(?:不[要用装办接报]|别[装办报弄])$")
_KEPT_ON = re.compile(
    r"(?:的|那块|这块|那边|都|全|就|先|,|:)*(?:(?:他|她|人家|对方|下家|新老板|接手的?)们?(?:还|也|都|自己|要|会|想|接着|继续)*用(?![电水气网到了过完剩])"
    r"|留着(?!的)|留给|照旧|照用)"
)
"""Of what is ended or made over, this is not: 煤气销户 水电他接着用."""
OFF_BEFORE = re.compile(
    r"(?:不要|不办|不报|不用报|(?<!是不是)(?<!要不要)不用煤?|用不着|不装|不接|取消|去掉|划掉|划去|删掉|删了|拿掉|撤掉?|撤了|先不办?|别报|除了|不申请|暂不|退掉)(?:了|个|那个|的)?$"
)
_UNUSED = re.compile("不用煤$")
"""The word for what is to be done (用煤气) is what is denied."""
_ENDS = re.compile(r"销|停|退|拆")
_AHEAD = 60
"""Characters behind a service in which it is told that more is to be done there."""
_OF_CELL = re.compile(r"的?备注")
"""网的备注不用: the cell is left open, not the service."""
_THE_REST = re.compile(r"[ ,。]*(?:别的|其[他它余]|剩下|旁的)")
"""要装气 别的不装: of what was not named."""
_STAYS = re.compile("不[改动变换]$|没变$")
_BILL = re.compile(r"[费价]")
"""电费一直走的工业 不改: what is paid for it stays, and it is wanted."""


@once
def is_off(marked: Marked, start: int, end: int) -> bool:
    """Whether a service named here is said not to be wanted."""
    before, after = marked.text[max(0, start - 10) : start], marked.text[end : end + _AHEAD]
    if (joined := _next_in_turn(marked, end)) is not None:
        return is_off(marked, *joined)
    off = None if _THE_REST.match(after) or _BILL.match(after) else OFF.match(after)
    if off is None and marked.text[end - 1] != "表" and not _is_a_kind_of_it(marked, start):
        off = _KEPT_ON.match(after)
    if had_otherwise(marked, end):
        return True
    if off and (_REFUSES.search(off[0]) and _names_particular(marked, end + off.end())):
        return False  # 宽带不要移动 要联通的
    if other_kind_stands(marked, start):
        return False
    if not (off or OFF_BEFORE.search(before)) or (names_option(marked, start) and not _UNUSED.search(before)):
        return False
    if off and any(
        one.end > end
        and ((one.of("label") and one.text not in _PARTIES) or (_STAYS.search(off[0]) and _is_particular(marked, one)))
        for one in marked.hits_from(max(0, start - 3), end + off.end())
    ):
        return False  # 热力的楼号里去掉4号, 燃气户数不动, 用电 走的工业不改
    if of_building(marked, start) or _OF_CELL.match(after):
        return False
    return not (_speaks_of_ending(marked) and re.match(r"[^,。;]{0,4}不[用要]了", after))


def _names_particular(marked: Marked, at: int) -> bool:
    """Whether what is refused is what is named right here, one of several for the service."""
    return any(
        isinstance(one.field, ChoiceField) and one.field.several and not _is_a_kind_of_it(marked, at)
        for hit in marked.hits_from(at, at + 1)
        for one in hit.of("option")
    )


def other_kind_stands(marked: Marked, start: int) -> bool:
    """Whether another kind of the same service is named and not refused: 有线电视不用 宽带电信, 有线电视2台 网不用."""
    kinds = _kinds(marked)
    if here := kinds.at.get(start):
        return any(
            option != here[name] and starts != {start}
            for name in here
            for option, starts in kinds.standing.get(name, {}).items()
        )
    return any(kinds.of_service.get(one, {start}) != {start} for one in kinds.services.get(start, ()))


class _Kinds(NamedTuple):
    """Kinds of services in a message: which are named at a place, which stand, and of which services; a place or two of each."""

    at: dict[int, dict[str, str]]
    standing: dict[str, dict[str, set[int]]]
    of_service: dict[str, set[int]]
    services: dict[int, tuple[str, ...]]


@once
def _kinds(marked: Marked) -> _Kinds:
    """Worked out once a message: every service that is named asks for them."""
    form, found = fillable(marked.form), _Kinds({}, {}, {}, {})
    named = {option for _, _, options in marked.services for option in options}
    for at, _, options in reversed(marked.services):
        found.services[at] = options  # the first of those that begin here
    for hit in marked.hits:
        kinds = {one.field.id: one.option for one in hit.of("option") if one.option not in named}
        found.at[hit.start] = {**found.at.get(hit.start, {}), **kinds}
        if not kinds or _is_refused(marked, hit.end):
            continue
        if OFF_BEFORE.search(marked.text[max(0, hit.start - 10) : hit.start]):
            continue
        for name, option in kinds.items():
            _note(found.standing.setdefault(name, {}).setdefault(option, set()), hit.start)
        for one in hit.of("option"):
            service = form.opened_by.get(one.field.id, "")
            own = service in found.services.get(hit.start, ())
            several = isinstance(one.field, ChoiceField) and one.field.several and one.field.id not in form.doings
            if service and several and (own or (one.field, one.option) in form.telephones):
                _note(found.of_service.setdefault(service, set()), hit.start)
    return found


def _note(starts: set[int], start: int) -> None:
    if len(starts) < 2:
        starts.add(start)


def _is_refused(marked: Marked, end: int) -> bool:
    """Whether what ends here is said not to be wanted, and not what is named next: 只要电视 不要宽带."""
    off = OFF.match(marked.text[end : end + _AHEAD])
    if off is None:
        return False
    return not (
        off[0][:1] in " ,;" and any(one.of("option") for one in marked.hits_from(end + off.end(), end + off.end() + 1))
    )


def _is_particular(marked: Marked, hit: Hit) -> bool:
    """Whether a word answers a particular of one service, and not what is to be done."""
    doings = fillable(marked.form).doings
    senses = hit.of("option")
    return bool(senses) and all(
        isinstance(one.field, ChoiceField)
        and one.field.id not in doings
        and all(hit.start != at for at, _, _ in marked.services)
        for one in senses
    )


def _is_a_kind_of_it(marked: Marked, at: int) -> bool:
    """Whether the word names one kind of the service as well: 电话不要了 宽带留着."""
    return any(len({one.field.id for one in hit.of("option")}) > 1 for hit in marked.hits_from(at, at + 1))


_AND = re.compile(r"[和跟与、]")
_DONE_THERE = re.compile(r"(?:那边|这边|早|都|也|就|已经?)*(?:通|接|装|办|报|弄)(?:好|完|上|过)?了(?=$|[ ,。;])")


def _next_in_turn(marked: Marked, end: int) -> tuple[int, int] | None:
    """The service joined to this one where both are there already: 电和水早就通了."""
    for hit in marked.hits_from(end + 1, end + 2) if _AND.match(marked.text, end) else ():
        if hit.of("option") and _DONE_THERE.match(marked.text, hit.end):
            return hit.start, hit.end
    return None


@once
def _speaks_of_ending(marked: Marked) -> bool:
    return bool(_ENDS.search(marked.text))
