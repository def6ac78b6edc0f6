"""What happened in a turn, as facts; words come later, from templates, per channel (design §3)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.card_events import (
    CardExpected,
    CardLeftOut,
    CardPhotoDropped,
    CardRead,
    CardSettled,
    CardTaken,
    CardUnread,
)
from dialogs.human_events import HumanChanged, HumanEnded, HumanOpened, HumanSaid, HumanStill, NoHuman
from dialogs.reading import Refusal
from model.draft import Answer, Draft
from model.fields import Field
from model.message import Act, Invitation
from model.staff import Absence
from model.values import StoredFile


@dataclass(frozen=True, slots=True)
class Greeted:
    """First words, or words without anything to answer: who we are. `returning`: the person was greeted before."""

    returning: bool = False


@dataclass(frozen=True, slots=True)
class ScannedAt:
    """The code that hangs at an entrance was scanned; `first`: he has never been here."""

    entrance: str
    first: bool


@dataclass(frozen=True, slots=True)
class Resumed:
    """An open draft was taken up again after a pause of `days` days."""

    days: int
    filled: int


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A draft had run out and was erased `at`; said once, at the person's next message."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of the turn: whatever `focus` says about the draft. `about` is the field, if it is one."""

    field: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A field got its first answer."""

    field: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Corrected:
    """A field's answer was replaced."""

    field: str
    old: Answer
    answer: Answer


@dataclass(frozen=True, slots=True)
class Skipped:
    """A field was left open: empty for good (optional), or to follow later (`deferred`, 容缺)."""

    field: str
    deferred: bool


@dataclass(frozen=True, slots=True)
class LeftTogether:
    """Several questions were left open in one breath: empty for good, or to follow later (`deferred`, 容缺)."""

    empty: tuple[str, ...]
    deferred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotSkippable:
    """跳过 was said to a required field."""

    field: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """An answer was refused; nothing was changed. `times` counts the refusals of this question: from two on 人工 is offered."""

    field: str
    refusal: Refusal
    given: str
    times: int


@dataclass(frozen=True, slots=True)
class Held:
    """An identity number came before its consent: kept encrypted and unconfirmed until the person decides."""

    consent: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """The privacy notice or a consent was agreed to."""

    name: str


@dataclass(frozen=True, slots=True)
class Declined:
    """The privacy notice (then the draft is `gone`) or a consent (then held numbers are deleted) was declined."""

    name: str
    gone: Draft | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer to a yes/no of our own (notice, consent, review …) was neither."""

    about: str
    given: str


@dataclass(frozen=True, slots=True)
class RowsAdded:
    """Rows of a table were added (numbers from 1)."""

    field: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowChanged:
    """A row was changed or removed; or there is no such row (`missing`)."""

    field: str
    number: int
    how: Literal["changed", "removed", "missing"]


@dataclass(frozen=True, slots=True)
class FileExpected:
    """A photo has arrived and is being fetched for this field of this draft."""

    field: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class FileStored:
    """A photo or PDF was stored; `count` is how many this field has now."""

    field: str
    count: int
    draft: str = ""


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A photo or PDF could not be kept (`file.large`, `file.type`, `file.gone`, `file.many`, `file.unexpected`, `file.cards`)."""

    field: str | None
    code: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A kind of message that cannot be an answer here (voice without text, sticker, link …)."""

    name: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review card, or one unfolded section of it."""

    section: str | None = None


@dataclass(frozen=True, slots=True)
class StatusShown:
    """已填: what has been filled in so far."""


@dataclass(frozen=True, slots=True)
class Helped:
    """帮助: what the question means and which words work everywhere."""

    field: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered from the guide; `words` are to be registered as well: a complaint (J44).

    `day`: outlets are told as well, those near to `town` if one is known, as they are open that day (J14).
    """

    topic: str
    words: str = ""
    day: dt.date | None = None
    town: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """人工: whom to call. With what was asked, if it was a question beside values; `words` are a question to which nobody
    here knows the answer: somebody must see to it (首问责任制, J37).
    """

    asked: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProgressAsked:
    """进度 of all cases, or of `case`: the handler adds what they say."""

    case: str | None = None


@dataclass(frozen=True, slots=True)
class SureAsked:
    """重来 or 取消 waits for a yes."""

    about: Literal["restart", "cancel"]


@dataclass(frozen=True, slots=True)
class Restarted:
    """The draft was emptied."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The draft was thrown away; `step`: it was a form of one step of a task, not an application. `left`: open drafts left."""

    step: bool = False
    gone: Draft | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class KeptOn:
    """重来 or 取消 was not meant."""


