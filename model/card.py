"""What a photo of a card may fill in: which part of an identity card or a business licence belongs into which field (ADR 30)."""

from typing import Final, Literal

from model.condition import Condition
from model.frozen import Frozen

Card = Literal["identity", "licence"]
"""身份证 and 营业执照 (registration certificates that carry a 统一社会信用代码)."""
READING: Final = "card_reading"
"""Among a draft's agreements: photos of cards may be read by the platform's service. It holds for this application."""
IdentityPart = Literal["name", "number", "address"]
LicencePart = Literal["name", "code", "representative", "address"]


class _Target(Frozen):
    """`field` is the county's; `when` the card is that of whom the field is about."""

    field: str
    when: Condition | None = None


class IdentityTarget(_Target):
    """Where a part of an identity card belongs."""

    part: IdentityPart


class LicenceTarget(_Target):
    """Where a part of a licence belongs."""

    part: LicencePart


class CardReading(Frozen):
    """What of each card may be proposed; nothing unless a county says so, and an account has it switched on.

    `in_notice`: the privacy notice says already that photos go to the platform's reading service; else it is asked.
    """

    identity: tuple[IdentityTarget, ...] = ()
    licence: tuple[LicenceTarget, ...] = ()
    in_notice: bool = False

    def of(self, card: Card) -> tuple[IdentityTarget | LicenceTarget, ...]:
        """Where the parts of this card belong."""
        return self.identity if card == "identity" else self.licence
