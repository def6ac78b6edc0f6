"""What is done on a page is done to the same draft as in the chat; what the chat attends to stays, where it is about something else.

Nothing is said in the chat meanwhile: its next reply says what came beside it, and asks what is to be asked now.
"""

from collections.abc import Collection
from typing import assert_never

from dialogs.answering import store
from dialogs.as_data.edits import Taken, results
from dialogs.consenting import decide_consent, decide_notice, use_held
from dialogs.drafting import open_draft
from dialogs.events import FileRefused, PageFilled
from dialogs.focus import Focus, OnReview, focus, noticed
from dialogs.following import follow
from dialogs.migration import migrate
from dialogs.overanswering import read_on
from dialogs.reviewing import hand_in, promise
from dialogs.turn import Turn
from dialogs.visible import visible_fields
from model.conversation import Conversation
from model.draft import Ambiguous, Attention, Confirming, Draft, Editing, MoreRows, Unfinished
from model.fields import AttachmentField
from model.form import Form
from model.message import PageMessage
from model.page import AddFile, Agree, Begin, Beside, HandIn, RemoveFile, Save
from model.values import Files


def do_on_page(turn: Turn, message: PageMessage) -> None:
    """One deed of a page. What cannot be done any more changes nothing: the page looks at the draft and sees it."""
    if isinstance(message.do, Begin):
        _begin(turn)
        return
    draft = page_draft(turn.conversation, message.draft)
    if draft is None:
        return
    chat = turn.conversation.active
    turn.change(active=draft.id)
    _catch_up(turn)
    before, asked = turn.conversation, turn.focus
    floor, pushed = before.floor, before.pushed
    _do(turn, message)
    if turn.has_draft:
        use_held(turn)
        follow(turn, before)
        _note(turn, before, asked)
    # What was shown last in the chat keeps the floor there; a draft that is gone is nobody's.
    left = next((one.id for one in turn.conversation.drafts if one.id == chat), None)
    turn.change(active=left, floor=floor, pushed=pushed)


def page_draft(conversation: Conversation, name: str) -> Draft | None:
    """The application of this id that is being filled in by this person; nobody else's."""
    return next((one for one in page_drafts(conversation) if one.id == name), None)


def page_drafts(conversation: Conversation) -> tuple[Draft, ...]:
    """The applications that a page can show: not the part of a form that is filled in for a case (加办)."""
    return tuple(one for one in conversation.applications if one.adding is None)


def heard_of(turn: Turn, *, unheard: bool) -> bool:
    """In the chat: what came beside it is said, once. True if what is on the screen there is not what is asked now; then words that
    answer it are `unheard`.
    """
    beside = turn.draft.beside
    if beside is None:
        return False
    turn.emit(PageFilled(tuple(one for one in beside.fields if one in turn.form.fields), unheard and beside.moved))
    turn.change_draft(beside=None)
    return beside.moved


def reviewable(form: Form, draft: Draft) -> bool:
    """Whether nothing is left to be asked, whatever the chat may be in the middle of."""
    return isinstance(focus(form, draft.model_copy(update={"attention": None, "copied": ()})), OnReview)


def _do(turn: Turn, message: PageMessage) -> None:
    match message.do:
        case Save(edits=edits):
            free = noticed(turn.form, turn.draft)
            for name, one in results(turn.county, turn.form, turn.draft, edits, turn.now).items():
                if isinstance(one, Taken) and (free or not turn.form.fields[name].personal):
                    _take(turn, name, one)
        case Agree(name=name, version=version, agreed=agreed):
            _agree(turn, name, version, agreed)
        case AddFile() | RemoveFile():
            _files(turn, message.do)
        case HandIn(revision=revision):
            if revision == turn.draft.revision and reviewable(turn.form, turn.draft):
                turn.change_draft(attention=None, beside=None)
                promise(turn, "")
                hand_in(turn)
        case Begin():
            pass
        case _:
            assert_never(message.do)


