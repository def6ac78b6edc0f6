"""A county's directory as one frozen `County`, or all of its mistakes at once (design §4)."""

from pathlib import Path

from jinja2.sandbox import SandboxedEnvironment

from config.calendar import changed, national_calendar
from config.catalogue import Catalogue, read_catalogue
from config.checks import all_mistakes
from config.mistakes import Mistake, Mistakes
from config.parts import Parts, read_parts
from model.county import County, Guide

MESSAGES = Path(__file__).parent / "messages"
COUNTIES = Path(__file__).parent / "counties"


def load_county(directory: Path, *, defaults: Path = MESSAGES) -> County:
    """The county of this directory. Raises `Mistakes` with everything that is wrong in any of its files."""
    return _county(directory, read_catalogue(defaults))


def _county(directory: Path, defaults: Catalogue) -> County:
    parts = read_parts(directory, defaults)
    if found := all_mistakes(parts):
        raise Mistakes(found)
    facts, form, process, guide = parts.county.value, parts.form.value, parts.process.value, parts.guide.value
    if facts is None or form is None or process is None or guide is None:
        raise Mistakes([Mistake(directory, 1, 1, "", "这个县没有读出来")])
    calendar = national_calendar()
    if parts.calendar is not None and parts.calendar.value is not None:
        calendar = changed(calendar, parts.calendar.value)
    texts = {key: text.text for key, text in (parts.defaults | parts.overrides).items()}
    return County(
        **{name: getattr(facts, name) for name in type(facts).model_fields},
        form=form,
        process=process,
        guide=_filled(guide, parts),
        calendar=calendar,
        messages=texts,
        sheets=parts.sheets.templates() if parts.sheets else (),
    )


def load_counties(root: Path = COUNTIES, *, defaults: Path = MESSAGES) -> dict[str, County]:
    """All counties below `root` by id. Raises `Mistakes` with the mistakes of all of them together."""
    counties: dict[str, County] = {}
    mistakes: list[Mistake] = []
    texts = read_catalogue(defaults)
    for directory in county_directories(root):
        try:
            county = _county(directory, texts)
        except Mistakes as found:
            mistakes += found.mistakes
        else:
            counties[county.id] = county
    if mistakes:
        raise Mistakes(mistakes)
    return counties


def county_directories(root: Path) -> list[Path]:
    """The directories below `root` that are meant as counties, by name."""
    if not root.is_dir():
        return []
    return sorted(one for one in root.iterdir() if one.is_dir() and not one.name.startswith((".", "_")))


def _filled(guide: Guide, parts: Parts) -> Guide:
    """The guide with the county's own facts put into its answers: they never change while it is loaded."""
    environment = SandboxedEnvironment()
    facts = parts.guide_facts()
    topics = tuple(
        topic.model_copy(update={"answer": environment.from_string(topic.answer).render(facts)})
        for topic in guide.topics
    )
    return guide.model_copy(update={"topics": topics})
