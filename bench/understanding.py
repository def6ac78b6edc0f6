"""How much of what people write is understood: every story played against the engine, by file, county and role."""

from collections.abc import Iterable, Mapping

from bench.rounds import verdict
from bench.scoring import Tally, tally
from bench.stories import Group, Story, groups
from bot.replaying import play, result
from config.loader import load_counties
from handlers.wording.wording import Wording
from model.county import County

_HEAD = f"  {'':24}{'stories':>8}{'precision':>11}{'recall':>9}{'F1':>9}{'usable':>9}{'invented':>10}{'needless':>10}{'turns/field':>13}"


def run() -> None:
    """Prints a table for each group of stories, and whether the bars are met."""
    counties = load_counties()
    wordings = {name: Wording(county) for name, county in counties.items()}
    print("understanding: stories against the engine (needless: right values marked to be confirmed without need)")
    print(_HEAD)
    for group in groups():
        scored = [(story, _played(counties, wordings, story)) for story in group.stories]
        print("\n".join(_rows(group, scored)))
        print(_bars(group, _sum(one for _, one in scored)))


def _played(counties: Mapping[str, County], wordings: Mapping[str, Wording], story: Story) -> Tally:
    county = counties[story["county"]]
    return tally(story, result(county, story, play(county, wordings[county.id], story)))


def _rows(group: Group, scored: list[tuple[Story, Tally]]) -> Iterable[str]:
    yield _row(group.name, _sum(one for _, one in scored))
    for by in ("county", "role"):
        for name in dict.fromkeys(str(story[by]) for story, _ in scored):
            yield _row(f"  {name}", _sum(one for story, one in scored if story[by] == name))


def _row(name: str, one: Tally) -> str:
    return (
        f"  {name:24}{one.stories:8}{one.precision:11.4f}{one.recall:9.4f}{one.f1:9.4f}{one.usable_share:9.1%}"
        f"{one.invented:10}{one.needless:10}{one.turns_per_field:13.3f}"
    )


def _bars(group: Group, all_of_it: Tally) -> str:
    bars = [f"F1 {verdict(all_of_it.f1, 0.93 if group.set_aside else 0.97)}"]
    if not group.set_aside:
        bars.append(f"usable {verdict(all_of_it.usable_share, 0.9)}")
        bars.append(f"invented {'none: bar met' if not all_of_it.invented else 'bar 0 MISSED'}")
    bars.append(
        f"needless {all_of_it.needless_share:.1%}, bar 5 % {'met' if all_of_it.needless_share <= 0.05 else 'MISSED'}"
    )
    return f"  → {'; '.join(bars)}\n"


def _sum(each: Iterable[Tally]) -> Tally:
    return sum(each, Tally())
