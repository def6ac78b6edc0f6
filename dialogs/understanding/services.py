"""Services chosen and withdrawn in free text: 再加个网, 水算了, 电先不销."""

import re
from collections.abc import Iterable

from dialogs.understanding.counted_services import counted_services
from dialogs.understanding.exchanged import exchanged
from dialogs.understanding.fillable import fillable
from dialogs.understanding.had_otherwise import had_otherwise, is_of_another_place
from dialogs.understanding.left_as_it_is import can_be_ended, is_not_ended, only_a_thing_stays
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import is_others, only_complains
from dialogs.understanding.once import once
from dialogs.understanding.only_these import only_these
from dialogs.understanding.scene import Scene
from dialogs.understanding.standing import stands
from dialogs.understanding.whose import is_anothers
from dialogs.understanding.withdrawn import Withdrawn, names_option, withdrawn
from dialogs.understanding.within.buildings import of_building
from model.fields import ChoiceField
from model.values import Picks

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
_OF_ANOTHER = (
    rf"{_LEAD}用的?是?[^,。;\s]{{0,3}}(?:房东|房主|出租方|物业|别人|隔壁|邻居|人家)[^,。;\s]{{0,4}}的|{_LEAD}(?:自家|自己|自打)的?井"
    rf"|{_LEAD}归(?!我|俺|咱|哪|谁|什么|啥)[^,。;\s]{{1,5}}(?:管|方|办|弄|报)(?=$|[ ,。;])"
)
"""电用房主家的, 吃水是自家井: nothing is applied for there."""
_OFF = re.compile(
    r"^(?:等等|等下|等一下|[ ,])*(?:[^,。; \n!?\d水电气网暖装改移分销过增表说想]{0,8}?)"
    r"(?:算了|不要(?:了|(?![紧\d]|[一二两三四五六七八九十百]+(?:千瓦|吨|[方兆平个台])))|不办|不报|不用(?!急)|用不着|不装|不接|(?<![带拉推])不动|[不别]销|"
    r"不弄|不搞|不处理|不理|不开|不改|不过(?:户|了|$|[ ,。])|"
    r"不上(?=$|[了 ,。;])|不申请|[不没](?:有)?(?:涉及|牵涉|牵扯|沾边)|先放|取消|去掉|划掉|划去|删掉|拿掉|撤|免了|没变|不变|"
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
    rf"|^(?:那边|这边|的|是|{_FORMERLY}|早|都|也|就|已经?)*(?:通|接|装|办|报|过|弄|开|批|提交|申请)(?:好|过|完|上)?了{_STOP}"
    rf"|^[\s:]{{0,2}}(?:[:]|那[栏格项]|这[栏格项])\s?(?:无|没有|不|×|✕|✗|/|—|-)(?=$|[\s,。;])"
)
_KEPT_ON = re.compile(
    r"(?:的|那块|这块|那边|都|全|就|先|,|:)*(?:(?:他|她|人家|对方|下家|新老板|接手的?)们?(?:还|也|都|自己|要|会|想|接着|继续)*用(?![电水气网])"
    r"|留着(?!的)|留给|照旧|照用)"
)
"""Of what is ended or made over, this is not: 煤气销户 水电他接着用."""
_GIVEN_BACK = re.compile(r"(?:那边|那块|也|都|就|先|还是)*退(?:掉|了|出)(?=$|[吧 ,。;])")
"""Of a service that cannot be ended on this form: 气退掉 壁挂炉贵."""
_OFF_BEFORE = re.compile(
    r"(?:不要|不办|不报|不用报|(?<!是不是)(?<!要不要)不用煤?|用不着|不装|不接|取消|去掉|划掉|划去|删掉|删了|拿掉|撤掉?|撤了|先不办?|别报|除了|不申请|暂不|退掉)(?:了|个|那个|的)?$"
)
_UNUSED = re.compile("不用煤$")
"""The word for what is to be done (用煤气) is what is denied."""
_ADDS = re.compile(
    r"(?:再|还|也|另外|顺便|顺带|加上?|补上?|新增|连同|一起|一块|同时|外加|还有|并)(?:要|想|得|需要|报|办|加|装|接|申请|开|上)*(?:个|一个|一下|上|条)?$"
    r"|(?<!不)(?:改|换)(?:成|为|报|办|做)(?:要|报|办|装)?$"
)
_ADDS_AFTER = re.compile(
    r"^(?:那块|这块|也|都|就|还是|业务|这次|另外|还|再)*(?:新开|新拉|另外|提个?速|一起|一块|也要|也报|也办|也装|也加|也一|加上|都要|都报|都办|新装|报装|开户|过户|销户|增容|临时|通气|照样|照旧|还是要|照办)"
    r"|^[^,。;\s]{0,6}?(?:也|顺便|顺带|一并|一道|同时)(?![不没别有是问在算])[^,。;\s]{0,4}?(?:装|通|办|接|开|报|弄|搞|过|加|拉|牵|要|来|转|改|销|迁|移)"
    r"|^[^,。;]{0,12}[ ,](?:想|要|就|也|我们?|这次|麻烦您?|请)*(?:顺便|顺带|一并|一道|同时|也)(?:想|要|给|把|得)*"
    r"(?:装|通|办|接|开|报|弄|搞|过|加|拉|牵)"
)
_NOT_ENDED = re.compile(r"[^,。;\s]{0,3}[不别][销停退]")
"""水先不销: something else is to be done there."""
_ENDS = re.compile(r"销|停|退|拆")
_ASKED = re.compile(r"能不能|能否|可不可以|行不行|要不要|问")
_WISHES = re.compile(
    r"(?:我|俺|咱)(?:家|们|这|店|厂)?(?:也|就)?(?:想|要)(?:装|接|通|办|报|拉|弄|开)|[也就](?:想|要)(?:装|接|报|办|通|开|拉)"
)
"""想问下天然气怎么报 我家也想装: what is asked about is wanted."""
_REQUESTS = re.compile(
    r"(?:能不能|可不可以|能否)(?:弄|改|换|变|调|转)(?:成|为|到)(?![^,。;]*(?:多少|费|价钱|材料|吗))"
    r"|(?:能不能|可不可以|行不行|能否)(?:麻烦)?(?:您|你们?)?(?:把|帮|给我|顺便|顺手)(?![^,。;]*(?:问|说|啥|什么|怎么|多少|费|价|材料))"
)
"""能不能把燃气也一块报了: a request."""
_HOW = re.compile(r"(?:咋|怎么|怎样|如何)(?:来|去|个)?(?:报(?!修|销)|办|弄|申请|开通)")
"""问下减容咋报, where nothing is applied for so far: it is what one comes for."""
_TALK = re.compile(r"(?:问|啥|什么|怎么|多少|费|价|材料|资料|吗|\?)")


