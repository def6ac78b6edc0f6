"""What travels between a person and the product, whatever the channel: updates in, replies out."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from model.frozen import Frozen
from model.page import Deed
from model.values import StoredFile


class Proposal(Frozen):
    """What an extractor read in a message: the words of the message that it says answer a field; where they only point to
    one of the field's options, that `option`. Nothing of it counts before it is checked (dialogs/proposing.py).
    """

    field: str
    words: str
    option: str = ""


class TextMessage(Frozen):
    """Words typed, or a tapped choice: then `choice` is the id the bot gave that choice (platform rule: bizmsgmenuid).

    `proposed` is what an extractor read in the words, if one is switched on and was asked.
    """

    type: Literal["text"] = "text"
    text: str
    choice: str | None = None
    proposed: tuple[Proposal, ...] = ()


class PhotoMessage(Frozen):
    """A photo or document on the platform, not yet fetched; temporary media live 3 days (platform rule).

    `readable`: it may be of a card, and the account has the reading of cards switched on (ADR 30).
    """

    type: Literal["photo"] = "photo"
    media_id: str
    name: str = ""
    readable: bool = False


class FetchedMessage(Frozen):
    """A photo or document after fetching: the file, or why it was refused; `seconds` of speech, where they are known. A message
    of its own (design §2.1).
    """

    type: Literal["fetched"] = "fetched"
    job: str
    file: StoredFile | None = None
    refused: str | None = None
    seconds: int | None = None


class CardReadMessage(Frozen):
    """What was read on the photo of a card, by the parts of `model.card`, or why nothing was. A message of its own; none of it
    counts before it is checked, and nothing before the person says so (dialogs/card_values.py).
    """

    type: Literal["card_read"] = "card_read"
    job: str
    parts: dict[str, str] = {}
    refused: str | None = None


class LocationMessage(Frozen):
    """A point on the map (WGS-like degrees as the platform gives them) and its label."""

    type: Literal["location"] = "location"
    latitude: float
    longitude: float
    label: str = ""


class VoiceMessage(Frozen):
    """Speech; `text` is the platform's recognition and mostly empty (platform rule: being retired). `media_id` as of a photo."""

    type: Literal["voice"] = "voice"
    text: str = ""
    media_id: str = ""


class FollowMessage(Frozen):
    """The person follows the account, or scans a code while following; `scene` is the QR code's.

    `quiet`: another program greets him, that he is here is only noted.
    """

    type: Literal["follow"] = "follow"
    scene: str = ""
    quiet: bool = False


class UnfollowMessage(Frozen):
    """The person left; nothing can be sent any more."""

    type: Literal["unfollow"] = "unfollow"


class MenuMessage(Frozen):
    """A tap on the account's menu."""

    type: Literal["menu"] = "menu"
    key: str


class OtherMessage(Frozen):
    """Anything we cannot read (video, link, sticker …); `name` is the platform's word for it. An `event` was not sent by the
    person: something happened, of which the platform tells whoever made it happen.
    """

    type: Literal["other"] = "other"
    name: str
    event: bool = False


class Act(Frozen):
    """One thing that can be answered to an invitation: `id` for the routing core, `label` for the person, `form` if it asks more.

    `form_version` is that of the process the case is under, which need not be today's. What is not `shown` on the card is only
    said; it stands after what is shown.
    """

    id: str
    label: str
    words: tuple[str, ...] = ()
    shown: bool = True
    form: str | None = None
    form_version: int | None = None


class Invitation(Frozen):
    """A question from the routing core to this person: about which case and order, and the acts it can be answered with."""

    id: str
    kind: Literal[
        "task",
        "survey",
        "works",
        "notice",
        "enquiry",
        "rating",
        "call_back",
        "contact",
        "decline",
        "reassign",
        "ending",
        "times",
        "staff_times",
        "decision",
        "approval",
        "supplements",
        "sheet",
        "claim",
        "plan",
        "backdating",
        "consultation",
        "form",
    ]
    case: str
    number: str
    order: str | None = None
    title: str
    acts: tuple[Act, ...]


class InvitationMessage(Frozen):
    """Something asked of the person from outside the conversation (a task, a survey time) joins it as a message.

    `settles`: the invitation that is answered by it and goes: a time is found, nobody is asked when he can come any more.
    """

    type: Literal["invitation"] = "invitation"
    invitation: Invitation
    settles: str = ""


class WithdrawnMessage(Frozen):
    """The invitation with this id is settled elsewhere and must no longer be answered here."""

    type: Literal["withdrawn"] = "withdrawn"
    invitation: str


class CardMessage(Frozen):
    """The invitation with this id was sent as a card, which has no room for its choices: its numbers were not shown."""

    type: Literal["card"] = "card"
    invitation: str


class PageMessage(Frozen):
    """A deed on a page, to the draft of this id ("" where it begins one). Its answer is the page, nothing is said in the chat."""

    type: Literal["page"] = "page"
    draft: str
    do: Deed


class DeskMessage(Frozen):
    """What staff do in the 人工会话 of this `talk`: take it, say `text`, end it; `time`: nobody has said anything for too long.

    `staff` and `name`: who does it. `over`: from whom he takes it, as he saw it ("": nobody had it).
    """

    type: Literal["desk"] = "desk"
    do: Literal["take", "say", "end", "time"]
    talk: int
    key: str = ""
    staff: str = ""
    name: str = ""
    text: str = ""
    over: str = ""


FROM_US = FetchedMessage | CardReadMessage | InvitationMessage | WithdrawnMessage | CardMessage | DeskMessage
"""What the program itself, or staff, put into a conversation: its person did not write it, and nobody reads the reply as one."""


Message = Annotated[
    TextMessage
    | PhotoMessage
    | FetchedMessage
    | CardReadMessage
    | LocationMessage
    | VoiceMessage
    | FollowMessage
    | UnfollowMessage
    | MenuMessage
    | OtherMessage
    | InvitationMessage
    | WithdrawnMessage
    | CardMessage
    | DeskMessage
    | PageMessage,
    Field(discriminator="type"),
]


class Update(Frozen):
    """One inbound message: who (person id within the account), when, and the dedupe key that makes it happen once."""

    account: str
    person: str
    key: str
    at: dt.datetime
    message: Message


class System(Frozen):
    """The system by which somebody acts: the id of its client, and the body it belongs to, if it is a body's (J33)."""

    client: str
    body: str | None = None


class Actor(Frozen):
    """Who speaks, and in which role; `staff` is the staff id of a steward. The clock is nobody's person.

    `system`: he does not write to us himself, a system says it of him; that of a body speaks for any of its stewards.
    """

    person: str
    role: Literal["applicant", "steward", "staff", "clock"] = "applicant"
    staff: str | None = None
    system: System | None = None


class Button(Frozen):
    """A choice offered in a reply: `number` to type, `label` to read, `say` what a tap sends, `id` what comes back with it."""

    number: int | None = None
    label: str
    say: str
    id: str = ""


class Reply(Frozen):
    """What the person sees: a text, then the choices. Empty text and no choices means: say nothing.

    `pushed`: it is sent as a message of its own, so that whoever asks again for the answer gets none.
    """

    text: str = ""
    buttons: tuple[Button, ...] = ()
    tail: str = ""
    pushed: bool = False
