"""Yes and no, and how many there are of what is answered yes."""

import re
from dataclasses import replace

from dialogs.reading import Partial, Understood
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import in_others_talk
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.amounts import counted
from dialogs.understanding.within.finding import Finding
from dialogs.understanding.within.left_open import UNSURE
from dialogs.understanding.within.polarity import is_no, is_yes
from dialogs.understanding.within.verbs import no_at_end, yes_at_end
from model.fields import YesNoField
from model.values import YesNo

_VERDICT = re.compile(
    r"(?:那些|这些|那个|这个|[这那]一?[格栏项]|那|都|也|就|全|客户|对方|他|她|同意|愿意|决定|最后|回?答复?|说|应该|肯定|我看|啥的|什么的|之类的?|一类的?|这边"
    r"|请|[帮替给]我们?|麻烦|所以|因此)*(?:算|写|填|选|勾|打|登|按|统统|一律)?(?:上|个|为|成)?[“\"]?"
    r"(?:(?P<no>没有|没|无|否|不(?:算|要|用|开|装|需要)|没必要|免了)|有|是|算|要|开)[”\"]?(?:来?[填写登报算](?=[吧了的]|$))?(?:通|吧|的|了|嘛|啊|呀|哈)*"
)
"""A piece that says nothing but yes or no: 非线性 CT、核磁那些 算有."""
_VERDICTS, _SHORT, _BACK = 4, 12, 20


_NUMBERED = re.compile(r"(?:改[成为到选]?|[也都均皆]|同样|全部?|一律|请|就|[选是勾填])*第([12一二])[个项格种]")
_IN_THE_PAST = re.compile(
    r"(?:过去|以前|从前|先前|早先|早年|那会儿?|老早)(?:都|是|一直|就)?(?:用|靠|使|拿|烧|接)[^,。;\s]{0,3}$"
)
"""过去用柴油机带水泵: what was there then."""
_NOW_SO = re.compile(
    r"(?:电价|电|用电|的)?[\s,]?(?:原来|以前|之前|原先|一直|本来|过去|从前|早先)(?:都|也|就|是)?(?:没|未|不|有|开|装|用|办)[^,。;\s\d]{0,4}[\s,]{1,2}(?:但是?|不过)?"
    r"(?P<now>(?:这[次回趟]|现在|如今|今年|眼下|往后|以后)[^,。;\s\d没不]{0,5}?"
    r"(?:(?P<no>不(?:要|用|想|打算)?(?:开|装|用|办|上|要)?|没有?|停)|[要想得给]{0,2}(?:开|装|用|办|上|要|有)))(?:上|通|起来|了|的|吧)*(?=$|[\s,。;])"
)
"""峰谷原来没开 这次要开: not as it was."""
_ELSEWHERE = re.compile(r"\s?(?:都|全)?在[^,。;\s]{0,4}(?:另外?[一那]|别的|其他|隔壁|对[面门])")
"""公租房在我们另一个盘: not here."""


