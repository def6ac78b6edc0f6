"""订阅通知: what a person has agreed to on this phone, template by template, and what the platform pushes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .accounts import Account, SubscriptionConfig
from .errors import ApiError
from .wire import Fields

MOST = 3
"""Platform rule: one wx-open-subscribe asks for so many templates at most."""
_FROM_PAGE = "1"
"""Platform rule: PopupScene of a page; 2 is an article."""
_TYPES = {"one_time": 2, "long_term": 3}
"""Platform rule: the type of a template in gettemplate."""


@dataclass
class OptIns:
    """Of one phone. `left` counts one-time opt-ins; `standing` are those for good; `kept` is what 总是保持以上选择 answers from now on."""

    left: dict[str, int] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)
    kept: dict[str, bool] = field(default_factory=dict)

    def ask(self, account: Account, chosen: Mapping[str, bool], *, keep: bool) -> dict[str, bool]:
        """The popup, answered; what was kept before is not asked again, and holds. What he said of each template."""
        said = {name: self.kept.get(name, yes) for name, yes in chosen.items()}
        for name, yes in said.items():
            if keep:
                self.kept[name] = yes
            if yes and kind_of(account, name) == "long_term":
                self.standing.add(name)
            elif yes:
                self.left[name] = self.left.get(name, 0) + 1
        return said

    def manage(self, templates: Sequence[str], *, on: bool) -> None:
        """In the settings: stopped, nothing of it is left, and asking him again shows no popup; taken up again, it does."""
        for name in templates:
            if on:
                self.kept.pop(name, None)
                continue
            self.kept[name] = False
            self.left.pop(name, None)
            self.standing.discard(name)

    def allows(self, template: str) -> bool:
        """Whether a message may be sent."""
        return template in self.standing or self.left.get(template, 0) > 0

    def spend(self, template: str) -> None:
        """One is sent; what is for good is not used up."""
        if template not in self.standing:
            self.left[template] -= 1

    def clear(self) -> None:
        """He follows no more."""
        self.left.clear()
        self.standing.clear()

    def view(self) -> dict[str, Any]:
        """For the page and for tests."""
        return {
            "left": {name: many for name, many in self.left.items() if many},
            "standing": sorted(self.standing),
            "kept": self.kept,
        }


def subscription_of(account: Account, template: Any) -> SubscriptionConfig | None:
    """The template; None where the account has no list of its own, and any id will do. Raises ApiError: 40037."""
    known = next((one for one in account.subscriptions if one.template_id == template), None)
    if not isinstance(template, str) or not template or (account.subscriptions and known is None):
        raise ApiError(40037, "invalid template_id")
    return known


def kind_of(account: Account, template: str) -> str:
    """One time unless the account was granted it for good."""
    known = subscription_of(account, template)
    return known.kind if known else "one_time"


def popped_up(said: Mapping[str, bool]) -> Fields:
    """Platform rule: subscribe_msg_popup_event; one List element when single, several when several."""
    lists: Fields = [
        ("List", [("TemplateId", name), ("SubscribeStatusString", _word(yes)), ("PopupScene", _FROM_PAGE)])
        for name, yes in said.items()
    ]
    return [("Event", "subscribe_msg_popup_event"), ("SubscribeMsgPopupEvent", lists)]


def stopped(templates: Sequence[str]) -> Fields:
    """Platform rule: subscribe_msg_change_event tells of rejections only."""
    lists: Fields = [("List", [("TemplateId", name), ("SubscribeStatusString", "reject")]) for name in templates]
    return [("Event", "subscribe_msg_change_event"), ("SubscribeMsgChangeEvent", lists)]


def sent(template: str, number: int) -> Fields:
    """Platform rule: subscribe_msg_sent_event."""
    one: Fields = [("TemplateId", template), ("MsgID", str(number)), ("ErrorCode", "0"), ("ErrorStatus", "success")]
    return [("Event", "subscribe_msg_sent_event"), ("SubscribeMsgSentEvent", [("List", one)])]


def listed(account: Account) -> dict[str, Any]:
    """GET /wxaapi/newtmpl/gettemplate: the templates of 订阅通知, which are not those of 模板消息."""
    return {
        "errcode": 0,
        "errmsg": "ok",
        "data": [
            {
                "priTmplId": one.template_id,
                "title": one.title,
                "content": "".join(f"{label}:{{{{{key}.DATA}}}}\n" for key, label in one.fields.items()),
                "example": "".join(f"{label}:…\n" for label in one.fields.values()),
                "type": _TYPES[one.kind],
            }
            for one in account.subscriptions
        ],
    }


def _word(yes: bool) -> str:
    return "accept" if yes else "reject"
