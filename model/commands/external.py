"""外线工程, as a unit finds it after its first look (R6, X33)."""

from typing import Literal

from model.frozen import Frozen


class SetExternalLine(Frozen):
    """有外线: works outside the red line are needed, for this reason; the survey is led then, and approval bodies come along."""

    do: Literal["external_line"] = "external_line"
    order: str
    reason: str


class ClearExternalLine(Frozen):
    """没有外线: it is not needed after all."""

    do: Literal["no_external_line"] = "no_external_line"
    order: str
    reason: str
