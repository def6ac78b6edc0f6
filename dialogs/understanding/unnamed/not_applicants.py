"""Names that are not the applicant's: firms something was taken over from, words for a kind of firm, people of a firm not yet told."""

import re

from dialogs.understanding.deeds import IN_CHARGE, done, parts
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import Name
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import TextField

_FORMERS = re.compile(
    r"(?:从|[他她]们?的?(?:店|厂|公司|铺子)?(?:(?:原来|以前)叫?|叫)|上[任家手](?:老板)?[^,。;]{0,6}|接手了?|盘下)\s?$"
)
_THEIRS = re.compile(r"\s?(?:手[上里]|那[里边儿]|转给|转让|盘下)")


_ON_THE_SIGN = re.compile(r"(?:自称|招牌|门头|牌子|对外|俗称|习惯|平常|平时)(?:上|都)?(?:是|叫做?|写着?)?[\s“\"]{0,2}$")


@once
def _is_sign(marked: Marked, start: int) -> bool:
    """Whether the firm is only called so, and another name is told too: 自称老陶面馆,执照上是泾县陶记面食店."""
    return len(marked.firms) > 1 and bool(_ON_THE_SIGN.search(marked.said(max(0, start - 10), start)))


@once
def is_formers(marked: Marked, start: int, end: int) -> bool:
    """Whether the firm is one from which something was taken over: 从示例厂手上买的, 他的店叫示例茶楼."""
    return bool(_FORMERS.search(marked.said(max(0, start - 14), start)) or _THEIRS.match(marked.text, end))


_OWNED = re.compile(
    r"(?:以前|原来|原先|之前|从前|上一?[任个家])的?(?:户主|房主|房东|业主|主人|机主|住户|产权人)(?:[叫是]|姓名|[:,\s]){0,2}$"
    r"|(?:以前|原来|原先|之前|从前|过去)(?:就|是)?叫做?$"
)


def was_owner(marked: Marked, start: int) -> bool:
    """Whether the name that begins here is of whoever owned it before: 以前的户主叫王示例."""
    return bool(_OWNED.search(marked.said(max(0, start - 16), start)))


def _names_kind_only(scene: Scene, field: TextField, name: Name) -> bool:
    """Whether so few words hardly name a firm where its name was not asked for: 养猪合作社."""
    if name.sure or len(name.text) > _KIND_MOST or scene.focused == field.id or scene.firm:
        return False
    return not _CALLED.search(scene.marked.said(max(0, name.start - 4), name.start))


_KIND_MOST = 5
_CALLED = re.compile(r"[叫名称是为:][\s“\"]{0,2}$")


def _somebody_in_charge(scene: Scene) -> bool:
    """Whether somebody is said to be in charge of a project: then a firm applies, that is not told yet."""
    charged = parts(scene.form).get(IN_CHARGE)
    return charged is not None and (
        any(sense.field.id == charged for hit in scene.marked.labels for sense in hit.of("label"))
        or any(part == IN_CHARGE for part, *_ in done(scene.marked))
    )


def in_charge_only(scene: Scene, end: int) -> bool:
    """Whether somebody is in charge of a project, and no number of an identity card stands behind the name that ends here."""
    follows = scene.marked.atoms_from(end, end + _NEAR)
    return _somebody_in_charge(scene) and all(one.shape != "identity" for one in follows)


_NEAR = 12
_CALLED_BEFORE = re.compile(
    r"(?:(?:以前|原来|原先|之前|从前|早先|过去|本来)(?:名字?|的名字?|公司名?)?(?:就|是)?(?:叫做?|是|名)|曾用名|曾叫|原名|旧名|前身)[是叫为:\s]{0,2}$"
)


def _is_former_name(marked: Marked, name: Name) -> bool:
    """Whether the firm was only called so before, and is told by another name too: 以前叫示例置业有限公司,现在改名…."""
    before = _CALLED_BEFORE.search(marked.said(max(0, name.start - 12), name.start))
    return bool(before) and any(one.start > name.end for one in marked.firms)


_WORKS_THERE = re.compile(
    r"(?:里|那边|那儿)?(?:上班|打工|工作|做事|干活|做工|退休)|的?(?:退休|老|临时)?(?:员工|职工|工人)(?=$|[\s,。;]|[^,。;\s]{2,3}(?:$|[\s,。;]))"
    r"|的(?:房子|宿舍|家属[院楼房]|职工楼|福利房)"
)
_AT_HOME = re.compile(r"自己家|家里|我家|俺家|自家|住家|家用|自己住|自住|新房|老房子|房子(?:要|想)")


def _only_works_there(marked: Marked, name: Name) -> bool:
    """Whether somebody who applies for his home only works at this firm, or lives in a house of it."""
    return bool(_WORKS_THERE.match(marked.text, name.end)) and bool(_AT_HOME.search(marked.text))


def is_nobodys(scene: Scene, field: TextField, name: Name, *, identified: bool) -> bool:
    """Whether the name is not that of whoever applies."""
    if name.kind == "organisation":
        if is_formers(scene.marked, name.start, name.end) or _is_sign(scene.marked, name.start):
            return True
        if _is_former_name(scene.marked, name) or _only_works_there(scene.marked, name):
            return True
        return _names_kind_only(scene, field, name)
    if was_owner(scene.marked, name.start):
        return True
    if field.names != "either" or identified:
        return False
    calls_for = name.cue == "来电" and bool(done(scene.marked))  # 路示例打来的,全由她经办
    return calls_for or _somebody_in_charge(scene)
