"""The acts of the window as forms: which inputs each needs is declared, which of them can be done now the core itself is asked."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from handlers.window_acts import window_act
from handlers.window_choices import Choice, choices
from handlers.window_desk import Desk, NotUnderstood, Typed
from model.calendar import CHINA
from model.command import Command
from model.decision import Refused
from model.edition import on_form
from model.message import Actor
from routing.adding import left_to_add
from routing.decide import decide

Kind = Literal[
    "order", "orders", "body", "unit", "bodies", "steward", "departments", "paper", "copy", "owing", "later", "day", "time",
    "phone", "public", "words",
]  # fmt: skip
"""What is chosen or typed; those of `PICKED` have choices."""
PICKED: Final[frozenset[Kind]] = frozenset(
    {"order", "orders", "body", "unit", "bodies", "steward", "departments", "paper", "copy", "owing", "later"}
)
SEVERAL: Final[frozenset[Kind]] = frozenset({"orders", "bodies", "departments"})
_TRIED: Final[frozenset[Kind]] = frozenset({"order", "orders", "paper", "copy", "owing", "later"})
"""Of these only what the core would take now is offered."""
LONGEST: Final[Mapping[Kind, int]] = {"words": 500, "public": 500, "phone": 32, "day": 10, "time": 5}
"""Characters."""


class Input(NamedTuple):
    """One input of a form, and into which part of what was typed it goes."""

    kind: Kind
    to: Literal["names", "body", "steward", "words"] = "names"
    needed: bool = True


class ActForm(NamedTuple):
    """The inputs of an act. `fits`: refusals that only say that something else has to be filled in."""

    inputs: tuple[Input, ...] = ()
    fits: frozenset[str] = frozenset()


_ORDER: Final = Input("order")
_ORDERS: Final = Input("orders", needed=False)
_WORDS: Final = Input("words", "words")
_MAYBE: Final = Input("words", "words", needed=False)

FORMS: Final[Mapping[str, ActForm]] = {  # of those that are `APART` the inputs are those of the form itself
    "assign": ActForm(
        (_ORDER, Input("body", "body"), Input("steward", "steward", needed=False), _MAYBE),
        frozenset({"assign.already", "assign.away", "assign.unknown", "assign.not_served"}),
    ),
    "withdraw": ActForm((_ORDERS, _MAYBE)),
    "resume": ActForm((_ORDERS,)),
    "announce-end": ActForm((_ORDER, _WORDS)),
    "keep-on": ActForm((_ORDER,)),
    "terminate": ActForm((_ORDER, _MAYBE), frozenset({"terminate.empty"})),
    "confirm-decline": ActForm((_ORDER,)),
    "return-decline": ActForm((_ORDER,)),
    "agree-time": ActForm((_ORDER,)),
    "refuse-time": ActForm((_ORDER,)),
    "agree": ActForm((_ORDERS,)),
    "built-inside": ActForm((_ORDERS,)),
    "phone": ActForm((Input("phone", "words"),), frozenset({"change_contact.already"})),
    "fill": ActForm((), frozenset({"fill_form.empty"})),
    "add": ActForm(),
    "read-out": ActForm((_ORDERS,)),
    "urge": ActForm((_ORDERS,)),
    "reply-urge": ActForm((_ORDER, _WORDS)),
    "call-back": ActForm((_WORDS,)),
    "departments": ActForm((Input("departments"),), frozenset({"departments.already", "departments.given"})),
    "remind-rows": ActForm(),
    "copy": ActForm((Input("copy"),)),
    "return-copy": ActForm(),
    "follow-up": ActForm((Input("later"), _WORDS)),
    "carry-follow-up": ActForm((Input("later"), _WORDS)),
    "original": ActForm((Input("paper"),)),
    "consult": ActForm((_ORDERS, Input("bodies", needed=False), _WORDS)),
    "consult-time": ActForm((Input("day"), Input("time"), _WORDS)),
    "consult-decline": ActForm((_WORDS,)),
    "consult-minutes": ActForm((Input("public"), _WORDS)),
    "consult-item": ActForm((Input("unit"), Input("day"), _WORDS)),
    "consult-settled": ActForm(),
    "consult-done": ActForm((Input("owing"),)),
}


APART: Final = frozenset({"fill", "add"})
"""Acts with a page of their own, which asks fields of the application (`handlers.window_rest`, `handlers.window_part`)."""


class Offer(NamedTuple):
    """An act that can be done now: its inputs, each with what may be chosen (nothing where one types)."""

    act: str
    inputs: tuple[tuple[Input, tuple[Choice, ...]], ...]


class Lacking(NamedTuple):
    """What was not filled in, or is too long: which input, and the word for it (`console.window.problems.<code>`)."""

    kind: Kind
    code: Literal["needed", "long"]


def offers(desk: Desk, now: dt.datetime, by: str) -> Iterator[Offer]:
    """What the window can do to the case as it stands, in the order of the table. `by`: the staff id of whoever would do it."""
    for act, form in FORMS.items():
        found = tuple((one, _possible(desk, act, form, one, now, by)) for one in form.inputs)
        if any(one.kind in PICKED and one.needed and not picked for one, picked in found):
            continue
        tried = [picked for one, picked in found if one.kind in _TRIED]
        if any(tried) if tried else _alone(desk, act, form, now, by):
            yield Offer(act, found)


def typed(act: str, given: Mapping[str, Sequence[str]], now: dt.datetime, by: str) -> Typed | Lacking:
    """What was filled into the form of an act, as its command is made of it; `given` by the kinds of its inputs."""
    parts: dict[str, list[str]] = {"names": [], "body": [], "steward": [], "words": []}
    for one in FORMS[act].inputs:
        said = [words.strip() for words in given.get(one.kind, ()) if words.strip()]
        if one.needed and not said:
            return Lacking(one.kind, "needed")
        if any(len(words) > LONGEST.get(one.kind, 200) for words in said):
            return Lacking(one.kind, "long")
        parts[one.to] += said
    first = {name: next(iter(values), "") for name, values in parts.items()}
    return Typed(tuple(parts["names"]), first["body"], first["steward"], first["words"], now, by)


def _alone(desk: Desk, act: str, form: ActForm, now: dt.datetime, by: str) -> bool:
    """An act in which nothing is picked. Of 加办 the core needs the whole form before it answers: it is offered while there is a service
    that the case never had.
    """
    if act == "add":
        return desk.signed is not None and bool(left_to_add(desk.case, on_form(desk.county, desk.signed.form_version)))
    return _takes(desk, act, form, None, now, by)


def _possible(desk: Desk, act: str, form: ActForm, one: Input, now: dt.datetime, by: str) -> tuple[Choice, ...]:
    if one.kind not in PICKED:
        return ()
    found = choices(one.kind, desk)
    if one.kind not in _TRIED:
        return found
    return tuple(choice for choice in found if _takes(desk, act, form, choice.value, now, by))


def _takes(desk: Desk, act: str, form: ActForm, picked: str | None, now: dt.datetime, by: str) -> bool:
    """Whether the core would take the act, or would only have something else filled in."""
    sample = _sample(desk, form, picked, now, by)
    try:
        do = window_act(act, sample, desk.case, desk.county, desk.staff, desk.signed)
    except NotUnderstood:
        return False
    command = Command(id="try", case=desk.case.id, actor=at_window(by), do=do)
    decided = decide(desk.case, command, desk.county, now, desk.staff)
    return not isinstance(decided, Refused) or decided.code in form.fits


def _sample(desk: Desk, form: ActForm, picked: str | None, now: dt.datetime, by: str) -> Typed:
    """Something that would do for every input, to ask the core whether the act is possible at all."""
    day = (now.astimezone(CHINA) + dt.timedelta(days=7)).date().isoformat()
    order = desk.case.order(picked or "")
    body = order.body if order is not None else desk.county.bodies[0].id
    said = {"day": day, "time": "10:00", "public": "—", "unit": body}
    names = [picked] if picked is not None else []
    for one in form.inputs:
        if one.kind == "departments":
            names += [row.value for row in choices("departments", desk)]
        elif one.to == "names" and one.kind in said:
            names.append(said[one.kind])
    words = "13800000000" if any(one.kind == "phone" for one in form.inputs) else "—"
    return Typed(tuple(names), body, "", words, now, by)


def at_window(by: str) -> Actor:
    """Whoever does it, at the window."""
    return Actor(person="window", role="staff", staff=by)
