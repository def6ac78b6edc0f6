"""Photos and PDFs as answers: announced, fetched by the shell, joined as messages of their own (design §2.1)."""

from dialogs import supplying
from dialogs.answering import skip, store
from dialogs.card_photos import is_card, take_card
from dialogs.choosing import PAGE, offer
from dialogs.drafting import switch
from dialogs.events import FileExpected, FileRefused, FileStored, Outdated
from dialogs.focus import OnField
from dialogs.folding import plain_words, plainly
from dialogs.turn import Turn
from dialogs.visible import visible_fields
from model.conversation import FetchJob
from model.draft import Draft, Editing
from model.edition import form_of
from model.fields import AttachmentField
from model.message import FetchedMessage, PhotoMessage
from model.values import Files

PLACES = PAGE - 1
"""So many papers are offered for a photo, and that it is for none of them."""
NAME_KEPT = 120
"""Characters of a file's name."""
_JOINS = ("filling", "submitting")
_DONE = plainly(
    {
        "1",
        "好了",
        "好了,下一项",
        "完了",
        "发完了",
        "没有了",
        "没了",
        "就这些",
        "下一项",
        "下一个",
        "就一张",
        "发好了",
        "齐了",
        "继续",
    }
)


def expect_photo(turn: Turn, message: PhotoMessage) -> None:
    """A photo for the paper asked for, or of a card with what is asked for. Where several drafts lack a paper the person says
    which; else it may be a card all the same, or it is refused.
    """
    on = turn.focus if turn.has_draft else None
    if isinstance(on, OnField) and isinstance(on.field, AttachmentField):
        _fetch(turn, on.field, message)
        return
    if is_card(turn, message, asked=True):
        take_card(turn, message)
        return
    lacking = {draft.id: _papers(turn, draft) for draft in reversed(turn.conversation.applications)}
    places = tuple(f"p:{field.id}:{name}" for name, fields in lacking.items() for field in fields)
    later = supplying.places(turn)
    if len(later) == 1 and not places:
        supplying.place(turn, later[0].removeprefix("w:"), message)
    elif later or (places and (not turn.has_draft or sum(map(bool, lacking.values())) > 1)):
        places = (*later, *places)
        turn.change(photo=message.model_copy(update={"name": message.name[:NAME_KEPT]}))
        offer(turn, "photo", (*places[:PLACES], "none"))
    elif is_card(turn, message):
        take_card(turn, message)
    else:
        turn.emit(FileRefused(None, "file.unexpected"))


def place_photo(turn: Turn, name: str, draft_id: str) -> None:
    """The photo goes to the paper that was chosen, and its draft is taken up."""
    photo, draft = (
        turn.conversation.photo,
        next((one for one in turn.conversation.applications if one.id == draft_id), None),
    )
    field = next((one for one in _papers(turn, draft) if one.id == name), None) if draft else None
    if photo is None or draft is None or field is None:
        turn.emit(Outdated())
        return
    turn.change(photo=None, floor=None)
    switch(turn, draft)
    turn.change_draft(attention=Editing(field=field.id))
    _fetch(turn, field, photo)


def _papers(turn: Turn, draft: Draft) -> tuple[AttachmentField, ...]:
    """The papers that are on this draft's form and not there yet; none before its privacy notice was agreed to."""
    form = turn.county.forms.get(draft.form)
    noticed = draft.agreements.get("notice")
    if form is None or (form.notice is not None and not (noticed and noticed.agreed)):
        return ()
    shown = (field for field in visible_fields(form, draft.answers) if isinstance(field, AttachmentField))
    return tuple(field for field in shown if field.id not in draft.answers or draft.answers[field.id].value is None)


