"""Whether the answers say that a firm applies, or a person."""

from collections.abc import Mapping
from typing import Literal

from dialogs.understanding.names import organisations, people
from model.draft import Answer
from model.fields import TextField
from model.form import Form
from model.values import Code, Words


def tells(form: Form, answers: Mapping[str, Answer], who: Literal["organisation", "person", "identity"]) -> bool:
    """A firm by its code or its name; an identity number; a person by an identity number, where no firm has been named."""
    codes = {one.value.scheme for one in answers.values() if isinstance(one.value, Code)}
    named = [
        answers[name].value
        for name, field in form.fields.items()
        if name in answers and isinstance(field, TextField) and field.name_only and field.names != "person"
    ]
    firms = any(
        isinstance(one, Words) and any(found.text == one.text or found.sure for found in organisations(one.text))
        for one in named
    )
    if who == "identity":
        return "identity" in codes
    if who == "organisation":
        return "organisation" in codes or firms
    return (
        "organisation" not in codes
        and not firms
        and ("identity" in codes or any(isinstance(one, Words) and people(f"叫{one.text}") for one in named))
    )
