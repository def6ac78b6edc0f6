"""The reply of a turn: what happened, then the one question, within the channel's limit."""

from collections.abc import Sequence
from typing import Self

from dialogs import events as d
from dialogs.human_events import HumanOpened, HumanStill
from handlers.wording import enquiries, human, mine
from handlers.wording.catalogue import Catalogue
from handlers.wording.choices import Choices, aimed
from handlers.wording.headings import Headings
from handlers.wording.materials import checklist
from handlers.wording.outcomes import (
    Acted,
    EnquiryActed,
    FormTold,
    Listed,
    MineKnown,
    PageOffered,
    PassedOn,
    ProgressKnown,
    RatingTaken,
    SheetShown,
    SupplementsKnown,
    Supplied,
    SurveyAnswered,
    TargetsOffered,
    Told,
)
from handlers.wording.paging import WECHAT, Limit, page, size
from handlers.wording.papers import PapersTold
from handlers.wording.questions import question
from handlers.wording.review import card, confirming, ending
from handlers.wording.telling import Teller
from model.conversation import Conversation
from model.county import County
from model.draft import Draft, Reviewing
from model.edition import form_at, form_of
from model.form import Form
from model.message import Act, Button, Invitation, Reply
from routing.paper_acts import SEE

_ASIDE = ProgressKnown | PassedOn | d.Answered | d.HandedOver | d.Greeted
"""Not about the draft that is asked on: its heading stands above the question only."""


ROOM = 240
"""Bytes kept for what stands beside values read back and the question: a heading, a remark."""


