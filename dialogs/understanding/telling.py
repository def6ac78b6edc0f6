"""Whether the answers say that a firm applies, or a person."""

from collections.abc import Mapping
from typing import Literal

from dialogs.understanding.fillable import fillable
from dialogs.understanding.names import organisations
from dialogs.understanding.people import people
from model.draft import Answer
from model.form import Form
from model.values import Code, Words

Who = Literal["organisation", "person", "identity"]


def tellings(form: Form, answers: Mapping[str, Answer]) -> frozenset[Who]:
    """A firm by its code or its name; an identity number; a person by an identity number, where no firm has been named."""
    known = fillable(form)
    codes = {one.value.scheme for one in answers.values() if isinstance(one.value, Code)}
    named = [
        value.text
        for one in known.named
        if one.names != "person" and one.id in answers and isinstance(value := answers[one.id].value, Words)
    ]
    headed = any(one.id in answers and answers[one.id].value is not None for one in known.heads)
    own = {
        value.scheme
        for one in known.own_codes
        if one.id in answers and isinstance(value := answers[one.id].value, Code)
    }  # the identity number of a firm's representative tells nothing of who applies
    found = set[Who](("identity",) if "identity" in codes else ())
    if (
        "organisation" in codes
        or headed
        or any(one.text == text or one.sure for text in named for one in organisations(text))
    ):
        found.add("organisation")
    elif "identity" in own or any(people(f"叫{text}") for text in named):
        found.add("person")
    return frozenset(found)
