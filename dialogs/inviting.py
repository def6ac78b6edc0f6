"""Questions from the routing core inside the conversation: a steward's tasks, a survey time to agree to."""

from dialogs import amending, enquiring, supplying
from dialogs.built_inside import says_built
from dialogs.choosing import CHOICE
from dialogs.done_before import done_before
from dialogs.drafting import open_draft, open_step
from dialogs.events import Decided, Invited, Outdated, TasksListed, WhichOne
from dialogs.focus import OnField
from dialogs.folding import is_place, plain_words
from dialogs.kinds.yes_no import says
from dialogs.moments import read_moment
from dialogs.reading import Understood
from dialogs.roles import speak_as
from dialogs.times import read_times
from dialogs.turn import Turn
from model.backdating import STEPS
from model.conversation import Offer
from model.draft import Role
from model.edition import form_at
from model.fields import ChoiceField
from model.message import Act, Invitation

MOST = 60
SEVERAL = 7
"""So many invitations are offered when a word fits them all; the rest are on the list."""
TASKS = ("task", "enquiry", "approval", "sheet", "claim", "consultation")
"""What staff have to do, as the records know it."""
BESIDE = ("call_back", "decision", "backdating")
"""What else waits for staff until they answer; it is listed too."""
LISTED = (*TASKS, *BESIDE)
OF_STAFF = (*LISTED, "staff_times", "reassign")
"""Whatever is asked of staff; the rest is asked of applicants."""
_TIMES = ("times", "staff_times")
LIST = "tasks"
"""On the floor: the task list was the last thing shown."""


def join(turn: Turn, invitation: Invitation) -> None:
    """An invitation joins the conversation: it takes the floor, and replaces an older one on the same subject."""
    others = [
        one for one in turn.conversation.invitations if one.id != invitation.id and not _same_subject(one, invitation)
    ]
    turn.change(invitations=(*others[-MOST + 1 :], invitation))
    if _mine(turn, invitation):  # what is pushed for the other role leaves the floor to what is under way in this one
        turn.change(floor=invitation.id, pushed=True)
    turn.emit(Invited(invitation))


def withdraw(turn: Turn, invitation_id: str) -> None:
    """The invitation is settled elsewhere."""
    left = tuple(one for one in turn.conversation.invitations if one.id != invitation_id)
    gone = turn.conversation.floor in (invitation_id, _card(invitation_id))
    turn.change(invitations=left, floor=None if gone else turn.conversation.floor)


def sent_as_card(turn: Turn, invitation_id: str) -> None:
    """It is on the floor, but nobody has seen its numbers."""
    if turn.conversation.floor == invitation_id:
        turn.change(floor=_card(invitation_id))


def _card(invitation_id: str) -> str:
    """The floor after an invitation was sent without its choices."""
    return f"card|{invitation_id}"


def _shown_after_card(turn: Turn, words: str) -> bool:
    """A number, after a card that had none: it is shown with its choices, and done is nothing."""
    kind, _, invitation_id = (turn.conversation.floor or "").partition("|")
    if kind != "card" or turn.has_draft or not is_place(words) or _by_id(turn, invitation_id) is None:
        return False
    show(turn, invitation_id)
    return True


def tapped(turn: Turn, choice: str) -> None:
    """A tap on one of an invitation's acts: `i:<invitation>:<act>`."""
    _, _, rest = choice.partition(":")
    invitation_id, _, act_id = rest.rpartition(":")
    invitation = _by_id(turn, invitation_id)
    act = next((one for one in invitation.acts if one.id == act_id), None) if invitation else None
    if invitation is None or act is None:
        turn.emit(Outdated(invitation=True))
    else:
        decide(turn, invitation, act)


def said(turn: Turn, text: str) -> bool:
    """A number or word that answers an invitation. False if it is about something else.

    What the person opened himself is what he answers. What was only pushed may have crossed with another push: if the
    answer fits several that wait, he says which.
    """
    if not turn.conversation.invitations:
        return False
    floor = _by_id(turn, turn.conversation.floor or "")
    words = plain_words(text)
    if turn.conversation.floor == LIST and (is_place(words) and numbered_task(turn, text)):
        return True
    if _shown_after_card(turn, words):
        return True
    act = _numbered(floor, words) or _act(floor, words) if floor else None
    if floor and act:
        rivals = _waiting_for(turn, act) if turn.conversation.pushed else []
        _one_of(turn, rivals if len(rivals) > 1 else [(floor, act)])
        return True
    if _said_times(turn, floor, text):
        return True
    if _said_done(turn, floor, text) or _said_built(turn, text):
        return True
    # Beside a form 都行 answers the question when he can come only where that was just asked.
    others = (one for one in turn.conversation.invitations if one.kind not in _TIMES or not turn.has_draft)
    fitting = [(one, act) for one in others if (act := _act(one, words))]
    if turn.has_draft:  # what is only said may be an option of its own form, open already: 不予受理
        again = not _is_option(turn, words)
        fitting = [
            (one, act)
            for one, act in fitting
            if (act.shown and again) or (one.id, act.id) != (turn.draft.subject, turn.draft.act)
        ]
    if turn.has_draft and (turn.draft.applies or not _any_mine(turn, fitting)) and says(text) is not None:
        return False  # a plain yes or no belongs to the form that is being filled in
    return choose(turn, fitting)


