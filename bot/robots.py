"""What the group robots of a county say in the morning, through the same outbox."""

import datetime as dt
from collections.abc import Mapping

from bot.channels.wechat.results import NoAnswer, Refusal, Sent
from bot.channels.wecom.robot import Robot
from bot.delivery import Announce
from handlers.figures import Figures
from model.delivery import Delivered, Failed, Obsolete, Outcome, Row

ROBOT = "robot"
"""The channel, as it stands in the outbox."""


class Robots:
    """Sends the rows of `handlers.figures.FIGURES`; `robots` by the WeCom app they belong to."""

    def __init__(self, robots: Mapping[str, Robot], figures: Figures) -> None:
        self._robots = robots
        self._figures = figures

    async def send(self, row: Row, announce: Announce) -> Outcome:
        """See `bot.delivery.Sender`. Nobody is called up about figures: what failed for good is not on the worklist."""
        robot, text = self._robots.get(row.refs["account"]), await self._figures.compose(row.refs["county"])
        if robot is None or text is None or row.channel is not None:
            return Obsolete(
                reason="no robot" if robot is None else "nothing open" if text is None else "may have arrived"
            )
        await announce(ROBOT, None)
        match await robot.say(text):
            case Sent():
                return Delivered()
            case NoAnswer(reason=reason, may_have_arrived=may):
                return Obsolete(reason="may have arrived") if may else Failed(reason=reason)
            case Refusal(code=code, meaning=meaning) if meaning.delay:
                return Failed(reason=f"errcode {code}", retry_after=dt.timedelta(seconds=meaning.delay))
            case Refusal(code=code):
                return Obsolete(reason=f"errcode {code}")
