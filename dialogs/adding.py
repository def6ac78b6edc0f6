"""加办: services more for a case that was handed in (再加个燃气和有线电视, 还想装宽带).

Only the part of the form that they bring with them is asked, in one form; what the case knows already is taken for granted, and is
changed by 更正 alone.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from dialogs.added_words import heard
from dialogs.asking import asks
from dialogs.choosing import CHOICE
from dialogs.events import AddAsked
from dialogs.folding import fold, plain_words, plainly
from dialogs.guide import topic_for
from dialogs.turn import Turn
from dialogs.visible import visible_fields
from dialogs.withdrawing import service_names
from model.conversation import Conversation
from model.county import County
from model.draft import Adding, Agreement, Answer, Draft
from model.fields import AttachmentField, ChoiceField, Field
from model.form import Form
from model.holding import looks_at
from model.part_form import added_name

_MORE = re.compile(r"再|还|也|另外|顺便|顺带|[追补]|加(?:[办装报上个]|一)|^加")
_DOES = r"(?:加办|加装|加报|补办|补报|办|装|报|接|开|通|拉|加)"
_WANTS = (
    re.compile(
        r"(?:我们?|咱们?|俺|家里)?(?:再|还|也|另外|顺便|顺带|一起|一并|追|补|麻烦|请|帮我|给我|想|要|需要|得)*"
        rf"{_DOES}(?:上|个|一|项|下|路|条)*(?P<what>.{{1,20}}?)(?:的?(?:报装|申请|业务))?(?:一起办)?(?:吧|了|呗|啊)*"
    ),
    re.compile(
        rf"(?P<what>.{{1,20}}?)(?:也|还|再)(?:想|要|得|给我|帮我|一起|一并|再)*{_DOES}(?:上|个|一|下)*(?:吧|了|呗|啊)*"
    ),
)
_LESS = (
    re.compile(r"(?:不|别)(?:要|加|办|装|报|用)(?P<what>.{1,20}?)(?:的?(?:报装|申请|业务))?(?:了|吧)*"),
    re.compile(r"(?:去掉|删掉|取消)(?P<what>.{1,20}?)(?:的?(?:报装|申请|业务))?(?:了|吧)*"),
    re.compile(
        r"(?:把|将)?(?P<what>.{1,20}?)(?:的?(?:报装|申请|业务))?(?:先|就|也|都|我)*"
        r"(?:不要|不加|不办|不装|不报|不用|去掉|删掉|取消|算)(?:加|办|装|报)?(?:了|吧)*"
    ),
)
_ANY = plainly(
    {"加办", "加办一项", "我要加办", "再加一项", "加一项", "再办一项", "还想再办一项", "加业务", "加个业务", "加服务"}
)
_JOINED = re.compile(r"[、,和与跟\s]|还有|以及")
_ELSEWHERE = plainly(
    {
        "水",
        "自来水",
        "电",
        "气",
        "燃气",
        "天然气",
        "煤气",
        "暖气",
        "暖",
        "热力",
        "供暖",
        "供热",
        "集中供热",
        "蒸汽",
        "网",
        "宽带",
    }
    | {"光纤", "电话", "有线", "有线电视", "充电桩"}
)
"""Services of one county or another: where one has none of the name, it is said so, and not misunderstood."""
WHICH = "add_which"
"""What an offer of the services that are left is about."""
_LONGEST = 40
"""Characters of words that want a service more and nothing else."""


def said(turn: Turn, text: str) -> bool:
    """Services by name that are wanted too, or 加办一项, by a person with a case. False if it is about something else.

    While a form is being filled in the same words are about that form, and more services come to one that adds some; with
    an address they are another application.
    """
    if not turn.conversation.cases or turn.conversation.role == "steward":
        return False
    words = plain_words(text)
    if turn.has_draft:
        adding = turn.draft.adding
        return adding is not None and (_still_more(turn, adding, text) or _still_less(turn, adding, text))
    if (chosen := _of_the_list(turn, text)) is not None or words in _ANY:
        turn.change(floor=None)
        turn.emit(chosen or AddAsked())
        return True
    if len(words) > _LONGEST or _MORE.search(words) is None or asks(text) or topic_for(text, turn.county.guide):
        return False
    (services, unknown), meant = _named(turn.county, words), heard(turn, text)
    services = services or (() if unknown else meant.services)
    if services or unknown:
        turn.emit(AddAsked(services=services, unknown=unknown, said=meant.answers))
    return bool(services or unknown)


def take(turn: Turn, target: str) -> None:
    """A choice: which case (`ad:<case>`, with the services that were named behind it), or which service (`as:<case>/<service>`)."""
    case, _, rest = target.partition("/")
    said = _said_before(turn, target)
    turn.change(floor=None)
    named, known = [one for one in rest.split(",") if one], {one.id for one in turn.county.services}
    services, unknown = (tuple(one for one in named if (one in known) is here) for here in (True, False))
    turn.emit(AddAsked(case, services, unknown, said))


def _said_before(turn: Turn, target: str) -> Mapping[str, Answer]:
    """What he said of the services before he was asked which case; of another choice than this offer's, nothing."""
    offered = turn.conversation.offer
    own = offered is not None and any(one.partition(":")[2] == target for one in offered.choices)
    return offered.said if offered is not None and own else {}