def _begin(turn: Turn) -> None:
    """A new application, unless there are too many; the chat goes on with what it has."""
    conversation = turn.conversation
    if (
        any(not one.answers for one in conversation.applications)
        or len(conversation.applications) >= turn.county.most_drafts
    ):
        return
    open_draft(turn, turn.county.form, channel="web")
    turn.change(greeted=True)
    if conversation.active is not None:
        turn.change(active=conversation.active)


def _catch_up(turn: Turn) -> None:
    """A draft of an older form is moved to today's, as it would be in the chat, which then hears that something changed."""
    today = turn.county.forms.get(turn.draft.form)
    if today is None or today.version <= turn.draft.form_version:
        return
    moved = migrate(turn.draft, today)
    if moved is not None:
        turn.conversation = turn.conversation.with_draft(moved.draft)
        turn.change_draft(beside=Beside(fields=(), moved=True))


def _take(turn: Turn, name: str, one: Taken) -> None:
    field, standing, draft = turn.form.fields[name], turn.draft.answers.get(name), turn.draft
    if standing is not None and standing.value == one.value and standing.confirmed:
        return
    certainty, warnings = (one.reading.certainty, one.reading.warnings) if one.reading else ("said", ())
    store(turn, field, turn.made(one.value, "", certainty=certainty, warnings=warnings))
    turn.change_draft(
        attention=_still(draft.attention, {name}),
        held={held: answer for held, answer in turn.draft.held.items() if held != name},
    )


def _still(attention: Attention | None, names: Collection[str]) -> Attention | None:
    """What the chat attends to, unless these fields answer it."""
    match attention:
        case Editing(field=name) | Unfinished(field=name) | MoreRows(field=name) | Confirming(field=name):
            return None if name in names else attention
        case Ambiguous(asked=asked):
            about = {meaning.field for one in asked for meaning in one.meanings}
            return None if about & set(names) else attention
        case _:
            return attention


def _agree(turn: Turn, name: str, version: int, agreed: bool) -> None:
    """As in the chat; an answer to a text that has changed meanwhile is none."""
    text = turn.form.notice if name == "notice" else turn.form.consents.get(name)
    if text is None or text.version != version:
        return
    if name != "notice":
        decide_consent(turn, name, agreed)
        return
    decide_notice(turn, agreed)
    if turn.has_draft:
        read_on(turn)


def _files(turn: Turn, deed: AddFile | RemoveFile) -> None:
    """Files come and go one by one. So many that there is no room are refused, and the page sees that its file is not there."""
    field, draft = turn.form.fields.get(deed.field), turn.draft
    shown = visible_fields(turn.form, draft.answers)
    if not isinstance(field, AttachmentField) or field not in shown or not noticed(turn.form, draft):
        return
    answer = draft.answers.get(field.id)
    files = answer.value.files if answer and isinstance(answer.value, Files) else ()
    if isinstance(deed, AddFile):
        waiting = sum(one.field == field.id and one.draft == draft.id for one in turn.conversation.jobs)
        if all(one.digest != deed.file.digest for one in files) and len(files) + waiting >= field.most:
            turn.emit(FileRefused(field.id, "file.many", draft.id))
            return
        files = tuple({one.digest: one for one in (*files, deed.file)}.values())
    else:
        files = tuple(one for one in files if one.digest != deed.digest)
    if files:
        store(turn, field, turn.made(Files(files=files), "照片"))
        turn.change_draft(attention=_still(draft.attention, {field.id}))
    elif answer is not None and answer.value is not None:
        turn.change_draft(answers={name: one for name, one in draft.answers.items() if name != field.id})


def _note(turn: Turn, before: Conversation, asked: Focus) -> None:
    """For the chat: what was answered, and whether its question is another one now."""
    old = before.draft()
    known = old.answers if old is not None else {}
    changed = [name for name, one in turn.draft.answers.items() if known.get(name) is not one and one.value is not None]
    moved = turn.focus != asked
    if changed or moved:
        earlier = turn.draft.beside or Beside(fields=(), moved=False)
        fields = tuple(dict.fromkeys((*earlier.fields, *changed)))
        turn.change_draft(beside=Beside(fields=fields, moved=earlier.moved or moved))