def _fetch(turn: Turn, field: AttachmentField, message: PhotoMessage) -> None:
    waiting = [job for job in turn.conversation.jobs if job.field == field.id and job.draft == turn.draft.id]
    kept = stored(turn, field)
    if (len(kept.files) if kept else 0) + len(waiting) >= field.most:
        turn.emit(FileRefused(field.id, "file.many", turn.draft.id))
        return
    job = FetchJob(
        id=f"{turn.draft.id}:{message.media_id}",
        draft=turn.draft.id,
        field=field.id,
        media_id=message.media_id,
        name=message.name[:NAME_KEPT],
    )
    if all(one.id != job.id for one in turn.conversation.jobs):
        turn.change(jobs=(*turn.conversation.jobs, job))
    turn.emit(FileExpected(field.id, turn.draft.id))


def take_fetched(turn: Turn, message: FetchedMessage) -> None:
    """The fetched file goes into its field, wherever the form is by now; a refused one is asked for again.

    A form that is being handed in waits for its files; for one that cannot be had it is opened again.
    """
    job = next((one for one in turn.conversation.jobs if one.id == message.job), None)
    if job is None:
        return
    turn.change(jobs=tuple(one for one in turn.conversation.jobs if one.id != job.id))
    if job.case:
        supplying.came(turn, job, message)
        return
    was_active = turn.conversation.active
    draft = next((one for one in turn.conversation.drafts if one.id == job.draft and one.state in _JOINS), None)
    field = form_of(turn.county, draft).fields.get(job.field) if draft else None
    if draft is None:
        return
    if not isinstance(field, AttachmentField):
        _keep_aside(turn, draft, job, message)
        return
    turn.change(active=draft.id)
    if message.file is None:
        answer = draft.answers.get(field.id)
        if answer is not None and answer.value is None:
            turn.change_draft(answers={name: one for name, one in draft.answers.items() if name != field.id})
        if draft.state == "submitting":
            turn.change_draft(state="filling", submitted_at=None, handed_by=None, attention=Editing(field=field.id))
            was_active = was_active or draft.id
        turn.emit(FileRefused(field.id, message.refused or "file.gone", draft.id))
    else:
        before, attention = stored(turn, field), turn.draft.attention
        asked_now = isinstance(turn.focus, OnField) and turn.focus.field.id == field.id
        files = (*(before.files if before else ()), message.file)
        files = tuple({one.digest: one for one in files}.values())
        events = len(turn.events)
        store(turn, field, turn.made(Files(files=files), job.name or "照片"))
        del turn.events[events:]
        turn.change_draft(attention=Editing(field=field.id) if asked_now else attention)
        if draft.state == "filling":
            turn.emit(FileStored(field.id, len(files), draft.id))
    turn.change(active=was_active)


def _keep_aside(turn: Turn, draft: Draft, job: FetchJob, message: FetchedMessage) -> None:
    """The form has changed under a photo on its way: it waits for a version that asks for it again."""
    if message.file is None or draft.state != "filling":
        return
    before = draft.aside.get(job.field)
    files = (*(before.value.files if before and isinstance(before.value, Files) else ()), message.file)
    was_active = turn.conversation.active
    turn.change(active=draft.id)
    answer = turn.made(Files(files=tuple({one.digest: one for one in files}.values())), job.name or "照片")
    turn.change_draft(aside={**draft.aside, job.field: answer})
    turn.change(active=was_active)


def answer_attachment(turn: Turn, field: AttachmentField, text: str) -> bool:
    """Words while a paper is asked for: 好了 goes on, 没有 leaves it for later. True if understood."""
    words = plain_words(text)
    pending = any(job.field == field.id and job.draft == turn.draft.id for job in turn.conversation.jobs)
    if words in _DONE and (stored(turn, field) or pending):
        if stored(turn, field):
            turn.change_draft(attention=None)
        else:
            store(turn, field, turn.made(None, "照片"))
        return True
    if (
        words
        in {"2", "没有", "还没有", "没", "后面补", "以后补", "回头补", "没带", "暂时没有", "先欠着", "1", "没办", "无"}
        and field.need != "required"
    ):
        skip(turn, field)
        return True
    return False


def stored(turn: Turn, field: AttachmentField) -> Files | None:
    """The files this paper has so far."""
    answer = turn.draft.answers.get(field.id)
    return answer.value if answer and isinstance(answer.value, Files) else None
