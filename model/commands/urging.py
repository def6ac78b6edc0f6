"""催办 and the answer to it."""

from typing import Literal

from model.frozen import Frozen


class Urge(Frozen):
    """催办: the applicant, or staff for him, wants to hear of an order, or of all that is still open."""

    do: Literal["urge"] = "urge"
    order: str | None = None


class ReplyToUrge(Frozen):
    """Whoever has the order answers him, in a few words."""

    do: Literal["reply_urge"] = "reply_urge"
    order: str
    text: str
