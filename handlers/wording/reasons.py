"""Why a push did not arrive, in words: what the ways said (`template=blocked custom=…`), or the row itself."""

from handlers.wording.catalogue import Catalogue


def reason_said(texts: Catalogue, reason: str) -> str:
    """Each reason once; what has no words as it stands."""
    return "；".join(dict.fromkeys(_said(texts, one) for one in reason.split(" ") if "=" in one)) or _said(
        texts, reason
    )


def _said(texts: Catalogue, reason: str) -> str:
    way, _, word = reason.rpartition("=")
    keys = (f"worklist.why.{way}.{word}", f"worklist.why.{word}")
    known = next((key for key in keys if key in texts), None)
    return texts.say(known) if known else texts.say("worklist.unknown", reason=word)
