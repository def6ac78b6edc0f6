"""The headers of every answer: what a page may load, who may frame it, what leaves with a click."""

from collections.abc import Sequence
from typing import Final

POLICY: Final = "Content-Security-Policy"
_YEAR: Final = 31_536_000


def content_policy(*, scripts: Sequence[str] = ()) -> str:
    """Our own files and nothing written into the page; `scripts`: origins that one page needs beside us."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *scripts)),
            "style-src 'self'",
            "img-src 'self' data:",
            "media-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def headers(*, secure: bool) -> dict[str, str]:
    """For every answer that does not say otherwise; `secure`: we are reached over https."""
    always = {
        POLICY: content_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",  # older engines on phones know no frame-ancestors
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
        "Server": "lianban",  # not of which make and version
    }
    if not secure:
        return always
    return always | {
        "Strict-Transport-Security": f"max-age={_YEAR}",
        "Cross-Origin-Opener-Policy": "same-origin",  # heeded over https only
    }
