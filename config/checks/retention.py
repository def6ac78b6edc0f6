"""How long things are kept: what must be true between the figures (档案)."""

from collections.abc import Iterator

from config.mistakes import Mistake
from config.parts import Parts


def retention(parts: Parts) -> Iterator[Mistake]:
    """A reminder comes before its draft ends; words go no later than their case; a talk outlives its drafts."""
    facts = parts.county.value
    if facts is None:
        return
    days = facts.retention
    if days.remind >= days.drafts:
        problem = f"提前{days.remind}天提醒，可草稿只保留{days.drafts}天"
        yield parts.county.mistake(("retention", "remind"), problem, f"写 1 到 {days.drafts - 1}")
    if days.words > days.cases:
        problem = f"原话保留{days.words}天，比办件的{days.cases}天还长"
        yield parts.county.mistake(("retention", "words"), problem, f"写 0 到 {days.cases}")
    if days.talk < days.drafts:
        problem = f"对话保留{days.talk}天，比草稿的{days.drafts}天还短"
        yield parts.county.mistake(("retention", "talk"), problem, f"写 {days.drafts} 到 365")
