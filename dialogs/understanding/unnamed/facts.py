"""What an option, or a fact that speaks for one, says where it stands: refused, a landmark, or told better already."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dialogs.derived import derived
from dialogs.kinds.option_names import option_names
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit, Sense
from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import in_others_talk
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.left_open import UNSURE
from model.condition import Has
from model.fields import ChoiceField, Field
from model.form import Form


def turned(senses: Iterable[Sense]) -> Iterator[Sense]:
    """What is said by a word that is refused: 不用上门 is a no, 不用破路 a 否; of another option nothing."""
    for sense in senses:
        if sense.role == "yes":
            yield replace(sense, role="no")
        elif isinstance(sense.field, ChoiceField) and sense.option == "是" and "否" in option_names(sense.field):
            yield replace(sense, option="否")
        elif sense.role not in ("option", "fact"):
            yield sense


def tells_nothing(scene: Scene, field: Field, hit: Hit) -> bool:
    """Whether a fact is only a landmark, of somebody else, or one more beside what is ticked among several."""
    several = isinstance(field, ChoiceField) and field.several
    return (
        _is_home_of_a_trade(scene.marked, field, hit)
        or _is_landmark(scene.marked, hit.end)
        or _lives_there(scene.marked, hit.end)
        or (field.id in _homes(scene.form) and _is_of_another_time_or_place(scene.marked, hit.start, hit.end))
        or in_others_talk(scene.marked, hit.start)
        or (several and _is_told(scene, field))
    )


@derived
def _homes(form: Form) -> dict[str, frozenset[str]]:
    """Of each choice, the options that say as much as that a person applies: 住宅, and so a 住户."""
    found = dict[str, frozenset[str]]()
    for field in form.fields.values():
        for option in field.options if isinstance(field, ChoiceField) else ():
            if isinstance(option.implied, Has):
                found[option.implied.field] = frozenset(option.implied.has)
    return found


@once
def _is_home_of_a_trade(marked: Marked, field: Field, hit: Hit) -> bool:
    """Whether a word for a home (我家) stands beside what is done there: 我家竹器作坊, 我家是做民宿的."""
    homes = _homes(marked.form).get(field.id)
    if not homes or not any(one.field.id == field.id and one.option in homes for one in hit.senses):
        return False
    return any(
        sense.field.id == field.id and sense.option not in homes
        for other in marked.hits
        if other is not hit
        and not _is_landmark(marked, other.end)
        and not is_theirs(marked, other.start)
        and not in_others_talk(marked, other.start)
        for sense in other.of("fact")
    )


@derived
def blanks(field: ChoiceField) -> frozenset[str]:
    """The options beside which something is to be written."""
    return frozenset(one.text for one in field.options if one.blank == "required")


def _is_told(scene: Scene, field: Field) -> bool:
    """Whether a choice of several is made already, or in words of its own: 6号楼是幼儿园 then adds nothing."""
    return not scene.open(field) or field.id in _named_options(scene.marked)


@once
def _named_options(marked: Marked) -> frozenset[str]:
    """The choices of which an option is named."""
    return frozenset(sense.field.id for hit in marked.hits for sense in hit.of("option"))


_LANDMARK = re.compile(
    r"(?:里|的|小区)?(?:对面|对过|旁边?|边上|附近|门口|[后前]面|[后前]头|背后|隔壁|斜对|往[东南西北]|[东南西北](?:边|侧|面|门|头|邻)|路口|这条?[路街]|[路街巷])"
)


_THEIRS = re.compile(r"(?:[你您他她]们|人家)(?:那[边里]?|的|家)?$")


@once
def is_theirs(marked: Marked, at: int) -> bool:
    """Whether the word here is said of those who are spoken to, or of others: 你们食堂几点开饭."""
    return bool(_THEIRS.search(marked.said(max(0, at - 5), at)))


@once
def _is_landmark(marked: Marked, at: int) -> bool:
    """Whether the word only says where something is: 医院对面, 学校往东."""
    return bool(_LANDMARK.match(marked.text, at))


_WORKS_THERE = re.compile(r"(?:里|那边)?(?:上班|打工|工作|帮工|当(?:会计|保安|老师|厨师|服务员)|退休|做事)")
_NEAR_IT = re.compile(
    r"(?:旁边|隔壁|对面|附近|边上|后面|前面|门口)(?:就?是|有|开了?)?[^,。;\s]{0,2}$"
    r"|(?:挨着|靠着|靠近|紧挨|紧邻|正对)[^,。;\s]{0,2}$"
)
_ONCE_DID = re.compile(r"(?:以前|从前|早先|过去|早些年|前些年|退休前|先前|去年|前年)[^,。;\s]{0,5}$")
_HOUSE_ONCE = re.compile(r"[^,。;\s]{0,6}(?:改|翻|重|现在)")
_MY_OWN = re.compile(r"(?:我|俺|咱|自己|我家)[^,。;\s]{0,3}(?:门口|楼[上下]|隔壁|前面|后面)")


@once
def _is_of_another_time_or_place(marked: Marked, start: int, end: int) -> bool:
    """Whether the word says where one works, what is near by, or what was done before: 在饭店上班, 旁边有个学校, 以前开超市."""
    before = marked.said(max(marked.piece_at(start).start, start - 12), start)
    if _WORKS_THERE.match(marked.text, end):
        return True
    if _NEAR_IT.search(before) and not _MY_OWN.search(before):
        return True
    return bool(_ONCE_DID.search(before)) and not _HOUSE_ONCE.match(marked.text, end)


_LIVES_ABOVE = re.compile(r"(?:楼上|[二三四]楼|后面|后头|后院|里间|阁楼|上面)[^,。;\s]{0,4}$")


@once
def is_above_a_trade(marked: Marked, field: Field, hit: Hit) -> bool:
    """Whether a word for a home says where those who keep the shop live: 楼下开店 楼上自己住."""
    before = marked.said(max(0, hit.start - 8), hit.start)
    return bool(_LIVES_ABOVE.search(before)) and _is_home_of_a_trade(marked, field, hit)


_HOMES = re.compile(r"的?老?(?:职工|员工|教工)?(?:宿舍|家属[院楼区]|生活区)")


@once
def _lives_there(marked: Marked, at: int) -> bool:
    """Whether the word only says whose homes these are: 厂里老宿舍院, 医院家属楼."""
    return bool(_HOMES.match(marked.text, at))


_WEIGHED = re.compile(
    r"[^ ,。;\n]{0,8}[ ,][^ ,。;\n]{0,6}(?:算|属|计入|归)[^ ,。;\n]{0,8}(?:[么吗不?]|(?:我|俺)[^ ,。;\n]{0,2}(?:不|外行))(?![是用要])"
)
_UNKNOWN = re.compile(rf"[\s,:]{{0,2}}(?:[他她我俺]|客户|对方)?也?(?:{UNSURE.pattern})")
"""对接 她不懂: nothing is said of it."""
_WORTH_IT = re.compile(
    r"(?:了|的话)?[\s,]?[^,。;\s]{0,3}?(?:与否|是否|(?P<verb>\S{1,2})不(?P=verb)|(?:划算|合算|便宜|省钱|有用)(?:吗|么|不|呢|\?))"
)
"""谷峰开了划不划算: a question."""
_PUT_OFF = re.compile(r"[说定谈]")
_NONE_BEHIND = re.compile(
    r"(?:的|啥的|什么的|器|设备|电?机|[这那][些种类]|之类|一类|[、和跟及]\S{1,3}?){0,3}[\s:]{0,2}(?:一[个台样]|半[个台]|统统|通通|[都也全均])*"
    r"(?:没有|没得|没|无|不(?:用|带|上|装|涉及|存在))(?!变频|关系|问题|[a-zA-Z\d])"
)
"""变频的一个没有; 变频、整流这类:无."""


@once
def none_of_it(marked: Marked, hit: Hit) -> bool:
    """Whether of what speaks for a yes there is none: it speaks for a no then."""
    return bool(hit.of("fact") and _NONE_BEHIND.match(marked.text, hit.end))


@once
def is_undecided(marked: Marked, hit: Hit) -> bool:
    """Whether a yes is asked about right behind it (空调是变频的 这种算非线性么), or a no only puts it off (谷峰先不说)."""
    if hit.of("yes") and (_WEIGHED.match(marked.text, hit.end) or _UNKNOWN.match(marked.text, hit.end)):
        return True
    if hit.of("yes", "no") and any(
        _WORTH_IT.match(marked.text, end) for end in {hit.end, hit.start + len(hit.text)}
    ):  # 峰谷电价开通与否
        return True
    return bool(hit.of("no") and _PUT_OFF.match(marked.text, hit.end))


_PAST = re.compile(
    r"的?(?:那块|那边|这块)?(?:(?:去年|前年|早就?|已经?|以前|上次|原来|老早)+[^,。;\s]{0,4}(?:[通装办接报弄建]|用上)(?:了|过|好)"
    r"|[都也早]?已(?:经)?有)"
)


@once
def is_past(marked: Marked, hit: Hit) -> bool:
    """Whether what an option names is there already, and so not applied for: 食堂去年已经通了."""
    return bool(hit.of("option") and _PAST.match(marked.text, hit.end)) or _ended_before(marked, hit)


_ENDS, _BEFORE_NOW = re.compile(r"[停退拆关卖]"), re.compile(r"(?:早就?|已经?|[年月]就?|早先|那会儿?)(?:都|也|全)?$")


def _ended_before(marked: Marked, hit: Hit) -> bool:
    """Whether something came to an end long ago, where something else is to be done now: 老厂前年就停了, 他那根已经拆走了."""
    if not _ENDS.match(hit.text) or not _BEFORE_NOW.search(marked.said(max(0, hit.start - 5), hit.start)):
        return False
    doings = fillable(marked.form).doings
    ended = {one.option for one in hit.of("option", "fact") if one.field.id in doings}
    return bool(ended) and any(
        one.field.id in doings and one.option not in ended
        for other in marked.hits
        for one in other.of("option", "fact")
    )


_FOR_SO_LONG = re.compile(
    r"(?:都|也|快|已经?|有)?(?:(?:好几|几|半|[一两二三四五六七八九十\d]{1,2}|好多|多)个?多?(?:月|年|天)|好久|很久|多年|好长)"
)


@once
def lasts(marked: Marked, hit: Hit) -> bool:
    """Whether a fact only tells how long it has been so: 停了半年 is no wish to give it up."""
    return bool(hit.of("fact") and hit.text.endswith("了") and _FOR_SO_LONG.match(marked.text, hit.end))


@once
def names_firm(marked: Marked, at: int) -> bool:
    """Whether the name of a firm follows, so that a word before it (营业执照) only says whose name that is."""
    return any(0 <= one.start - at <= 2 for one in marked.firms)
