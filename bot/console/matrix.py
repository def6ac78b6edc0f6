"""Who may open what of the console, as a table: made from the routes that are served, so that it cannot say otherwise."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.console.route import PREFIX, Open, Route
from model.login import Role

_OPEN: Final = {Open.ANYBODY: "不用登录", Open.COMER: "登录页"}


def matrix(routes: Iterable[Route]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| 页面 | " + " | ".join(Role) + " |"
    yield "|---|" + ":-:|" * len(Role)
    for route in sorted(routes, key=lambda one: (one.path, one.method)):
        name = f"`{route.method} {PREFIX}{route.path}`"
        if isinstance(route.audience, Open):
            name += f"（{_OPEN[route.audience]}）"
        yield f"| {name} | " + " | ".join("✓" if route.admits(frozenset({one})) else "" for one in Role) + " |"
