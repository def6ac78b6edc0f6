"""Every reason, remark and telling of the catalogue is heard in some transcript, as the program says it."""

import re
from functools import cache
from pathlib import Path

import pytest

CHATS = Path(__file__).parent / "chats"
HEARD = ("reasons.", "warnings.", "files.", "told.", "unclear.", "unreadable.")
#: Told to other systems, never in a conversation.
TO_SYSTEMS = "reasons.data."
#: Texts that no message can bring about today; each with its reason.
UNHEARD = {
    "reasons.declaration.last": "nobody is asked for the promise by itself: it stands on the review card",
    "told.page_form": "where people reach us has to be known: heard by tests/pages",
    "told.page_progress": "where people reach us has to be known: heard by tests/pages",
    "told.on_page": "somebody has to fill in the page: heard by tests/dialogues/test_on_page and tests/pages",
    "reasons.table.cell": "a table on a page has cells: read by tests/dialogues/test_entered",
    "told.opt_in": "an account of 订阅通知 is needed: heard by tests/wechat and tests/e2e/test_opt_ins",
}


@cache
def replies() -> str:
    """All that the bot says in the transcripts, blanks and line ends taken out."""
    said = [
        line.removeprefix("联办<") if line.startswith("联办<") else line
        for file in CHATS.glob("*.txt")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(("联办<", "→", "      "))
    ]
    return re.sub(r"\s", "", "".join(said))


def heard(template: str) -> bool:
    """Whether some reply holds what the template says around its facts: every part of it, but what stands under an if."""
    plain = re.sub(r"{% if .*?{% endif %}", "\0", template, flags=re.DOTALL)
    parts = [re.sub(r"\s", "", part) for part in re.split(r"{{.*?}}|{%.*?%}|\0", plain, flags=re.DOTALL)]
    pattern = ".{0,80}?".join(re.escape(part) for part in parts if part)
    return re.search(pattern or "$^", replies()) is not None


def test_every_reason_is_heard(counties):
    messages = counties["xinxiang"].messages
    talked = {key: text for key, text in messages.items() if key.startswith(HEARD) and not key.startswith(TO_SYSTEMS)}
    silent = [key for key, text in talked.items() if key not in UNHEARD and not heard(text)]
    assert not silent, f"in no transcript: {silent}"


@cache
def typed() -> frozenset[str]:
    """All that people say in the transcripts."""
    lines = [line for file in CHATS.glob("*.txt") for line in file.read_text(encoding="utf-8").splitlines()]
    return frozenset(line.partition("> ")[2] for line in lines if re.match(r"\S+> ", line))


#: Labels with a name in them, the one of the two roles that is only shown to staff who apply as well, and what stands on the
#: card of a form without a declaration.
NOT_TYPED = {
    "button.review_confirm",
    "button.unfold",
    "button.amend",
    "button.all_later",
    "button.all_empty",
    "button.more_choices",
    "button.role_applicant",
    "button.role_steward",
}


def test_every_label_is_typed_too(counties):
    """Whoever writes what stands on a choice instead of tapping it is understood: some transcript does it."""
    labels = {key: text.strip() for key, text in counties["xinxiang"].messages.items() if key.startswith("button.")}
    silent = {key: label for key, label in labels.items() if key not in NOT_TYPED and label not in typed()}
    assert not silent, f"typed in no transcript: {silent}"


@pytest.mark.parametrize("key", UNHEARD)
def test_what_cannot_be_heard_is_not(key, counties):
    """A text of the list that is heard now leaves the list."""
    assert key in counties["xinxiang"].messages
    assert not heard(counties["xinxiang"].messages[key])
