"""What the draft says about how a message is to be read: which fields are there, which are open, what was spoken of last."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dialogs.focus import Focus, OnConfirm, OnField, OnRows
from dialogs.reading import Context
from dialogs.understanding.marked import Marked
from dialogs.understanding.openings import Opening, openings
from dialogs.understanding.telling import tellings
from dialogs.visible import visible_fields
from model.condition import Has
from model.draft import Answer, Draft
from model.fields import ChoiceField, Field
from model.form import Form, Section
from model.values import Picks


@dataclass(frozen=True)
class Scene:
    """The state a message meets, with what it has said so far; `before`: the answers without that.

    `services` is the field that chooses services, `connected` the address that is to be connected (County.places).
    """

    form: Form
    draft: Draft
    focus: Focus
    context: Context
    services: str
    connected: str
    marked: Marked
    before: Mapping[str, Answer]

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers so far."""
        return self.draft.answers

    @cached_property
    def visible(self) -> frozenset[str]:
        """Ids of the fields shown now."""
        return frozenset(one.id for one in visible_fields(self.form, self.answers))

    @cached_property
    def focused(self) -> str | None:
        """The field the bot has asked for."""
        return self.focus.field.id if isinstance(self.focus, OnField | OnRows | OnConfirm) else None

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The services chosen so far."""
        answer = self.answers.get(self.services)
        return frozenset(answer.value.options) if answer and isinstance(answer.value, Picks) else frozenset()

    @cached_property
    def service_sections(self) -> dict[str, Section]:
        """The section of each service, by the option that opens it."""
        return {
            one.when.has[0]: one
            for one in self.form.sections
            if isinstance(one.when, Has) and one.when.field == self.services
        }

    @cached_property
    def _options(self) -> dict[str, str]:
        return {section.id: name for name, section in self.service_sections.items()}

    def option_of(self, section: Section) -> str | None:
        """The service option that opens this section."""
        return self._options.get(section.id)

    def needs(self, field: Field) -> tuple[Opening, ...] | None:
        """See `openings`."""
        if field.id not in self._needs:
            self._needs[field.id] = () if field.id in self.visible else openings(self.form, field, self.answers)
        return self._needs[field.id]

    @cached_property
    def _needs(self) -> dict[str, tuple[Opening, ...] | None]:
        return {}

    def open(self, field: Field) -> bool:
        """Whether the field had no answer before this message."""
        return field.id not in self.before

    @cached_property
    def service_words(self) -> dict[str, str]:
        """What people call each service (水, 用水, 自来水) -> its option."""
        field = self.form.fields[self.services]
        assert isinstance(field, ChoiceField)
        return {word: option.text for option in field.options for word in (option.text, *option.words)}

    @cached_property
    def firm(self) -> bool:
        """Whether the answers say that a firm applies."""
        return "organisation" in tellings(self.form, self.answers)

    @cached_property
    def spoken(self) -> Section | None:
        """The service section spoken of last before this message."""
        trail = [name for name in self.draft.trail if name in self.form.fields and name in self.before]
        sections = [self.form.section_of[name] for name in trail]
        return next((one for one in reversed(sections) if one.id in self._options), None)