@dataclass(frozen=True, slots=True)
class Undone:
    """撤销: what the last message had changed is as before; each field with the answer taken back and the one before."""

    changes: tuple[tuple[str, Answer | None, Answer | None], ...]


@dataclass(frozen=True, slots=True)
class NothingToUndo:
    """撤销 with nothing to take back."""


@dataclass(frozen=True, slots=True)
class KeptUnread:
    """A message says something personal and the notice was not agreed to yet: it is read when it is."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Values that were read back as not certain were confirmed."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """提交 or 就这些 before the form is complete: the next fields that are still to be filled, and how many there are."""

    fields: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Thanked:
    """谢谢, or a mere 好的 to what asked nothing (`noted`)."""

    noted: bool = False


@dataclass(frozen=True, slots=True)
class NothingBefore:
    """上一步 with nothing before it."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The form was confirmed and is frozen; the handler hands it to the routing core (design §2.2)."""

    draft: str


@dataclass(frozen=True, slots=True)
class Completed:
    """A steward's form was completed; the handler turns it into a command about its subject."""

    draft: str
    act: str
    subject: str


@dataclass(frozen=True, slots=True)
class FormAnswered:
    """Something was answered of a form that was left open on the telephone (X26). `more`: more of it is asked; else he is
    through, or stops.
    """

    draft: Draft
    more: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """An invitation was answered with one of its acts, or in the person's own `words`."""

    invitation: Invitation
    act: Act
    words: str = ""


@dataclass(frozen=True, slots=True)
class Outdated:
    """A tap on something that is no longer open: a question of the form, one from the routing core (`invitation`), or a
    whole draft (`matter`).
    """

    invitation: bool = False
    matter: bool = False