_AHEAD = 60
"""Characters behind a service in which it is told that more is to be done there."""
_OF_CELL = re.compile(r"的?备注")
"""网的备注不用: the cell is left open, not the service."""
_THE_REST = re.compile(r"[ ,。]*(?:别的|其[他它余]|剩下|旁的)")
"""要装气 别的不装: of what was not named."""
_STAYS = re.compile("不[改动变换]$|没变$")
_BILL = re.compile(r"[费价]")
"""电费一直走的工业 不改: what is paid for it stays, and it is wanted."""
_WANTED = re.compile(r"[装办报要留开接弄申]")


@once
def _is_off(marked: Marked, start: int, end: int) -> bool:
    """Whether a service named here is said not to be wanted."""
    before, after = marked.text[max(0, start - 10) : start], marked.text[end : end + _AHEAD]
    if (joined := _next_in_turn(marked, end)) is not None:
        return _is_off(marked, *joined)
    off = None if _THE_REST.match(after) or _BILL.match(after) else _OFF.match(after)
    if off is None and marked.text[end - 1] != "表" and not _is_a_kind_of_it(marked, start):
        off = _KEPT_ON.match(after)
    if had_otherwise(marked, end):
        return True
    if not (off or _OFF_BEFORE.search(before)) or (names_option(marked, start) and not _UNUSED.search(before)):
        return False
    if off and any(
        one.end > end and (one.of("label") or (_STAYS.search(off[0]) and _is_particular(marked, one)))
        for one in marked.hits_from(max(0, start - 3), end + off.end())
    ):
        return False  # 热力的楼号里去掉4号, 燃气户数不动, 用电 走的工业不改
    if of_building(marked, start) or _OF_CELL.match(after):
        return False
    return not (_speaks_of_ending(marked) and re.match(r"[^,。;]{0,4}不[用要]了", after))


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
_DONE_THERE = re.compile(r"(?:那边|这边|早|都|也|就|已经?)*(?:通|接|装|办|报|弄)(?:好|完|上)?了(?=$|[ ,。;])")


def _next_in_turn(marked: Marked, end: int) -> tuple[int, int] | None:
    """The service joined to this one where both are there already: 电和水早就通了."""
    for hit in marked.hits_from(end + 1, end + 2) if _AND.match(marked.text, end) else ():
        if hit.of("option") and _DONE_THERE.match(marked.text, hit.end):
            return hit.start, hit.end
    return None


@once
def _speaks_of_ending(marked: Marked) -> bool:
    return bool(_ENDS.search(marked.text))


def _in_piece(marked: Marked, at: int, pattern: re.Pattern[str]) -> bool:
    piece = marked.piece_at(at)
    return _between(marked, piece.start, piece.end, pattern)


@once
def _between(marked: Marked, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(marked.text, start, end))


def _lies_in(at: int, options: tuple[str, ...], stretches: list[Withdrawn]) -> bool:
    return any(one.start <= at < one.end and options == (one.service,) for one in stretches)


def _others_stay(scene: Scene, at: int) -> bool:
    """宽带不要 where 有线电视 is ticked: the word is one kind of the service only, and another kind stays."""
    for hit in scene.marked.hits_from(at, at + 1):
        for sense in hit.of("option"):
            field, known = sense.field, scene.before.get(sense.field.id)
            if isinstance(field, ChoiceField) and field.several and field.id != scene.services and known is not None:
                ticked = known.value.options if isinstance(known.value, Picks) else ()
                if any(one != sense.option for one in ticked):
                    return True
    return False


