"""An official account for each sample and each way of delivering it: nothing in the document need be changed, and nobody shares anything.

Its original id is whatever the sample is addressed to. Two samples of one sender with one MsgId, of which there are many, would
otherwise be one message delivered again.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from bench.independent.messages import Sample
from sandbox.accounts import Account, Mode

STRANGER: Final = "gh_somebody_else"
_TOKEN: Final = "independent"  # noqa: S105 - of accounts that exist only here


@dataclass(frozen=True, slots=True)
class Way:
    """How a sample is delivered: the account's mode, and whether the three deliveries come at once or one after the other."""

    name: str
    mode: Mode
    at_once: bool = False


WAYS: Final = (
    Way("plain", Mode.PLAIN),
    Way("compatible", Mode.COMPATIBLE),
    Way("safe", Mode.SAFE),
    Way("safe, at once", Mode.SAFE, at_once=True),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One sample, one way, and their account."""

    sample: Sample
    way: Way
    account: Account


def cases(samples: tuple[Sample, ...]) -> list[Case]:
    """Every sample in every way there is for it."""
    return [
        Case(sample, way, _account(number * len(WAYS) + place, way.mode, sample.to or STRANGER))
        for number, sample in enumerate(samples)
        for place, way in enumerate(WAYS)
        if way.mode is not Mode.COMPATIBLE or sample.fits_beside
    ]


def strangers() -> dict[Mode, Account]:
    """In each mode one account that no sample is addressed to."""
    return {mode: _account(-place, mode, STRANGER) for place, mode in enumerate(Mode, 1)}


def _account(number: int, mode: Mode, original_id: str) -> Account:
    name = f"{mode}{number}"
    key = base64.b64encode(hashlib.sha256(name.encode()).digest()).decode().rstrip("=")
    made = Account(
        id=name, county="新乡县", title="示例", original_id="gh_0", appid=f"wx{number % 2**64:016x}", appsecret="0123456789abcdef",
        token=_TOKEN, encoding_aes_key=key, mode=mode,
    )  # fmt: skip
    return made.model_copy(update={"original_id": original_id})  # samples are addressed to what no account is called


def as_ours(account: Account, api: str) -> dict[str, Any]:
    """The same account in the product's own file. `api`: what it takes for the platform."""
    return {
        "id": account.id, "county": "xinxiang", "original_id": account.original_id, "appid": account.appid,
        "appsecret": account.appsecret, "token": account.token, "aes_key": account.encoding_aes_key, "mode": account.mode,
        "api_base": api,
    }  # fmt: skip
