"""What is named and not wanted after all: 宽带拉一条移动的100兆 算了, 天然气能不能也改 让他找燃气公司 这回不登."""

import re
from dataclasses import dataclass

from dialogs.understanding.candidate import Candidate
from dialogs.understanding.had_otherwise import is_of_another_place
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked, Piece
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.service_names import Named
from model.condition import Has
from model.fields import ChoiceField
from model.values import Picks

_LEAD = (
    r"(?:又|后来|结果|算了|不了|哎呀?|唉|诶|哦|嗯|还是|那就|那|就|先|都|也|只是|此次|这次|这回|这趟|本次|今天|今年|暂时|暂|目前|现在|我们?|咱们?|俺们?|他们?|她们?|人家|客户|"
    r"对方|老板|房东|说了?|讲|让|叫|您|你们?|全|一律|再|想想|觉得|还|可以|那块|那边|这块|这边|的事|呢|嘛|么|方面|业务)*"
)
_TAIL = r"(?:了|吧|的|啦|呗|先|这次|这回|这个|那个|它|进去|上去|了吧|的了|在内|在里面)*"
_NOT_YOURS = (
    r"(?:不用|不必|不劳|别|甭)(?:您|你们?|咱们?|我们?)?(?:管|操心|费心)"
    r"|(?:不用|不要|不需要|不必|不劳)(?:您|你们)(?:再|来|去)?(?:接|装|通|开|动|弄|搞|拉|上|跑)"
)
_REFUSED = re.compile(
    rf"{_LEAD}(?:算了|算|拉倒|作罢|罢了|免了|不了|(?:[这那][条项个样]|该项)?(?:取消|作废|撤销?)|不(?:用|要|需要|必|作|予|做)?(?:您|你们?|咱们?|我们?)?(?:报|办|登|录|申请|登记|办理|受理|记|算进|涉及|归咱录|归你们管)|"
    rf"别(?:报|办|登|录|登记|记|算)|{_NOT_YOURS}|(?:不要了?){{2}}){_TAIL}"
)
"""Words about the application: what was named last before them is not to be in it, a few words earlier as well."""
_UNWANTED = re.compile(
    rf"{_LEAD}(?:不(?:用|要|需要|必)?(?:装|接|开|动|弄|搞|拉|上|改|要|销|移|迁|过户|加|换)|(?:不用|不要|不需要|用不着|没必要|别动|别装|别弄|别接|先放放?|以后再说|回头再说|"
    rf"下次再说|过阵子再说|到时候再说|再说|另说|不急|缓缓|缓一缓|往后(?:放|推|缓)一?(?:放|推|缓)?|放一放)){_TAIL}"
)
"""Words about a thing: it is what was named right before them."""
_NO_MORE = re.compile(r"(?:不用|不要|用不着)了?$")
_ENDS = re.compile("销|停|退|拆")
_FARTHEST = 4
"""Pieces of a message."""
_LONGEST = 16
"""Characters of a refusal."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A stretch in which what is said of this service is taken back; `whole`: the service itself."""

    start: int
    end: int
    service: str
    whole: bool = True


def withdrawn(scene: Scene) -> tuple[Withdrawn, ...]:
    """Everything in this message that is taken back in it."""
    kept = scene.before[scene.services].value if scene.services in scene.before else None
    return _taken_back(scene.marked, scene.services, frozenset(kept.options if isinstance(kept, Picks) else ()))


def is_withdrawn(scene: Scene, one: Candidate) -> bool:
    """Whether this is said of what is taken back."""
    section = scene.form.section_of[one.field]
    return any(
        taken.start <= one.start and one.end <= taken.end and scene.option_of(section) == taken.service
        for taken in withdrawn(scene)
    )


@once
def _taken_back(marked: Marked, services: str, before: frozenset[str]) -> tuple[Withdrawn, ...]:
    found = list[Withdrawn]()
    for start, end, options in marked.services:
        piece = marked.piece_at(start)
        rest = marked.said(end, piece.end).strip()
        if (
            len(options) == 1
            and rest
            and _is_refusal(marked, rest, options[0] not in before)
            and not names_option(marked, start)
        ):
            found.append(Withdrawn(start, piece.end, options[0]))
    for number, piece in enumerate(marked.pieces):
        said = marked.said(piece.start, piece.end).strip()
        if _is_refusal(marked, said, True):
            taken = _taken(marked, number, services, before, _FARTHEST if _is_refusal(marked, said, False) else 1)
            found += [taken] if taken is not None else []
    return tuple(found)


