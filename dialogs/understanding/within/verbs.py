"""A yes or no told by the verb before a thing or at the end of what is said of it: 没备发电机, 由我方自购自装, 那是没有."""

import re

from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.within.left_open import UNSURE
from model.fields import YesNoField

_LEAD = r"(?P<lead>[^,。;:?!\d]{0,10}?)"
_DO = r"(?:装|安|开|办|配|备|买|上|弄|搞|通|置|设|建|换|要|接|用|考虑|打算|需要?)"
_TAIL = r"(?:的|了|吧|呢|哈|啊|呀|嘛|啦|过|着|上|好|起来|一下|先|它)*"
_NO = re.compile(rf"{_LEAD}(?:没有?|没得|无|免|不{_DO}|未{_DO}|别{_DO}|用不着|没必要|无需)(?:{_DO}){{0,2}}{_TAIL}")
_YES = re.compile(
    rf"{_LEAD}(?P<verb>装|安|开|办|配|备|买|上|弄|通|接|换|带|有)(?:了|着|过)?(?:[一两三几](?:台|个|套|部))?{_TAIL}"
)
_NOT_SAID = re.compile(
    r"[不没别无未吗怎咋哪谁几否]|么$|多少|还是|划算|隔壁|人家|邻居|对门|再说|要是|如果|以后|将来|等|[问听][问说下]|能|该|可以"
)
"""Neither in the words before the verb: a question, a condition, somebody else's."""
_A_NOT_A = re.compile(r"[有要装开上办用]$")
_DONE = "了吗"
"""In a question about what is there already; of that a verb alone says nothing (换热站还要建)."""
_DENIED = re.compile(
    r"(?<!有)(?:没有|没得|没|无|无需|未|不要|不用|不需要)(?:你说的|你们说的|上面说的)?(?:另外|单独|准备|打算)?(?:装|配|备|买|置|弄|搞|上|设)?"
    r"(?:什么|那种|这种|任何|那些|那个|啥子?|那啥|自己的?|备用的?|额外的?|一[台个]){0,2}\Z|"
    r"不(?:单独|另外|打算|准备)?(?:装|上|要|用|开|设|配|备|办)(?:什么|那个|这个|啥)?\Z"
)
_HAS = re.compile(
    r"(?<![没还])(?:(?:有|配|备|装|带)(?:了|着|有)?(?:[一1]?[台套个组]|两台|[\d二三四]台)(?:[\d.]{1,6}(?:千瓦|kw|KW)的?)?[小大旧老新]?"
    r"|(?:(?<!设)备|配|装)(?:有|着|了)|购?置了|买了)\Z"
)
"""Right before the thing, on its line: 非线性设备有 above it says nothing of it, and 设备有 is no 备有."""
_THERE_IS = re.compile(r"(?:^|[,。;:\s])(?:[我俺咱]们?|厂里|店里|院里|家里|这边|也|都|是|确实|另外?)*有\Z")
_ENDS = re.compile(r"(?:设备|负荷|负载)?(?:的)?\s?(?:[,。;\n]|$)")
"""有非线性负荷;自备…: there is one, and no more is said of it."""
_NOT = re.compile(r"(?:不|别|未|暂不|先不|不必|无需)\Z")
"""也不|开通峰谷电价."""
_NAMED_BY_VERB = re.compile(r"开通|开|安装|装|办理")
_BEFORE = re.compile(r"(?:^|[要想请需给帮我们就也并还把]|申请|同意)$")
_AFTER = re.compile(r"(?:吧|的|了|一下|就行|就好)*(?=$|[ ,。;\n])")
_ANSWER = re.compile(r"[ ,]{0,2}(?:[是否有无不没先暂]|再说|怎么|划算|多少)")
_NEAR = 12


def no_at_end(said: str) -> bool:
    """Whether this piece ends in a verb that is denied: 一台也没, 那是没有, 我们现在不开."""
    found = _NO.fullmatch(said)
    return found is not None and not _A_NOT_A.search(found["lead"]) and not _NOT_SAID.search(found["lead"])


def yes_at_end(field: YesNoField, said: str) -> bool:
    """Whether this piece ends in what is to be done about the thing, or that there is one: 公司自己买自己安, 倒有一个."""
    found = _YES.fullmatch(said) if not field.count_unit and _DONE not in field.ask else None
    if found is None or _NOT_SAID.search(found["lead"]) or _A_NOT_A.search(found["lead"][-1:]):
        return False
    return found["verb"] != "有" or "有" in field.ask


def told_before(marked: Marked, field: YesNoField, hit: Hit) -> tuple[bool, int, int, str] | None:
    """A yes or no told before the name of the field or by it; where it begins, how sure it is, and why."""
    said = marked.said(max(0, hit.start - _NEAR), hit.start)
    if (before := _DENIED.search(said)) and not _is_anothers_no(marked, field, hit.start):
        return False, hit.start - len(before[0]), 8, "前面说没有"
    if _NAMED_BY_VERB.match(hit.text) and (before := _NOT.search(said)):
        return False, hit.start - len(before[0]), 8, "前面说不"
    if (
        not field.count_unit
        and "有" in (field.yes, *field.ask[-12:])
        and _THERE_IS.search(said)
        and _ENDS.match(marked.text, hit.end)
    ):
        return True, hit.start, 8, "前面说有"
    if not field.count_unit and _HAS.search(said):
        return True, hit.start, 2, "前面说有"
    return (True, hit.start, 0, "就是这个意思") if _told_by_name(marked, field, hit) else None


def _is_anothers_no(marked: Marked, field: YesNoField, at: int) -> bool:
    """Whether the 没有 that ends here is said of another thing: 发电机没有非线性那个也没有."""
    return any(
        one.end == at and all(sense.field is not field for sense in one.of("no"))
        for one in marked.hits_from(max(0, at - _NEAR), at)
        if one.of("no") and one.of("no")[0].field.kind == field.kind
    )


def _told_by_name(marked: Marked, field: YesNoField, hit: Hit) -> bool:
    """Whether the name of the field with its verb is all that a piece says, and so a yes: 开通峰谷电价, 需安装变压器."""
    if _DONE in field.ask or not _NAMED_BY_VERB.match(hit.text) or not (after := _AFTER.match(marked.text, hit.end)):
        return False
    before = marked.said(marked.piece_at(hit.start).start, hit.start).strip()
    following = marked.said(after.end(), after.end() + 8)
    return bool(_BEFORE.search(before)) and not _ANSWER.match(following) and not UNSURE.search(following)
