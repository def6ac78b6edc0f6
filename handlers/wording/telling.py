"""What is said of each event of a turn, in the order in which things happened."""

import datetime as dt
from collections.abc import Iterator, Sequence

from dialogs import card_events as c
from dialogs import events as d
from dialogs.amending import LONGEST
from dialogs.enquiring import LONGEST as LONGEST_ANSWER
from dialogs.expiring import last_day
from dialogs.focus import OnField, OnRows, focus
from dialogs.human_events import HumanEnded, HumanOpened, HumanSaid, HumanStill, NoHuman
from dialogs.outlets import nearest
from dialogs.visible import open_fields
from handlers.wording import human
from handlers.wording.cards import card_fields, card_values
from handlers.wording.catalogue import Catalogue
from handlers.wording.filled import VALUE_SHOWN, Filled, called_apart
from handlers.wording.outcome_telling import OutcomeTeller
from handlers.wording.outcomes import (
    Told,
)
from handlers.wording.outlets import told
from handlers.wording.review import card
from handlers.wording.values import called, day, show
from model.conversation import Conversation
from model.county import County
from model.draft import FILL, Adding, Answer, Draft
from model.edition import form_of
from model.fields import ChoiceField, CodeField, Field, YesNoField
from model.form import Form
from model.message import Act
from model.values import Day
from storage.mask import mask_text

GIVEN_SHOWN = 24
UNDONE_SHOWN = 12
"""Lines of what 撤销 took back."""
ABOUT_SHOWN = 40


