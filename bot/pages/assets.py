"""Styles and scripts: named after their content, so that a browser keeps them for good and never an old one."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.pages.problem import Problem

FOLDER: Final = Path(__file__).parent / "static"
_TYPES: Final = {".css": "text/css", ".js": "text/javascript"}
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


class Assets:
    """The files of some folders, read once, served below `prefix`."""

    def __init__(self, *folders: Path, prefix: str = "/pages") -> None:
        self._prefix = prefix
        self._names: dict[str, str] = {}
        self._files: dict[str, tuple[str, bytes]] = {}
        for file in sorted(one for each in folders or (FOLDER,) for one in each.iterdir() if one.suffix in _TYPES):
            body = file.read_bytes()
            name = f"{file.stem}.{sha256(body).hexdigest()[:12]}{file.suffix}"
            self._names[file.name] = name
            self._files[name] = (_TYPES[file.suffix], body)

    @property
    def names(self) -> Mapping[str, str]:
        """Under which name each file is served."""
        return self._names

    def url(self, file: str) -> str:
        """Where a file is now. Raises KeyError for one that is not there: a mistake of ours."""
        return f"{self._prefix}/static/{self._names[file]}"

    def served(self, name: str) -> web.Response:
        """The file under this name. Raises Problem where there is none."""
        found = self._files.get(name)
        if found is None:
            raise Problem(404, "no_page")
        kind, body = found
        return web.Response(body=body, content_type=kind, charset="utf-8", headers={"Cache-Control": _FOR_GOOD})
