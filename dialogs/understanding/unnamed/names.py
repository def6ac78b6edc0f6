"""Names of firms and people."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.cues import corrects
from dialogs.understanding.fillable import Fillable, fillable
from dialogs.understanding.headed import REPRESENTATIVES, is_head
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name, is_coded
from dialogs.understanding.once import once
from dialogs.understanding.people import CHARGED, names_himself
from dialogs.understanding.scene import Scene
from dialogs.understanding.signed import signs
from dialogs.understanding.titles import BARE_KIN, KIN
from dialogs.understanding.unnamed.not_applicants import is_nobodys
from dialogs.understanding.unnamed.particulars import among_particulars, numbers_beside, tells_his_number
from model.fields import ChoiceField, ContactField, TextField
from model.values import Code, Picks, Words

NOT_MINE = re.compile(
    r"(?:他叫|她叫|他姓|她姓|替|帮|给|我爱人|我老婆|我老公|儿子|女儿|兄弟)[^\s,。;]{0,6}$"
    r"|(?:房东|邻居|原来?的?户主|前户主|上家|物业|原来?的?户[头名]上?)[^\s,。;]{0,8}$"
)
_OTHER_FIRM = re.compile(r"(?:房东|邻居|原来?的?户主|前户主|上家|物业|原来?的?户[头名]上?)[^\s,。;]{0,8}$")
_NEVER_MINE = re.compile(
    r"(?:房东|邻居|原来?的?户主|前户主|上家|物业|原来?的?户[头名]上?)[^\s,。;]{0,8}$|(?:电话|手机|号码|联系|打)[^。;]{0,8}$"
)
_FOR = re.compile(r"(?:替|帮|给|代|户主|名下|申请人|写)[^\s,。;]{0,3}$")
"""Before a relative's name: the application is his."""


