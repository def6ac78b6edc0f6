"""Options, and what is answered yes or no, in the county's words for them (开饭店的, 顶楼那个灶)."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.deeds_given_up import instead_of
from dialogs.understanding.fillable import fillable
from dialogs.understanding.given_up import is_some_of
from dialogs.understanding.lexicon import Hit, Sense
from dialogs.understanding.marked import Marked
from dialogs.understanding.merely_mentioned import is_merely_mentioned, of_mentioned
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.second_thoughts import is_replaced
from dialogs.understanding.supply_rows import rows_named
from dialogs.understanding.topic_at import TopicAt, fit
from dialogs.understanding.unnamed.counted_options import behind_number
from dialogs.understanding.unnamed.doubts import doubt
from dialogs.understanding.unnamed.facts import (
    blanks,
    is_above_a_trade,
    is_past,
    is_theirs,
    is_undecided,
    lasts,
    names_firm,
    none_of_it,
    tells_nothing,
    turned,
)
from dialogs.understanding.unnamed.in_longer_words import of_service_spoken
from dialogs.understanding.unnamed.indeed import put_right_last
from dialogs.understanding.unnamed.left_ticked import left_without, settled_on
from dialogs.understanding.unnamed.let_go import has_own_well, is_compared, is_dropped, is_left_there, tells_of_leaving
from dialogs.understanding.unnamed.mere_verbs import opens_by_verb
from dialogs.understanding.unnamed.not_there import is_not_there
from dialogs.understanding.unnamed.outdone import outdone
from dialogs.understanding.unnamed.said_of_several import for_all, is_of_others, said_together, service_ahead
from dialogs.understanding.within.amounts import counted
from dialogs.understanding.within.denied import asked_whether, denied, in_a_word, refused
from model.fields import ChoiceField, Field, NumberField, YesNoField
from model.values import Amount, Pick, Picks, YesNo

_NEEDS_NAME = frozenset(
    {"是", "否", "有", "无", "其他", "不清楚", "不知道", "不确定", "说不清", "说不准", "没有", "不要", "不用", "别的"}
)
"""Options that mean nothing without the name of their field."""


def options_said(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """The fields that each of the county's words for options could answer."""
    marked = scene.marked
    for hit, senses in _telling(marked):
        ahead, unwanted = service_ahead(marked, hit.end), refused(marked, hit.start)
        if unwanted:
            yield from left_without(scene, hit)
        yield from settled_on(scene, hit)
        meant = put_right_last(scene, hit, senses)
        told = of_service_spoken(scene, hit, meant, hit.start if ahead is None else ahead, topic_at)
        for sense in turned(told) if unwanted or _is_negated(marked, hit) else told:
            field = sense.field
            if (
                field.id == scene.services
                or (needs := scene.needs(field)) is None
                or (sense.role == "fact" and any(name == scene.services for name, _ in needs))
                or opens_by_verb(scene, field, hit, sense.role, needs)
                or (sense.role == "zero" and not _row_spoken(scene, field))
                or (
                    isinstance(field, ChoiceField | YesNoField)
                    and (
                        _in_question(marked, hit.start)
                        or (is_theirs(marked, hit.start) and not hit.text.startswith("来"))
                    )
                )
                or (sense.role == "fact" and isinstance(field, YesNoField) and _piece_asks(marked, hit.start))
                or (isinstance(field, ChoiceField) and not field.several and is_dropped(marked, hit.end))
                or (isinstance(field, ChoiceField) and field.several and is_compared(marked, hit.end))
                or (isinstance(field, ChoiceField) and is_merely_mentioned(marked, field, hit))
                or (field.id in fillable(scene.form).doings and of_mentioned(marked, hit.start))
                or (hit.of("label") and names_firm(marked, hit.end))
                or is_above_a_trade(marked, field, hit)
                or (isinstance(field, ChoiceField) and is_replaced(marked, field, hit.start))
            ):
                continue  # 开饭店的 says what the power is for, not that power is wanted
            about = hit.start if ahead is None else ahead
            if is_of_others(scene, field, hit, sense.role, about, topic_at) and not for_all(
                scene, field, hit, topic_at
            ):
                continue
            if sense.role == "fact" and (
                _is_elsewhere(scene, field, about, topic_at) or tells_nothing(scene, field, hit)
            ):
                continue
            bonus, why = fit(scene, field, about, topic_at)
            bonus -= doubt(scene, field, hit, sense) + outdone(scene, field, hit, sense, topic_at)
            score = (
                36
                + bonus
                + min(len(hit.text), 6)
                + (3 if isinstance(field, ChoiceField) and hit.text == sense.option else 0)
            )
            reading: Understood
            unsure = sense.role == "fact" and not (isinstance(field, YesNoField) and field.id == scene.focused)
            if isinstance(field, ChoiceField):
                if field.several and (is_dropped(marked, hit.end) or is_not_there(scene, field, hit)):
                    yield from left_without(scene, hit) if not is_some_of(marked, hit.start) else ()
                    continue
                if is_dropped(marked, hit.end) and not tells_of_leaving(marked):
                    continue
                note = hit.text if unsure and sense.option in blanks(field) else ""  # 学校: 其他, and 学校 beside it
                reading = Understood(Picks(picks=(Pick(option=sense.option, note=note),)))
            elif isinstance(field, YesNoField):
                if field.count_unit and sense.role == "yes":
                    stop = marked.sentence_end(hit.start)
                    inner = counted(marked, hit.end, stop, field.count_unit)
                    if not inner or inner[0].number is None:
                        continue
                    value = YesNo(yes=True, count=int(inner[0].number))
                    yield Candidate(
                        field.id, Understood(value), hit.start, inner[0].end, score + 6, f"“{hit.text}”", needs
                    )
                    continue
                reading = Understood(YesNo(yes=sense.role in ("yes", "fact") and not none_of_it(marked, hit)))
            else:
                assert isinstance(field, NumberField)
                reading = Understood(Amount(number=Decimal(0), unit=field.unit))
            score -= 10 if unsure else 0
            group = (*said_together(scene, field, hit, sense.role, topic_at), *instead_of(scene, field, sense.option))
            if _tells_both(scene, senses):
                group = (*group, str(hit.start))
            score += 6 if str(hit.start) in group else 0
            if sense.role == "fact" and (hit.of("label", "yes") or field.id not in fillable(scene.form).doings):
                group = (*group, BESIDE)
            yield Candidate(
                field.id,
                reading,
                behind_number(marked, hit),
                hit.end,
                score,
                f"“{hit.text}”" + (f"，{why}" if why else ""),
                needs,
                "guessed" if unsure else "said",
                unsure,
                group,
            )