def _is_refusal(marked: Marked, said: str, loose: bool) -> bool:
    """Whether these words say that something is not wanted; `loose`: a thing, not only the application for it."""
    if _NO_MORE.search(said) and _ends_something(marked):
        return False  # 宽带不用了 帮我销掉
    return len(said) <= _LONGEST and bool(_REFUSED.fullmatch(said) or (loose and _UNWANTED.fullmatch(said)))


@once
def _ends_something(marked: Marked) -> bool:
    return bool(_ENDS.search(marked.text))


def _taken(marked: Marked, number: int, services: str, before: frozenset[str], farthest: int) -> Withdrawn | None:
    """What the refusal in this piece is of: what was named last before it, this far back."""
    pieces, about = marked.pieces, farthest == _FARTHEST
    end, at = pieces[number].end, number - 1
    while at >= 0 and farthest:
        piece = pieces[at]
        if not _is_refusal(marked, marked.said(piece.start, piece.end).strip(), True):
            farthest -= 1
            if (last := _last_thing(marked, piece)) is not None:
                if _is_one_thing_of_it(marked, piece.end, end):
                    return None
                return _of(marked, at, last, end, services, before, about)
        at -= 1
    return None


_ONE_THING = re.compile(
    r"[一两二三四五六七八九十\d](?:台|口|套|眼|组|个)?(?!方)[^,。;\s]{0,4}方|[一两二三四五六七八九十\d](?:台|口|眼)"
)


def _is_one_thing_of_it(marked: Marked, start: int, end: int) -> bool:
    """Whether between the service and the refusal a thing with its number is named, which is what is refused."""
    return bool(_ONE_THING.search(marked.text, start, end))


def _of(
    marked: Marked, at: int, last: Hit | Named, end: int, services: str, before: frozenset[str], about: bool
) -> Withdrawn | None:
    """The stretch taken back up to `end`, if what is named last in this piece can be."""
    piece = marked.pieces[at]
    if not isinstance(last, Hit):
        start, _, options = last
        if len(options) > 1 or names_option(marked, start) or (not about and options[0] in before):
            return None
        if is_of_another_place(marked, start, last[1]):
            return None  # 老厂的电表他自己去退 这次不登
        only_this = options[0] in before and "算了" in marked.said(piece.end, end)
        return Withdrawn(_earliest(marked, at, options[0]), end, options[0], whole=not only_this)
    senses = [one for one in last.of("option") if isinstance(one.field, ChoiceField) and one.field.id != services]
    if not senses:
        return None  # the name of another field: 变压器 不装
    named = [one for one in marked.services if piece.start <= one[0] <= last.start and len(one[2]) == 1]
    if named and named[-1][2][0] not in before and not _has_rival(marked, last):
        return Withdrawn(_earliest(marked, at, named[-1][2][0]), end, named[-1][2][0])
    section = marked.form.section_of[senses[0].field.id]
    ticks = any(isinstance(one.field, ChoiceField) and one.field.several for one in senses)
    of = section.when.has[0] if isinstance(section.when, Has) and section.when.field == services else None
    if about and of and of not in before and (begin := _earliest(marked, at, of)) < piece.start:
        return Withdrawn(begin, end, of)  # 上网的事提了句 叫他找电信问 这边不登: of the service, whoever runs it
    return Withdrawn(piece.start, end, of, whole=False) if ticks and of else None


def _last_thing(marked: Marked, piece: Piece) -> Hit | Named | None:
    """The service, the name of a field or the option named last in this piece."""
    hits = [one for one in marked.hits_from(piece.start, piece.end) if one.of("label", "cell", "option", "yes", "no")]
    named = [one for one in marked.services if piece.start <= one[0] < piece.end]
    if not hits or (named and named[-1][1] >= hits[-1].end):
        return named[-1] if named else None
    return hits[-1]


def names_option(marked: Marked, at: int) -> bool:
    """Whether a service is only named inside an option or the name of a field: 消防用水, 夜里便宜的电."""
    return any(hit.start < at for hit in marked.hits if hit.start <= at < hit.end and hit.of("option", "label"))


def _has_rival(marked: Marked, hit: Hit) -> bool:
    """Whether another option of the same choice is named in the message: that one stays."""
    fields = {one.field.id: one.option for one in hit.of("option")}
    return any(
        sense.field.id in fields and sense.option != fields[sense.field.id]
        for other in marked.hits
        if other is not hit
        for sense in other.of("option")
    )


def _earliest(marked: Marked, at: int, service: str) -> int:
    """Where the talk of this service begins, going back from this piece."""
    start = marked.pieces[at].start
    for piece in reversed(marked.pieces[max(0, at - _FARTHEST) : at]):
        named = [one for one in marked.services if piece.start <= one[0] < piece.end]
        if any(options != (service,) for _, _, options in named):
            break
        if named:
            start = piece.start
    return start
