"""What the platform tells us that is not for the conversation: noise, and what became of our pushes."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class Silent(Frozen):
    """Nothing to say to this and nothing to keep; `name` is the platform's word for it."""

    name: str


class TemplateReport(Frozen):
    """What became of a template message (platform rule: TEMPLATESENDJOBFINISH); `msgid` is the one sending returned."""

    account: str
    person: str
    key: str
    at: dt.datetime
    msgid: str
    status: Literal["delivered", "blocked", "failed"]


class SubscriptionItem(Frozen):
    """One template in a subscription event.

    `status` is accept, reject or success …, as the platform gives it; `scene`, `msgid`, `code` if the event has them.
    """

    template: str
    status: str
    scene: str = ""
    msgid: str = ""
    code: str = ""


class SubscriptionReport(Frozen):
    """An opt-in or opt-out (`popup`, `change`: rejections only), or what became of subscription messages (`sent`)."""

    account: str
    person: str
    key: str
    at: dt.datetime
    kind: Literal["popup", "change", "sent"]
    items: tuple[SubscriptionItem, ...]


Report = TemplateReport | SubscriptionReport
