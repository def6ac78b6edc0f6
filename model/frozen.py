"""The base of all plain data: immutable, and strict about what it does not know."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; an unknown key is an error, so that nothing is lost in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's, in a third of the time, for several are made at every message: there are neither values beside the
        fields nor private ones that would have to be copied.
        """
        if deep or update is None:
            return super().model_copy(update=update, deep=deep)
        cls = type(self)
        copied, put = cls.__new__(cls), object.__setattr__
        put(copied, "__dict__", {**self.__dict__, **update})
        put(copied, "__pydantic_fields_set__", self.__pydantic_fields_set__ | update.keys())
        put(copied, "__pydantic_extra__", None)
        put(copied, "__pydantic_private__", None)
        return copied
