"""Every durable write and every send has a name, and a point before and after it where a fault can be put on purpose."""

from collections.abc import Callable
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias


class Step(StrEnum):
    """What is about to become durable, or to leave the house. The doors (`Port`, `Database.writing`, `FileStore`, the
    platform's `Transport`) take one with every write, so that none can be made without being broken on purpose too.
    """

    # conversations, in Redis
    TURN = "turn"  # what a message changed, with its reply
    INVITED = "invited"  # what a notice asks joins the conversation, before it is sent
    FETCHED = "fetched"  # a stored photo, or what was read on one, joins the conversation
    SUBMITTING = "submitting"  # the form confirmed, before the core has it
    RECEIPT = "receipt"  # the case linked, with the receipt as the reply
    SETTLED = "settled"  # the same by somebody who came later: the receipt is pushed
    EXPIRED = "expired"  # drafts whose time is over, or that were told so
    RELEASE = "release"  # record keys that no draft has any more
    FORGET = "forget"  # a conversation nobody has written in for long
    SWAP = "swap"  # record keys under another wrapping key
    SWEPT = "swept"  # off the work index
    PASSED = "passed"  # a message that is not ours, so that its redeliveries are not either
    TOKEN = "token"  # noqa: S105 - the platform's token, the ids of what was uploaded there, their locks
    QUOTA = "quota"  # what is spent of the right to write to a person, and of the platform's patience
    RESTORE = "restore"  # a key out of a backup, into a store that has none
    SESSION = "session"  # who is signed in to our pages, and who was sent to the platform for it
    # records, in SQL
    MIGRATE = "migrate"
    EDITION = "edition"  # a form or process registered
    CALENDAR = "calendar"  # a version of a county's calendar; all limits counted anew for one
    STAFF = "staff"  # entered, changed, retired, given a code
    BIND = "bind"
    LOGIN = "login"  # to the console: given, changed, ended
    CLIENT = "client"  # a key to the API made or withdrawn; what a system asks for, so that it is done once
    ACCEPT = "accept"
    COMMAND = "command"
    ADOPT = "adopt"  # photos' keys that an older version left with the draft
    ERASURE = "erasure"  # the row that tells of one
    DESTROY = "destroy"
    CLEAR = "clear"
    ROTATE = "rotate"
    REINDEX = "reindex"
    LETTER = "letter"  # a reply put into the outbox
    CLAIM = "claim"
    ANNOUNCE = "announce"
    FINISH = "finish"
    AGAIN = "again"  # what had failed for good is to be tried once more
    CALLED = "called"  # somebody has said by telephone what no way could bring
    REPORT = "report"  # what the platform says became of a message
    LOOK = "look"  # who looks at what of a person's; a paper is put into the outbox with it
    OPT_IN = "opt_in"  # what a person has agreed to be sent, and what is spent of it
    SHEET_CODE = "sheet_code"  # a code by which a department signs its row: made, taken, signed with
    HANDOVER = "handover"  # a code made by which the hotline hands over, or something wrong said of one
    SUPERVISED = "supervised"  # a bulletin issued, objected to or answered; a count of where people stop
    INTAKE = "intake"  # a form begun for a caller, by what it can be found, what came of it
    DESK = "desk"  # whether a caller showed that a case is his; a number of the 12345 hotline
    CREDIT = "credit"  # a credit note made, changed or deleted
    HUMAN = "human"  # which conversations staff are to answer
    WEBHOOK = "webhook"  # a body's own system: entered, changed, removed, told again
    # files
    PHOTO = "photo"
    ERASE = "erase"
    # to the platform
    TEXT = "text"  # or a picture, a file
    UPLOAD = "upload"
    CARD = "card"
    NOTICE = "notice"  # a 订阅通知
    MENU = "menu"
    # to the SMS gateway
    SMS = "sms"
    # to the own system of a body
    POST = "post"


When: TypeAlias = Literal["before", "after"]
"""Before it is durable (the transaction is complete but not committed, the request not sent), or right after."""


class Point(NamedTuple):
    """Where a process can be stopped."""

    step: Step
    when: When

    def __str__(self) -> str:
        return f"{self.step}:{self.when}"


POINTS = tuple(Point(step, when) for step in Step for when in ("before", "after"))
"""All of them, in the order of `Step`."""

Hook: TypeAlias = Callable[[Point], None]

_hooks: list[Hook] = []


def hang(hook: Hook) -> Callable[[], None]:
    """Have `hook` called at every point, in whichever thread passes it; what to call to take it off again."""
    _hooks.append(hook)
    return lambda: _hooks.remove(hook)


def passing(step: Step | None, when: When) -> None:
    """Say that a point is reached. Costs nothing worth mentioning while nobody listens; None is no point."""
    if _hooks and step is not None:
        for hook in _hooks:
            hook(Point(step, when))
