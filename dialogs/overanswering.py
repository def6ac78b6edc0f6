"""Taking in what was understood of free text: filled, refused, left open or asked on, each behind its gate (design §3)."""

import re
from collections.abc import Iterator

from dialogs.answering import refuse, skip, store
from dialogs.as_written import as_written
from dialogs.consenting import hold
from dialogs.contradicting import contradictions
from dialogs.disambiguating import MOST, ask_which
from dialogs.events import KeptUnread
from dialogs.focus import OnConsent, OnField, OnNotice, OnRows, noticed
from dialogs.kinds import parse
from dialogs.migration import fits
from dialogs.reading import Partial, Refusal, Understood
from dialogs.schemes import PERSONAL
from dialogs.turn import SOURCE_KEPT, Turn
from dialogs.understanding.acquainted import acquainted
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.understand import Understanding, understand
from dialogs.visible import consent_refused, visible_fields
from model.draft import Ambiguous, Attention, Certainty, Editing, Meaning, MoreRows, Unfinished, Unsettled
from model.fields import (
    AttachmentField,
    ChoiceField,
    CodeField,
    ContactField,
    DeclarationField,
    Field,
    PhoneField,
)
from model.values import Code, Pick, Picks, Value

UNREAD_KEPT, UNREAD_SIZE = 8, 6000
"""So many messages wait for the notice, and so many characters of them; beyond that the oldest are forgotten."""


def listen(turn: Turn, text: str) -> Understanding:
    """What the message says about the form; nothing is taken in yet."""
    return understand(turn.county, turn.form, turn.draft, turn.focus, turn.context, text)


def overhear(turn: Turn, text: str, understood: Understanding, but: str | None = None) -> None:
    """Takes in what was understood of the message, but nothing for the field `but`, which is asked about."""
    if understood:
        _Taking(turn, understood, but).take(text)
    _remember(turn, understood)


def _remember(turn: Turn, understood: Understanding) -> None:
    """Who was named with his number: he may be called by his title later. Nobody before the notice was agreed to; what
    was said until then is read again after it.
    """
    if not noticed(turn.form, turn.draft):
        return
    met = acquainted(turn.draft.met, understood.marked, turn.context.area_code)
    if met != turn.draft.met:
        turn.change_draft(met=met)


def read_on(turn: Turn) -> None:
    """The notice was agreed to: what was said before it is read now."""
    unread = turn.draft.unread
    if unread:
        turn.change_draft(unread=())
    for text in unread:
        overhear(turn, text, listen(turn, text))


