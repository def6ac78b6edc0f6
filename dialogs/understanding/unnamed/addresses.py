"""Places of the county: whose address each is."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import STRONG_CUE
from dialogs.understanding.elsewhere import is_elsewhere
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.in_town import in_town
from dialogs.understanding.kinship import put_right, related
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.nothing_there import nothing_there
from dialogs.understanding.once import once
from dialogs.understanding.one_place import one_place, place_behind
from dialogs.understanding.place_words import SPOT, WAY
from dialogs.understanding.places import Place, is_built
from dialogs.understanding.same_place import same_place
from dialogs.understanding.scene import Scene
from model.fields import AddressField, Field, TextField
from model.values import Address


def addresses(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The address fields that each place of the message could answer."""
    mine = [one for one in fields.addresses if one not in fields.former]
    wrong = put_right(scene, mine)
    told = any(not scene.open(one) for one in fields.addresses)
    for place in scene.marked.places:
        if is_elsewhere(scene.marked, place.start, place.end, told):
            continue
        if _is_name(scene.marked, place) or (not place.sure and _SAYS_WHERE.match(place.text)):
            continue
        for n, field in enumerate(fields.addresses):
            if (needs := scene.needs(field)) is None or needs or nothing_there(scene, field, place.start, place.end):
                continue
            vague = field is mine[0] and is_vaguer(scene, field, place.text)
            if not (scene.open(field) or vague or wrong or _is_answer(scene.marked, place.start, place.end)):
                continue
            score = (
                32
                + (8 if scene.open(field) or vague else -4)
                + (6 if scene.focused == field.id else 0)
                - 6 * n
                + (4 if place.sure else 0)
            )
            score += 22 if _belongs(scene, field, place.start) else 0
            score += _former(scene, fields, field, place)
            if len(mine) > 1 and scene.open(field) and _is_another(scene.marked, place):
                score += -30 if field is mine[0] else 16
            if len(mine) > 1 and (told_behind := _told_behind(scene.marked, place)):
                score += 40 if (told_behind == "office") == (field is mine[0]) else -40
            score += 24 if wrong is field else 0
            score += _ON_THE_PHONE if _is_where_to_connect(scene, field, place) else 0
            both = scene.open(field) and of_both(scene.marked, place.start, place.end)
            score -= 16 if not both and _points_away(scene.marked, field.id) else 0
            group = (f"both:{place.start}",) if both else ()
            yield Candidate(
                field.id,
                Understood(Address(text=in_town(scene, place.text.strip()))),
                place.start,
                place.end,
                score,
                "地址的样子",
                group=group,
            )


_ON_THE_PHONE = 14
"""More than what an address gains by standing first on the form."""


def _is_where_to_connect(scene: Scene, field: AddressField, place: Place) -> bool:
    """Whether a caller means this address: he is asked where to connect, not where he lives, and one address is all he says (R32)."""
    if scene.draft.channel != "hotline" or field.id != scene.connected or not scene.open(field):
        return False
    before = scene.marked.said(max(0, place.start - 12), place.start)
    return len(scene.marked.places) == 1 and not (_HEAD_OFFICE.search(before) or _HOME.search(before))


_SAYS_WHERE = re.compile(
    r"[^\d在]{0,6}(?:[爸妈爹娘人]|[我俺他她][^\d在]{0,2}|杆|变压器|箱变?|电表|水表|阀门?|[邻隔][居壁])[就也都还]?[在搁](?!建)"
)
"""电线杆在村北头: says where a thing is, and is no address itself."""
_NAMED_NEAR = 2


def _is_name(marked: Marked, place: Place) -> bool:
    """Whether this is no place but a name that begins with its town: 单位全称新乡县小冀镇示例救援站."""
    label = marked.label_before(place.start)
    if label is None or not 0 <= place.start - label.end <= _NAMED_NEAR:
        return False
    named = [one.field for one in label.of("label")]
    if not all(isinstance(one, TextField) for one in named):
        return False
    bare = re.search(rf"\d|{WAY}|{SPOT}", place.text) is None
    return is_built(place) or (bare and all(isinstance(one, TextField) and one.name_only for one in named))


_EXACT = re.compile(r"\d|[一二三四五六七八九十]号|[路街巷道]")


def is_vaguer(scene: Scene, field: AddressField, said: str) -> bool:
    """Whether only where somebody is from was told before, and here stands his address: 茂林镇冷库, then 茂林镇示例路6号."""
    before = scene.before.get(field.id)
    told = before.value.text if before is not None and isinstance(before.value, Address) else ""
    town = re.match(r"[一-鿿]{2,4}?[镇乡]", told)
    same = town is not None and said.startswith(town[0])
    return same and _EXACT.search(told) is None and _EXACT.search(said) is not None


