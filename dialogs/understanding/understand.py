"""What a message says about the form: read in passes, for what one part opens another part can fill."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dialogs.conditions import holds
from dialogs.focus import Focus
from dialogs.kinds import parse
from dialogs.reading import Context, Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.corrections import CUE, corrections, corrects, is_denied
from dialogs.understanding.cover import Covered, cover
from dialogs.understanding.fillable import fillable
from dialogs.understanding.labelled import TopicAt, fit, labelled
from dialogs.understanding.loose import loose
from dialogs.understanding.marked import Marked, mark
from dialogs.understanding.once import once
from dialogs.understanding.pointing import pointed, said_before
from dialogs.understanding.rows import changed_rows, found_rows, rows_of
from dialogs.understanding.scene import Scene
from dialogs.understanding.services import chosen_and_dropped
from dialogs.understanding.telling import tellings
from dialogs.understanding.topics import topics
from model.county import County
from model.draft import Answer, Draft, Unfinished
from model.fields import ChoiceField, DateField, Field, NumberField, YesNoField
from model.form import Form
from model.values import Amount, Pick, Picks, Rows, Value, YesNo

_PASSES = 4


@dataclass(frozen=True)
class Understanding:
    """The readings that won, in the order of the text; services added and withdrawn; spans that could be several things."""

    marked: Marked
    taken: tuple[Candidate, ...] = ()
    services: tuple[str, ...] | None = None
    dropped: tuple[str, ...] = ()
    unsettled: tuple[tuple[Candidate, ...], ...] = ()
    implied: tuple[tuple[str, Value], ...] = ()
    considered: tuple[Candidate, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        """Whether anything was understood."""
        return bool(self.taken or self.services or self.dropped or self.unsettled)


def understand(county: County, form: Form, draft: Draft, focus: Focus, context: Context, text: str) -> Understanding:
    """Everything in the message that answers fields of this form. Pure; the draft is not changed."""
    marked = mark(text, form, county.places.services, county.towns)
    if not marked.pieces:
        return Understanding(marked)
    supposed, covered = draft, Covered(())
    taken, implied, causes = dict[str, Candidate](), dict[str, Value](), dict[str, set[str]]()
    added, dropped = dict[str, None](), dict[str, None]()
    considered = dict[Candidate, None]()
    for number in range(_PASSES):
        scene = Scene(
            form,
            supposed,
            focus,
            replace(context, answers=supposed.answers),
            county.places.services,
            marked,
            draft.answers,
        )
        candidates = list(_candidates(scene, draft, taken))
        considered |= {one: None for one in candidates if one not in considered} if number < 2 else {}
        covered = cover(candidates)
        taken = _merged(form, [one for one in covered.taken if one.understood], draft, marked)
        opened = [
            option
            for one in taken.values()
            for name, option in one.needs
            if name == scene.services and isinstance(option, str)
        ]
        more, less = chosen_and_dropped(scene, opened)
        if number == 0:
            dropped |= dict.fromkeys(less)
        added |= dict.fromkeys(more)
        before = supposed.answers
        supposed = _supposed(county, form, draft, taken, added, dropped, implied, causes, before)
        if supposed.answers == before:
            break
    services = _services(county, draft, added, dropped)
    for one in covered.taken:
        if not one.understood and one.field not in taken:
            taken[one.field] = one
    for name, value in implied.items():
        if name in taken and _wider(value, taken[name]):
            taken[name] = replace(taken[name], reading=Understood(value))
    ordered = tuple(sorted(taken.values(), key=lambda one: (one.start, one.end)))
    kept = tuple((name, value) for name, value in implied.items() if name not in taken)
    return Understanding(marked, ordered, services, tuple(dropped), covered.open, kept, tuple(considered))


def _wider(value: Value, one: Candidate) -> bool:
    """Whether what other values imply ticks more than was said itself."""
    said = one.reading.value if isinstance(one.reading, Understood) else None
    return isinstance(value, Picks) and isinstance(said, Picks) and set(said.options) < set(value.options)


def _candidates(scene: Scene, draft: Draft, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    topic_at = TopicAt(topics(scene), scene)
    for one in (
        *labelled(scene, topic_at),
        *loose(scene, topic_at),
        *_pointing(scene, topic_at),
        *_tables(scene, draft),
    ):
        if is_denied(scene, one.start) or _uncalled(scene, draft, one):
            continue
        yield replace(one, score=one.score + 100) if _corrects(scene, one, taken) else one
    yield from _finishing(scene)
    for one in corrections(scene, taken):
        earlier = taken.get(one.field)
        later = earlier is not None and one.start >= earlier.end
        yield replace(one, score=one.score + 100) if later else one


def _finishing(scene: Scene) -> Iterator[Candidate]:
    """The missing part of a half-given answer, beside other things: 是千伏安 变压器不装."""
    attention = scene.draft.attention
    if not isinstance(attention, Unfinished) or attention.field not in scene.form.fields:
        return
    asked = scene.form.fields[attention.field]
    for piece in scene.marked.pieces[:3]:
        said = re.sub(r"^(?:是|就是|用|按|有|共)", "", scene.marked.said(piece.start, piece.end))
        reading = parse(f"{attention.text}{' ' if attention.want != 'unit' else ''}{said}", asked, scene.context)
        if isinstance(reading, Understood):
            yield Candidate(asked.id, reading, piece.start, piece.end, 80, "接着前面没说完的")
            return


@once
def _spoken_of(marked: Marked) -> frozenset[str]:
    return frozenset(option for _, _, options in marked.services for option in options)


_ALSO = re.compile(r"也(?:要|办|报|装|得|想|一起)|还要|再(?:加|装|办|报)|加(?:上|装|一?个)|另外|顺便|一并")
_TELLING = re.compile(r"“[^”]{5,}”后面")


@once
def _adds(marked: Marked, start: int, end: int) -> bool:
    """Whether something is asked for besides in this stretch."""
    return bool(_ALSO.search(marked.text, start, end))


@once
def _mentions(marked: Marked, word: str, start: int, end: int) -> bool:
    return marked.text.find(word, start, end) >= 0


def _uncalled(scene: Scene, draft: Draft, one: Candidate) -> bool:
    """Whether it would open a service that nobody asked for.

    Once services are chosen, only the name of a cell opens another, and a number only behind a long one; and where some
    are named, another is opened by an option of its own or by words near its name, not by a bare number, day or 建好了.
    """
    wanted = [option for name, option in one.needs if name == scene.services]
    if not wanted:
        return False
    spoken = _spoken_of(scene.marked)
    if spoken.issuperset(wanted):
        return False
    chosen = draft.answers.get(scene.services)
    option_said = isinstance(scene.form.fields[one.field], ChoiceField) and not one.unsure
    if chosen is not None and chosen.value is not None:
        counted = isinstance(scene.form.fields[one.field], NumberField | DateField)
        if _TELLING.search(one.why) if counted else "后面" in one.why:
            return False
        piece = scene.marked.piece_at(one.start)
        return not option_said or not (
            _named_in(scene, wanted, one.start, one.end) or _adds(scene.marked, piece.start, piece.end + 4)
        )
    if not spoken or option_said or _TELLING.search(one.why):
        return False
    piece = scene.marked.piece_at(one.start)
    return not _named_in(scene, wanted, min(piece.start, one.start), max(piece.end, one.end))


def _named_in(scene: Scene, wanted: list[str | bool], start: int, end: int) -> bool:
    """Whether one of these services is called by a name of its own in the stretch."""
    return any(
        option in wanted and _mentions(scene.marked, word, start, end) for word, option in scene.service_words.items()
    )


def _corrects(scene: Scene, one: Candidate, taken: Mapping[str, Candidate]) -> bool:
    """A later value in the same message, after a word of correction, takes the place of an earlier one."""
    earlier = taken.get(one.field)
    if earlier is None:
        return False
    if earlier.score >= 100 and earlier.start == one.start:
        return True  # found so in the pass before
    return one.start >= earlier.end and bool(CUE.search(scene.marked.said(max(earlier.end, one.start - 8), one.start)))


def _merged(form: Form, taken: list[Candidate], draft: Draft, marked: Marked) -> dict[str, Candidate]:
    """One candidate a field: ticks of the same field in one message are ticked together, beside those ticked before."""
    found = dict[str, Candidate]()
    for one in sorted(taken, key=lambda one: one.start):
        asked, before = form.fields[one.field], found.get(one.field)
        if not (
            isinstance(asked, ChoiceField)
            and asked.several
            and isinstance(one.reading, Understood)
            and isinstance(one.reading.value, Picks)
        ):
            found[one.field] = one
            continue
        earlier = before.reading.value if before and isinstance(before.reading, Understood) else None
        kept = draft.answers.get(one.field)
        replaced = corrects(marked) or re.search(
            r"(?:换|改)(?:成|到|用|为)?$", marked.said(max(0, one.start - 3), one.start)
        )
        old = kept.value if kept is not None and not replaced else None
        picks = {
            pick.option: pick
            for value in (old, earlier, one.reading.value)
            if isinstance(value, Picks)
            for pick in value.picks
        }
        order = [option.text for option in asked.options]
        value = Picks(picks=tuple(sorted(picks.values(), key=lambda pick: order.index(pick.option))))
        found[one.field] = replace(
            one, reading=Understood(value), unsure=one.unsure and (before is None or before.unsure)
        )
    return found


def _pointing(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """同上 and the like behind the name of a field, or as the whole answer to the question asked."""
    marked = scene.marked
    labels = marked.labels
    for hit in labels:
        stop = marked.sentence_end(hit.start)
        for sense in hit.of("label"):
            needs = scene.needs(sense.field)
            if needs is None:
                continue
            found = said_before(scene, sense.field, hit.start) or pointed(scene, sense.field, hit.end, stop)
            if found is not None and isinstance(found.reading, Understood):
                bonus, _ = fit(scene, sense.field, hit.start, topic_at)
                yield Candidate(
                    sense.field.id,
                    found.reading,
                    min(hit.start, found.start),
                    max(hit.end, found.end),
                    52 + bonus,
                    f"“{hit.text}”{found.why}",
                    needs,
                    "derived",
                )
    if scene.focused and len(marked.text) <= 12:
        asked = scene.form.fields[scene.focused]
        found = pointed(scene, asked, 0, len(marked.text))
        if found is not None:
            yield Candidate(asked.id, found.reading, 0, len(marked.text), 40, "和前面一样", (), "derived")


def _tables(scene: Scene, draft: Draft) -> Iterator[Candidate]:
    for table in fillable(scene.form).tables:
        needs = scene.needs(table)
        if needs is None:
            continue
        kept = rows_of(draft.answers, table)
        changed = changed_rows(scene, table, kept) if kept else None
        if changed is not None and changed:
            yield Candidate(
                table.id, Understood(Rows(rows=changed)), 0, len(scene.marked.text), 70, "按名称改一行", needs
            )
            continue
        found = found_rows(scene.marked, table)
        fits = [
            one
            for one in found
            if scene.option_of(scene.form.section_of[table.id]) in scene.chosen or not scene.chosen or needs == ()
        ]
        if fits and (
            needs == () or len(table.columns) > 2 or scene.option_of(scene.form.section_of[table.id]) in scene.chosen
        ):
            cells = tuple(one.cells for one in fits)
            shared = any(one.shared for one in fits)
            rows = (*[row for row in kept if row not in cells], *cells)
            yield Candidate(
                table.id,
                Understood(Rows(rows=rows)),
                fits[0].start,
                fits[-1].end,
                64 if len(table.columns) > 2 else 46,
                "名称、数量成行",
                needs,
                "derived" if shared else "said",
                shared,
            )


def _supposed(
    county: County,
    form: Form,
    draft: Draft,
    taken: Mapping[str, Candidate],
    added: Mapping[str, None],
    dropped: Mapping[str, None],
    implied: dict[str, Value],
    causes: dict[str, set[str]],
    before: Mapping[str, Answer],
) -> Draft:
    """The draft as it would be with these answers, for the next pass; `implied` collects what they say beside themselves.

    `before`: the answers as they would have been after the pass before.
    """
    answers, trail = dict(draft.answers), list(draft.trail)

    def put(name: str, value: Value) -> None:
        kept = before.get(name)
        if kept is None or kept.value is not value or kept is draft.answers.get(name):
            kept = Answer(value=value, by="", at=draft.changed_at)
        answers[name] = kept
        trail[:] = [one for one in trail if one != name] + [name]

    chosen = _services(county, draft, added, dropped)
    if chosen is not None:
        put(county.places.services, _picks(form.fields[county.places.services], chosen))
    for name in [one for one in implied if not (causes[one] & taken.keys())]:
        del implied[name]  # what it followed from is not so after all
    for name, value in implied.items():
        put(name, value)
    for one in sorted(taken.values(), key=lambda one: one.start):
        if isinstance(one.reading, Understood) and not (one.field in implied and _wider(implied[one.field], one)):
            put(one.field, one.reading.value)
    for one in taken.values():
        for name, wanted in one.needs:
            if name == county.places.services:
                continue
            old = answers[name].value if name in answers else None
            asked = form.fields[name]
            several = isinstance(asked, ChoiceField) and asked.several
            if old is None:
                implied[name] = _opening(asked, wanted)
            elif several and isinstance(old, Picks) and isinstance(wanted, str) and wanted not in old.options:
                implied[name] = _picks(asked, (*old.options, wanted))
            else:
                continue
            causes.setdefault(name, set()).add(one.field)
            put(name, implied[name])
    for name, value in _told(form, answers):
        implied[name] = value
        causes[name] = set()  # worked out anew in each pass
        put(name, value)
    return draft.model_copy(update={"answers": answers, "trail": tuple(trail)})


def _told(form: Form, answers: Mapping[str, Answer]) -> Iterator[tuple[str, Value]]:
    """What other answers say as much as: a firm's code says that a firm applies, a new supply that there was none."""
    who = tellings(form, answers)
    firm = "organisation" in who
    for one in fillable(form).told:
        known = answers.get(one.id)
        if isinstance(one, NumberField):
            if known is None and one.zero_when and holds(one.zero_when, answers):
                yield one.id, Amount(number=Decimal(0), unit=one.unit)
            continue
        guessed = known is not None and known.certainty != "said" and firm  # a firm that is named later
        if known is None or (guessed and any(option.told_by == "organisation" for option in one.options)):
            for option in one.options:
                if (
                    option.implied is not None and not firm and holds(option.implied, answers)
                ) or option.told_by in who:
                    picked = _picks(one, (option.text,))
                    if known is None or known.value != picked:
                        yield one.id, picked
                    break


def _opening(asked: Field, wanted: str | bool) -> Value:
    if isinstance(asked, YesNoField):
        return YesNo(yes=bool(wanted))
    return _picks(asked, (str(wanted),))


def _picks(asked: Field, options: tuple[str, ...]) -> Picks:
    assert isinstance(asked, ChoiceField)
    order = [option.text for option in asked.options]
    return Picks(picks=tuple(Pick(option=name) for name in sorted(dict.fromkeys(options), key=order.index)))


def _services(
    county: County, draft: Draft, added: Mapping[str, None], dropped: Mapping[str, None]
) -> tuple[str, ...] | None:
    """The services chosen after the message, if that changes anything."""
    answer = draft.answers.get(county.places.services)
    before = answer.value.options if answer and isinstance(answer.value, Picks) else ()
    after = tuple(one for one in dict.fromkeys((*before, *added)) if one not in dropped)
    return after if after and after != before else None
