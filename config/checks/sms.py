"""短信: what may go by SMS is the name of a notice, and every text fits into two segments with the longest of what it names."""

from collections.abc import Iterator
from typing import Any, Final

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from config.facts import Facts
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.county import County
from model.short_message import WORDS, length

_NOTICE: Final = "notice."
_SMS: Final = "sms."
_ENVIRONMENT: Final = SandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)


def sms(parts: Parts) -> Iterator[Mistake]:
    """Every name that the county writes under `notices` has a text; no text is too long."""
    facts = parts.county.value
    texts = parts.defaults | parts.overrides
    names = [key.removeprefix(_NOTICE) for key in texts if key.startswith(_NOTICE)]
    said = facts is not None and "notices" in facts.sms.model_fields_set
    for index, name in enumerate(facts.sms.notices if facts and said else ()):
        if name not in names:
            yield parts.county.mistake(("sms", "notices", index), f"没有叫“{name}”的通知", nearest(name, names))
    if facts is None:
        return
    for key, text in texts.items():
        if key.startswith(_SMS) and (most := max(_lengths(text.text, facts), default=0)) > WORDS:
            problem = f"短信太长：照最长的例子有{most}个字"
            yield text.document.mistake(text.steps, problem, f"最多{WORDS}个字（连签名两段），话写短一点")


def longest(facts: Facts | County) -> dict[str, Any]:
    """What a short text may name, each as long as it gets (see `handlers.by_phone`)."""
    body = max((one.short for one in facts.bodies), key=len)
    return {
        "number": "LIANBAN2026000001",
        "what": f"{max((one.name for one in facts.services), key=len)}（{body}）",
        "when": "12月30日（周三）14:30",
        "until": "12月30日（周三）",
        "by": "12月30日（周三）17:30前",
        "passes": True,
        "call": "欧阳示例13800000000",
        "county": facts,
        "help": facts.help,
    }


def _lengths(text: str, facts: Facts) -> Iterator[int]:
    """Of the text as it passes and as it does not; nothing where it cannot be read, which is another mistake."""
    try:
        template = _ENVIRONMENT.from_string(text)
        for passes in (True, False):
            yield length(template.render(longest(facts) | {"passes": passes}).replace("\n", ""))
    except (TemplateError, RecursionError):
        return
