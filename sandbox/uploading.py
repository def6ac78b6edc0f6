"""A file in a form, as both platforms take it."""

from aiohttp import web

from .errors import ApiError

_MISSING = ApiError(41005, "media data missing")


async def uploaded(request: web.Request) -> tuple[str, bytes]:
    """The name and the bytes of the form's `media`. Raises ApiError: 41005 where there is none."""
    if not request.content_type.startswith("multipart/"):
        raise _MISSING
    try:
        sent = (await request.post()).get("media")
    except ValueError as error:  # no form after all
        raise _MISSING from error
    if not isinstance(sent, web.FileField):
        raise _MISSING
    return sent.filename, sent.file.read()
