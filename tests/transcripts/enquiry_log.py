"""`? 首问`: the log of every enquiry of a transcript, in words: who was asked, handed over, answered, closed (J47)."""

from collections.abc import Iterator

from model.calendar import CHINA
from storage.enquiries import Search
from tests.transcripts.stage import Stage

_LEFT_OUT = {"event", "county", "account", "person", "case", "phone"}


async def enquiry_log(stage: Stage) -> list[str]:
    """Oldest enquiry first: no ids that are drawn, no wall clock."""
    lines = []
    for one in await stage.enquiries.find(Search(stage.county.id)):
        lines.append(f"  “{one.words}”")
        for recorded in await stage.enquiries.events(one.id):
            at = recorded.at.astimezone(CHINA)
            facts = recorded.event.model_dump(mode="json", exclude=_LEFT_OUT)
            head = f"  {recorded.sequence} {at:%m-%d %H:%M} {recorded.event.event}（{recorded.actor.role}）"
            lines.append(head + "".join(_told(facts)))
    return lines


def _told(facts: dict[str, object]) -> Iterator[str]:
    for name, value in facts.items():
        match value:
            case {"kind": kind, "id": holder}:
                yield f" {name}={kind} {holder}"
            case {"at": at}:
                yield f" {name}={str(at)[:16]}"
            case [*several] if several:
                yield f" {name}=" + "、".join(f"{one['kind']} {one['id']}" for one in several)
            case None | "" | [] | False:
                continue
            case _:
                yield f" {name}={value}"
