"""The base of all plain data: immutable, and strict about what it does not know."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; an unknown key is an error, so that nothing is lost in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")