def yes_no_said(scene: Scene, field: YesNoField, start: int, end: int) -> Finding | None:
    """Yes or no by the county's words, by ticking, or by 没有, 装了 and the like."""
    marked = scene.marked
    if start >= end:
        end = (
            marked.piece_at(start).end if start < marked.piece_at(start).end else end
        )  # 变压器公司自己买: 公司 names nothing
    if _IN_THE_PAST.search(marked.said(max(0, start - _BACK), start)) or _ELSEWHERE.match(marked.text, start):
        return None
    if not field.count_unit and (turned := _NOW_SO.match(marked.text, start)):
        return _said_yes(field, turned["no"] is None, None, turned.start("now"), turned.end())
    count = next(iter(counted(marked, start, end, field.count_unit)), None) if field.count_unit else None
    if field.count_unit and (bare := _bare_count(marked, start, end)) is not None:
        count = bare
    for hit in marked.hits_from(start, end + 1):
        if in_others_talk(marked, hit.start) or marked.said(hit.start - 1, hit.end) == "是否":
            continue  # 自备的没有,对门纸箱厂有发电机
        if said := [one for one in hit.of("yes", "no") if one.field is field]:
            yes = said[0].role == "yes"
            if not yes and count is not None and count.end <= hit.start:
                break  # 公租房96户,没有廉租房
            return _said_yes(field, yes, count, hit.start, hit.end)
    if field.count_unit and (ahead := _count_ahead(marked, field, start)) is not None:
        return _said_yes(field, True, ahead, ahead.start, start)
    stretch = marked.said(start, end)
    lead = len(stretch) - len(stretch.lstrip(' ,:?“”"√✓'))
    first = re.split(r"[ ,。;\n、]", stretch[lead:], maxsplit=1)[0]
    if (
        _STANDS.match(stretch[lead:])
        or UNSURE.search(stretch[lead : lead + 14])
        or _OPEN.match(first)
        or _OPEN.match(marked.text, start + lead - 1)
    ):
        return None
    first = first[: _up_to_another(scene, field, start + lead, start + lead + len(first)) - start - lead]
    if numbered := _NUMBERED.match(first):
        return _said_yes(field, numbered[1] in "1一", count, start, start + lead + numbered.end())
    if told := _ORDERED.match(stretch[lead:]):
        yes = (told["told"] or told["there"]) in ("有", "是")
        return replace(_said_yes(field, yes, count, start, start + lead + told.end()), unsure="的话" in stretch)
    others = marked.hits_from(start + lead, start + lead + 1)
    if not first and (found := _YES_BEFORE.search(marked.text, max(0, start - 4), start)):
        return _said_yes(field, True, count, found.start(), start)  # 换热站 是 庭院管网 否
    nearest = marked.label_before(start + lead)
    if nearest is not None and any(sense.field is field for sense in nearest.of("label")):
        others = tuple(one for one in others if not _BARE.fullmatch(one.text))  # 夜里便宜的那个 不要
    if any(sense.field is not field for hit in others for sense in hit.of("yes", "no")) or not first:
        return None  # 变压器 开峰谷: the yes of another
    if _ONE_OF_THEM.match(first):
        return None
    if is_no(first) or no_at_end(first) or first in (field.no, "2", "0"):
        return _said_yes(field, False, None, start, start + lead + len(first))
    if (is_yes(first) or first in (field.yes, "1")) and not field.count_unit:
        after = start + lead + len(first)
        if gone := _TAKEN_BACK.match(marked.text, after, max(after, marked.sentence_end(start))):
            return _said_yes(field, False, None, start, gone.end())
    if is_yes(first) or first in (field.yes, "1"):
        return replace(_said_yes(field, True, count, start, start + lead + len(first)), unsure="的话" in first)
    if count is not None:
        return _said_yes(field, True, count, start, count.end)
    if yes_at_end(field, first) and not UNSURE.search(stretch[lead + len(first) : lead + len(first) + 12]):
        return _said_yes(field, True, None, start, start + lead + len(first))
    if found := _YES_BEFORE.search(marked.text, max(0, start - 4), start):  # 换热站是,管网…
        return _said_yes(field, True, None, found.start(), start)
    return _verdict(scene, field, start, end)


_ONE_OF_THEM = re.compile(r"(?:[大小老旧新]的?|其中|另外?|有)(?:[那这]|一|1)?[台个套][^,。;]{0,6}(?:报废|卖|拆|坏|不)")
"""柴油机小的那台报废 不算: there is another."""
_TAKEN_BACK = re.compile(
    r"[\s,]{1,2}(?:(?:哦|噢|啊|哎|诶|唉|呃|不对|不|对了)[\s,]{0,2}[^\s,。;\d]{0,6}?(?:没有?|没了|没装|不要)(?:了|的)?(?=$|[\s,。;])"
    r"|(?:哦|噢|啊|哎|诶|唉|呃|不对|不|对了)?[\s,]{0,2}[^\s,。;\d]{0,6}?(?:卖|报废|拆|送人|处理|淘汰|坏)(?:掉)?了(?!的)"
    r"(?![^。;]{0,6}(?:现在|又|新|另|换|还有)))"
)
"""柴油机有 哦去年卖了: there is none any more."""
_RIGHT_BEHIND = re.compile(r"\s?(?:\([^()\n]{1,16}\)|【[^】\n]{1,16}】)?[\s:是为有共计]{0,3}")
_ENDS = re.compile(r"\s?(?:$|[,。;、()\n]|\s)")


