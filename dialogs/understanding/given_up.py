"""One of several that are ticked is given up, and the others stay: 固话那两部对方不装了, 电视那台取消吧, 座机给门卫用 不销."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dialogs.derived import derived
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import GAP, Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import is_others
from dialogs.understanding.scene import Scene
from dialogs.understanding.unnamed.left_ticked import left_of
from model.fields import ChoiceField, NumberField, TextField
from model.form import Form
from model.values import Picks

_COUNT = r"(?:[\d一两二俩三四五六七八九十]{1,3}[部台个门条根块])"
_WHICH = rf"(?:[那这](?:{_COUNT}|[部台个门条根块格样边项]|)|{_COUNT}|部分|业务|方面|的事|的话|全部?|[都也就先又还呢嘛么啊,:])"
_WHO = (
    r"(?:对方|客户|[他她]们?|人家|[我咱俺]们?|老板|来电人|说|讲|想想|想了想|觉得|决定|考虑|商量|后来|还是|自然|干脆|暂时|暂|目前|现在|这次|这回|了|"
    r"给|帮|麻烦|您|你们?|请|可以|就)"
)
_BETWEEN = rf"(?:{_WHICH}|{_WHO}| ){{0,8}}"
_NOT = r"(?:不用|不必|不想|不|甭|别|没必要|无需|无须)再?"
_UNWANTED = (
    r"(?:取消|撤销|作废|作罢|拉倒|免[了装]|免|算了|(?:拿|去|删|划|勾|砍|撤|省|抹|除)(?:掉|了|去|走|除)|"
    rf"{_NOT}(?:装|要|办|搞|弄|上|拉|接|报|申请|考虑|填|勾|登|记|需要|用|安|留)|不需要|用不着)"
)
_KEPT = (
    (
        re.compile("[销停拆退]"),
        rf"(?:先|暂|莫)?{_NOT}[销退停拆](?:户|掉|机|号)?|(?:还|得|要|都|先|继续|接着|照旧|给|用|着)*(?:留着|保留|留下|留用|留给[^,。;\s]{{1,5}}|继续用|接着用)",
    ),
    (re.compile("[迁移搬挪]"), rf"(?:先|暂|莫)?{_NOT}[迁移搬挪带](?:移|机|过去|走)?|{_UNWANTED}"),
    (re.compile("过户"), rf"(?:先|暂|莫)?{_NOT}(?:过户|过|改名|换名)|{_UNWANTED}"),
)
"""What says that one stays as it is, by what is done to the others."""
_END = r"(?:了|吧|的|啦|呗|掉|它|就行|好了|这次|这回|先){0,3}(?=$|[ ,。;!、\n(])"
_RUN_ON = r"(?:拿|去|删|划|砍|撤)掉(?![\d一两二俩三四五六七八九十几的旧老在从])"
"""电视那四台拿掉住客全是手机投屏: nothing tells where the words end."""
_REASON = r"[^。;!?\n]{0,10}[ ,]"
"""座机要给看门人用，不销."""
_AHEAD = re.compile(
    r"(?:^|[ ,。;!\n:了]|[我咱俺]们?|对方|客户|还是|那|先|就|请)(?:取消|(?:拿|去|删|划|砍|撤)掉|(?:不用?再?|别)(?:装|要|办|上|安|拉|搞|弄))"
    rf"(?:[那这]{_COUNT}?)?$"
)
"""不装座机了, 取消那部座机."""
_BEHIND = re.compile(r"(?:那[部台个门条块]?|业务|机)?(?:了|吧|啦|呗){0,2}(?=$|[ ,。;!\n])")
_SOME_OF = re.compile(rf"(?:其中的?|(?<![那这\d一两二俩三四五六七八九十]){_COUNT})$")
"""其中两部固话不迁了: the others are."""
_SUPPOSED = re.compile(r"如果|要是|万一|假如|的话|能不能|可不可以|[吗?]")
_AND = re.compile(r"和|跟|与|、|还有|[ ,]")
_MEASURES = "部门台"
_NEAR, _SCORE = 12, 150


def given_up(scene: Scene) -> Iterator[Candidate]:
    """What stays ticked without each that is given up; the last one that is ticked stays."""
    several = any(isinstance(one.value, Picks) and len(one.value.options) > 1 for one in scene.before.values())
    for hit in scene.marked.hits if several else ():
        for field, option in _ticked(scene, hit):
            end = _given_up_to(scene, hit, _doing(scene, field))
            if end is not None and not is_others(scene.marked, hit.start, True):
                for one in left_of(scene, field, option, hit):
                    yield replace(one, end=end, score=_SCORE)


def _ticked(scene: Scene, hit: Hit) -> Iterator[tuple[ChoiceField, str]]:
    """The choices in which what this word names is ticked beside others."""
    for field, option in _can_mean(scene.form, hit):
        kept = scene.before[field.id].value if field.id in scene.before else None
        if isinstance(kept, Picks) and len(kept.options) > 1 and option in kept.options:
            yield field, option


def _can_mean(form: Form, hit: Hit) -> Iterator[tuple[ChoiceField, str]]:
    """The options, among those of which several are ticked, that a word can name where they are spoken of."""
    named = [(one.field, one.option) for one in hit.of("option") if isinstance(one.field, ChoiceField)]
    for field, option in named or _short_names(form).of.get(hit.text, ()):
        if field.several:
            yield field, option


class _ShortNames:
    """What is short for a word of an option: 座机 (座机…部), 电话 (部电话); where nothing is ticked it can mean another field."""

    def __init__(self, form: Form) -> None:
        """Collects them of all choices in which several can be ticked."""
        self.of: dict[str, tuple[tuple[ChoiceField, str], ...]] = {}
        for field in form.fields.values():
            if isinstance(field, ChoiceField) and field.several:
                for option in field.options:
                    self._collect(field, option.text, option.words)

    def _collect(self, field: ChoiceField, option: str, words: Iterable[str]) -> None:
        for word in words:
            short = word.split(GAP)[0] if GAP in word else word[1:] if word[0] in _MEASURES else ""
            if len(short) > 1 and (field, option) not in self.of.get(short, ()):
                self.of[short] = (*self.of.get(short, ()), (field, option))


_short_names = derived(_ShortNames)


def _doing(scene: Scene, field: ChoiceField) -> str:
    """What is to be done to those that are ticked."""
    of = scene.form.section_of[field.id]
    kept = (
        scene.answers[one.id].value for one in of.fields if one.id in fillable(scene.form).doings & scene.answers.keys()
    )
    return "".join(option for value in kept if isinstance(value, Picks) for option in value.options)


def is_some_of(marked: Marked, at: int) -> bool:
    """Whether only some of what is named here is spoken of."""
    return bool(_SOME_OF.search(marked.text, max(0, at - _NEAR), at))


def _given_up_to(scene: Scene, hit: Hit, doing: str) -> int | None:
    """Where the words end that give up what this word names."""
    marked = scene.marked
    start, stop = marked.sentence_start(hit.start), marked.sentence_end(hit.end - 1)
    before = marked.said(max(start, hit.start - _NEAR), hit.start)
    if is_some_of(marked, hit.start) or _SUPPOSED.search(marked.text, marked.piece_at(hit.start).start, stop + 1):
        return None
    kept = next((words for deed, words in _KEPT if deed.search(doing)), None)
    if kept is None and _AHEAD.search(before) and (behind := _BEHIND.match(marked.text, hit.end)):
        return behind.end()
    words = rf"(?:{kept}){_END}" if kept else rf"(?:{_UNWANTED}{_END}|{_RUN_ON})"
    found = re.compile(rf"{_BETWEEN}{words}").match(marked.text, hit.end)
    if found is None and kept is not None:
        found = re.compile(rf"{_REASON}(?:{kept}){_END}").match(marked.text, hit.end)
        if found is not None and any(list(_ticked(scene, one)) for one in marked.hits_from(hit.end, found.end())):
            return None
    if found is not None:
        return found.end()
    return _through_the_next(scene, hit, doing)


def _through_the_next(scene: Scene, hit: Hit, doing: str) -> int | None:
    """座机和电视都不要了; 安广电视不装: who brings it goes with it, where each brings one of them."""
    for next_one in scene.marked.hits_from(hit.end, hit.end + 3):
        joined = bool(_AND.fullmatch(scene.marked.said(hit.end, next_one.start)))
        for mine, _ in _ticked(scene, hit):
            for field, _ in _ticked(scene, next_one):
                if joined if field is mine else next_one.start == hit.end and _as_many(scene, mine, field):
                    return hit.end if _given_up_to(scene, next_one, doing) is not None else None
    return None


def _as_many(scene: Scene, one: ChoiceField, other: ChoiceField) -> bool:
    """Whether as many are ticked of the one as of the other."""
    ticked = [scene.before[field.id].value for field in (one, other)]
    return len({len(value.options) for value in ticked if isinstance(value, Picks)}) == 1


def goes_with(scene: Scene, gone: Iterable[Candidate], one: Candidate) -> bool:
    """Whether it tells more of what is given up: 电视取消 客人自己投屏."""
    field = scene.form.fields[one.field]
    if not isinstance(field, NumberField | TextField):
        return False
    starts = {lost.start: scene.form.section_of[lost.field] for lost in gone}
    return any(
        starts.get(hit.start) is scene.form.section_of[field.id]
        and any(sense.field is field for sense in hit.of("label"))
        for hit in scene.marked.hits
    )