_HEAD_OFFICE = re.compile(
    r"(?:公司|单位|总部|总公司|注册|登记|办公|通[讯信]|厂部|机关|执照|证件?上|照上|(?<![大公搬新老])家)(?:[写登]?[的嘞哩]|本身|本部|总部|注册|办公)?(?:地址|地点|地方|地|住所|楼|室)?(?:就|是|都)?(?:在|搁|住在?|位于|设在|[写登]的是|是|于|:)?\s{0,2}$"
)
_HOME = re.compile(
    r"(?:(?<![大公搬新老])家里?(?:就|是)?(?:在|搁|住在?|(?<=家)是)"
    r"|(?<![\u4e00-\u9fff])(?:[我俺咱]们?|本人|人|一?家人)?(?:自己|平时|现在?|都|就|是)?住在?)\s{0,2}$"
)
_PREMISES = re.compile(
    r"(?:[店铺]面?|铺子|门[面店市脸]|[大菇菜]?棚|厂子|工厂|[猪鸡鸭牛羊养殖][殖]?场|影城|酒店|园区|基地|展厅|商场|物流园|宿舍|公寓|影院|食堂|库房|仓库|车间|厂房)(?:这边|那边|[开建盖设搭])?(?:在|位于|是|:)?\s{0,2}$"
)
_AT_WORK = re.compile(r"[\u4e00-\u9fff](?:就|则|是|建|落|设)?(?:在|位于|址|地点|位置)(?:是|:)?\s{0,2}$")


_WORK_IT_IS = re.compile(
    r"\s?(?:才|就|那[个处]|这[个处])?是(?:我们?的?|俺们?的?|要)?(?:工地|施工|工程|项目|现场|[装接用][水电气表])"
)
_OFFICE_IT_IS = re.compile(
    r"\s?(?:才|就|那[个处]|这[个处])?是(?:我们?的?|俺们?的?)?(?:公司|单位|总部|注册|登记|办公|户籍|家(?![具电属])|住的)"
)
_PREMISES_IT_IS = re.compile(
    r"\s?(?:才|就|那[个处]|这[个处])?是(?:我们?的?|俺们?的?)?(?:店|厂|棚|仓库|门面|鸡场|猪场|养殖场|车间)"
)


@once
def _told_behind(marked: Marked, place: Place) -> str:
    """What a place is said to be, of two: …19号是工地 …33号才是公司."""
    text = marked.text
    if len(marked.places) < 2:
        return ""
    if _OFFICE_IT_IS.match(text, place.end):
        return "office"
    offices = any(_OFFICE_IT_IS.match(text, one.end) for one in marked.places)
    if _WORK_IT_IS.match(text, place.end) or (offices and _PREMISES_IT_IS.match(text, place.end)):
        return "work"
    return ""


@once
def _is_another(marked: Marked, place: Place) -> bool:
    """Whether this is the place of the work, behind that of the office: 公司在小冀镇…, 厂在七里营镇…."""
    if len(marked.places) < 2 or not place.sure or STRONG_CUE.search(marked.text):
        return False
    before = marked.said(max(0, place.start - 12), place.start)
    if _HEAD_OFFICE.search(before):
        return False
    first = marked.places[0]
    if place is first:
        others = [marked.said(max(0, one.start - 16), one.start) for one in marked.places[1:]]
        if any(_HOME.search(one) for one in others):
            return True  # 俺在合河乡大元庄村租了个仓库…家在朗公庙镇…
        return bool(_PREMISES.search(before)) and any(_HEAD_OFFICE.search(one) for one in others)
    office = _HEAD_OFFICE.search(marked.said(max(0, first.start - 16), first.start))
    return bool(office and (_AT_WORK.search(before) or _PREMISES.search(before)))


def is_of_work(scene: Scene, field: AddressField, start: int, end: int) -> bool:
    """Whether the place here is that of the work, and this is the field for the one of the applicant."""
    mine = [one for one in fillable(scene.form).addresses if one not in fillable(scene.form).former]
    places = scene.marked.places
    return (
        len(mine) > 1
        and field is mine[0]
        and any(start <= one.start < end and _is_another(scene.marked, one) for one in places)
    )


_BOTH_BEFORE = re.compile(
    r"(?:和|跟|与|、)[^,。;\s]{1,6}(?:都|全)?(?:在|是)\s*$|(?:都|全)(?:在|是|写|填)\s*:?$|(?:一个|同一个)(?:地址|地方|地儿)\s*$"
)


_BOTH_AFTER = re.compile(
    r"[\s,。;(]*(?:单位|公司|厂子?|店|注册|办公|项目|工程|工地|施工)(?:也|就|都)(?:在|是)(?:这[里儿]?|那[里儿]?)?(?=$|[\s,。;)])"
    r"|[\s,。;(]*(?:就这|单位|公司|项目|工程|工地)(?:一个地方|地址|也|同址|位置)*(?:也|就|都)?(?:在|是|写|同|按)?(?:这|那|一个地方|同|此|址)"
    r"|[\s,。;(]*(?:单位|公司|注册|办公)(?:地址|地)?[、和与跟,]?(?:项目|工程|施工|工地)(?:地址|地点|位置)?(?:都|全)?(?:是|在|写|用)?(?:同|一样|相同|一致|这|此)"
    r"|[\s,。;]*(?:[水电气暖网]|用电|用水|天然气|装|灶|表)*(?:也|就|都|全|想)*(?:装|接|建|用|安|拉)(?:也装)?(?:在|到|进)?(?:这|店|厂|园|院|家|屋|里头|公司|学校|同一)"
)
"""An address that is both the applicant's and the one to be connected."""


