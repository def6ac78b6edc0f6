"""Values behind the name of their field: 法人 侯志强, 建面五万二千平, 换热站没建."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dialogs.reading import Understood
from dialogs.shaped import is_titled
from dialogs.understanding.beside import GROWS, ahead, dependants, siblings
from dialogs.understanding.candidate import Candidate, behind
from dialogs.understanding.counts_ahead import counted_ahead, counts_another
from dialogs.understanding.cues import STRONG_CUE
from dialogs.understanding.fillable import fillable
from dialogs.understanding.headed import heads_it
from dialogs.understanding.kinship import IDENTITY_WORD, later_of_several, whose
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import is_called
from dialogs.understanding.openings import Opening
from dialogs.understanding.own_supplies import is_of_own
from dialogs.understanding.people import SELF
from dialogs.understanding.scene import Scene
from dialogs.understanding.stretches import MOST_BETWEEN, Stretch, stretches
from dialogs.understanding.topic_at import TopicAt, fit, of_all
from dialogs.understanding.unnamed.addresses import is_of_work, of_both
from dialogs.understanding.unnamed.descriptions import sized
from dialogs.understanding.unnamed.names import writes_for_another
from dialogs.understanding.unnamed.not_applicants import in_charge_only, is_formers, was_owner
from dialogs.understanding.unnamed.phones import is_his
from dialogs.understanding.who_is_what import for_people
from dialogs.understanding.within.amounts import amounts, is_old
from dialogs.understanding.within.find import find
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.left_open import left_open
from dialogs.understanding.within.verbs import told_before
from dialogs.understanding.within.words import title_ends
from model.fields import (
    AddressField,
    AttachmentField,
    ChoiceField,
    CodeField,
    ContactField,
    Field,
    NumberField,
    PhoneField,
    TableField,
    TextField,
    YesNoField,
)
from model.holding import holds
from model.values import Amount, Code, Value, Words, YesNo

_FULL = 4
"""Characters of a name that is nothing else's."""
_ASKS = re.compile(
    r"\s{0,8}(?:是?啥意思|是?什么意思|是啥|是什么|怎么填|咋填|指什么|指啥|怎么算|有啥用|啥区别|什么区别)"
)
_BARE = 2
_UNCHANGED = re.compile(r"\s?(?:都|也|还是|还|仍|就)?(?:没变|不变|照旧|不动|没动|不改)(?=$|[\s,。;了])")
_USES = re.compile(r"上?(?:临时|临[水电]|[是归由找管的]|要|得|想|需|用|接|拉|报|办|盖|施工|没|有|通)")
"""工地临时用电, 工地要接水: no place follows."""


def labelled(scene: Scene, topic_at: "TopicAt") -> Iterator[Candidate]:
    """Every value that stands behind a name of its field."""
    for stretch in stretches(scene.marked):
        hit, field = stretch.hit, stretch.field
        shared = stretch.shared or (
            isinstance(field, NumberField) and len(hit.of("label")) > 1 and of_all(scene, field, hit.start, topic_at)
        )
        yield from ahead(scene, field, hit, 68 + fit(scene, field, hit.start, topic_at)[0])
        for one in () if _means_else(scene, stretch) else _behind(scene, stretch, topic_at):
            if _FIRM_WORD.match(hit.text) and isinstance(one.reading, Understood) and _is_identity(one.reading.value):
                continue  # 执照是我爸的名字 伍示例 410721…
            if isinstance(field, AddressField):
                if is_of_work(scene, field, one.start, one.end):
                    continue
                shared = shared or of_both(scene.marked, one.start, one.end)
            at = {stretch.begin, *(place.start for place in scene.marked.places if one.start <= place.start < one.end)}
            yield replace(one, group=(*one.group, *(f"both:{start}" for start in sorted(at)))) if shared else one


