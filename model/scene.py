"""What a QR code of ours says (带参二维码的场景值): where it hangs, whom it binds, what it hands over (platform rule: 1–64 characters)."""

import re
from typing import Final, TypeAlias

from pydantic import Field as Setting

from model.frozen import Frozen

OURS: Final = "lianban"
"""What the scenes of our own codes begin with."""
_SCENE: Final = re.compile(OURS + r"-(at|bind|go)-(\w{1,32})", re.ASCII)


class Entrance(Frozen):
    """A place where people come in by a code that hangs there (入口): the hall's window, a town's service centre (X17, X27)."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    name: str = Setting(min_length=1, max_length=40)


class AtEntrance(Frozen):
    """Whoever scans it stands at this entrance and wants to apply."""

    entrance: str

    def __str__(self) -> str:
        return f"{OURS}-at-{self.entrance}"


class Binding(Frozen):
    """Whoever scans it is the member of staff for whom this one-time code was made (绑定码)."""

    code: str

    def __str__(self) -> str:
        return f"{OURS}-bind-{self.code}"


class GoingOn(Frozen):
    """Whoever scans it goes on in WeChat with what the hotline keeps for him, once he has shown that it is he (交接码)."""

    code: str

    def __str__(self) -> str:
        return f"{OURS}-go-{self.code}"


Scene: TypeAlias = AtEntrance | Binding | GoingOn


def scene_of(text: str) -> Scene | None:
    """What a code says; None if it is none of ours: the account may have had others before."""
    found = _SCENE.fullmatch(text)
    if found is None:
        return None
    match found[1]:
        case "at":
            return AtEntrance(entrance=found[2])
        case "bind":
            return Binding(code=found[2])
        case _:
            return GoingOn(code=found[2])
