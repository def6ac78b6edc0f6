"""What a message says about the form: read in passes, for what one part opens another part can fill."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from dialogs.focus import Focus
from dialogs.folding import bare
from dialogs.kinds.address import LEAST
from dialogs.reading import Context, Understood
from dialogs.understanding.added_supplies import added_supplies
from dialogs.understanding.appliances import appliances
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.corrections import corrections
from dialogs.understanding.counted_as import counted_as
from dialogs.understanding.counts_ahead import counts_ahead
from dialogs.understanding.cover import Covered, cover
from dialogs.understanding.cues import corrects
from dialogs.understanding.deeds import deeds
from dialogs.understanding.deeds_given_up import deeds_given_up
from dialogs.understanding.fillable import fillable
from dialogs.understanding.finishing import finishing
from dialogs.understanding.firm_after_all import displaced, firm_after_all
from dialogs.understanding.full_names import full_names
from dialogs.understanding.given_up import given_up, goes_with
from dialogs.understanding.goes_on import with_more
from dialogs.understanding.grown_supplies import grown_supplies
from dialogs.understanding.hedged import with_doubts
from dialogs.understanding.in_the_yard import in_the_yard
from dialogs.understanding.labelled import labelled
from dialogs.understanding.likened import likened
from dialogs.understanding.listed_below import listed_below
from dialogs.understanding.marked import Marked, mark
from dialogs.understanding.not_so import is_denied
from dialogs.understanding.number_chosen import numbers_chosen
from dialogs.understanding.of_another_row import is_of_another_row
from dialogs.understanding.of_each_building import of_each_building
from dialogs.understanding.on_the_same_line import on_the_same_line
from dialogs.understanding.overruling import overrules
from dialogs.understanding.own_supplies import own_supplies
from dialogs.understanding.phase_tables import one_phase, this_phase
from dialogs.understanding.phases import phases
from dialogs.understanding.pointed import pointed_behind
from dialogs.understanding.reached import reached
from dialogs.understanding.reckoned import reckoned
from dialogs.understanding.reported_instead import reported_instead
from dialogs.understanding.same_breath import same_breath
from dialogs.understanding.scene import Scene
from dialogs.understanding.second_thoughts import let_go
from dialogs.understanding.services import chosen_and_dropped
from dialogs.understanding.supplies import supplied
from dialogs.understanding.supplies_in_turn import supplies_in_turn
from dialogs.understanding.supposing import services_after, supposed_draft, wider
from dialogs.understanding.tables import tables
from dialogs.understanding.ticked_by_name import is_all, only_named
from dialogs.understanding.topic_at import TopicAt
from dialogs.understanding.topics import topics
from dialogs.understanding.uncalled import uncalled
from dialogs.understanding.unnamed.left_ticked import WITHOUT
from dialogs.understanding.unnamed.none_now import none_now
from dialogs.understanding.unnamed.told_on import told_on
from dialogs.understanding.unnamed.unnamed import unnamed
from dialogs.understanding.whereabouts import whereabouts
from dialogs.understanding.who_is_what import roles_said
from dialogs.understanding.whose import is_anothers
from dialogs.understanding.withdrawn import is_withdrawn, withdrawn
from dialogs.understanding.within.buildings import last_is_out
from model.county import County
from model.draft import Draft
from model.fields import ChoiceField
from model.form import Form
from model.values import Address, Pick, Picks, Value

_PASSES, _COUNT_NEAR = 4, 16
_CHANGES = re.compile(r"(?<![更])(?:换|改)(?:成|到|用|为|[^,。;])")
"""运营商改电信: in place of what is ticked."""
_AFTER_ALL = re.compile(
    r"(?:仍然?(?:用|走|选)|不[改换]了[ ,]{1,2}就?|不用[^ ,。;]{2,4}[ ,]{1,2}(?:就|改|换)?(?:用|走|选)?)$"
)
"""要不改联通 唉不改了 就电信; 不用电信 用移动: the last one alone."""
_ALONE = re.compile(r"(?:只|就|光|仅|单|改|换|还是)(?:要|用|走|选|办|装|留|是|成|为|到|拉|开|按|剩)*$")
"""只要宽带: nothing else of what was ticked."""
_SPOT = re.compile(r".[根间口边角头墙院屋楼房室棚下外里]$")
"""Where in the house something stands: 一楼, 楼梯间."""


@dataclass(frozen=True)
class Understanding:
    """The readings that won, in the order of the text; services added, withdrawn, and named as not wanted, chosen before or
    not (`declined`); spans that could be several things.
    """

    marked: Marked
    taken: tuple[Candidate, ...] = ()
    services: tuple[str, ...] | None = None
    dropped: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    unsettled: tuple[tuple[Candidate, ...], ...] = ()
    implied: tuple[tuple[str, Value], ...] = ()
    considered: tuple[Candidate, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        """Whether anything was understood."""
        return bool(self.taken or self.services or self.dropped or self.unsettled)


def understand(county: County, form: Form, draft: Draft, focus: Focus, context: Context, text: str) -> Understanding:
    """Everything in the message that answers fields of this form. Pure; the draft is not changed."""
    text = one_phase(text, this_phase(form, draft.answers))
    marked = mark(text, form, county.places.services, county.towns, county.regions)
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
            county.places.address,
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
        supposed = supposed_draft(county, form, draft, taken, added, dropped, implied, causes, before)
        if supposed.answers == before:
            break
    services = services_after(county, draft, added, dropped)
    for one in covered.taken:
        if not one.understood and one.field not in taken:
            taken[one.field] = one
    for name, value in implied.items():
        if name in taken and wider(value, taken[name]):
            taken[name] = replace(taken[name], reading=Understood(value))
    taken = {name: with_more(form, draft.answers, marked, one) for name, one in taken.items()}
    if (listed := taken.get(county.places.services)) is not None:
        taken[listed.field] = _with_opened(form, listed, [one for one in opened if one not in dropped])
    ordered = with_doubts(marked, form, tuple(sorted(taken.values(), key=lambda one: (one.start, one.end))))
    kept = tuple((name, value) for name, value in implied.items() if name not in taken)
    declined = tuple(dict.fromkeys(one.service for one in withdrawn(scene) if one.whole))
    return Understanding(marked, ordered, services, tuple(dropped), declined, covered.open, kept, tuple(considered))


def _with_opened(form: Form, listed: Candidate, opened: list[str]) -> Candidate:
    """The services listed behind their name, with those of which this message tells more: 要办三件:水、电、气(通气点火)."""
    field, said = form.fields[listed.field], listed.reading.value if isinstance(listed.reading, Understood) else None
    if not isinstance(field, ChoiceField) or not isinstance(said, Picks) or set(opened) <= set(said.options):
        return listed
    known = {one.option: one for one in said.picks}
    picks = (known.get(one.text) or Pick(option=one.text) for one in field.options if one.text in {*known, *opened})
    return replace(listed, reading=Understood(Picks(picks=tuple(picks))))


def _says_no_more(kept: Value | None, said: Picks) -> bool:
    return isinstance(kept, Picks) and set(said.options) < set(kept.options)


def _candidates(scene: Scene, draft: Draft, taken: Mapping[str, Candidate]) -> Iterator[Candidate]:
    topic_at, gone = TopicAt(topics(scene), scene), tuple(given_up(scene))
    for one in (
        *labelled(scene, topic_at),
        *unnamed(scene, topic_at),
        *pointed_behind(scene, topic_at),
        *whereabouts(scene),
        *in_the_yard(scene),
        *same_breath(scene, taken),
        *displaced(scene, taken),
        *reached(scene, fillable(scene.form)),
        *roles_said(scene, fillable(scene.form)),
        *numbers_chosen(scene, fillable(scene.form)),
        *deeds(scene, fillable(scene.form)),
        *deeds_given_up(scene),
        *full_names(scene),
        *firm_after_all(scene),
        *tables(scene, draft),
        *supplied(scene),
        *supplies_in_turn(scene),
        *own_supplies(scene),
        *appliances(scene, topic_at),
        *grown_supplies(scene, topic_at),
        *none_now(scene),
        *added_supplies(scene),
        *reckoned(scene),
        *likened(scene),
        *counted_as(scene),
        *counts_ahead(scene),
        *of_each_building(scene),
        *listed_below(scene),
        *phases(scene),
        *on_the_same_line(scene),
        *reported_instead(scene),
        *told_on(scene),
    ):
        if (
            _is_no_place(one)
            or is_denied(scene, one.start)
            or (
                one.reading is not None
                and is_anothers(scene.marked, one.start, one.end)
                and not last_is_out(scene.marked, one.reading, one.start, one.end)
            )
            or uncalled(scene, draft, one)
            or is_withdrawn(scene, one)
            or is_of_another_row(scene, one)
            or (gone and goes_with(scene, gone, one))
        ):
            continue
        yield replace(one, score=one.score + 100) if overrules(scene, one, taken) else one
    yield from finishing(scene)
    yield from gone
    for one in corrections(scene, taken):
        if is_of_another_row(scene, one) or _is_no_place(one):
            continue
        earlier = taken.get(one.field)
        later = earlier is not None and one.start >= earlier.end
        yield replace(one, score=one.score + 100) if later else one


def _is_no_place(one: Candidate) -> bool:
    """Whether an address of it is too short to be one, and no spot in the house either (一楼, 楼梯间): 原来在得迁."""
    value = one.reading.value if isinstance(one.reading, Understood) else None
    return isinstance(value, Address) and len(said := bare(value.text)) < LEAST and not _SPOT.search(said)


def _merged(form: Form, taken: list[Candidate], draft: Draft, marked: Marked) -> dict[str, Candidate]:
    """One candidate a field: ticks of the same field in one message are ticked together, beside those ticked before."""
    found = dict[str, Candidate]()
    taken = only_named(taken, marked)
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
        replaced = corrects(marked) or bool(
            re.search(r"(?:换|改)(?:成|到|用|为)?$|(?:^|[ ,。])还是$", marked.said(max(0, one.start - 3), one.start))
        )
        after_all = bool(_AFTER_ALL.search(marked.said(max(0, one.start - 12), one.start)))
        replaced = replaced or (
            one.field not in fillable(form).doings and bool(_CHANGES.search(marked.text, one.start, one.end))
        )
        if (
            kept is not None
            and _says_no_more(kept.value, one.reading.value)
            and not _ALONE.search(marked.text, max(0, one.start - 6), one.start)
        ):
            replaced = False  # 不对 座机得两部: one of those ticked is spoken of, and the others stay
        replaced = replaced or (one.field not in fillable(form).doings and is_all(marked, one))
        old = kept.value if kept is not None and not replaced and not after_all else None
        if after_all or (replaced and kept is not None and earlier == kept.value):
            earlier = None  # 移动信号不好 换联通
        out = {word for other in taken if other.field == one.field for word in other.group if word.startswith(WITHOUT)}
        out |= {f"{WITHOUT}{name}" for name in let_go(marked, asked) - set(one.reading.value.options)}
        picks = {
            pick.option: pick
            for value in (old, earlier, one.reading.value)
            if isinstance(value, Picks)
            for pick in value.picks
            if f"{WITHOUT}{pick.option}" not in out
        }
        if not picks:  # 表不挪了 表不换了: all is taken back
            found[one.field] = replace(one, reading=None, withdrawn=True, unsure=False)
            continue
        order = [option.text for option in asked.options]
        value = Picks(picks=tuple(sorted(picks.values(), key=lambda pick: order.index(pick.option))))
        found[one.field] = replace(
            one, reading=Understood(value), unsure=one.unsure and (before is None or before.unsure)
        )
    return found