_DIVISION = re.compile(r"[部科处队师](?!分|级)")
"""工程部李示例, 项目部: where somebody works, or what he is."""
_FIRM_WORD = re.compile("执照|(?:社会)?信用|统[代码一]|税号")


def _is_identity(value: Value) -> bool:
    return isinstance(value, Code) and value.scheme == "identity"


def _means_else(scene: Scene, stretch: Stretch) -> bool:
    """Whether the word is no name of this field here, though it is one elsewhere."""
    hit, field, begin = stretch.hit, stretch.field, stretch.begin
    if isinstance(field, PhoneField):
        return not scene.open(field) and (
            _of_contact(scene, hit) or is_his(scene, stretch)
        )  # 经办人王五,联系方式…: his
    if isinstance(field, AddressField):
        bare = len(hit.text) == _BARE and not stretch.pointed
        return bool(bare and _USES.match(scene.marked.text, hit.end)) or _named_alone(scene.marked, field, hit)
    if for_people(field) and _closes(scene.marked, hit):
        return True  # 李示例(法人)王示例(经办)
    if isinstance(field, ContactField):
        return heads_it(scene, hit)
    if isinstance(field, NumberField):
        if _UNCHANGED.match(scene.marked.text, hit.end):
            return True  # 芯数不变,有线减成21个点
        return counted_ahead(scene.marked, field, hit) or _of_what_is_supplied(scene, field, hit)
    if isinstance(field, YesNoField):
        return _told_alone(scene.marked, field, stretch)
    if not isinstance(field, TextField):
        return False
    if hit.text in SELF and writes_for_another(scene, field):
        return True  # 我妈叫李示例 … 我叫王示例
    if not field.name_only and _DIVISION.match(scene.marked.text, hit.end):
        return True
    if len(hit.text) <= _BARE and any(name == scene.services for name, _ in scene.needs(field) or ()):
        return True  # 牌子上的全名: nobody wants heating
    if field.need != "optional":
        return False
    if not stretch.pointed and not holds(field.ask_when, scene.answers) and len({one.name for one in hit.senses}) > 1:
        return True  # 宽带要移动的: the service, not the line for other wishes
    return bool(field.cell) and len(hit.text) <= 2 and not _noting(scene, hit, begin)
    # 电视用安广的: of the service, not the line for wishes about it


def _closes(marked: Marked, hit: Hit) -> bool:
    """Whether the word stands alone in brackets right behind somebody's name: it tells what he is."""
    if marked.said(max(0, hit.start - 1), hit.start) != "(" or not marked.text.startswith(")", hit.end):
        return False
    return any(one.kind == "person" and 0 <= hit.start - 1 - one.end <= 1 for one in marked.people)


def _told_alone(marked: Marked, field: YesNoField, stretch: Stretch) -> bool:
    """Whether this was told before its name, and what follows is another's: 要上变压器,峰谷电价不开."""
    hit = stretch.hit
    if not any(one.start > hit.start for one in marked.labels if one.end <= stretch.begin):
        return False
    return any(
        one.start + len(one.text) >= hit.end and any(sense.field is field for sense in one.of("yes", "no"))
        for one in marked.hits_from(max(0, hit.start - _FULL), hit.start)
    )


def _of_what_is_supplied(scene: Scene, field: NumberField, hit: Hit) -> bool:
    """Whether a bare word for a capacity is no generator's: 容量还照630, once that of the generator is told."""
    if len(hit.text) >= _FULL or field.id not in fillable(scene.form).owned:
        return False
    spoken = scene.open(field) or field.id == scene.focused
    return not spoken and not is_of_own(scene.marked, hit.start, hit.end)


def _named_alone(marked: Marked, field: AddressField, hit: Hit) -> bool:
    """Whether this address has a name of its own before, so that one that others share is another's: 公司地址…,站址…."""
    if len(hit.of("label")) < 2 or STRONG_CUE.search(marked.text):
        return False
    own = [one for one in marked.labels if one.end < hit.start and [each.field for each in one.of("label")] == [field]]
    return any(0 <= place.start - one.end <= _BARE for one in own for place in marked.places)