def names_said(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The fields that each name of a firm or a person could answer."""
    marked, either = scene.marked, fields.either
    firm = scene.firm or bool(marked.firms) or _firm_chosen(scene, fields)
    for name in (*marked.firms, *marked.people):
        if name.kind == "title" or name.cue in CHARGED or _answers_the_phone(marked, name.start):
            continue
        beside, identified = numbers_beside(marked, name.start, name.end)
        kin = bool(_KIN_CUE.match(name.cue))
        if _only_told_of(marked, name, identified=identified, kin=kin) or (
            not fields.either and _SENDS.match(marked.text, name.end)
        ):
            continue
        beside = beside or among_particulars(marked, name) or (not either and signs(marked, name))
        alone = _is_all(marked, name)
        for field in fields.names:
            if (needs := scene.needs(field)) is None:
                continue
            head = field in fields.heads and is_head(scene, name)
            if field.names not in ("either", name.kind) or (not head and _is_anothers(marked, name, field)):
                continue
            if is_nobodys(scene, field, name, identified=identified):
                continue
            score = (
                30
                + (8 if scene.open(field) or _is_better(scene, field, name) or _is_renamed(marked, name) else -14)
                + (6 if scene.focused == field.id else 0)
                + (3 if field.names == name.kind else 0)
            )
            if name.kind == "person":
                if field.names == "person" and not either and _represents(scene, field, name):
                    continue
                if field.names == "either" and (_coded(marked) or (firm and not marked.firms and not scene.firm)):
                    continue  # a firm applies, and this is none: 村委会弄的, 主任叫李大山
                if either:
                    score += (8 if firm else -8) if field.names == "person" else (-8 if firm else 8)
                if (
                    not name.sure
                    and not (beside or (alone and scene.open(field)))
                    and not (scene.focused == field.id and name.text == marked.text.strip())
                ):
                    continue
                score -= 20 if not scene.open(field) and _identified(scene) and not corrects(marked) else 0
                score -= 16 if field.names == "either" and name.cue in _CALLERS else 0
                himself = names_himself(marked.text, name)
                identified |= himself and _coded(marked) and tells_his_number(marked, name)
                if himself and (
                    writes_for_another(scene, field) or (either and field.names == "person" and not identified)
                ):
                    continue  # whoever writes for a firm is not its representative, unless he says so
                if himself and field.names == "either" and not identified and any(one.sure for one in marked.firms):
                    continue
                score += 12 if kin and (identified or _is_for(marked, name)) else 0
                score += 6 if name.cue in ("我叫", "俺叫", "叫", "名叫", "我是", "俺是", "本人", "全名", "姓名") else 0
                score += 4 if beside else 0
                at = max(0, name.start - len(name.cue))
                if marked.said(max(0, at - 1), at) in ("他", "她") and not identified:
                    continue
                own = name.cue and any(name.cue in word or word in name.cue for word in (field.called, *field.words))
                if not own and field.names == "person" and either and (not identified or (name.cue and not kin)):
                    score -= 16 if name.cue in _HEADS else 28
                if name.cue in ("校长", "院长", "主任", "是", "写", "书记"):
                    score -= 4
            elif not name.sure:
                score -= 8
            yield Candidate(
                field.id,
                Understood(Words(text=name.text)),
                name.start,
                name.end,
                score,
                "名称的样子" if name.kind == "organisation" else "人名",
                needs,
            )


@once
def _coded(marked: Marked) -> bool:
    """Whether a firm is named with its code: no person applies."""
    return any(one.sure and is_coded(marked.text, one) for one in marked.firms)


def _represents(scene: Scene, field: TextField, name: Name) -> bool:
    """Whether he is only the head of what applies, and somebody else applies for it: 法人甘示例 来电站长 屠示例."""
    if name.cue not in REPRESENTATIVES | _OWNERS or scene.focused == field.id:
        return False
    if not scene.open(field) and name.cue in REPRESENTATIVES:
        return not corrects(scene.marked)
    others = [one for one in scene.marked.people if one is not name and one.kind == "person" and one.sure]
    if name.cue in _OWNERS:
        return any(names_himself(scene.marked.text, one) for one in others)
    return any(_APPLIES.search(_before(scene.marked, one)) or _ACTS.match(scene.marked.text, one.end) for one in others)


def _before(marked: Marked, name: Name) -> str:
    return marked.said(max(0, name.start - 10), name.start)


_OWNERS = frozenset({"老板", "老板娘", "经营者", "店主"})
_ACTS = re.compile(
    r"[\s,]{0,2}(?:受(?:委托|托|单位委托|公司委托)[来代]?|代办|来办|经办|代为|出面|[来去]?跑(?:腿|手续))"
)
_APPLIES = re.compile(r"(?:办事员|来电|[我俺](?:叫|是)|经办|代办|办事)[^,。;]{0,6}$")


_SENDS = re.compile(r"(?:叫|让|派|委托|打发|安排)(?:了)?[我俺]")
"""Behind somebody who only sends whoever applies: 厂长李示例叫我来的."""


_OWNS_PHONE = re.compile(
    rf"(?:电话|手机|号码?|联系(?:人|方式)?)[^。;\n\d]{{0,8}}(?:{KIN}|邻居|村里|会计|物业)的?(?:手机|电话|号码?)?[\s,:(]{{0,2}}$"
)


@once
def _answers_the_phone(marked: Marked, at: int) -> bool:
    """Whether somebody is only named because the number is his: 电话留我女儿的 李示例."""
    return bool(_OWNS_PHONE.search(marked.said(max(0, at - 20), at)))


def _firm_chosen(scene: Scene, fields: Fillable) -> bool:
    """Whether it is ticked that a firm applies."""
    picks = (
        answer.value.options
        for one in fields.told
        if (answer := scene.answers.get(one.id)) is not None and isinstance(answer.value, Picks)
    )
    ticked = {option for options in picks for option in options}
    return any(
        option.told_by == "organisation" and option.text in ticked
        for one in fields.told
        if isinstance(one, ChoiceField)
        for option in one.options
    )


_OF_KIN = re.compile(rf"[我俺咱他她]们?家?(?:{KIN})的?$")
_KIN_CUE = re.compile(rf"(?:[我俺咱他她]们?家?(?:{KIN})|{BARE_KIN})$")


def _may_be_mine(marked: Marked, name: Name) -> bool:
    """Whether nothing says that the person with this identity number is somebody else."""
    return not _NEVER_MINE.search(marked.said(max(0, name.start - 12), name.start))


def _only_told_of(marked: Marked, name: Name, *, identified: bool, kin: bool) -> bool:
    """Whether somebody else is named, who neither applies nor is applied for: 替李示例, 父亲叫李示例."""
    if name.kind == "organisation" and is_coded(marked.text, name):
        return False  # 物业:新乡县示例物业服务部,代码9241…
    if kin and _is_for(marked, name):
        return False
    if re.fullmatch(BARE_KIN, name.cue) and not identified:
        return True
    if name.kind == "organisation":
        return bool(_OTHER_FIRM.search(marked.said(max(0, name.start - 12), name.start)))  # 替示例公司申报: it applies
    mine = name.cue in ("我叫", "俺叫") or (identified and _may_be_mine(marked, name))
    return not mine and not_mine(marked, name.start)


def _is_for(marked: Marked, name: Name) -> bool:
    """Whether the application is said to be this relative's: 帮我妈李示例办."""
    at = name.start - len(name.cue)
    return bool(_FOR.search(marked.said(max(0, at - 6), at)))


def writes_for_another(scene: Scene, field: TextField) -> bool:
    """Whether somebody else is known to apply, or named in this message with the number of his identity card."""
    if corrects(scene.marked):
        return False
    return (not scene.open(field) and (_identified(scene) or not scene.firm)) or any(
        _KIN_CUE.match(one.cue) and numbers_beside(scene.marked, one.start, one.end)[1] for one in scene.marked.people
    )


def _is_all(marked: Marked, name: Name) -> bool:
    """Whether a name of three characters is all that the message says."""
    return len(name.text) >= 3 and name.text == marked.text.strip(" 。.")


@once
def not_mine(marked: Marked, at: int) -> bool:
    """Whether a name at this place is somebody else's: 替李示例, 房东."""
    return bool(NOT_MINE.search(marked.said(max(0, at - 8), at)))


_HEADS = frozenset(
    {"主任", "校长", "院长", "园长", "理事长", "董事长", "总经理", "经理", "书记", "所长", "村长", "负责人", "全名"}
)
"""Who may be the head of a firm or an office, where nobody else is named."""


_CALLERS = frozenset({"联系人", "来电", "来电人", "来电者", "打电话的是", "老师", "后勤", "财务", "总务"})


def _is_better(scene: Scene, field: TextField, name: Name) -> bool:
    """Whether a firm is named where before only a person was, whose identity number was not given."""
    before = scene.before.get(field.id)
    said = before.value.text if before and isinstance(before.value, Words) else ""
    if name.kind == "person":
        return _owns_document(scene, field, name)
    if not name.sure:
        return False
    fuller = len(name.text) > len(said) >= 4 and name.text.endswith(said)  # 新乡县翟坡镇卫生院 after 翟坡镇卫生院
    return fuller or (len(said) <= 4 and not _identified(scene))


_RENAMED = re.compile(r"(?:现在?|已经?|改|更名|变更|换|重新注册)(?:名字?|了)?(?:叫|为|成|是){1,2}\s?$")


def _is_renamed(marked: Marked, name: Name) -> bool:
    """Whether a firm is said to be called so now: 名字改了,现在叫绿野家庭农场."""
    before = marked.said(max(0, name.start - 8), name.start)
    return name.kind == "organisation" and bool(_RENAMED.search(before))


def _owns_document(scene: Scene, field: TextField, name: Name) -> bool:
    """Whether an identity number stands behind this name, and none was told with the name before: 屠示例 证3418…."""
    follows = scene.marked.atoms_from(name.end, name.end + 8)
    alone = not fillable(scene.form).either and field.names == "person"
    return alone and not _identified(scene) and any(one.shape == "identity" for one in follows)


def _identified(scene: Scene) -> bool:
    return any(isinstance(one.value, Code) and one.value.scheme == "identity" for one in scene.before.values())


def _is_anothers(marked: Marked, name: Name, field: TextField) -> bool:
    """Whether the person is named behind the name of another cell for people: 项目经理 荆涛, 法定代表人是我们苗总苗翠萍."""
    if name.kind != "person":
        return False
    kinds = _role_of_new(marked, name.start) if name.cue == "换成" else _people_named(marked, name.start)
    return bool(kinds) and field.id not in kinds


@once
def _role_of_new(marked: Marked, at: int) -> frozenset[str]:
    """The field of whose new bearer is told: 法人原来是老于, 现在换成于小伟了."""
    start = marked.sentence_start(at)
    named = (one.field for hit in marked.labels_before(at, 3) if hit.start >= start for one in hit.of("label"))
    return frozenset(
        one.id
        for one in named
        if isinstance(one, ContactField) or (isinstance(one, TextField) and one.names == "person")
    )


@once
def _people_named(marked: Marked, at: int) -> frozenset[str]:
    """The fields named right before this place, if one of them is for a name."""
    label = marked.label_before(at)
    if label and _OF_KIN.search(marked.said(max(0, label.start - 8), label.start)):
        return frozenset()  # 执照是我爸的名字 伍示例
    kinds = [one.field for one in label.of("label")] if label and at - label.end <= _NEXT else []
    people = any(
        isinstance(one, ContactField) or (isinstance(one, TextField) and one.name_only and one.names != "organisation")
        for one in kinds
    )
    return frozenset(one.id for one in kinds) if people else frozenset()


_NEXT = 6
