"""The JSON that comes in: read with care, for whoever has a key may still send anything."""

import asyncio
import json
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeVar

from aiohttp import hdrs, web
from pydantic import TypeAdapter, ValidationError

from handlers.web.api.problems import FieldProblem, Refusing
from handlers.wording.catalogue import Catalogue

MOST: Final = 128 * 1024
"""Bytes of one request: the longest application has a few thousand."""

ARRIVES: Final = 20.0
"""Seconds in which a request has to arrive."""

Model = TypeVar("Model")


async def read_json(request: web.Request) -> Any:
    """The JSON of a request; numbers keep their digits (`Decimal`). Raises `Refusing`."""
    if request.content_type != "application/json" or hdrs.CONTENT_ENCODING in request.headers:
        raise Refusing(415, "media_type")
    if (request.content_length or 0) > MOST:
        raise Refusing(413, "too_large", about={"most": str(MOST // 1024)})
    try:
        async with asyncio.timeout(ARRIVES):
            raw = await request.read()
    except TimeoutError:
        raise Refusing(408, "slow", headers={"Connection": "close"}) from None
    if len(raw) > MOST:
        raise Refusing(413, "too_large", about={"most": str(MOST // 1024)})
    return parse_json(raw)


def parse_json(raw: bytes) -> Any:
    """See `read_json`. A name that stands twice, a number that is none and half a character are no JSON here."""
    try:
        found = json.loads(
            raw.decode(), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_without_doubles
        )
        canonical(found)
    except json.JSONDecodeError as error:
        raise Refusing(400, "not_json", about={"line": str(error.lineno), "column": str(error.colno)}) from None
    except (ValueError, RecursionError, ArithmeticError):
        raise Refusing(400, "not_json", about={"line": "", "column": ""}) from None
    return found


def canonical(found: Any) -> bytes:
    """The same bytes for the same content, however it was laid out. Raises `ValueError` for half characters."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def validated(found: Any, shape: TypeAdapter[Model], catalogue: Catalogue) -> Model:
    """The JSON as a shape of the API. Raises `Refusing` with every place where it is another one."""
    try:
        return shape.validate_python(found)
    except ValidationError as error:
        fields = [_misshapen(one, catalogue) for one in error.errors(include_url=False, include_input=False)]
        raise Refusing(422, "wrong_shape", fields=fields[:100]) from None


def _misshapen(error: Any, catalogue: Catalogue) -> FieldProblem:
    kind = error["type"]
    known = {"missing": "missing", "extra_forbidden": "extra", "string_too_long": "long"}
    known |= {"union_tag_invalid": "tag", "union_tag_not_found": "tag"}
    code = known.get(kind, "other")
    about = {"expected": str(error.get("ctx", {}).get("expected_tags", ""))}
    place = ".".join(str(part)[:64] for part in error["loc"])
    return FieldProblem(field=place, code=f"shape.{code}", problem=catalogue.say(f"api.shape.{code}", **about))


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found