def _behind(scene: Scene, stretch: Stretch, topic_at: TopicAt) -> Iterator[Candidate]:
    hit, field, begin, stop = stretch.hit, stretch.field, stretch.begin, stretch.stop
    pointed, strong = stretch.pointed, stretch.strong
    needs = scene.needs(field)
    if (
        needs is not None
        and isinstance(field, CodeField)
        and field.by is not None
        and scene.open(scene.form.fields[field.by.field])
    ):
        needs = (*needs, *_told_kind(scene, field.by.field, hit))
    short = len(hit.text) == 1 or (len(hit.text) <= _BARE and scene.chosen)
    if short and any(name == scene.services for name, _ in needs or ()):
        return  # 接到市政管网: heating was not asked for
    if needs is None or isinstance(field, AttachmentField | TableField) or _ASKS.match(scene.marked.text, hit.end):
        return
    if isinstance(field, NumberField) and len(hit.text) < _FULL and not _may_open(scene.marked, hit, needs):
        return  # 暖气面积1万2: only its full name says the yes that it is asked beside
    at = hit.start
    if len(hit.of("label")) > 1 and (mark := topic_at.within(begin, begin + 3)) is not None:
        at = mark  # 备注 电那边有两台中频炉
    bonus, why = fit(scene, field, at, topic_at)
    if hit.text != field.called and any(one.field.called == hit.text for one in hit.of("label")):
        bonus -= 8  # 申请种类 is printed for the water alone
    bonus += stretch.kin - later_of_several(scene, field, hit) + _put_right(scene, field, hit, begin)
    if isinstance(field, CodeField) and IDENTITY_WORD.match(hit.text):
        bonus += whose(scene, field)
    score = 50 + bonus + min(len(hit.text), 8) + (12 if pointed else 0) + (8 if strong else -12)
    if isinstance(field, YesNoField) and (told := told_before(scene.marked, field, hit)) is not None:
        yes, start, more, reason = told
        yield Candidate(
            field.id, Understood(YesNo(yes=yes)), start, hit.end, score + more, f"“{hit.text}”{reason}", needs
        )
        yield from dependants(scene, field, hit, begin, stop, score) if yes else ()
        return
    opened = left_open(scene, field, begin, title_ends(scene.marked, begin, stop) if is_titled(field) else stop)
    if opened is not None and any(
        sense.field is field for one in scene.marked.hits_from(begin, begin + 2) for sense in one.of("option")
    ):
        opened = None  # 不清楚 is an answer where it is an option
    later = isinstance(field, CodeField | PhoneField | ChoiceField) and find(
        scene, field, begin, stop, strong=pointed or strong
    )
    if opened is not None and not later:
        if isinstance(field, NumberField) and field.zero_words and opened.why == "没有":
            zero = Understood(Amount(number=Decimal(0), unit=field.unit))
            yield Candidate(
                field.id, zero, hit.start, opened.end, score, f"“{hit.text}”后面说没有", needs, how=behind(hit.text)
            )
        elif (field.need != "required" or field.consent) and scene.open(field) and not needs:
            yield Candidate(
                field.id, None, hit.start, opened.end, score, f"“{hit.text}”后面说{opened.why}", how=behind(hit.text)
            )
        return
    if (
        isinstance(field, NumberField)
        and _POINTS_AWAY.match(scene.marked.text, hit.end)
        and not _told_there(scene, hit.end, stop)
    ):
        return
    yield from dependants(scene, field, hit, begin, stop, score)
    yield from siblings(scene, field, hit, begin, stop, score)
    found = _sized_on(scene, field, hit, find(scene, field, begin, stop, strong=pointed or strong))
    if found is None or (
        isinstance(field, TextField) and (not (strong or pointed) or _names_somebody(scene, field, found))
    ):
        return
    if isinstance(field, NumberField):
        score += _which_number(scene, field, hit, begin, found)
    if isinstance(field, TextField) and any(one.sure and one.start == found.start for one in scene.marked.firms):
        score += 6  # 店名叫小芳理发店 执照上是泾县…: the name on the licence
    if isinstance(field, ChoiceField | YesNoField) and not strong and not pointed:
        score -= 6
    reason = f"在“{hit.text}”后面" + (f"，{why}" if why else "")
    begins = hit.start if not isinstance(field, NumberField) or strong else found.start
    between = re.sub(r"[\s,:、的]", "", scene.marked.said(begin, found.start))
    if len(between) > 3 or any(one.of("option") for one in scene.marked.hits_from(begin, found.start)):
        begins = found.start  # what stands between is something else's: 电视用安广的 12台
    yield Candidate(
        field.id,
        found.reading,
        begins,
        found.end,
        score,
        reason,
        needs,
        found.certainty,
        found.unsure,
        how=behind(hit.text),
    )


