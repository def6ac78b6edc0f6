"""What was entered in a form of fields."""

from bot.console.visit import Visit
from dialogs.as_data.entering import Posted

_OURS = frozenset({"proof", "about", "act", "request"})


def posted_of(visit: Visit) -> Posted:
    """What was entered, without what is ours."""
    found = dict[str, list[str]]()
    for name, value in visit.form.items():
        if name not in _OURS and isinstance(value, str):
            found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}