_BARE = 5


def _is_offered(marked: Marked, hit: Hit) -> bool:
    """Whether an option is only asked about: 餐饮?食堂?, 该报特种行业,还是报非居民?."""
    end = marked.sentence_end(hit.start)
    if marked.text[end : end + 1] != "?":
        return False
    return (end == hit.end and len(hit.text) < _BARE) or "还是" in marked.said(marked.sentence_start(hit.start), end)


def _tells_both(scene: Scene, senses: Iterable[Sense]) -> bool:
    """Whether a word tells what is to be done, and what is so besides: 改成居民类 is an 改类, and of a 住宅."""
    doings = fillable(scene.form).doings
    return len({one.field.id in doings for one in senses if isinstance(one.field, ChoiceField)}) > 1


def _row_spoken(scene: Scene, field: Field) -> bool:
    """Whether the printed row of this cell is spoken of at all: what there was before is told of one row, unless there are two."""
    rows = fillable(scene.form).supplies
    number = next((at for at, row in enumerate(rows) if field in row.fields), 0)
    if number == 0 or any(one.id in scene.answers for one in rows[number].fields if one is not field):
        return True
    return any(number in place.rows for place in rows_named(scene.marked)) or bool(_BOTH.search(scene.marked.text))


_BOTH = re.compile(r"[两双]")


@once
def _telling(marked: Marked) -> list[tuple[Hit, tuple[Sense, ...]]]:
    """The words that say something without the name of a field, neither asked nor denied."""
    return [
        (hit, senses)
        for hit in marked.hits
        if (senses := hit.of("option", "fact", "yes", "no", "zero"))
        and hit.text not in _NEEDS_NAME
        and not _WHETHER.search(hit.text)
        and not asked_whether(marked, hit.start)
        and not (hit.of("option") and (_is_offered(marked, hit) or has_own_well(marked, hit.end)))
        and (hit.of("no") or not denied(marked, hit.start))  # 没有小户型也没有廉租房
        and not is_undecided(marked, hit)
        and not (hit.of("option") and is_left_there(marked, hit.start + len(hit.text)))
        and not is_past(marked, hit)
        and not lasts(marked, hit)
        and not in_a_word(marked, hit.end)
    ]


_WHETHER = re.compile(r"(?<![原现已])(\S)[不没]\1")
"""接不接 with the word for it before: not decided; 原有没有 is."""


@once
def _is_negated(marked: Marked, hit: Hit) -> bool:
    """Whether a yes is a no, for what stands in the gap of the word or right behind it: 谷峰用电不开通, 对接否."""
    if not hit.of("yes"):
        return False
    return any(char in hit.text for char in "不没别未") or bool(
        _NO_BEHIND.match(marked.text, max(hit.end, hit.start + len(hit.text)))
    )


_NO_BEHIND = re.compile(r"[ :]{0,2}(?:否|无|没有|不是)(?=$|[ ,。;\n])")


@once
def _piece_asks(marked: Marked, at: int) -> bool:
    piece = marked.piece_at(at)
    return asks(marked.said(piece.start, piece.end + 1))


def _is_elsewhere(scene: Scene, field: Field, at: int, topic_at: TopicAt) -> bool:
    """Whether words that only hint at what is to be done for one service stand where another is spoken of."""
    topic, section = topic_at(at), scene.form.section_of[field.id]
    if field.id not in fillable(scene.form).doings or topic is section:
        return False
    among = topic_at.among(at)
    return topic is not None or bool(among and scene.option_of(section) not in among)


@once
def _in_question(marked: Marked, at: int) -> bool:
    """Whether this place is inside a question about papers, prices or times (过户要准备什么材料?), or behind 是否."""
    piece = marked.piece_at(at)
    return _asks_about(marked, piece.start, piece.end) or marked.said(max(0, at - 2), at) == "是否"


_MATTERS = re.compile(r"材料|手续|多少钱|几天|多久|怎么收")


_ASKS = re.compile(r"什么|啥|哪些|多少|几天|多久|怎么|要带|吗")


@once
def _asks_about(marked: Marked, start: int, end: int) -> bool:
    return bool(_MATTERS.search(marked.text, start, end) and _ASKS.search(marked.text, start, end))
