"""What talks with the platforms on behalf of every account: clients, the gate before them, the sides of WeCom apps."""

from collections.abc import Mapping
from typing import NamedTuple

import aiohttp

from bot.accounts import Accounts
from bot.channels.wechat.client import WeChat
from bot.channels.wecom.client import WeCom
from bot.channels.wecom.robot import Robot
from bot.channels.wecom.side import WeComSide
from bot.clock import WallClock
from bot.letters import OutboxLetters
from bot.metrics import Metrics
from bot.ways.gate import MEMBER, Gate
from bot.ways.wecom import MEMBER_PACE
from handlers.turn import Turns
from model.message import Update
from storage.breakers import Breakers, Pace
from storage.ledger import QuotaLedger
from storage.port import Port
from storage.tokens import TokenCache


class Clients(NamedTuple):
    """The clients by account id, and the group robots by that of the app they belong to."""

    official: Mapping[str, WeChat]
    apps: Mapping[str, WeCom]
    robots: Mapping[str, Robot]

    @property
    def all(self) -> dict[str, WeChat | WeCom]:
        """Of whichever platform."""
        return {**self.official, **self.apps}


def clients_of(
    accounts: Accounts, session: aiohttp.ClientSession, port: Port, clock: WallClock, metrics: Metrics
) -> Clients:
    """One client for each account; all share their tokens with every other process."""
    refused = metrics.platform_refused
    return Clients(
        {one.id: WeChat(one, session, TokenCache(port), clock=clock, refused=refused) for one in accounts.official},
        {one.id: WeCom(one, session, TokenCache(port), clock=clock, refused=refused) for one in accounts.apps},
        {one.id: Robot(one.robot, session) for one in accounts.apps if one.robot},
    )


def gate_of(port: Port, clock: WallClock, metrics: Metrics, paces: Mapping[str, Pace]) -> Gate:
    """The gate that all ways go through."""
    return Gate(Breakers(port), QuotaLedger(port), clock, paces={MEMBER: MEMBER_PACE, **paces}, alert=metrics.alert)


def sides_of(
    apps: Mapping[str, WeCom], turns: Turns, letters: OutboxLetters, clock: WallClock, window: float
) -> list[WeComSide]:
    """The inbound sides of the WeCom apps."""

    def chosen(account: str, words: str) -> str:
        return turns.wording(turns.county_of(account).id).catalogue.say("wecom.chosen", words=words)

    async def later(update: Update) -> None:
        await letters.late(update, clock())

    return [WeComSide(one, clock, window, later, chosen) for one in apps.values()]