def opened(
    county: County,
    conversation: Conversation,
    adding: Adding,
    before: Mapping[str, Answer],
    known: Mapping[str, Answer],
    agreements: Mapping[str, Agreement],
    said: Mapping[str, Answer],
    now: dt.datetime,
) -> Conversation:
    """The conversation with the part of the form open that these services bring with them; one that is open for the case
    goes on, with the answers that were given, and asks for what is added to it, no more for what was taken from it.

    `before` are the answers of the case, `known` the same with the services ticked, `said` what was said of them just now;
    `county` is on the form they were given on.
    """
    form, serial = county.form, conversation.serial + 1
    fields = tuple(one.id for one in brought_by(county, before, known))
    part, own = added_name(form.id, fields), {name: one for name, one in said.items() if name in fields}
    same = begun(conversation, adding.case)
    if same is not None:
        others = tuple(one for one in conversation.drafts if one.id != same.id)
        other = same if same.adding == adding else _other(same, adding, part, fields, known, own, now)
        return conversation.model_copy(update={"drafts": (*others, other), "active": same.id, "floor": None})
    draft = Draft(
        id=f"{conversation.id}#{int(now.timestamp())}-{serial}",
        form=part,
        form_version=form.version,
        opened_at=now,
        changed_at=now,
        answers={**known, **own},
        trail=tuple(own),
        agreements={name: one for name, one in agreements.items() if one.agreed},
        adding=adding,
    )
    return conversation.with_draft(draft).model_copy(update={"serial": serial, "floor": None})


def begun(conversation: Conversation, case: str) -> Draft | None:
    """The open form that adds services to this case."""
    return next((one for one in conversation.applications if one.adding is not None and one.adding.case == case), None)


def _other(
    draft: Draft,
    adding: Adding,
    part: str,
    fields: Sequence[str],
    known: Mapping[str, Answer],
    own: Mapping[str, Answer],
    now: dt.datetime,
) -> Draft:
    """The form of other services than before: what was answered for those that stay is kept."""
    kept = {name: one for name, one in draft.answers.items() if name in fields}
    return draft.model_copy(
        update={
            "form": part,
            "adding": adding,
            "answers": {**own, **kept, **known},
            "trail": (
                *(name for name in draft.trail if name in fields),
                *(name for name in own if name not in draft.answers),
            ),
            "attention": None,
            "changed_at": now,
            "revision": draft.revision + 1,
        }
    )