class Teller:
    """Words for the events of one turn; `conversation` is the one after it."""

    def __init__(
        self, catalogue: Catalogue, county: County, conversation: Conversation, completed: Form | None = None
    ) -> None:
        """For one reply; `completed` is the form completed in this turn, which the conversation no longer has."""
        self._say = catalogue.say
        self._catalogue = catalogue
        self._county = county
        self._conversation = conversation
        self._completed = completed
        self._outcomes = OutcomeTeller(catalogue, county, conversation)

    def tell_all(self, events: Sequence[Told], room: int) -> Iterator[str]:
        """The paragraphs for all events of a turn; several values are told as a block, where the first was filled in."""
        filled = [one for one in events if isinstance(one, d.Filled | d.Corrected)]
        if len(filled) == 1 and filled[0].answer.confirmed:
            filled = []
        for event in events:
            if event not in filled:
                yield from self.tell(event)
            elif event is filled[0]:
                yield from Filled(self._catalogue, self._completed or self._form, room).block(filled)

    def tell(self, event: Told) -> Iterator[str]:  # noqa: PLR0915 - one case per event
        """The paragraphs for one event; most have one, questions have none here."""
        say = self._say
        match event:
            case d.Greeted(returning=returning):
                yield say("greet.again" if returning else "greet.first")
            case d.ScannedAt(entrance=entrance, first=first):
                yield say("greet.at", entrance=self._county.entrance[entrance].name, first=first)
            case d.GoOnMistyped(said=words, short=short):
                yield say("handover.mistyped", said=words, short=short)
            case d.GoOnUnclear(said=words):
                yield say("handover.unclear", said=words)
            case d.GoOnDropped():
                yield say("handover.dropped")
            case d.Resumed(days=days, filled=filled):
                yield say("greet.resumed", days=days, filled=filled, until=last_day(self._county, self._draft))
            case d.Lapsed(at=at):
                yield say("told.lapsed", at=at, days=self._county.retention.drafts)
            case d.Filled(field=name, answer=answer):
                yield from self._filled("told.filled", name, answer)
            case d.Corrected(field=name, old=old, answer=answer):
                yield from self._filled("told.corrected", name, answer, old=self._shown(name, old))
            case d.Skipped(field=name, deferred=deferred):
                field = self._field(name)
                key = "told.in_person" if isinstance(field, CodeField) and field.consent else "told.deferred"
                yield say(key if deferred else "told.skipped", called=called(field))
            case d.LeftTogether(empty=empty, deferred=later):
                for names, key in ((empty, "told.skipped"), (later, "told.deferred")):
                    if names:
                        yield say(key, called="、".join(self._called(name) for name in names))
            case d.NotSkippable(field=name):
                yield say("told.not_skippable", called=called(self._field(name)), field=self._field(name))
            case d.Rejected():
                yield from self._rejected(event)
            case d.Held():
                yield say("told.held")
            case d.KeptUnread():
                yield say("told.unread")
            case d.Confirmed(fields=names):
                yield say("told.confirmed", called=[self._called(name) for name in names])
            case d.Lacking(fields=names, count=count):
                yield say("told.lacking", called=[self._called(name) for name in names], count=count)
            case d.Undone(changes=changes):
                yield say(
                    "told.undone", lines=[self._undone(*one) for one in changes[:UNDONE_SHOWN]], count=len(changes)
                )
            case d.NothingToUndo():
                yield say("told.nothing_to_undo")
            case d.Agreed(name=name):
                yield say("told.agreed_notice" if name == "notice" else "told.agreed_consent")
            case d.Declined(name="notice"):
                yield say("told.declined_notice")
            case d.Declined(name=name):
                yield say("told.declined_consent", instead=self._form.consents[name].instead)
            case d.Unclear(about=about, given=given):
                key = f"unclear.{about}" if f"unclear.{about}" in self._catalogue else "unclear.consent"
                yield say(key, given=mask_text(given)[:GIVEN_SHOWN], cases=len(self._conversation.cases))
            case d.RowsAdded(numbers=numbers):
                yield say("told.row_added", numbers=numbers)
            case d.RowChanged(number=number, how=how):
                yield say(f"told.row_{how}", number=number)
            case d.FileExpected(field=name):
                yield say("told.file_expected", field=self._field(name))
            case d.PaperAsked(act=act):
                yield self._paper(act)
            case d.PaperExpected(called=paper):
                yield say("supplement.expected", name=self._bare(paper))
            case d.PaperLater():
                yield say("supplement.later")
            case d.FileStored(field=name, count=count):
                yield say("told.file_stored", field=self._field(name), count=count)
            case d.FileRefused(code=code):
                yield say("files." + code.removeprefix("file."))
            case c.CardExpected(card=card_kind):
                yield say("told.card_expected", card=card_kind)
            case c.CardPhotoDropped():
                yield say("told.card_dropped")
            case c.CardUnread(code=code):
                yield say("cards." + code.removeprefix("card."))
            case c.CardRead():
                yield say("told.card_read", **card_values(self._county, self._conversation, event))
            case c.CardSettled():
                yield say("told.card_settled")
            case c.CardLeftOut(draft=name, field=left_out):
                yield say(
                    "told.card_left_out", called=card_fields(self._county, self._conversation, name, [left_out])[0]
                )
            case c.CardTaken(draft=name, fields=names) if names:
                yield say("told.card_taken", called=card_fields(self._county, self._conversation, name, names))
            case c.CardTaken():
                yield say("told.card_unused")
            case d.Unreadable(name=name):
                yield say(f"unreadable.{name}" if f"unreadable.{name}" in self._catalogue else "unreadable.other")
            case d.Helped(field=name):
                general = "help.staff" if self._conversation.role == "steward" else "help.general"
                yield self._helped(self._field(name)) if name else say(general)
            case d.Answered(topic=topic_id, day=day, town=town):
                topic = next(one for one in self._county.guide.topics if one.id == topic_id)
                yield topic.answer.strip()
                if day is not None and (near := nearest(self._county, town)):
                    yield say("outlets", **told(self._county, near, town, day))
            case d.HandedOver(asked=str() as asked):
                yield say("unknown_question", asked=asked)
            case d.HandedOver():
                yield say("human.call", draft=bool(self._conversation.draft()))
            case HumanOpened() | HumanSaid() | HumanStill() | HumanEnded() | NoHuman():
                yield human.told(self._catalogue, self._county, event, draft=bool(self._conversation.draft()))
            case d.StatusShown():
                form, draft = self._form, self._draft
                done = draft.filled
                yield say(
                    "status.title", filled=done, left=len(tuple(open_fields(form, draft))), until=self._until(draft)
                )
                yield card(self._catalogue, form, draft, confirm=False).text
            case d.Restarted():
                yield say("told.restarted")
            case d.AmendmentAsked(too_long=too_long, field=field, value=value):
                yield say("mine.amend", too_long=too_long, most=LONGEST, field=field, value=value)
            case d.AmendmentDropped():
                yield say("mine.not_amended")
            case d.WithdrawalDropped():
                yield say("ending.kept")
            case d.TerminationDropped():
                yield say("termination.dropped")
            case d.ReassignDropped():
                yield say("reassign.dropped")
            case d.ErasureDropped():
                yield say("mine.kept")
            case d.Cancelled(gone=Draft(adding=Adding(number=number)), left=left):
                yield say("adding.dropped", number=number, left=left)
            case d.Cancelled(step=step, gone=gone, left=left):
                kept = gone is not None and gone.act == FILL
                said = "told.cancelled_step" if step else "told.cancelled"
                yield say(said, left=left, role=self._conversation.role, kept=kept)
            case d.KeptOn():
                yield say("told.kept_on")
            case d.Thanked(noted=noted):
                yield say("told.thanked", noted=noted, cases=len(self._conversation.cases))
            case d.NothingBefore():
                yield say("told.nothing_before")
            case d.Outdated(invitation=invitation, matter=matter):
                yield say("staff.ended" if invitation else "told.outdated_matter" if matter else "told.outdated")
            case d.Migrated():
                yield self._migrated(event)
            case d.PageFilled(fields=names, unheard=unheard):
                yield say("told.on_page", called=[self._called(name) for name in names], unheard=unheard)
            case d.MoreRead(part=part):
                yield part
            case d.Switched(filled=filled):
                yield say("told.switched", filled=filled)
            case d.NewOpened(kept=kept):
                yield say("told.new_opened", kept=kept)
            case d.TooManyDrafts(most=most):
                yield say("told.many_drafts", most=most)
            case d.Copied(count=count):
                yield say("told.copied" if count else "told.copied_nothing", count=count)
            case d.Registering():
                yield say("told.submitted_wait")
            case d.PhotoDropped():
                yield say("told.photo_dropped")
            case d.AnswerAsked(invitation=asked, too_long=too_long):
                key = "enquiry.answer_long" if too_long else "enquiry.ask_answer"
                yield say(key, asked=asked.title, most=LONGEST_ANSWER)
            case d.EnquiryDropped():
                yield say("enquiry.dropped")
            case d.RoleShown(possible=possible):
                yield say("told.role" if possible else "told.role_only", role=self._conversation.role)
            case _:
                yield from self._outcomes.tell(event)

    def _paper(self, act: Act) -> str:
        field = self._known(act.id.partition(".")[2])
        return self._say(
            "supplement.ask", name=self._bare(act.label), help=field.help if field else "", own=field is None
        )

    def _bare(self, paper: str) -> str:
        """The name of a paper without 再加一页."""
        return paper.removesuffix(self._county.messages["act.hand_in.more"])

    def _helped(self, field: Field) -> str:
        return self._say("help.field", field=field, called=called(field))

    def _migrated(self, event: d.Migrated) -> str:
        asked = self._form.fields
        return self._say(
            "told.migrated",
            dropped=[called(asked[name]) for name in event.dropped if name in asked],
            gone=[called(field) for name in event.dropped if name not in asked and (field := self._known(name))],
            back=[called(asked[name]) for name in event.back],
            added=bool(event.added),
        )

    def _until(self, draft: Draft) -> dt.date | None:
        """Until when an application is kept that is not handed in; a step of a task has no date worth telling."""
        return last_day(self._county, draft) if draft.act is None else None

    def _filled(self, key: str, name: str, answer: Answer, old: str = "") -> Iterator[str]:
        field = self._field(name)
        value = show(answer.value, field) if answer.value else ""
        yield self._say(key, called=called(field), value=value, old=old)
        for warning in answer.warnings:
            yield self._say(f"warnings.{warning}")

    def _rejected(self, event: d.Rejected) -> Iterator[str]:
        field = self._field(event.field)
        about = {
            name: _day(value) if name == "day" else value[:ABOUT_SHOWN] for name, value in event.refusal.about.items()
        }
        reason = self._say(f"reasons.{event.refusal.code}", field=field, **about)
        given = event.given.strip()
        if isinstance(
            field, CodeField | ChoiceField | YesNoField
        ):  # a number sent too early is no secret of ours to show
            given = mask_text(given)
        given = given[:GIVEN_SHOWN] + ("…" if len(given) > GIVEN_SHOWN else "")
        yield self._say("rejected.frame", given=given, reason=reason) if given else reason
        if event.times >= 2:
            yield self._say("offer_human")
        kept = self._conversation.draft()
        answer = kept.answers.get(event.field) if kept and self._completed is None else None
        if answer is not None and answer.value is not None and not self._is_asked(event.field):
            yield self._say(
                "rejected.kept", called=self._called(event.field), old=self._shown(event.field, answer)[:VALUE_SHOWN]
            )

    def _called(self, name: str) -> str:
        return called_apart(self._completed or self._form, self._field(name))

    def _undone(self, name: str, gone: Answer | None, before: Answer | None) -> str:
        old = self._shown(name, before)[:VALUE_SHOWN] if before else ""
        return self._say(
            "told.undone_line",
            called=self._called(name),
            gone=self._shown(name, gone)[:VALUE_SHOWN] if gone else "",
            old=old,
        )

    def _is_asked(self, name: str) -> bool:
        """Whether the question of the reply shows this field's value anyway."""
        on = focus(self._form, self._draft)
        return isinstance(on, OnField | OnRows) and on.field.id == name

    @property
    def _draft(self) -> Draft:
        draft = self._conversation.draft()
        assert draft is not None
        return draft

    @property
    def _form(self) -> Form:
        draft = self._conversation.draft()
        return form_of(self._county, draft) if draft else self._county.form

    def _field(self, name: str) -> Field:
        field = self._known(name)
        if field is None:
            raise KeyError(name)
        return field

    def _known(self, name: str) -> Field | None:
        known = (form for one in (self._county, *self._county.editions) for form in one.forms.values())
        for form in (self._completed or self._form, *known):
            if name in form.fields:
                return form.fields[name]
        return None

    def _shown(self, name: str, answer: Answer) -> str:
        return show(answer.value, self._field(name)) if answer.value else ""


def _day(iso: str) -> str:
    return day(Day(date=dt.date.fromisoformat(iso)))