class Wording:
    """Turns events into a reply for people of one county."""

    def __init__(self, county: County, limit: Limit = WECHAT) -> None:
        """With the county's texts, for a channel of this limit."""
        self._limit = limit
        self.catalogue = Catalogue(county)
        self._know(county)
        self._more = Button(label=self.catalogue.say("button.more"), say="更多", id="c:more")
        self._note = self.catalogue.say("more", left=99)

    def knowing(self, county: County) -> Self:
        """The same words, for the county as it is known now: another edition may have become known."""
        if self.county is not county:
            self._know(county)
        return self

    def _know(self, county: County) -> None:
        self.county = county
        self._choices = Choices(self.catalogue, county)
        self._headings = Headings(self.catalogue, county)

    def reply(self, conversation: Conversation, events: Sequence[Told]) -> tuple[Reply, Conversation]:
        """The reply, and the conversation that remembers what of it is still to be read."""
        acted = next((event.act for event in events if isinstance(event, Acted)), None)
        completed = form_at(self.county, acted.form, acted.form_version) if acted and acted.form else None
        teller = Teller(self.catalogue, self.county, conversation, completed)
        answered = any(isinstance(event, SurveyAnswered) for event in events)  # it says again what was filled in
        spoken = [event for event in events if not (answered and isinstance(event, d.Filled))]
        asked = self._asked(conversation, events)
        reviewed = any(isinstance(event, d.Reviewed) for event in events)
        told = list(teller.tell_all(spoken, max(self._limit.size - size(asked) - ROOM, self._limit.size // 4)))
        heading = self._headings.of(conversation, events)
        aside = asked.text and any(isinstance(event, _ASIDE) for event in events)
        said = (*told, heading, asked.text) if aside else (heading, *told, asked.text)
        first, rest = self._paged(said, asked)
        if rest and any(isinstance(event, PageOffered) for event in events):  # an offer is not worth a second part
            return self.reply(conversation, [event for event in events if not isinstance(event, PageOffered)])
        if rest and reviewed and self._end(conversation) not in first.text:  # nobody promises what he does not see
            asked = self._asked(conversation, events, folded=True)
            first, rest = self._paged((*said[:-1], asked.text), asked)
        if any(isinstance(event, d.MoreRead) for event in events):
            left = len(conversation.more)
            note = self.catalogue.say("more", left=left) if left else ""
            return self._read_on("\n".join(told), note, asked), conversation
        if rest:
            first = first.model_copy(
                update={"text": first.text.rstrip("\n") + "\n" + self.catalogue.say("more", left=len(rest))}
            )
        return first, conversation if conversation.more == rest else conversation.model_copy(update={"more": rest})

    def _paged(self, said: Sequence[str | None], asked: Reply) -> tuple[Reply, tuple[str, ...]]:
        whole = Reply(text="\n".join(filter(None, said)), buttons=asked.buttons, tail=asked.tail)
        return page(whole, self._limit, self._more, self._note)

    def _end(self, conversation: Conversation) -> str:
        """The last line of the review card of what is filled in."""
        draft = conversation.draft()
        return ending(self.catalogue, form_of(self.county, draft)).rpartition("\n")[2] if draft else ""

    def _read_on(self, part: str, note: str, asked: Reply) -> Reply:
        """The next part of a long reply; after the last one the question again, if there is room for it."""
        if note:
            return Reply(text=f"{part}\n{note}", buttons=(self._more,))
        whole = asked.model_copy(update={"text": "\n".join(filter(None, (part, asked.text)))})
        return whole if size(whole) <= self._limit.size else Reply(text=part)

    def invitation(self, invitation: Invitation, told: str = "") -> Reply:
        """An invitation as it is shown: its text, and its acts as numbered choices."""
        key = f"asked.{invitation.kind}"
        if not told and key in self.catalogue:
            told = self.catalogue.say(key, number=invitation.number, title=invitation.title)
        return Reply(text=told or invitation.title, buttons=_acts(invitation))

    def _asked(self, conversation: Conversation, events: Sequence[Told], *, folded: bool = False) -> Reply:
        """What is asked, with the other role beside it where that was spoken of."""
        asked = self._question(conversation, events, folded=folded)
        if not any(isinstance(event, d.RoleShown) and event.possible for event in events):
            return asked
        return asked.model_copy(update={"buttons": (*asked.buttons, self._choices.other_role(conversation))})

    def _question(self, conversation: Conversation, events: Sequence[Told], *, folded: bool) -> Reply:
        draft = conversation.draft()
        form = form_of(self.county, draft) if draft else None
        for event in reversed(events):
            match event:
                case d.Asked() | d.SureAsked() if draft and form:
                    return question(self.catalogue, form, draft)
                case d.Reviewed() if draft and form:
                    return aimed(self._card(form, draft, events, folded=folded), draft)
                case HumanOpened() | HumanStill():
                    return Reply(buttons=(human.way_out(self.catalogue),))
                case d.Choosing():
                    return self._choices.reply(conversation, Listed(event))
                case Listed():
                    return self._choices.reply(conversation, event)
                case d.Invited(invitation=invitation):
                    return self.invitation(invitation)
                case Acted(act=act, following=following) if following is not None and following.acts:
                    again = f"staff.again_{act.id}"  # not for every act: some cannot come twice
                    same = act.id == following.acts[0].id and again in self.catalogue
                    key = again if same else "staff.next"
                    return Reply(text=self.catalogue.say(key), buttons=_acts(following))
                case PapersTold(following=following) if following is not None:
                    return Reply(buttons=_acts(following))
                case SheetShown(following=following):
                    return Reply(buttons=_acts(following))
                case SurveyAnswered(following=following) if following is not None:
                    return Reply(buttons=_acts(following))
                case ProgressKnown(offers=offers, numbered=numbered) if offers:
                    return Reply(buttons=self._choices.buttons_of(offers, numbered=numbered))
                case FormTold(following=following) if following is not None and following.acts:
                    return Reply(buttons=_acts(following))
                case RatingTaken(following=following) if following is not None and following.acts:
                    return Reply(text=self.catalogue.say("rating.why"), buttons=_acts(following))
                case d.PaperAsked() | d.PaperLater():
                    return Reply()
                case SupplementsKnown(shown=shown) | Supplied(shown=shown) if shown is not None and shown.acts:
                    return Reply(buttons=_acts(shown))
                case MineKnown():
                    return mine.offered(self.catalogue, event)
                case d.ErasureAsked():
                    return mine.asked(self.catalogue, conversation)
                case TargetsOffered(targets=targets) if targets:
                    return enquiries.offered(self.catalogue, event)
                case TargetsOffered(invitation=invitation):
                    return Reply(buttons=_acts(invitation))
                case EnquiryActed(following=following) if following is not None and following.acts:
                    return Reply(buttons=_acts(following))
                case d.TasksListed(invitations=invitations):
                    return self._tasks(invitations)
                case d.WhichOne(act=act, invitations=invitations):
                    return self._which(act, invitations)
                case _:
                    continue
        return Reply()

    def _card(self, form: Form, draft: Draft, events: Sequence[Told], *, folded: bool) -> Reply:
        if any(isinstance(event, d.StatusShown) for event in events):  # it was just told, with the words behind it
            return Reply(text=ending(self.catalogue, form), buttons=confirming(self.catalogue, form))
        whole = card(self.catalogue, form, draft, folded=folded)
        if isinstance(draft.attention, Reviewing) and draft.attention.section:
            return whole
        if not any(isinstance(event, d.Reviewed) for event in events):
            return whole
        papers = self._materials(draft)
        return whole.model_copy(update={"text": f"{whole.text}\n{papers}"}) if papers else whole

    def _materials(self, draft: Draft) -> str:
        listed = checklist(self.county, draft)
        return self.catalogue.say("review.materials", materials=listed) if listed else ""

    def _tasks(self, invitations: tuple[Invitation, ...]) -> Reply:
        if not invitations:
            return Reply(text=self.catalogue.say("staff.none"))
        buttons = tuple(
            Button(number=n, label=self._listed(one), say=one.number, id=f"t:{one.id}")
            for n, one in enumerate(invitations[:10], 1)
        )
        return Reply(text=self.catalogue.say("staff.tasks", tasks=invitations, shown=len(buttons)), buttons=buttons)

    def _listed(self, invitation: Invitation) -> str:
        """What is to be done, where the title alone would look like the task of the same order."""
        key = f"staff.listed.{invitation.kind}"
        return self.catalogue.say(key, title=invitation.title) if key in self.catalogue else invitation.title

    def _which(self, act: Act, invitations: tuple[Invitation, ...]) -> Reply:
        buttons = tuple(
            Button(number=n, label=one.title, say=f"{act.label} {one.number}", id=f"i:{one.id}:{act.id}")
            for n, one in enumerate(invitations[:10], 1)
        )
        return Reply(text=self.catalogue.say("staff.which", act=act.label, tasks=invitations), buttons=buttons)


def _acts(invitation: Invitation) -> tuple[Button, ...]:
    return tuple(
        Button(number=number, label=act.label, say=_said(act), id=f"i:{invitation.id}:{act.id}")
        for number, act in enumerate((one for one in invitation.acts if one.shown), 1)
    )


def _said(act: Act) -> str:
    """What a tap on it says: its label, without the papers that stand in it."""
    return act.words[0] if act.id == SEE else act.label