def _runs_on(scene: Scene, field: TextField, found: Finding) -> bool:
    """Whether a firm is known and what is named here looks like none: 项目也在这里,名称是钢化线扩能."""
    if scene.open(field) or not scene.firm or STRONG_CUE.search(scene.marked.text):
        return False
    value = found.reading.value if isinstance(found.reading, Understood) else None
    return isinstance(value, Words) and not is_called(value.text) and not value.text.endswith(")")


def _names_somebody(scene: Scene, field: TextField, found: Finding) -> bool:
    """Whether a person is named where a firm has applied: 负责人车工,名字是车立秋."""
    if not field.name_only or field.names == "person":
        return False
    former = (is_formers(scene.marked, one.start, one.end) for one in scene.marked.firms if one.start == found.start)
    if any(former) or was_owner(scene.marked, found.start) or _runs_on(scene, field, found):
        return True
    known = (scene.firm and not scene.open(field)) or in_charge_only(scene, found.end)
    person = any(one.kind == "person" and one.start == found.start for one in scene.marked.people)
    return person and (known or field.names == "organisation")


def _sized_on(scene: Scene, field: Field, hit: Hit, found: Finding | None) -> Finding | None:
    """All that is told of a pipe, of which each piece may have a name of its own: 管长120米 管径DN80."""
    run = sized(scene.marked) if field in fillable(scene.form).sized else None
    if found is None or run is None or found.start < run[0] or run[1] < found.end:
        return found
    words = scene.marked.said(*run).strip(" ,、/")
    return replace(found, reading=Understood(Words(text=words)), start=min(run[0], hit.start), end=run[1])


def _may_open(marked: Marked, hit: Hit, needs: tuple[Opening, ...]) -> bool:
    """Whether every yes that a number with this short name would bring with it is spoken of before, in its sentence."""
    wanted = {name for name, yes in needs if yes is True}
    start = marked.sentence_start(hit.start)
    named = {
        one.field.id
        for label in marked.labels_before(hit.start, 4)
        if label.start >= start
        for one in label.of("label")
    }
    yes = {
        one.field.id
        for each in marked.hits_from(start, marked.sentence_end(hit.start))
        for one in each.of("yes")
        if isinstance(one.field, YesNoField)
    }
    return wanted <= named | yes  # 缴费7.05万 缴了282万


def _of_contact(scene: Scene, hit: Hit) -> bool:
    """Whether a person to be called was named just before, in the same sentence."""
    before = scene.marked.label_before(hit.start)
    return (
        before is not None
        and hit.start - before.end <= MOST_BETWEEN
        and any(isinstance(one.field, ContactField) for one in before.of("label"))
    )


def _noting(scene: Scene, hit: Hit, begin: int) -> bool:
    """Whether something is to be written there: 写, a colon where 其他服务 was spoken of."""
    glue = scene.marked.said(hit.end, begin)
    return bool(re.search(r"[写填登]|注明", glue)) or (":" in glue and "其他服务" in scene.marked.text)


