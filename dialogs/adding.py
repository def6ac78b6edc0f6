"""加办: one service more for a case that was handed in (再加个燃气, 还想装宽带).

Only the part of the form that the service brings with it is asked; what the case knows already is taken for granted, and is
changed by 更正 alone.
"""

import datetime as dt
import re
from collections.abc import Mapping

from dialogs.asking import asks
from dialogs.choosing import CHOICE
from dialogs.drafting import open_draft
from dialogs.events import AddAsked
from dialogs.folding import plain_words, plainly
from dialogs.guide import topic_for
from dialogs.turn import Turn
from dialogs.understanding.understand import understand
from dialogs.visible import visible_fields
from dialogs.withdrawing import service_names
from model.conversation import Conversation
from model.county import County
from model.draft import Adding, Agreement, Answer, Draft
from model.fields import AttachmentField, Field
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
_ANY = plainly(
    {"加办", "加办一项", "我要加办", "再加一项", "加一项", "再办一项", "还想再办一项", "加业务", "加个业务", "加服务"}
)
_JOINED = re.compile(r"[、,和与跟]|还有|以及")
WHICH = "add_which"
"""What an offer of the services that are left is about."""
_LONGEST = 40
"""Characters of words that want a service more and nothing else."""


def said(turn: Turn, text: str) -> bool:
    """Services by name that are wanted too, or 加办一项, by a person with a case. False if it is about something else.

    While a form is being filled in the same words are about that form; with an address they are another application.
    """
    if turn.has_draft or not turn.conversation.cases or turn.conversation.role == "steward":
        return False
    words = plain_words(text)
    if (chosen := _of_the_list(turn, words)) is not None or words in _ANY:
        turn.change(floor=None)
        turn.emit(chosen or AddAsked())
        return True
    if len(words) > _LONGEST or _MORE.search(words) is None or asks(text) or topic_for(text, turn.county.guide):
        return False
    services = _named(turn.county, words) or _understood(turn, text)
    if services:
        turn.emit(AddAsked(services=services))
    return bool(services)


def take(turn: Turn, target: str) -> None:
    """A choice: which case (`ad:<case>`, with the services that were named behind it), or which service (`as:<case>/<service>`)."""
    case, _, rest = target.partition("/")
    turn.change(floor=None)
    turn.emit(AddAsked(case, tuple(one for one in rest.split(",") if one)))


def opened(
    county: County,
    conversation: Conversation,
    adding: Adding,
    before: Mapping[str, Answer],
    known: Mapping[str, Answer],
    agreements: Mapping[str, Agreement],
    now: dt.datetime,
) -> Conversation:
    """The conversation with the part of the form open that this service brings with it; one that is open goes on.

    `before` are the answers of the case, `known` the same with the service ticked; `county` is on the form they were given on.
    """
    same = next((one for one in conversation.applications if one.adding == adding), None)
    if same is not None:
        others = tuple(one for one in conversation.drafts if one.id != same.id)
        return conversation.model_copy(update={"drafts": (*others, same), "active": same.id, "floor": None})
    form, serial = county.form, conversation.serial + 1
    draft = Draft(
        id=f"{conversation.id}#{int(now.timestamp())}-{serial}",
        form=added_name(form.id, tuple(one.id for one in brought_by(county, before, known))),
        form_version=form.version,
        opened_at=now,
        changed_at=now,
        answers=dict(known),
        agreements={name: one for name, one in agreements.items() if one.agreed},
        adding=adding,
    )
    return conversation.with_draft(draft).model_copy(update={"serial": serial, "floor": None})


def brought_by(county: County, before: Mapping[str, Answer], known: Mapping[str, Answer]) -> tuple[Field, ...]:
    """The fields that a service can bring with it, and the declaration: those that were not on the form without it.

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
    """The papers that the service needs by what was answered, and the office wants; `form` is the whole one."""
    shown = {one.id for one in visible_fields(form, before)}
    papers = (one for one in visible_fields(form, draft.answers) if isinstance(one, AttachmentField))
    return tuple(one.id for one in papers if one.need != "optional" and one.id not in shown)


def _of_the_list(turn: Turn, words: str) -> AddAsked | None:
    """The service that is named where it was asked which one, on the list or not."""
    offered = turn.conversation.offer
    if turn.conversation.floor != CHOICE or offered is None or offered.about != WHICH:
        return None
    service = service_names(turn.county).get(words)
    case = offered.choices[0].partition(":")[2].partition("/")[0]
    return AddAsked(case, (service,)) if service else None


def _hangs_on(form: Form, field: Field, brought: set[str]) -> bool:
    """Whether answers to these can bring the field onto the form."""
    return bool(brought & (looks_at(field.when) | looks_at(form.section_of[field.id].when)))


def _named(county: County, words: str) -> tuple[str, ...]:
    """The services that the whole message wants; none if a part of it is no service."""
    names = service_names(county)
    for pattern in _WANTS:
        match = pattern.fullmatch(words)
        found = [names.get(part) for part in _JOINED.split(match["what"])] if match else [None]
        services = tuple(dict.fromkeys(one for one in found if one is not None))
        if services and None not in found:
            return services
    return ()


def _understood(turn: Turn, text: str) -> tuple[str, ...]:
    """The services that are understood as on a form nobody has begun; none where the words say where it is to be."""
    before = turn.conversation
    open_draft(turn, turn.county.form)
    meant = understand(turn.county, turn.form, turn.draft, turn.focus, turn.context, text)
    turn.conversation = before
    elsewhere = {turn.county.places.address, turn.county.places.district} & {one.field for one in meant.taken}
    options = () if elsewhere else meant.services or ()
    return tuple(one.id for one in turn.county.services if one.option in options)
