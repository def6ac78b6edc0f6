"""The routing core as something that can be away: whatever the database raises then becomes `CoreAway`."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from handlers.ports import CoreAway
from storage.away import RECORDS_AWAY

Given = ParamSpec("Given")
Result = TypeVar("Result")


def reaching(work: Callable[Given, Awaitable[Result]]) -> Callable[Given, Coroutine[Any, Any, Result]]:
    """The same work; a database that cannot be reached is a CoreAway, which handlers answer with a word to the person."""

    @wraps(work)
    async def reached(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return await work(*args, **kwargs)
        except RECORDS_AWAY as error:
            raise CoreAway(type(error).__name__) from error

    return reached