def _told_kind(scene: Scene, name: str, hit: Hit) -> tuple[Opening, ...]:
    """护照号码 says what kind of document it is the number of."""
    kinds = scene.form.fields[name]
    options = kinds.options if isinstance(kinds, ChoiceField) else ()
    told = next((one.text for one in options if any(word in hit.text for word in (one.text, *one.words))), None)
    return ((name, told),) if told else ()


_BECOMES = re.compile(r"变成|变为|改成|改为|成了|[涨增加减降]到|调[成为到]|更正|变动为")
_WISHED = re.compile(r"想要|需要|申请|打算要|得要|现[在有]|原[来有]")
_POINTS_AWAY = re.compile(
    r"\s*(?:(?:也|就)?(?:跟(?!着)|和|同|与|按|照)[\u4e00-\u9fff]|一样(?!都?也?是?\s?[\d一二三四五六七八九十两])|相同|一致)"
)
_NEAR = 10
_PUT_RIGHT = re.compile(r"错|反|岔|不对|有误|不准|[少多漏][打写说填报记念抄]")


def _put_right(scene: Scene, field: Field, hit: Hit, begin: int) -> int:
    """地址写错了 是…: the one that was told is meant."""
    return 14 if not scene.open(field) and _PUT_RIGHT.search(scene.marked.said(hit.end, begin)) else 0


def _told_there(scene: Scene, at: int, stop: int) -> bool:
    """Whether the number is told all the same, a few words behind: 按实际住户 两万六."""
    if not scene.marked.said(at, at + _NEAR).lstrip().startswith(("按", "照")):
        return False  # 跟入网一样 一共402万
    return any(one.end <= stop and one.number is not None for one in scene.marked.atoms_from(at, at + _NEAR))


def _which_number(scene: Scene, field: NumberField, hit: Hit, begin: int, found: Finding) -> int:
    """How likely the number is this field's, of those that the name may stand for."""
    between = scene.marked.said(begin, found.start)
    score = _old_or_new(scene, field, found) - (100 if counts_another(scene.marked, field, found.start) else 0)
    score += _paid_or_for(scene, field, hit, found)
    if (
        field.cell is not None
        and scene.marked.said(found.start, found.end)[-1:].isdigit()
        and (GROWS.search(between) or _WISHED.search(between))
        and hit.text in ("一路", "二路", "第一路", "第二路")
    ):
        score -= 20  # 一路到1250: of which cell, the unit would say
    if _BECOMES.search(between) and scene.open(field) and any(not scene.open(one.field) for one in hit.of("label")):
        score -= 40  # 总户数变成388: the one that was told
    return score


def _paid_or_for(scene: Scene, field: NumberField, hit: Hit, found: Finding) -> int:
    """Of a word that may name a size and the money paid for it: 缴费7.05万 is the size if another size is as much."""
    named = [one.field for one in hit.of("label") if isinstance(one.field, NumberField)]
    pair = [(one, other) for one in named for other in named if one.per == other.id]
    value = found.reading.value if isinstance(found.reading, Understood) else None
    if not pair or field not in pair[0] or not isinstance(value, Amount):
        return 0
    size = pair[0][1]
    told = [
        one.value for one in scene.answers.values() if isinstance(one.value, Amount) and one.value.unit == size.unit
    ]
    near = amounts(scene.marked, 0, found.start)
    alike = any(one.number == value.number for one in told) or any(one.number == value.number for one in near)
    return 6 if (field is size) == alike else -40


def _old_or_new(scene: Scene, field: NumberField, found: Finding) -> int:
    """A number said to be the former one belongs to the field for it (the one asked only of an enlargement)."""
    old = is_old(scene.marked, found.start)
    former = "原" in field.called
    return 10 if old == former else -30