def _bare_count(marked: Marked, start: int, end: int) -> Atom | None:
    """The number without a unit right behind the name: 公租700、小户型(50㎡以下)460."""
    lead = _RIGHT_BEHIND.match(marked.text, start, max(start, end))
    at = lead.end() if lead else start
    for atom in marked.atoms_from(at, at + 1):
        if atom.shape == "amount" and not atom.unit and atom.number is not None and _ENDS.match(marked.text, atom.end):
            whole = atom.number == int(atom.number) and atom.number > 1
            return atom if whole and atom.text[0].isdigit() else None
    return None


_STANDS = re.compile(
    r"(?:的|那[栏格块项]?)?(?:户数|数)?(?:都|也|还是|就)?(?:没变|不变|没改|不改|没动|不动|照旧|没错|不用[改动])"
)
"""小户型没变: what was told stays."""
_HAS = re.compile(r"(?:有|含|其中)\s?$")


def _count_ahead(marked: Marked, field: YesNoField, at: int) -> Atom | None:
    """How many are told right before the name that ends here: 518户里有30户小户型."""
    name = next((hit for hit in marked.labels if hit.end == at and any(one.field is field for one in hit.senses)), None)
    if name is None:
        return None
    for one in counted(marked, max(0, name.start - _BACK), name.start, field.count_unit):
        if not marked.said(one.end, name.start).strip(" 的是") and _HAS.search(marked.said(one.start - 3, one.start)):
            return one
    return None


_OPEN = re.compile(r"(\S)[不没]\1|是否|与否|(?:划|合)算|值不值")
"""开通峰谷是否合算, 开通与否: not decided."""


def _up_to_another(scene: Scene, field: YesNoField, start: int, end: int) -> int:
    """Where the next yes or no is spoken of: 变压器我们自己带一台 谷峰不开; 变压器, 峰谷不开."""
    for hit in scene.marked.hits_from(start, end):
        named = [one.field for one in hit.of("label", "yes", "no") if isinstance(one.field, YesNoField)]
        if named and all(one is not field for one in named) and len(hit.text) > 1 and not _BARE.fullmatch(hit.text):
            return hit.start
    return end


_BARE = re.compile(r"[不没要]?(?:要|用|开|装|换|需要|建|缴|交|接|有)了?")
"""What answers any of them: 变压器我不要."""


_ORDERED = re.compile(
    r"[^,。;\n]{0,8}(?:填|打|登|勾|选|写|改)(?:上|个|为|成)?[“\"]?(?P<told>有|无|是|否|没有)"
    r"|[^。;\n]{0,24}[这那]一?[格栏项]里?(?:就|请|给我?|帮我){0,2}(?:填|打|登|勾|选|写)(?:上|个|为|成)?[“\"]?(?P<there>有|无|是|否|没有)"
)
"""What is to be written there: 请选“有”, 不是咱的 咱这格填无."""
_YES_BEFORE = re.compile(r"是(?:[ ,。;\n]+$|$(?![\s\S]))")


def _verdict(scene: Scene, field: YesNoField, start: int, end: int) -> Finding | None:
    """Yes or no some words behind the name of the field, where nothing else is named in between."""
    marked = scene.marked
    for piece in marked.pieces_to(start, end)[1 : _VERDICTS + 1]:
        said = marked.said(piece.start, piece.end).strip()
        if UNSURE.search(said) or any(one.of("label", "option") for one in marked.hits_from(start, piece.end)):
            return None
        if len(said) <= _SHORT and not field.count_unit and (found := _VERDICT.fullmatch(said)):
            return _said_yes(field, found["no"] is None, None, piece.start, piece.end)
    return None


def _said_yes(field: YesNoField, yes: bool, count: Atom | None, start: int, end: int) -> Finding:
    if not yes:
        return Finding(Understood(YesNo(yes=False)), start, end)
    if field.count_unit and count is None:
        return Finding(Partial("count", {"unit": field.count_unit}, so_far=field.yes), start, end)
    number = int(count.number) if count is not None and count.number is not None else None
    return Finding(Understood(YesNo(yes=True, count=number)), start, max(end, count.end if count else end))
