"""Words for yes and no that name nothing (建好了, 盖了, 开通): only where their service is there do they answer anything."""

from dialogs.derived import derived
from dialogs.understanding.lexicon import Hit, Role
from dialogs.understanding.openings import Opening
from dialogs.understanding.scene import Scene
from model.fields import Field, YesNoField
from model.form import Form


def opens_by_verb(scene: Scene, field: Field, hit: Hit, role: Role, needs: tuple[Opening, ...]) -> bool:
    """Whether a mere verb would open a service: 盖了新房子 tells of no 换热站."""
    if role not in ("yes", "no") or not isinstance(field, YesNoField):
        return False
    return any(name == scene.services for name, _ in needs) and not _names(scene.form, field, hit.text)


def _names(form: Form, field: YesNoField, said: str) -> bool:
    return any(name in said for name in _names_of(form)[field.id])


@derived
def _names_of(form: Form) -> dict[str, tuple[str, ...]]:
    """How what is answered by yes or no is called."""
    return {
        one.id: tuple(name for name in (one.called, *one.words) if len(name) > 1)
        for one in form.fields.values()
        if isinstance(one, YesNoField)
    }
