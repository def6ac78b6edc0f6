"""One turn under way: what is known, what has changed so far, what has happened. Lives only inside `advance`."""

from typing import Any

from dialogs.events import DialogueEvent
from dialogs.focus import Focus, focus, gate
from dialogs.kinds import parse
from dialogs.reading import Context, Reading
from model.conversation import Conversation
from model.county import County
from model.draft import Answer, Certainty, Draft
from model.edition import form_of
from model.fields import Field
from model.form import Form
from model.message import Actor
from model.values import Value

SOURCE_KEPT = 500
"""Characters kept of what was said for an answer: an answer has a bound, whatever was pasted."""


class Turn:
    """The working copy of a conversation during one message. `draft` is the active one; see `has_draft`.

    What follows from a state of it is worked out once for that state.
    """

    def __init__(self, county: County, conversation: Conversation, actor: Actor, now: Any) -> None:
        """Starts a turn at the instant `now` (aware)."""
        self.county = county
        self.conversation = conversation
        self.actor = actor
        self.now = now
        self.events: list[DialogueEvent] = []
        self._read: tuple[Field, str, dict[str, Answer], Reading] | None = None
        self._active: tuple[Conversation, Draft | None] | None = None
        self._filling: tuple[Conversation, bool] | None = None
        self._form: tuple[Conversation, Form] | None = None
        self._focus: tuple[Draft, Focus] | None = None

    @property
    def has_draft(self) -> bool:
        """Whether a form is being filled in. Raises `EditionUnknown`: a draft of another program is not no draft."""
        if self._filling is None or self._filling[0] is not self.conversation:
            draft = self._look()
            filling = draft is not None and draft.state == "filling" and bool(self.form)
            self._filling = (self.conversation, filling)
        return self._filling[1]

    @property
    def draft(self) -> Draft:
        """The draft being filled in; only where `has_draft`."""
        known = self._active
        draft = known[1] if known is not None and known[0] is self.conversation else self._look()
        if draft is None:  # a mistake of ours, not of a person
            raise LookupError("no active draft")
        return draft

    def _look(self) -> Draft | None:
        if self._active is None or self._active[0] is not self.conversation:
            self._active = (self.conversation, self.conversation.draft())
        return self._active[1]

    @property
    def form(self) -> Form:
        """The form of the draft, at the draft's version. Raises `EditionUnknown`."""
        if self._form is None or self._form[0] is not self.conversation:
            self._form = (self.conversation, form_of(self.county, self.draft))
        return self._form[1]

    @property
    def focus(self) -> Focus:
        """What the bot waits for, by the state so far."""
        draft = self.draft
        if self._focus is None or self._focus[0] is not draft:
            self._focus = (draft, focus(self.form, draft))
        return self._focus[1]

    def gate(self, field: Field) -> Focus:
        """What would be asked if this field came up now: the field, or the notice or consent before it."""
        return gate(self.form, self.draft, field, again=True)

    def read(self, field: Field, text: str) -> Reading:
        """The text as the direct answer to this field; read once, however often it is asked for in this turn."""
        answers = self.draft.answers
        if self._read is None or not (self._read[0] is field and self._read[1] == text and self._read[2] is answers):
            self._read = (field, text, answers, parse(text, field, self.context))
        return self._read[3]

    @property
    def context(self) -> Context:
        """What reading an answer depends on."""
        return Context(self.now, self.county.area_code, self.county.calendar, self.draft.answers)

    def emit(self, *events: DialogueEvent) -> None:
        """Something happened."""
        self.events.extend(events)

    def change(self, **changes: Any) -> None:
        """Changes the conversation, if that changes anything."""
        now = self.conversation
        if any(getattr(now, name) is not value for name, value in changes.items()):
            self.conversation = now.model_copy(update=changes)

    def change_draft(self, **changes: Any) -> None:
        """Changes the draft; every change has its own revision."""
        draft = self.draft
        stamped = {**changes, "revision": draft.revision + 1, "changed_at": self.now}
        self.conversation = self.conversation.with_draft(draft.model_copy(update=stamped))

    def made(
        self, value: Value | None, source: str, *, certainty: Certainty = "said", warnings: tuple[str, ...] = ()
    ) -> Answer:
        """An answer with its provenance."""
        return Answer(
            value=value,
            source=source[:SOURCE_KEPT],
            by=self.actor.person,
            role=self.draft.role if self.actor.role != "staff" else "staff",
            at=self.now,
            certainty=certainty,
            revision=self.draft.revision + 1,
            warnings=warnings,
        )
