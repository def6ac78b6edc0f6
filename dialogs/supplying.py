"""补材料: papers and words for a case that was handed in; an answer to a field is filled in on its part of the form (X47, J39)."""

from collections.abc import Iterator

from dialogs.commands import command
from dialogs.events import Outdated, PaperAsked, PaperCame, PaperExpected, PaperLater
from dialogs.folding import plain_words, plainly
from dialogs.turn import Turn
from model.conversation import FetchJob
from model.message import Act, FetchedMessage, Invitation, PhotoMessage
from model.supplement import OWN_WORDS

ACT = "hand_in."
"""So begins the act that hands in a supplement."""
NAME_KEPT = 120
LONGEST = 500
_FLOOR = "paper"
"""On the floor: this paper was asked for; what comes next is for it."""
_DONE = plainly({"好了", "没有", "没有了", "发完了", "就这些", "后面补", "以后补", "算了", "0", "没带", "暂时没有"})


def ask(turn: Turn, invitation: Invitation, act: Act) -> None:
    """The paper is asked for."""
    turn.change(floor=f"{_FLOOR}|{invitation.id}|{act.id}", pushed=False, photo=None)
    turn.emit(PaperAsked(act))


def said(turn: Turn, text: str) -> bool:
    """Words after a paper was asked for: 好了 ends it, what a steward called in his own words can be answered in words."""
    found = _floor(turn)
    if found is None:
        return False
    invitation, act = found
    turn.change(floor=None)
    if plain_words(text) in _DONE:
        turn.emit(PaperLater())
        return True
    name = act.id.removeprefix(ACT)
    if not name.startswith(OWN_WORDS) or command(text) is not None:
        return False
    turn.emit(PaperCame(invitation.case, name, words=text.strip()[:LONGEST]))
    return True


def places(turn: Turn) -> tuple[str, ...]:
    """The papers that a photo can be for, as choices: the one asked for alone, if one was."""
    found = _floor(turn)
    papers = [found] if found is not None else list(_papers(turn))
    return tuple(f"w:{invitation.id}|{act.id}" for invitation, act in papers)


def place(turn: Turn, target: str, photo: PhotoMessage | None) -> None:
    """The photo goes to the paper that was chosen."""
    name, _, act_id = target.partition("|")
    found = next((one for one in _papers(turn) if (one[0].id, one[1].id) == (name, act_id)), None)
    if found is None or photo is None:
        turn.emit(Outdated())
        return
    invitation, act = found
    job = FetchJob(
        id=f"{invitation.case}:{act_id}:{photo.media_id}",
        draft="",
        field=act_id.removeprefix(ACT),
        media_id=photo.media_id,
        name=photo.name[:NAME_KEPT],
        case=invitation.case,
    )
    if all(one.id != job.id for one in turn.conversation.jobs):
        turn.change(jobs=(*turn.conversation.jobs, job))
    turn.change(photo=None, floor=turn.conversation.floor if _floor(turn) else None)
    turn.emit(PaperExpected(act.label))


def came(turn: Turn, job: FetchJob, message: FetchedMessage) -> None:
    """The file is here."""
    turn.emit(PaperCame(job.case, job.field, message.file, message.refused))


def _papers(turn: Turn) -> Iterator[tuple[Invitation, Act]]:
    for invitation in turn.conversation.invitations:
        if invitation.kind == "supplements":
            yield from ((invitation, act) for act in invitation.acts if act.form is None)


def _floor(turn: Turn) -> tuple[Invitation, Act] | None:
    kind, _, rest = (turn.conversation.floor or "").partition("|")
    if kind != _FLOOR:
        return None
    return next((one for one in _papers(turn) if f"{one[0].id}|{one[1].id}" == rest), None)
