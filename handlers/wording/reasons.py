"""Why a push did not arrive, in words: what the ways said (`template=blocked custom=…`), or the row itself."""

from typing import Final

from handlers.wording.catalogue import Catalogue

_REFUSED: Final = "errcode "
"""What stands before the number by which the platform refused."""


def reason_said(texts: Catalogue, reason: str) -> str:
    """Each reason once; what has no words as it stands."""
    return "；".join(dict.fromkeys(_said(texts, one) for one in reason.split(" ") if "=" in one)) or _said(
        texts, reason
    )


def _said(texts: Catalogue, reason: str) -> str:
    way, _, word = reason.rpartition("=")
    code = word.removeprefix(_REFUSED)
    keys = (f"worklist.why.{way}.{word}", f"worklist.why.platform.{code}", f"worklist.why.{word}")
    known = next((key for key in keys if key in texts), None)
    return texts.say(known) if known else texts.say("worklist.unknown", reason=word)
