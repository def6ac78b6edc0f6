"""Templates of pages, which lie beside the texts; their words come from the county's catalogue."""

from pathlib import Path
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.pages.assets import Assets
from bot.pages.problem import Problem
from bot.pages.visit import Visit
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import date_of, moment, stamp
from storage.mask import mask_name, mask_phone

FOLDER: Final = Path(__file__).parents[2] / "config" / "pages"


class Rendering:
    """Renders; whatever is filled in is escaped."""

    def __init__(self, assets: Assets, *folders: Path) -> None:
        """A template is taken from the first of the folders that has it."""
        self._environment = Environment(
            loader=FileSystemLoader(folders or (FOLDER,)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(asset=assets.url)
        self._environment.filters.update(
            moment=moment, day=date_of, stamp=stamp, masked_name=mask_name, masked_phone=mask_phone
        )

    def page(self, name: str, visit: Visit, *, status: int = 200, **facts: Any) -> web.Response:
        """A page of the template `<name>.html`."""
        return self.rendered(name, visit.catalogue, status, facts | {"home": True})

    def problem(self, problem: Problem, catalogue: Catalogue, *, home: bool) -> web.Response:
        """What happened and what to do. `again` leads to the same once more; `home`: the catalogue is that of the person's county."""
        say, code = catalogue.say, problem.code
        facts = {
            "title": say(f"pages.problems.{code}.title"),
            "text": say(f"pages.problems.{code}.text"),
            "again": problem.again,
            "home": home,
        }
        return self.rendered("problem", catalogue, problem.status, facts)

    def rendered(self, name: str, catalogue: Catalogue, status: int, facts: dict[str, Any]) -> web.Response:
        """A page of the template `<name>.html` with these facts and no others."""
        text = self._environment.get_template(f"{name}.html").render(say=catalogue.say, **facts)
        return web.Response(text=text, status=status, content_type="text/html")