@once
def of_both(marked: Marked, start: int, end: int) -> bool:
    """Whether the address here is said to be that of the applicant and of what is to be connected."""
    return (
        bool(_BOTH_BEFORE.search(marked.said(max(0, start - 14), start)))
        or bool(_BOTH_AFTER.match(marked.said(end, end + 20)))
        or any(there is not None and start <= there.start < end for there in _both_behind(marked))
    )


@once
def _both_behind(marked: Marked) -> list[Place | None]:
    """The places told right behind the words that two things are there."""
    return [place_behind(marked, one) for one in one_place(marked)]


_AWAY = re.compile(r"[\s:]{0,2}[也就都]?(?:是|写|填|用|跟|和|同|按)?[^,。;\s]{0,8}?(?:一样|同上|相同|同址|一致)")


@once
def _points_away(marked: Marked, name: str) -> bool:
    """Whether this address is said to be the same as another one: the place named is the other one."""
    return any(
        sense.name == name and (_AWAY.match(marked.text, hit.end) or same_place(marked.text, hit.end))
        for hit in marked.labels
        for sense in hit.of("label")
    )


_AROUND = 5
"""Characters beside a place in a message that is nothing but the place."""


@once
def _is_answer(marked: Marked, start: int, end: int) -> bool:
    """Whether the message is hardly more than this place, or a name stands before it."""
    return len(marked.text) - (end - start) <= _AROUND or marked.label_before(start) is not None


_SITE = re.compile(
    r"(?:工地|项目|工程|现场|施工|安装|要接|(?<!公司)[新建]?[盖建落做搭]|房子|门面|井|大棚|地头|基地|场地|新址"
    r"|[菇菜暖温]棚|(?<![\u4e00-\u9fff])棚|戏[楼台]|台子|桩子?|泵房|宿舍|机房)(?:门牌号?)?(?:就|[搭盖建])?(?:在|位于|地点|是)?\s*$"
)


_FORMER = re.compile(r"(?:原来|原先|以前|之前|老|旧|从|由|[迁移搬]出)[^\s,。;]{0,8}\s?$|(?<![一-鿿])原[\s:]{1,2}$")
_ENTERED = re.compile(r"(?:(?<![一-鿿])新[\s:]{1,2}$|[搬迁移挪转换][到至去入往]|现在?|新[址的店厂]?)[住在是]?\s?$")
_LEFT = re.compile(
    r"\s{0,2}(?:那边|那里|那儿|那个)?(?:的[^,。;\n]{1,6}?)?[\s,]{0,2}(?:要|想|得|需要|全|都|也|一起){0,2}(?:[搬迁移挪转][到至去入往]|改到|迁移到|→|[-=]>)"
)


_OTHERWISE = 16


def _former(scene: Scene, fields: Fillable, field: AddressField, place: Place) -> int:
    """An address said to be the former one goes to the field for it, where the form has one."""
    at, text = place.start, scene.marked.text
    if not any(one.id in scene.visible for one in fields.former):
        left = fields.former and len(scene.marked.places) > 1 and _FORMER.search(text, max(0, at - 10), at)
        return -_OTHERWISE if left and not _ENTERED.search(text, max(0, at - 4), at) else 0
    former = bool(_LEFT.match(text, place.end)) or bool(
        _FORMER.search(text, max(0, at - 10), at) and not _ENTERED.search(text, max(0, at - 4), at)
    )
    return 16 if former == field.called.startswith("原") else -16


def _belongs(scene: Scene, field: Field, at: int) -> bool:
    """Whether the address goes with what was named just before it: 项目 云栖康养中心 古固寨镇…, 工地在…."""
    if _SITE.search(scene.marked.said(max(0, at - 6), at)):
        return related(field, scene.form.fields[field.id]) and any(word in field.called for word in ("项目", "工程"))
    label = _owner_before(scene.marked, at)
    return label is not None and related(label.of("label")[0].field, field)


@once
def _owner_before(marked: Marked, at: int) -> Hit | None:
    """The last name of a field that is no address, before this place in its sentence."""
    sentence = marked.piece_at(at).sentence
    for hit in reversed(marked.labels_before(at, len(marked.labels))):
        if marked.piece_at(hit.start).sentence != sentence:
            return None
        if not any(isinstance(one.field, AddressField) for one in hit.of("label")):
            return hit
    return None