class _Taking:
    """One message being taken in."""

    def __init__(self, turn: Turn, understood: Understanding, but: str | None) -> None:
        self._turn = turn
        self._understood = understood
        self._but = but
        self._said = understood.marked.text
        self._message = ""
        self._waits = False
        self._taken: set[str] = set()
        self._before = turn.draft.answers

    def take(self, text: str) -> None:
        """Values first, in form order; then what is left open, refused, half said, and what may mean several things."""
        turn, understood, form = self._turn, self._understood, self._turn.form
        self._message = text
        attended, on = turn.draft.attention, turn.focus
        asked = on.field.id if isinstance(on, OnField | OnRows) else None
        against = {group[0].field: group for group in contradictions(form, understood)}
        if understood.services is not None:
            self._store(
                form.fields[turn.county.places.services], self._services(understood.services), self._services_said()
            )
        needing = [one for one in understood.taken if one.needs]
        for name, value in understood.implied:
            of = [one for one in needing if any(needed == name for needed, _ in one.needs)]
            unsure = bool(of) and all(one.unsure for one in of)
            if all(one.field != name or not one.understood for one in understood.taken) and self._may(
                form.fields[name], value, ""
            ):
                self._store(form.fields[name], value, "", derived=True, unsure=unsure)
        place = {name: number for number, name in enumerate(form.fields)}
        order = sorted(
            understood.taken, key=lambda one: (not isinstance(form.fields[one.field], ChoiceField), place[one.field])
        )
        open_ = list[tuple[Candidate, ...]](against.values())
        for group in understood.unsettled:
            answer = next((one for one in group if one.field == asked), None)
            if answer is None or not self._filled(answer):  # words that answer the question mean the question
                open_.append(group)
        left = list[Candidate]()
        for one in order:
            if one.field not in against and one.field != self._but and not self._filled(one):
                left.append(one)
        for one in left:
            if (
                one.reading is None
                and (one.withdrawn or one.field not in turn.draft.answers)
                and self._shown(one.field)
            ):
                skip(turn, form.fields[one.field])
        attention: Attention | None = self._still_meant(attended, asked)
        for one in left:
            if isinstance(one.reading, Refusal) and self._shown(one.field):
                attention = self._refused(form.fields[one.field], one.reading, one) or attention
        halves = [half for one in left if (half := self._half(one)) is not None]
        attention = halves[0] if halves else attention
        if turn.draft.attention != attention:
            turn.change_draft(attention=attention)
        unsettled = list(self._unsettled(open_))
        if self._waits:
            self._keep_unread(text)
        if unsettled:
            ask_which(turn, unsettled)

    def _filled(self, one: Candidate) -> bool:
        """Stores a valid value. False if the candidate is none."""
        if not isinstance(one.reading, Understood):
            return False
        field, said = self._turn.form.fields[one.field], self._words(one)
        if not self._shown(field.id):
            return True
        if not fits(field, self._turn.made(one.reading.value, said)):
            again = parse(said, field, self._turn.context)
            if isinstance(again, Refusal):
                self._refused(field, again, one)
            return True
        if self._may(field, one.reading.value, said):
            self._store(
                field,
                one.reading.value,
                said,
                derived=one.certainty != "said",
                unsure=one.unsure,
                warnings=one.reading.warnings,
            )
        return True

    def _refused(self, field: Field, refusal: Refusal, one: Candidate) -> Attention | None:
        """Says what is wrong with it and keeps what is there; a field without an answer is asked for next."""
        turn, said = self._turn, self._words(one)
        if not self._open(field) and (
            consent_refused(field, turn.draft) or not isinstance(turn.gate(field), OnConsent)
        ):
            return None
        given = _number(said) if isinstance(field, CodeField | PhoneField) else said
        refuse(turn, field, refusal, given)
        if isinstance(field, CodeField | PhoneField):
            turn.change_draft(slips={**turn.draft.slips, field.id: given[:40]})
        asks_next = field.id not in turn.draft.answers and not isinstance(turn.gate(field), OnConsent)
        return Editing(field=field.id) if asks_next else None

    def _half(self, one: Candidate) -> Attention | None:
        """Asks for the part that is missing."""
        reading = one.reading
        if (
            not isinstance(reading, Partial)
            or not self._shown(one.field)
            or not self._open(self._turn.form.fields[one.field])
        ):
            return None
        if isinstance(self._turn.form.fields[one.field], ContactField) and reading.so_far:
            self._turn.change_draft(slips={**self._turn.draft.slips, one.field: reading.so_far})
        return Unfinished(field=one.field, text=(reading.so_far or self._words(one))[:SOURCE_KEPT], want=reading.want)

    def _still_meant(self, attended: Attention | None, asked: str | None) -> Attention | None:
        """What was attended to before, if it is still to be done: its field is there and was not answered by this message."""
        if isinstance(attended, Ambiguous):
            attended = attended.after
        if not isinstance(attended, Editing | Unfinished | MoreRows) or attended.field in self._taken:
            return None
        return attended if attended.field == asked and self._shown(attended.field) else None

    def _unsettled(self, groups: list[tuple[Candidate, ...]]) -> Iterator[Unsettled]:
        turn = self._turn
        for group in groups:
            if self._said_again(group):
                continue
            meanings = list[Meaning]()
            for one in group[:MOST]:
                field, reading = turn.form.fields[one.field], one.reading
                if not isinstance(reading, Understood) or one.field in self._taken or one.field == self._but:
                    continue
                if (not one.needs and not self._shown(field.id)) or not self._may(
                    field, reading.value, self._words(one)
                ):
                    continue
                answer = turn.made(reading.value, self._words(one), warnings=reading.warnings)
                if fits(field, answer):
                    meanings.append(Meaning(field=field.id, answer=answer, needs=one.needs))
            if len(meanings) > 1:
                yield Unsettled(said=self._words(group[0])[:40], meanings=tuple(meanings))
            elif meanings:
                field = turn.form.fields[meanings[0].field]
                if self._shown(field.id) and field.id not in turn.draft.answers:
                    kept = turn.draft.attention
                    store(turn, field, meanings[0].answer.model_copy(update={"confirmed": False}))
                    turn.change_draft(attention=kept)

    def _said_again(self, group: tuple[Candidate, ...]) -> bool:
        """Whether what may be one of several fields stood in one of them before: 重新加过，仍旧18kW. Two values of one
        field contradict each other all the same.
        """
        return len({one.field for one in group}) == len(group) and any(
            isinstance(one.reading, Understood)
            and (kept := self._before.get(one.field)) is not None
            and kept.value == one.reading.value
            for one in group
        )

    def _store(
        self,
        field: Field,
        value: Value,
        said: str,
        *,
        derived: bool = False,
        unsure: bool = False,
        warnings: tuple[str, ...] = (),
    ) -> None:
        """Keeps the value. One that is there already is not told again, unless it was asked for or waits to be confirmed."""
        turn = self._turn
        self._taken.add(field.id)
        value = as_written(value, self._message)
        certainty: Certainty = "derived" if derived else "guessed" if unsure else "said"
        answer = turn.made(value, said, certainty=certainty, warnings=warnings).model_copy(
            update={"confirmed": not unsure}
        )
        kept, on = turn.draft.answers.get(field.id), turn.focus
        if kept is not None and kept.value == value:
            if isinstance(on, OnField | OnRows) and on.field.id == field.id or not (kept.confirmed or unsure):
                store(turn, field, kept.model_copy(update={"confirmed": True}))
            return
        store(turn, field, answer)
        if field.id in turn.draft.slips or field.id in turn.draft.held:
            slips = {name: slip for name, slip in turn.draft.slips.items() if name != field.id}
            turn.change_draft(
                slips=slips, held={name: one for name, one in turn.draft.held.items() if name != field.id}
            )

    def _may(self, field: Field, value: Value, said: str) -> bool:
        """Whether the field may be filled now. A number before its consent is held; what is personal waits for the notice."""
        if isinstance(field, AttachmentField | DeclarationField):
            return False
        waits = self._waits
        if self._open(field):
            return True
        if isinstance(field, CodeField) and isinstance(value, Code) and field.consent and value.scheme in PERSONAL:
            hold(self._turn, field, self._turn.made(value, said))
            self._waits = waits  # it is kept already
        return False

    def _open(self, field: Field) -> bool:
        turn = self._turn
        if consent_refused(field, turn.draft):
            return False
        gate = turn.gate(field)
        self._waits = self._waits or isinstance(gate, OnNotice)
        return not isinstance(gate, OnNotice | OnConsent)

    def _keep_unread(self, text: str) -> None:
        turn = self._turn
        if text not in turn.draft.unread:
            unread = [*turn.draft.unread, text][-UNREAD_KEPT:]
            while len(unread) > 1 and sum(map(len, unread)) > UNREAD_SIZE:
                unread = unread[1:]
            turn.change_draft(unread=tuple(unread))
        turn.emit(KeptUnread())

    def _shown(self, name: str) -> bool:
        return any(one.id == name for one in visible_fields(self._turn.form, self._turn.draft.answers))

    def _words(self, one: Candidate) -> str:
        return self._said[one.start : one.end].strip(" \n,，。;；、")

    def _services_said(self) -> str:
        """The words that name services: the rest of the message may be personal and waits for the notice."""
        field = self._turn.form.fields[self._turn.county.places.services]
        words = {word for option in getattr(field, "options", ()) for word in (option.text, *option.words)}
        return "、".join(dict.fromkeys(hit.text for hit in self._understood.marked.hits if hit.text in words))

    def _services(self, options: tuple[str, ...]) -> Picks:
        field = self._turn.form.fields[self._turn.county.places.services]
        assert isinstance(field, ChoiceField)
        order = [option.text for option in field.options]
        return Picks(picks=tuple(Pick(option=name) for name in sorted(options, key=order.index)))


def _number(said: str) -> str:
    found = re.search(r"[0-9A-Za-z][0-9A-Za-z \-]{3,}", said)
    return re.sub(r"[ ]", "", found[0]).upper() if found else said