def brought_by(county: County, before: Mapping[str, Answer], known: Mapping[str, Answer]) -> tuple[Field, ...]:
    """The fields that services can bring with them, and the declaration: those that were not on the form without them.

    Not papers: they are asked for afterwards, as at handing in (`papers_of`).
    """
    form, shown = county.form, {one.id for one in visible_fields(county.form, before)}
    fields = [one for one in form.fields.values() if one.filler == "applicant" and one.id not in shown]
    now = {one.id for one in visible_fields(form, known)}
    brought: set[str] = set()
    while more := {
        one.id for one in fields if one.id not in brought and (one.id in now or _hangs_on(form, one, brought))
    }:
        brought |= more
    return tuple(
        one
        for one in form.fields.values()
        if one.kind == "declaration" or (one.id in brought and not isinstance(one, AttachmentField))
    )


def papers_of(form: Form, draft: Draft, before: Mapping[str, Answer]) -> tuple[str, ...]:
    """The papers that the services need by what was answered, and the office wants; `form` is the whole one."""
    shown = {one.id for one in visible_fields(form, before)}
    papers = (one for one in visible_fields(form, draft.answers) if isinstance(one, AttachmentField))
    return tuple(one.id for one in papers if one.need != "optional" and one.id not in shown)


def _of_the_list(turn: Turn, text: str) -> AddAsked | None:
    """The services that are named where it was asked which, on the list or not, or several of its numbers."""
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None or offered.about != WHICH:
        return None
    case = offered.choices[0].partition(":")[2].partition("/")[0]
    listed = {str(place): one.rpartition("/")[2] for place, one in enumerate(offered.choices[: offered.shown], 1)}
    services, unknown = _parts({**service_names(turn.county), **listed}, fold(text))
    return AddAsked(case, services, unknown) if services else None


def _hangs_on(form: Form, field: Field, brought: set[str]) -> bool:
    """Whether answers to these can bring the field onto the form."""
    return bool(brought & (looks_at(field.when) | looks_at(form.section_of[field.id].when)))


def _still_more(turn: Turn, adding: Adding, text: str) -> bool:
    """再加个有线电视, said while the form of another service that is added is open: they are handed in together."""
    words = plain_words(text)
    services, unknown = _named(turn.county, words) if _MORE.search(words) else ((), ())
    if not services and not unknown:
        return False
    turn.emit(AddAsked(adding.case, services, unknown, heard(turn, text).answers))
    return True


def _still_less(turn: Turn, adding: Adding, text: str) -> bool:
    """暖气不要了, said while the form of several services is open: its questions go, those of the others stay."""
    words, names = plain_words(text), service_names(turn.county)
    options = {
        plain_words(word)
        for field in turn.form.fields.values()
        if isinstance(field, ChoiceField)
        for option in field.options
        for word in (option.text, *option.words)
    }
    for pattern in _LESS:
        match = pattern.fullmatch(words)
        parts = [plain_words(part) for part in _JOINED.split(match["what"])] if match else []
        less = tuple(dict.fromkeys(names[part] for part in parts if part in names and part not in options))
        if less and len(less) == len(set(parts)) and set(less) <= set(adding.services):
            turn.emit(AddAsked(adding.case, less=less))
            return True
    return False


def _named(county: County, words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The services that the whole message wants, and what it wants beside them that the county has not."""
    names = service_names(county)
    for pattern in _WANTS:
        match = pattern.fullmatch(words)
        services, unknown = _parts(names, match["what"]) if match else ((), ())
        if services or unknown:
            return services, unknown
    return (), ()


def _parts(names: Mapping[str, str], what: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The services that a list of names names, and the names of it that are none here; nothing where it says more than names."""
    parts = [word for part in _JOINED.split(what) if (word := plain_words(part))]
    unknown = tuple(dict.fromkeys(part for part in parts if part not in names))
    services = tuple(dict.fromkeys(names[part] for part in parts if part in names))
    return (services, unknown) if set(unknown) <= _ELSEWHERE else ((), ())
