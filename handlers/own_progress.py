"""How the cases of one person stand, for a page: the words of 进度 in the chat, laid out as a timeline (X162, J93)."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from handlers.ports import RoutingCore
from handlers.wording import progress
from handlers.wording.catalogue import Catalogue
from handlers.wording.naming import answers_name
from handlers.wording.orders import service_name
from handlers.wording.outcome_telling import OutcomeTeller
from handlers.wording.progress import Group
from handlers.wording.wording import Wording
from model.case import Case
from model.conversation import Conversation
from model.message import Invitation
from routing.timeline import timeline

_TOLD: Final = ("supplements",)
"""Invitations that say no more than stands below the progress anyway."""

_OFFERED: Final = frozenset({"move_survey", "move_plan", "missed"})
"""Acts that change what is settled: he may, and nobody waits for it."""


class CaseShown(NamedTuple):
    """A case as its applicant sees it: `asks` are the questions that wait for him in the chat, `lines` is what is to be said beside."""

    number: str
    name: str
    services: tuple[str, ...]
    closed: bool
    groups: tuple[Group, ...]
    lines: tuple[str, ...]
    asks: tuple[str, ...]


class OwnProgress:
    """Reads the cases of whoever asks, and no others'. Methods raise CoreAway."""

    def __init__(self, core: RoutingCore, wordings: Mapping[str, Wording]) -> None:
        """`wordings` by county."""
        self._core = core
        self._wordings = wordings

    async def cases(self, account: str, person: str) -> Sequence[Case]:
        """All he has, newest first."""
        return await self._core.cases(account, person)

    async def shown(self, case: Case, talk: Conversation, now: dt.datetime) -> CaseShown:
        """One of them, whole."""
        wording = self._wordings[case.county]
        county, catalogue = wording.county, wording.catalogue
        found = [await self._core.steward(one.steward) for one in case.orders if one.steward]
        stewards = {one.id: one for one in found if one is not None}
        done = timeline(case, await self._core.events(case.id))
        signed = await self._core.submission(case.id)
        told = progress.groups(catalogue, county, case, stewards, done, now)
        lines = (
            *progress.others(catalogue, county, case),
            *OutcomeTeller(catalogue, county, talk).beside_progress(case),
        )
        return CaseShown(
            number=case.number,
            name=answers_name(catalogue, county, signed.answers if signed else {}),
            services=tuple(dict.fromkeys(service_name(county, one) for one in case.orders)),
            closed=case.closed_at is not None,
            groups=told,
            lines=lines,
            asks=tuple(_asked(catalogue, one) for one in talk.invitations if one.case == case.id and _waits(one)),
        )


def _waits(one: Invitation) -> bool:
    """Whether somebody waits for his answer."""
    return one.kind not in _TOLD and any(act.id.partition(".")[0] not in _OFFERED for act in one.acts)


def _asked(catalogue: Catalogue, one: Invitation) -> str:
    """What is asked of him, in the words in which the chat asks again."""
    key = f"asked.{one.kind}"
    if key in catalogue:
        return catalogue.say(key, number=one.number, title=one.title)
    return catalogue.say("pages.progress.ask", answers=[act.label for act in one.acts if act.shown])


def mark(cases: Sequence[Case]) -> str:
    """Changes whenever one of these cases does."""
    return hashlib.sha256("".join(f"{one.id} {one.version};" for one in cases).encode()).hexdigest()[:16]
