"""Whether a form was really sent by its reader."""

import hmac

from aiohttp import web

from bot.pages.problem import Problem


async def prove(request: web.Request, proof: str) -> None:
    """A form of ours carries the proof that lies in the session; a browser that says where it was sent from must say: from here.

    Raises Problem.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Problem(403, "form_elsewhere")
    given = (await request.post()).get("proof")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), proof.encode()):
        raise Problem(403, "form_elsewhere")
