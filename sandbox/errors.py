"""How the platform says no."""

import json
import secrets
from typing import Any

from aiohttp import web


class ApiError(Exception):
    """A refusal with the platform's own code. The answer is HTTP 200 with this code in its JSON."""

    def __init__(self, errcode: int, errmsg: str) -> None:
        super().__init__(f"{errcode} {errmsg}")
        self.errcode = errcode
        self.errmsg = errmsg

    def answer(self) -> dict[str, Any]:
        """Platform rule: errmsg ends with a request id, ` rid: …`."""
        rid = "-".join(secrets.token_hex(4) for _ in range(3))
        return {"errcode": self.errcode, "errmsg": f"{self.errmsg} rid: {rid}"}


def answered(answer: dict[str, Any]) -> web.Response:
    """An answer as the platform gives it."""
    return web.Response(text=json.dumps(answer, ensure_ascii=False), content_type="application/json")


def refused(error: ApiError) -> web.Response:
    """A refusal as the platform gives it: HTTP 200."""
    return answered(error.answer())
