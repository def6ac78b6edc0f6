"""The numbers that are answered, the last one first, and what they were before the message."""

from dialogs.understanding.scene import Scene
from model.fields import NumberField
from model.values import Amount


def known_numbers(scene: Scene) -> list[tuple[NumberField, Amount]]:
    """Number fields with their values, the last answered first."""
    fields = scene.form.fields
    return [
        (field, value)
        for name in dict.fromkeys((*reversed(scene.draft.trail), *reversed(list(scene.answers))))
        if isinstance(field := fields.get(name), NumberField)
        and name in scene.answers
        and isinstance(value := scene.answers[name].value, Amount)
    ]


def value_before(scene: Scene, field: NumberField, value: Amount) -> Amount:
    """The value before this message."""
    before = scene.before[field.id].value if field.id in scene.before else value
    return before if isinstance(before, Amount) else value