@dataclass(frozen=True, slots=True)
class WhichOne:
    """The words fit several open invitations; they are offered as a choice."""

    act: Act
    invitations: tuple[Invitation, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation is shown (again)."""

    invitation: Invitation


@dataclass(frozen=True, slots=True)
class TasksListed:
    """A steward's open tasks."""

    invitations: tuple[Invitation, ...]


@dataclass(frozen=True, slots=True)
class MoreRead:
    """更多: the next part of a long reply."""

    part: str
    left: int


@dataclass(frozen=True, slots=True)
class Migrated:
    """The form changed under the draft: which answers no longer fit and are kept aside, which fields are new, and which
    answers kept aside before fit again.
    """

    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = field(default=())
    back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFilled:
    """These fields were answered on the page since the last message; `unheard`: its words answered a question that is
    not asked any more.
    """

    fields: tuple[str, ...]
    unheard: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The person unfollowed."""


@dataclass(frozen=True, slots=True)
class BindingAsked:
    """绑定 <code>: the handler redeems it."""

    code: str


@dataclass(frozen=True, slots=True)
class GoOnAsked:
    """接着办 <code>, or the code scanned: the handler finds out whether it hands something over; `first`: he has never been here."""

    code: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class GoOnMistyped:
    """接着办, with digits that can be no code; `short`: too few or too many."""

    said: str
    short: bool


@dataclass(frozen=True, slots=True)
class GoOnProved:
    """These are the last digits of his phone number, as he says: the handler compares them."""

    code: str
    tail: str


@dataclass(frozen=True, slots=True)
class GoOnUnclear:
    """Where the end of a phone number was asked for, other numbers were `said` than four digits, or (empty) a courtesy."""

    said: str


@dataclass(frozen=True, slots=True)
class GoOnDropped:
    """He does not go on with it; nothing has happened, and the code is as good as before."""


@dataclass(frozen=True, slots=True)
class BulletinAsked:
    """通报 of the month that begins on this day: the handler counts it, for supervisors."""

    month: dt.date


@dataclass(frozen=True, slots=True)
class DirectoryAsked:
    """通讯录 of the bodies with these words in their names, empty for all: the handler reads it, for staff."""

    bodies: str


@dataclass(frozen=True, slots=True)
class ConsultWanted:
    """提请会商: the head of a body would have others sit together about a case with this `number`, or this `order`."""

    order: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PausedAsked:
    """暂停: what of his waits for somebody else, or of a case with this `number`, or of this `order`; the handler knows."""

    order: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PapersWanted:
    """看资料: the papers of this `order`, or of a case with this `number`, or of the one task that has any; of them the one at
    this `place` (from 1), or (`onwards`) all from there.
    """

    order: str = ""
    number: str = ""
    place: int | None = None
    onwards: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceTold:
    """A steward says when he is absent (请假); None: he is there again (销假). The handler enters it."""

    absence: Absence | None


@dataclass(frozen=True, slots=True)
class MineAsked:
    """我的信息: the handler adds what is kept."""


@dataclass(frozen=True, slots=True)
class AmendmentAsked:
    """What is wrong in this case, and what is right? `too_long`: what was said is more than can be passed on.

    `value` was said of `field`, and is none.
    """

    case: str
    too_long: bool = False
    field: Field | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class AmendmentWished:
    """更正: those who work on the case are to hear this; `phone`: it is another number to be called at; `field`: what it is about,
    and `value` what is to stand there.
    """

    case: str
    wish: str
    phone: str = ""
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class AmendmentDropped:
    """Nothing is to be amended."""


@dataclass(frozen=True, slots=True)
class SupplementsWanted:
    """补材料: what his case still lacks, and how to hand it in; `case` None: the handler finds out which."""

    case: str | None = None


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """This paper is to be sent now (容缺, 补正): `act` of the invitation names it."""

    act: Act


@dataclass(frozen=True, slots=True)
class PaperExpected:
    """A photo has arrived for a paper that was still to come, and is being fetched."""

    called: str


@dataclass(frozen=True, slots=True)
class PaperCame:
    """What was still to come for a case is here: a file, why it could not be had, or words. The handler hands it in."""

    case: str
    supplement: str
    file: StoredFile | None = None
    refused: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PaperLater:
    """Nothing is sent now for the paper that was asked for."""


@dataclass(frozen=True, slots=True)
class UrgeAsked:
    """催一下: those who have his case are to hear of it; `case` None: the handler finds out which."""

    case: str | None = None


@dataclass(frozen=True, slots=True)
class RatingAsked:
    """评价: he wants to rate a case that is closed; `case` None: the handler finds out which."""

    case: str | None = None


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """删除我的信息 waits for a yes."""


@dataclass(frozen=True, slots=True)
class ErasureConfirmed:
    """The person wants all of it erased that may be; the handler does it."""


@dataclass(frozen=True, slots=True)
class ErasureDropped:
    """删除我的信息 was not meant."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """A choice is offered (see `model.conversation.Offer`), numbered from `first`; `left` more wait behind 更多.

    `about`: what is chosen. The handler adds what only the routing core knows of the cases among them.
    """

    about: str
    choices: tuple[str, ...]
    first: int = 1
    left: int = 0


@dataclass(frozen=True, slots=True)
class Switched:
    """Another open draft is taken up, with so many answers in it."""

    filled: int


@dataclass(frozen=True, slots=True)
class Registering:
    """This draft was confirmed and has no case number yet."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class NewOpened:
    """A new application beside earlier ones; `kept` drafts with answers stay open."""

    kept: int


@dataclass(frozen=True, slots=True)
class TooManyDrafts:
    """No further draft is opened."""

    most: int


@dataclass(frozen=True, slots=True)
class CopyAsked:
    """照上一件填 from a case: the handler reads its submission and carries it over into the draft."""

    case: str
    draft: str


@dataclass(frozen=True, slots=True)
class Copied:
    """So many answers were taken over from an earlier draft or case, to be confirmed."""

    count: int


@dataclass(frozen=True, slots=True)
class PhotoDropped:
    """The photo belonged to none of the papers offered, and was not kept."""


@dataclass(frozen=True, slots=True)
class RoleShown:
    """切换身份: in which role the person speaks now; `possible`: whether he has another at all."""

    possible: bool


@dataclass(frozen=True, slots=True)
class AnswerAsked:
    """What is to be answered to this enquiry? `too_long`: what was said does not fit."""

    invitation: Invitation
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class EnquiryReplied:
    """These words are the answer to an enquiry."""

    enquiry: str
    words: str


@dataclass(frozen=True, slots=True)
class EnquiryAimed:
    """Whom an enquiry is to go to, or whose matter it is (`how`: see `dialogs.enquiring`): a member of staff or a body."""

    enquiry: str
    how: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class EnquiryDropped:
    """Nothing is done to the enquiry now."""


@dataclass(frozen=True, slots=True)
class ReassignAsked:
    """转派: the head of a body would give an order to another; the handler asks for what is not said yet.

    `number` is of the case, or a part of it; `name` of the colleague, as it was written; `sure`: he has said that he means
    it, with or without a `reason`.
    """

    order: str = ""
    staff: str = ""
    number: str = ""
    name: str = ""
    reason: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class TerminationAsked:
    """拟终止: the head of a body would end an order; the handler asks for what is not said yet.

    `number` is of the case, or a part of it; `reason` among those the county offers, from 0, or in his words; `then`: what
    becomes of one whose end was announced.
    """

    order: str = ""
    number: str = ""
    reason: int | str = ""
    then: Literal["", "end", "go_on"] = ""


@dataclass(frozen=True, slots=True)
class TerminationDropped:
    """The head leaves it as it is."""


@dataclass(frozen=True, slots=True)
class ReliefWanted:
    """请转给别人: a steward would have another do this order (none named: the handler finds out which).

    `reason` is his own words, or the number of one that was offered.
    """

    order: str
    reason: str | int = ""


@dataclass(frozen=True, slots=True)
class ReassignDropped:
    """Everything stays where it is."""


@dataclass(frozen=True, slots=True)
class WithdrawAsked:
    """撤回: he gives up a case, or of it the orders, or the services he names; the handler finds out what is left open.

    `sure`: he has said that he means it.
    """

    case: str | None = None
    services: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class WithdrawalDropped:
    """He does not withdraw after all."""


@dataclass(frozen=True, slots=True)
class AddAsked:
    """加办: he wants these services too, or has not said which, in this case; the handler finds out which can be.

    `unknown`: what he named beside them that is none of the county's, in his words; `said`: what he said of them besides.
    `less`: those of the open form that he does not want after all.
    """

    case: str | None = None
    services: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    said: Mapping[str, Answer] = field(default_factory=dict)
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndReasonTold:
    """Why he withdrew: the reason of this number, from 1, among those the county offers."""

    case: str
    reason: int


@dataclass(frozen=True, slots=True)
class ResumeAsked:
    """恢复办理: what he withdrew is to go on; `case` None: the handler finds out which."""

    case: str | None = None


DialogueEvent = (
    ScannedAt | Greeted | Resumed | Lapsed | Asked | Filled | Corrected | Skipped | NotSkippable | Rejected | Held | Agreed
    | Declined | Unclear | RowsAdded | RowChanged | FileExpected | FileStored | FileRefused | Unreadable | Reviewed | StatusShown
    | HumanOpened | HumanChanged | HumanStill | HumanSaid | HumanEnded | NoHuman
    | Helped | Answered | HandedOver | ProgressAsked | SureAsked | Restarted | Cancelled | KeptOn | Thanked | NothingBefore
    | Submitted | Completed | Decided
    | UrgeAsked | RatingAsked | FormAnswered
    | SupplementsWanted | PaperAsked | PaperExpected | PaperCame | PaperLater
    | MineAsked | AmendmentAsked | AmendmentWished | AmendmentDropped | ErasureAsked | ErasureConfirmed | ErasureDropped
    | Outdated | WhichOne | Invited | TasksListed | MoreRead | Migrated | PageFilled | Left | BindingAsked | Choosing | Switched | NewOpened
    | GoOnAsked | GoOnMistyped | GoOnProved | GoOnUnclear | GoOnDropped
    | AbsenceTold | BulletinAsked | DirectoryAsked | PausedAsked | PapersWanted | ConsultWanted
    | Undone | NothingToUndo | KeptUnread | Confirmed | Lacking | LeftTogether
    | Registering | TooManyDrafts | CopyAsked | Copied | PhotoDropped | RoleShown
    | AnswerAsked | EnquiryReplied | EnquiryAimed | EnquiryDropped
    | AddAsked | WithdrawAsked | WithdrawalDropped | EndReasonTold | ResumeAsked
    | CardExpected | CardPhotoDropped | CardUnread | CardRead | CardLeftOut | CardSettled | CardTaken
    | ReassignAsked | ReassignDropped | ReliefWanted | TerminationAsked | TerminationDropped
)  # fmt: skip
