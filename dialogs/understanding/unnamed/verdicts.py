"""What is decided about the yes or no that was asked or explained last, beside other things: 那就按有填吧, 那开上吧."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.scene import Scene
from model.fields import YesNoField
from model.values import YesNo

_THEN = r"(?:哦|嗯|好|行)?(?:那么?|那就|就|先|也|还是|都)"
_PLEASE = r"(?:请|麻烦|[您你帮替给在就]|我们?|里头?)"
_AS_YOU_SAY = r"(?:[照按](?:这么|这样|你|您|你们|您这么|你这么|您们)?(?:讲|说|看|解释)(?:来|的话|的)?)"
_WE = (
    r"(?:我们?|俺们?|咱们?|我家|家里|这里|[我俺](?:们)?这儿?|店里|厂里)?"
    r"(?:[这那][个种些类样](?:东西|设备)?|[这那](?:东西|玩意儿?)?)?"
)
_PUT = r"(?:按|照|写|填|算|勾|选|登|报|打)"
_BY_IT = r"(?:[照按依](?:此|这个?|那个?|这样|你说的|您说的))?"
_END = r"(?:来)?(?:填|写|算|登|勾|报|处理|走)?(?:上|着)?(?:吧|好了|了|的)?"
_VERDICT = re.compile(
    rf"(?:{_THEN}?(?:[这那]一?[格栏项行])?{_PLEASE}{{0,5}}{_THEN}{{0,2}}{_BY_IT}{_PUT}(?:个|上|成|为)?[“\"]?(?P<put>有|是|要|需要|无|没有|否|不是|不要|不需要)[”\"]?"
    rf"|(?:{_THEN}{{1,2}}{_WE}|{_AS_YOU_SAY}{_THEN}?{_WE}|(?:电工|师傅|老板|厂家|厂里|[他她]们?)(?:回|答|回话)?[说讲]{_THEN}?(?:是|算)?|{_THEN}{{0,2}}(?=[我俺咱这那店厂家]){_WE})(?:自己|也|都|倒|可|就)?(?P<do>不?(?:[要想得](?=开|装|用|上|接))?(?:开|装|要|用|上|接)|没有?|有)(?:通|上)?){_END}"
)
_SCORE = 70


def verdicts(scene: Scene) -> Iterator[Candidate]:
    """A yes or no for the field that is asked, if a piece of the message says nothing else."""
    field = scene.form.fields.get(scene.focused or "")
    if not isinstance(field, YesNoField) or field.count_unit:
        return
    for piece in scene.marked.pieces:
        said = _VERDICT.fullmatch(scene.marked.said(piece.start, piece.end))
        if said and not _of_another(scene, field, piece.start, piece.end):
            yes = (said["put"] or said["do"])[0] not in "无没否不"
            yield Candidate(field.id, Understood(YesNo(yes=yes)), piece.start, piece.end, _SCORE, "对问的那一项的决定")


def _of_another(scene: Scene, field: YesNoField, start: int, end: int) -> bool:
    """Whether the verb is the word for the yes or no of other fields alone: 那就开通, said of 谷峰."""
    told = [one.field for hit in scene.marked.hits_from(start, end) for one in hit.of("yes", "no")]
    return bool(told) and all(one is not field for one in told)