def choose(turn: Turn, fitting: list[tuple[Invitation, Act]]) -> bool:
    """The one that fits is done, of several he says which; a word of his other role is never done unasked. False if none fits."""
    mine = [(one, act) for one, act in fitting if _mine(turn, one)]
    if mine:
        _one_of(turn, mine)
    elif fitting:
        _which(turn, fitting)
    return bool(fitting)


def _is_option(turn: Turn, words: str) -> bool:
    """Whether these words are one of the boxes that are asked about right now."""
    on = turn.focus
    field = on.field if isinstance(on, OnField) else None
    return isinstance(field, ChoiceField) and any(words == plain_words(one.text) for one in field.options)


def _said_times(turn: Turn, floor: Invitation | None, text: str) -> bool:
    """周三下午、周五都行, said at once instead of tapped, by whoever was asked when he can come."""
    asked = [one for one in turn.conversation.invitations if one.kind in _TIMES and _mine(turn, one)]
    wanted = floor if floor in asked else asked[0] if len(asked) == 1 else None
    act = next((one for one in wanted.acts if one.id == "give_times.words"), None) if wanted else None
    if wanted is None or act is None or (wanted is not floor and read_moment(text, turn.now) is None):
        return False
    if (turn.conversation.pushed or wanted is not floor) and _of_the_form(turn, wanted, text):
        return False
    if read_times(text, turn.now, turn.county.process.hours) is None:
        return False
    rivals = _waiting_for(turn, act) if turn.conversation.pushed else []
    if len({one.case for one, _ in rivals}) > 1:  # the questions of two cases may have crossed: he says which
        _which(turn, rivals)
        return True
    speak_as(turn, _role(wanted))
    turn.change(floor=None)
    turn.emit(Decided(wanted, act, text))
    return True


def _said_done(turn: Turn, floor: Invitation | None, text: str) -> bool:
    """昨天下午三点已经联系了: a step of the task on the floor, or of the only task it fits, with when it was done (X59)."""
    if turn.has_draft or turn.county.process.backdating is None:
        return False
    tasks = [one for one in turn.conversation.invitations if one.kind == "task" and _mine(turn, one)]
    wanted = [floor] if floor in tasks and floor is not None else tasks
    hours = turn.county.process.hours
    fitting = [
        (one, done) for one in wanted if (done := done_before(text, one.acts, STEPS, turn.now, hours)) is not None
    ]
    if len(fitting) != 1:
        return False
    task, (act, at) = fitting[0]
    speak_as(turn, "steward")
    turn.change(floor=None)
    if act.form:
        form = form_at(turn.county, act.form, act.form_version)
        open_draft(turn, form, subject=task.id, act=act.id, role=turn.conversation.role, happened_at=at)
    else:
        turn.emit(Decided(task, act, text))
    return True


def _said_built(turn: Turn, text: str) -> bool:
    """里面的管子装好了, where the applicant's own works are waited for."""
    if turn.has_draft or not says_built(text):
        return False
    asked = [one for one in turn.conversation.invitations if one.kind == "works" and _mine(turn, one)]
    fitting = [(one, act) for one in asked for act in one.acts if act.id == "built_inside"]
    if fitting:
        _one_of(turn, fitting)
    return bool(fitting)


def _of_the_form(turn: Turn, asked: Invitation, text: str) -> bool:
    """What the open form asks about right now can be meant: a question pushed meanwhile does not take it.

    小冀镇示范路10号 is an address where an address is asked for, and 周三下午 no answer to a question with boxes.
    """
    on = turn.focus if turn.has_draft else None
    if not isinstance(on, OnField):
        return turn.has_draft and not turn.conversation.pushed
    if turn.draft.subject == asked.id:  # 自己写
        return True
    if turn.conversation.pushed and on.field.kind in ("date", "text"):
        return on.field.kind == "date" and turn.draft.act is not None
    return isinstance(turn.read(on.field, text), Understood)


