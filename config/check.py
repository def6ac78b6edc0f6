"""The report that `python -m bot check DIR` prints: what a county holds, or everything that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

from config.loader import MESSAGES, county_directories, load_county
from config.mistakes import Mistakes
from model.county import County


def check(directory: Path, *, defaults: Path = MESSAGES) -> tuple[str, bool]:
    """Report and verdict for one county's directory, or for every county below `directory`."""
    return reported(looked_at(directory, defaults=defaults))


def looked_at(directory: Path, *, defaults: Path = MESSAGES) -> dict[str, County | Mistakes]:
    """The county of each directory, or everything that is wrong with it, by the directory's name."""
    single = (directory / "county.yaml").exists() or not county_directories(directory)
    found: dict[str, County | Mistakes] = {}
    for one in [directory] if single else county_directories(directory):
        try:
            found[one.name] = load_county(one, defaults=defaults)
        except Mistakes as mistakes:
            found[one.name] = mistakes
    return found


def reported(found: Mapping[str, County | Mistakes]) -> tuple[str, bool]:
    """What is to be printed of them, and whether all are good."""
    lines: list[str] = []
    for name, one in found.items():
        if isinstance(one, Mistakes):
            lines.append(f"{name}：有 {len(one.mistakes)} 处要改")
            lines += [f"  {mistake}" for mistake in one.mistakes]
        else:
            lines.append(_summary(one))
    return "\n".join(lines), all(not isinstance(one, Mistakes) for one in found.values())


def _summary(county: County) -> str:
    asked = [field for field in county.form.fields.values() if field.filler == "applicant"]
    return (
        f"{county.name}（{county.id}）：没有发现问题。"
        f"{len(county.services)} 个事项，{len(county.bodies)} 个单位，{len(county.form.sections)} 个部分，"
        f"{len(county.form.fields)} 个字段（申请人填 {len(asked)} 个），"
        f"{len(county.guide.topics)} 个问答，{len(county.guide.materials)} 样材料，{len(county.messages)} 段文字。"
        f"工作日历到 {county.calendar.last_year} 年。"
    )
