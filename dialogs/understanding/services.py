"""Services chosen and withdrawn in free text: 再加个网, 水算了, 电先不销."""

import re
from collections.abc import Iterable

from dialogs.understanding.counted_services import counted_services
from dialogs.understanding.exchanged import exchanged
from dialogs.understanding.fillable import fillable
from dialogs.understanding.had_otherwise import is_of_another_place
from dialogs.understanding.left_as_it_is import can_be_ended, is_not_ended, only_a_thing_stays
from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import is_others, only_complains
from dialogs.understanding.once import once
from dialogs.understanding.only_mentioned import is_only_mentioned
from dialogs.understanding.only_these import only_these
from dialogs.understanding.scene import Scene
from dialogs.understanding.standing import stands
from dialogs.understanding.unwanted import OFF, OFF_BEFORE, is_off, other_kind_stands
from dialogs.understanding.whose import is_anothers
from dialogs.understanding.withdrawn import Withdrawn, withdrawn
from dialogs.understanding.within.buildings import of_building
from model.fields import ChoiceField
from model.values import Picks

_GIVEN_BACK = re.compile(r"(?:那边|那块|也|都|就|先|还是)*退(?:掉|了|出)(?=$|[吧 ,。;])")
"""Of a service that cannot be ended on this form: 气退掉 壁挂炉贵."""
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


_AFTER_ALL = re.compile(
    r"(?:那块|这块)?(?:也|还是|就)(?:一道|一起|一并|一块|跟着|都)?(?:要)?(?:报|办|装|接|销|过|开)(?![不了])"
)
"""电也不要我的了 那电也一道销."""
_WANTED = re.compile(r"[装办报要留开接弄申]")


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


def _is_kept_on(scene: Scene, own: list[tuple[int, int]], option: str) -> bool:
    """Whether the service was to be ended and is not: 水不销 看门的还要吃水."""
    return any(is_not_ended(scene, end, option) for _, end in own)


_THEN = re.compile(r"[ ,](?:就|还是|一步到位|干脆|直接)?(?:改|换|直接|转|是|要|报|办)(?:成|为|报|办)?$")


def chosen_and_dropped(scene: Scene, opened: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The services this message adds and those it withdraws; `opened`: those whose cells it fills."""
    text, marked = scene.marked.text, scene.marked
    added, dropped = dict[str, None](), dict[str, None]()
    here, there, opened = set[str](), set[str](), list(opened)
    of_service = frozenset(opened)
    back = [
        one
        for one in withdrawn(scene)
        if one.whole
        and not of_building(marked, one.start)
        and not any(other_kind_stands(marked, at) for at, _, _ in marked.services if one.start <= at < one.end)
    ]
    kept = scene.before[scene.services].value if scene.services in scene.before else None
    before_all = frozenset(kept.options) if isinstance(kept, Picks) else frozenset[str]()
    instead_of, instead = exchanged(marked, before_all)
    marks = () if not before_all and only_complains(marked) else marked.services
    for start, end, options in marks:
        before, after = text[max(0, start - 10) : start], text[end : end + 24]
        if instead_of and instead.issuperset(options):
            added |= dict.fromkeys(options)
            continue
        if is_of_another_place(marked, start, end) or (
            before_all.isdisjoint(options) and is_only_mentioned(marked, start, end, not of_service.issubset(options))
        ):
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
        off = (is_off(marked, start, end) or _lies_in(start, options, back)) and not stays
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
                or (option in dropped and not _AFTER_ALL.match(after))
            ):
                continue
            elif not scene.chosen or _ADDS.search(before) or _ADDS_AFTER.match(after):
                if scene.chosen and _in_piece(marked, start, _TALK) and not _ADDS.search(before):
                    continue
                added[option] = None
    for option in list(dropped):
        own = [(start, end) for start, end, options in scene.marked.services if option in options]
        if (
            option not in instead_of
            and not _is_kept_on(scene, own, option)
            and any(
                not OFF.match(text[end : end + 14])
                and not OFF_BEFORE.search(text[max(0, start - 10) : start])
                and not _lies_in(start, (option,), back)
                and start > own[0][0]
                and not is_anothers(marked, start, end)
                and _in_piece(marked, start, _WANTED)
                for start, end in own
            )
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
