"""Pages of the console, rendered: templates in config/console, beside them those of config/pages; words from the clerk's county."""

from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.console.navigation import places
from bot.console.visit import Visit
from bot.pages.assets import Assets
from bot.pages.problem import Problem
from bot.pages.rendering import FOLDER as PAGES
from bot.pages.rendering import Rendering

FOLDER: Final = PAGES.parent / "console"
STATIC: Final = Path(__file__).parent / "static"


class Pages:
    """Every page knows who looks (`clerk`, None before he is signed in), where he may go, where he is, and the proof of its forms."""

    def __init__(self, assets: Assets, *, practice: bool = False) -> None:
        """`practice`: every page says that nothing on it is real."""
        self._practice = practice
        self._rendering = Rendering(assets, FOLDER, PAGES)

    def page(self, template: str, visit: Visit, /, *, status: int = 200, **facts: Any) -> web.Response:
        """A page of the template `<template>.html`."""
        return self._rendering.rendered(template, visit.catalogue, status, self._known(visit) | facts)

    def problem(self, problem: Problem, visit: Visit) -> web.Response:
        """What happened and what to do; `pages.problems.<code>` says it, or `console.problems.<code>` where a clerk does something else."""
        say, code = visit.catalogue.say, problem.code
        own = f"console.problems.{code}.text"
        facts = {
            "title": say(f"pages.problems.{code}.title"),
            "text": say(own) if own in visit.catalogue else say(f"pages.problems.{code}.text"),
            "again": problem.again,
        }
        return self._rendering.rendered("problem", visit.catalogue, problem.status, self._known(visit) | facts)

    def _known(self, visit: Visit) -> dict[str, Any]:
        clerk = visit.served
        return {
            "clerk": clerk,
            "places": places(clerk.roles) if clerk and not clerk.login.given else (),
            "here": visit.request.path,
            "proof": visit.proof,
            "now": visit.now,
            "practice": self._practice,
        }
