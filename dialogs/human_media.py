"""Photos, files and speech that a person sends to staff: fetched as papers are, kept with his words (ADR 41)."""

from dialogs.human_events import HumanChanged
from dialogs.turn import Turn
from model.conversation import FetchJob
from model.human import MEDIA, HumanTalk, Medium
from model.message import FetchedMessage


def expect(turn: Turn, talk: HumanTalk, media_id: str) -> HumanTalk:
    """The talk whose last line came with this: it is fetched, unless there are too many. "": the platform has nothing."""
    if not media_id:
        return talk
    conversation, line = turn.conversation, talk.lines[-1]
    # The instant: who has everything erased and comes again gets another folder, which an erasure under way leaves alone.
    since = int(talk.opened_at.timestamp())
    record = f"talk:{conversation.id}:{conversation.wiped}:{talk.number}:{since}"
    medium = Medium(record=record, refused="file.many" if talk.media >= MEDIA else "")
    if not medium.refused:
        job = FetchJob(id=f"{record}:{line.number}", draft=record, field="", media_id=media_id, line=line.number)
        turn.change(jobs=(*conversation.jobs, job))
    lines = (*talk.lines[:-1], line.model_copy(update={"media": medium}))
    return talk.model_copy(update={"lines": lines, "media": talk.media + (not medium.refused)})


def came(turn: Turn, message: FetchedMessage) -> bool:
    """What was fetched for a line is at it, or why it could not be had. False: it is not for a talk."""
    job = next((one for one in turn.conversation.jobs if one.id == message.job and one.line), None)
    if job is None:
        return False
    turn.change(jobs=tuple(one for one in turn.conversation.jobs if one.id != job.id))
    talk = turn.conversation.human
    line = talk.line(job.line) if talk is not None else None
    if talk is None or line is None or line.media is None or line.media.record != job.draft:
        return True  # it has given way meanwhile
    medium = line.media.model_copy(
        update={
            "file": message.file,
            "refused": "" if message.file else message.refused or "file.gone",
            "seconds": message.seconds,
        }
    )
    there = line.model_copy(update={"media": medium})
    lines = tuple(there if one.number == line.number else one for one in talk.lines)
    # Of an earlier talk it does not count among what this one may hold.
    size = message.file.size if message.file is not None and line.number >= talk.first else 0
    changed = {"lines": lines, "held": talk.held + size, "version": talk.version + 1}
    turn.change(human=talk.model_copy(update=changed))
    turn.emit(HumanChanged())
    return True
