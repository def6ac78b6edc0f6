"""How often what people do happened in a simulated year, in plain words."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

_LINES: Final[Mapping[str, Mapping[str, str]]] = {
    "calls in vain": {"call_failed": "calls", "applicant_heard": "heard of again"},
    "consultations": {
        "consultation_asked": "asked for",
        "consultation_named": "times named",
        "consultation_declined": "declined",
        "consultation_held": "held",
        "consultation_item_given": "things agreed",
        "consultation_item_done": "done",
        "consultation_item_late": "late",
    },
    "applications by telephone": {
        "form_left_open": "accepted with the basics",
        "form_filled": "times filled in",
        "form_confirmed": "confirmed",
        "decided_anew": "times something follows otherwise from them",
        "supplements_handed_in": "times papers followed",
    },
    "services added to open cases": {"service_added": "added"},
    "said afterwards": {
        "back_dated": "times stand at once",
        "backdating_claimed": "asked for a reason",
        "backdating_asked": "put to a head",
        "backdating_decided": "decided, or not answered in time",
    },
}


def told(happened: Counter[str]) -> list[str]:
    """One line a subject; `happened` counts the kinds of events."""
    return [
        f"{subject}: {', '.join(f'{happened[event]:,} {words}' for event, words in named.items())}"
        for subject, named in _LINES.items()
    ]