def _turns_to_else(scene: Scene, options: tuple[str, ...], at: int) -> bool:
    """水不过户了 改销户: something else is to be done there, which is said next."""
    marked, form = scene.marked, scene.form
    doings = fillable(form)
    return any(
        sense.field.id in doings.doings and doings.opened_by.get(sense.field.id) in options and _THEN.search(between)
        for hit in marked.hits_from(at + 2, marked.sentence_end(at))
        for sense in hit.of("option")
        if (between := marked.said(at, hit.start))
    )


_METER_STAYS = re.compile(r"[^,。;\s]{0,2}(?:不|别)[动换移改挪]")


def _only_the_meter(marked: Marked, start: int, end: int, options: tuple[str, ...]) -> bool:
    """Whether a meter is left where it is of a service that is named otherwise as well: 自来水新接一路 剩下的水表不动."""
    if marked.text[end - 1] != "表" or not _METER_STAYS.match(marked.text, end):
        return False
    return any(at != start and not set(options).isdisjoint(named) for at, _, named in marked.services)


def _stays_itself(marked: Marked, end: int) -> bool:
    """Whether it is the meter that stays, where something else of the service is to be done: 水管得挪 水表不动."""
    return marked.text[end - 1] == "表" and bool(_METER_STAYS.match(marked.text, end))


_THEN = re.compile(r"[ ,](?:就|还是|一步到位|干脆|直接)?(?:改|换|直接|转|是|要|报|办)(?:成|为|报|办)?$")


def chosen_and_dropped(scene: Scene, opened: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The services this message adds and those it withdraws; `opened`: those whose cells it fills."""
    text, marked = scene.marked.text, scene.marked
    added, dropped = dict[str, None](), dict[str, None]()
    here, there, opened = set[str](), set[str](), list(opened)
    of_service = frozenset(opened)
    back = [one for one in withdrawn(scene) if one.whole and not of_building(marked, one.start)]
    kept = scene.before[scene.services].value if scene.services in scene.before else None
    before_all = frozenset(kept.options) if isinstance(kept, Picks) else frozenset[str]()
    instead_of, instead = exchanged(marked, before_all)
    marks = () if not before_all and only_complains(marked) else marked.services
    for start, end, options in marks:
        before, after = text[max(0, start - 10) : start], text[end : end + 24]
        if instead_of and instead.issuperset(options):
            added |= dict.fromkeys(options)
            continue
        if is_of_another_place(marked, start, end):
            there |= set(options)
            continue
        here |= set(options)
        if is_others(marked, start, bool(before_all)) or (
            dropped.keys() >= set(options) and is_anothers(marked, start, end)
        ):
            continue
        stays = (
            _only_the_meter(marked, start, end, options)
            or (bool(of_service.intersection(options)) and _stays_itself(marked, end))
            or all(only_a_thing_stays(scene, end, one) for one in options)
            or set(options) <= scene.chosen
            and (stands(marked, end) or _turns_to_else(scene, options, end))
        )
        off = (_is_off(marked, start, end) or _lies_in(start, options, back)) and not stays
        off = off or all(is_not_ended(scene, end, one) for one in options)
        off = off or (bool(_GIVEN_BACK.match(after)) and not any(can_be_ended(scene, one) for one in options))
        off = off or (bool(instead_of) and instead_of.issuperset(options))
        if off and before_all.isdisjoint(options) and _NOT_ENDED.match(after):
            off = False
        if off and _others_stay(scene, start):
            continue
        for option in options:
            if off:
                dropped[option] = None
                added.pop(option, None)
            elif (
                _in_piece(marked, start, _ASKED)
                and not re.search(r"报[装]?$", before)
                and not _WISHES.search(text, end)
                and (scene.chosen or not _in_piece(marked, start, _HOW))
                and not _in_piece(marked, start, _REQUESTS)
                or option in scene.chosen
                or option in dropped
            ):
                continue
            elif not scene.chosen or _ADDS.search(before) or _ADDS_AFTER.match(after):
                if scene.chosen and _in_piece(marked, start, _TALK) and not _ADDS.search(before):
                    continue
                added[option] = None
    for option in list(dropped):
        own = [(start, end) for start, end, options in scene.marked.services if option in options]
        if option not in instead_of and any(
            not _OFF.match(text[end : end + 14])
            and not _OFF_BEFORE.search(text[max(0, start - 10) : start])
            and not _lies_in(start, (option,), back)
            and start > own[0][0]
            and not is_anothers(marked, start, end)
            and _in_piece(marked, start, _WANTED)
            for start, end in own
        ):
            del dropped[option]  # 宽带不要了,只装有线电视: not all of it
    for option in opened:
        if option in there - here and opened.count(option) == 1:
            continue  # one cell may be of what is said there
        if option not in dropped and option not in scene.chosen:
            added[option] = None
    if not before_all:
        added |= dict.fromkeys(counted_services(marked, tuple(scene.service_sections)))
    dropped |= dict.fromkeys((*instead_of, *only_these(marked, before_all)))
    return tuple(added), tuple(one for one in dropped if one in scene.chosen)
