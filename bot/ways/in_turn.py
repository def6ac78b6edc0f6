"""The ways of an installation, in the order in which they are tried (design §2.4)."""

from collections.abc import Mapping

from bot.channels.wechat.client import WeChat
from bot.channels.wecom.client import WeCom
from bot.ways.custom import CustomWay
from bot.ways.enclosing import Enclosing
from bot.ways.gate import Gate
from bot.ways.subscription import SubscriptionWay
from bot.ways.template import TemplateWay
from bot.ways.together import Beside, Together
from bot.ways.way import Way
from bot.ways.wecom import WeComWay
from handlers.merging import Compose
from handlers.ports import Clock
from handlers.turn import Turns
from storage.opt_ins import OptIns


def ways_of(
    clients: Mapping[str, WeChat],
    turns: Turns,
    gate: Gate,
    compose: Compose,
    clock: Clock,
    beside: Beside | None = None,
    apps: Mapping[str, WeCom] | None = None,
    last: Way | None = None,
    enclosing: Enclosing | None = None,
    opt_ins: OptIns | None = None,
) -> tuple[Way, ...]:
    """客服消息 costs nothing and asks for answers; a 订阅通知 he has asked for himself; a 模板消息 reaches whoever follows. A
    member of WeCom has one way; `last` (短信) costs, where there is one. Without `opt_ins` nobody has agreed to anything.
    """
    together = Together(compose, clock, beside)
    by_chat: tuple[Way, ...] = (
        CustomWay(clients, turns, gate, together, clock, enclosing),
        *((SubscriptionWay(clients, turns, gate, opt_ins, clock),) if opt_ins else ()),
        TemplateWay(clients, turns, gate),
        WeComWay(apps or {}, turns, gate, enclosing),
    )
    return by_chat if last is None else (*by_chat, last)