def decide(turn: Turn, invitation: Invitation, act: Act) -> None:
    """The act is done at once, or opens its form."""
    speak_as(turn, _role(invitation))
    turn.change(floor=None)
    if act.id == "mend_form":
        amending.ask(turn, invitation.case)
    elif act.id == "answer_enquiry":
        enquiring.ask_answer(turn, invitation)
    elif act.id.startswith(supplying.ACT) and not act.form:
        supplying.ask(turn, invitation, act)
    elif act.form:
        open_step(turn, form_at(turn.county, act.form, act.form_version), invitation.id, act.id)
    else:
        turn.emit(Decided(invitation, act))


def show(turn: Turn, invitation_id: str) -> None:
    """`t:<invitation>`: the task is shown again and takes the floor."""
    invitation = _by_id(turn, invitation_id)
    if invitation is None:
        turn.emit(Outdated(invitation=True))
        return
    speak_as(turn, _role(invitation))
    turn.change(floor=invitation.id, pushed=False)
    turn.emit(Invited(invitation))


def list_tasks(turn: Turn) -> None:
    """任务: everything open; a number said next chooses one, whatever else is under way."""
    speak_as(turn, "steward")
    turn.change(floor=LIST, pushed=False)
    turn.emit(TasksListed(tuple(one for one in turn.conversation.invitations if one.kind in LISTED)))


def numbered_task(turn: Turn, text: str) -> bool:
    """A number of the list, or a case number."""
    words = plain_words(text)
    tasks = [one for one in turn.conversation.invitations if one.kind in LISTED]
    if is_place(words) and 1 <= int(words) <= len(tasks):
        show(turn, tasks[int(words) - 1].id)
        return True
    found = [one for one in tasks if words and len(words) >= 4 and words in plain_words(one.number)]
    if len(found) == 1:
        show(turn, found[0].id)
    return len(found) == 1


def on_floor(turn: Turn) -> Invitation | None:
    """What was asked of him last, in the role in which he speaks."""
    floor = _by_id(turn, (turn.conversation.floor or "").removeprefix(_card("")))
    return floor if floor is not None and _mine(turn, floor) else None


def _one_of(turn: Turn, fitting: list[tuple[Invitation, Act]]) -> None:
    decide(turn, *fitting[0]) if len(fitting) == 1 else _which(turn, fitting)


def _which(turn: Turn, fitting: list[tuple[Invitation, Act]]) -> None:
    """Which of them is meant: a number said next, or a tap."""
    fitting = fitting[:SEVERAL]
    choices = tuple(f"i:{one.id}:{act.id}" for one, act in fitting)
    turn.change(floor=CHOICE, pushed=False, offer=Offer(about="act", choices=choices, shown=len(choices)))
    turn.emit(WhichOne(fitting[0][1], tuple(one for one, _ in fitting)))


def _waiting_for(turn: Turn, act: Act) -> list[tuple[Invitation, Act]]:
    """Everything of the person's role that this act would answer."""
    mine = [one for one in turn.conversation.invitations if _mine(turn, one)]
    return [(one, same) for one in mine for same in one.acts if same.id == act.id]


def _role(invitation: Invitation) -> Role:
    return "steward" if invitation.kind in OF_STAFF else "applicant"


def _mine(turn: Turn, invitation: Invitation) -> bool:
    """Whether it is asked of the person in the role in which he speaks."""
    return _role(invitation) == turn.conversation.role


def _any_mine(turn: Turn, fitting: list[tuple[Invitation, Act]]) -> bool:
    return any(_mine(turn, one) for one, _ in fitting)


def _numbered(invitation: Invitation, words: str) -> Act | None:
    shown = [act for act in invitation.acts if act.shown]
    return shown[int(words) - 1] if is_place(words) and 1 <= int(words) <= len(shown) else None


def _act(invitation: Invitation, words: str) -> Act | None:
    return next(
        (act for act in invitation.acts if words in {plain_words(one) for one in (act.label, *act.words)}), None
    )


def _by_id(turn: Turn, invitation_id: str) -> Invitation | None:
    return next((one for one in turn.conversation.invitations if one.id == invitation_id), None)


def _same_subject(one: Invitation, other: Invitation) -> bool:
    if one.kind in ("approval", "sheet", "consultation"):  # an officer may have several of one case
        return one.id == other.id
    return one.kind == other.kind and one.case == other.case and one.order == other.order
