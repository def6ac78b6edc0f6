"""A form that is being filled in for a caller, as it stands now."""

from dataclasses import dataclass

from dialogs.dictating import lacking_basics
from dialogs.events import DialogueEvent
from dialogs.focus import noticed
from dialogs.visible import missing_fields
from handlers.found_by import Keys
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.edition import form_of
from model.fields import AttachmentField
from model.form import Form
from model.intake import Intake


@dataclass(frozen=True, slots=True)
class Standing:
    """An intake as it is now, with its draft: none once it has ended, or its time is over; nor while it is `leaving`: its applicant has
    shown that it is his, and it is on its way into his conversation.
    """

    intake: Intake
    county: County
    conversation: Conversation
    draft: Draft | None
    leaving: bool = False

    @property
    def form(self) -> Form:
        """The form of the draft, or the county's."""
        return self.county.form if self.draft is None else form_of(self.county, self.draft)

    @property
    def noticed(self) -> bool:
        """Whether he has heard the notice and agrees."""
        return self.draft is not None and noticed(self.form, self.draft)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is still missing of what suffices: the basic facts, or for a visitor all that must be there."""
        if self.draft is None:
            return ()
        if self.intake.by == "window":
            return wanting(self.form, self.draft)
        return lacking_basics(self.county, self.form, self.draft)

    @property
    def read_back(self) -> bool:
        """Whether all that stands there was read to him and is right."""
        said = self.intake.read_back
        return self.draft is not None and said is not None and said.version >= self.draft.revision


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of words: how it stands, what happened, and why nothing was taken where nothing was."""

    standing: Standing
    events: tuple[DialogueEvent, ...] = ()
    unheard: str = ""


def wanting(form: Form, draft: Draft) -> tuple[str, ...]:
    """What a form lacks that has to be there when it is handed in: not papers that may follow, nor numbers checked in person."""
    return tuple(
        one.id
        for one in missing_fields(form, draft)
        if one.need == "required" and not isinstance(one, AttachmentField) and one.consent is None
    )


def exact(keys: Keys) -> dict[str, tuple[str, ...]]:
    """Those by which it is likely the same matter: a telephone, a project, a place to its last number; a name is many people's."""
    return {kind: values[:1] if kind == "address" else values for kind, values in keys.items() if kind != "name"}
