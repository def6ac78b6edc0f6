"""撤回 and 恢复办理: the applicant gives up what he handed in, whole or one service of it, or takes that back (X160)."""

import re

from dialogs.events import EndReasonTold, ResumeAsked, WithdrawalDropped, WithdrawAsked
from dialogs.folding import plain_words, plainly
from dialogs.turn import Turn
from model.county import County
from model.fields import ChoiceField

_GIVES_UP = (
    re.compile(
        r"(?:我要|我想|要|请)?(?:撤回|撤销|取消|退掉)(?P<what>.{1,20}?)(?:的?(?:申请|报装|业务|办件))?(?:了|吧)*"
    ),
    re.compile(
        r"(?P<what>.{1,20}?)(?:先|就|都|我)?(?:不办|不要办|不装|不想办|不想装|不用办|不用装|撤回|撤销)(?:了|吧)*"
    ),
)
_ALL = plainly({"不办了", "我不办了", "不报了", "取消申请", "取消报装", "撤回", "撤销", "申请不要了", "都不办了"})
_WHOLE = plainly({"全部撤回", "都撤回", "全都撤回", "全部不办了", "全都不办了", "全撤了"})
_JOINED = re.compile(r"[、,和与跟]|还有|以及")
_TAIL = re.compile(r"(?:的?(?:申请|报装|业务|那项|这项|那个|这个))+$")


def said(turn: Turn, text: str) -> bool:
    """Services by name that are not wanted any more: 用电不办了, 撤回用水和燃气; or 不办了, where only what was handed in can
    be meant. False if it is about something else.

    While a form is being filled in the same words are about that form.
    """
    if turn.has_draft or not turn.conversation.cases:
        return False
    if plain_words(text) in _ALL and not turn.conversation.applications:
        turn.emit(WithdrawAsked())
        return True
    whole = tuple(one.id for one in turn.county.services) if plain_words(text) in _WHOLE else ()
    services = whole or given_up(turn.county, text)
    if services:
        turn.emit(WithdrawAsked(services=services))
    return bool(services)


def given_up(county: County, text: str) -> tuple[str, ...]:
    """The services that the whole message gives up; none if a part of it is no service."""
    words = plain_words(text)
    for pattern in _GIVES_UP:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        named = service_names(county)
        found = [named.get(_TAIL.sub("", part)) for part in _JOINED.split(match["what"])]
        services = tuple(dict.fromkeys(one for one in found if one is not None))
        if services and None not in found:
            return services
    return ()


def service_names(county: County) -> dict[str, str]:
    """What each service is called, as people write it, with its id."""
    field = county.form.fields.get(county.places.services)
    options = {one.text: one.words for one in field.options} if isinstance(field, ChoiceField) else {}
    return {
        plain_words(word): service.id
        for service in county.services
        for word in (service.option, service.name, *options.get(service.option, ()))
    }


def take(turn: Turn, kind: str, target: str) -> None:
    """A choice: which case (`cw`), which of its services (`o`), that it is meant (`z`) or not (`stay`), back again (`cb`), or
    why (`g`). Services stand behind the case: `o:<case>/<order>,<order>`.
    """
    case, _, rest = target.partition("/")
    turn.change(floor=None)
    match kind:
        case "cw":
            turn.emit(WithdrawAsked(case))
        case "o" | "z":
            turn.emit(WithdrawAsked(case, orders=tuple(rest.split(",")), sure=kind == "z"))
        case "cb":
            turn.emit(ResumeAsked(case))
        case "g":
            turn.emit(EndReasonTold(case, int(rest)))
        case _:
            turn.emit(WithdrawalDropped())
