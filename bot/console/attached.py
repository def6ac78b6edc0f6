"""A download's header: saved under its own name, whatever is in that (`filename*`, RFC 6266)."""

from urllib.parse import quote


def attached(name: str, kind: str) -> str:
    """The name, and the ending of this kind of file: 新乡县人员, xlsx."""
    return f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}', safe='')}"
