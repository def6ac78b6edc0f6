"""What is said of what came of a turn outside the conversation: of cases, commands, ratings (see `handlers.wording.outcomes`)."""

from collections.abc import Iterator

from handlers.approval_facts import permits_told
from handlers.cells import told_cells
from handlers.parties import parties, to_call
from handlers.wording import (
    added,
    backdating,
    endings,
    enquiries,
    meeting,
    mine,
    papers,
    paused,
    progress,
    reassigned,
    supplements,
    terminating,
)
from handlers.wording.added import AddBegun, Added
from handlers.wording.bulletin import bulletin_lines
from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import contact_due, in_words
from handlers.wording.on_sheet import bodies_of
from handlers.wording.orders import order_name, service_name
from handlers.wording.outcomes import (
    AbsenceKnown,
    Acted,
    ActRefused,
    Amended,
    Bound,
    BulletinKnown,
    CameOver,
    ContactAnswered,
    CopyAway,
    DirectoryKnown,
    DraftCameOver,
    EndingAnswered,
    EnquiryActed,
    FormTold,
    HandoverAsked,
    MineErased,
    MineKnown,
    OptInOffered,
    PageOffered,
    PassedOn,
    PlanTold,
    ProgressKnown,
    RatingTaken,
    Registered,
    SheetShown,
    SupplementsKnown,
    Supplied,
    SurveyAnswered,
    TargetsOffered,
    TimesTaken,
    Told,
    Urged,
    Waiting,
    Withdrawn,
)
from handlers.wording.papers import PapersTold
from handlers.wording.paused import NotPaused, PausedTold
from handlers.wording.reassigned import Reassigned, ReliefTold
from handlers.wording.terminating import TerminationTold
from handlers.wording.values import called
from model.booking import Booking
from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.draft import FILL
from model.edition import on_form, under
from model.fields import CodeField
from model.order import Order
from model.short_message import reaches
from routing.clocks import waits
from routing.declaring import owed
from routing.lacking import lacking
from routing.open_form import lacking_of
from storage.mask import mask_phone


class OutcomeTeller:
    """Words for the outcomes of one turn; `conversation` is the one after it."""

    def __init__(self, catalogue: Catalogue, county: County, conversation: Conversation) -> None:
        """For one reply."""
        self._say = catalogue.say
        self._catalogue = catalogue
        self._county = county
        self._conversation = conversation

    def tell(self, event: Told) -> Iterator[str]:  # noqa: PLR0915 - one case per outcome
        """The paragraphs for one outcome; none for what the conversation tells itself."""
        say = self._say
        match event:
            case Registered():
                yield self._receipt(event)
            case AddBegun() | Added():
                yield added.told(self._catalogue, self._county, event)
            case PageOffered(page=page, link=link):
                yield say(f"told.page_{page}", link=link)
            case OptInOffered(link=link):
                yield say("told.opt_in", link=link, staff=self._conversation.role == "steward")
            case Waiting():
                yield say("told.submitted_wait")
            case Acted(act=act, case=case, order=order):
                service = order_name(self._county, case, order) if order else ""
                yield say("staff.done", number=case.number, service=service, act=act.label)
                if order is not None and act.id == "unreached":
                    yield self._tried(case, order)
                yield from backdating.told(self._say, act, order)
                if order is not None and act.id == FILL and (text := self._owed(case, order)):
                    yield say("form.oath", text=text)
                if order is not None and waits(case, order):
                    yield say("sheet.waits", **bodies_of(self._county, case))
            case SurveyAnswered(case=case, appointment=name, wish=wish, address=address, steward=steward):
                if wish is None:
                    does = say(f"visit.{case.kind_of(name)}.does")
                    at = case.appointments[name].at
                    yield say("survey.agreed", at=at, does=does, address=address, steward=steward)
                else:
                    yield say("survey.moved", wish=wish, steward=steward)
            case TimesTaken():
                yield meeting.told(self._catalogue, self._county, event)
            case ActRefused(refused=refused):
                reason = say(f"refused.{refused.code}", **refused.about)
                yield say("told.declined_staff", reason=reason)
            case ProgressKnown():
                yield from self._progress(event)
            case Urged(case=case, again=again):
                yield from self._urged(case, again=again)
            case SupplementsKnown(case=None):
                yield say("supplement.none")
            case SupplementsKnown(case=Case() as case, county=form):
                yield supplements.list_of(self._say, form, case)
            case Supplied():
                yield supplements.supplied(self._say, event)
            case ContactAnswered(case=case, answer=answer):
                yield say(f"contact.{answer}", number=case.number)
            case FormTold(case=case, what=what):
                yield say(f"form.{what}", number=case.number, case=case)
            case PlanTold(case=Case(booking=Booking(until=until)) as case, now=at_once):
                yield say("plan.now" if at_once else "plan.moved", number=case.number, until=until)
            case EndingAnswered() | Withdrawn():
                yield endings.told(self._catalogue, self._county, event)
            case Reassigned() | ReliefTold():
                yield reassigned.told(self._catalogue, self._county, event)
            case PausedTold() | NotPaused():
                yield paused.told(self._catalogue, self._county, event)
            case PapersTold():
                yield from papers.told(self._catalogue, self._county, event)
            case TerminationTold():
                yield terminating.told(self._catalogue, self._county, event)
            case RatingTaken(case=case):
                if case.rating is not None:
                    yield self._rating(event)
            case MineKnown():
                yield from mine.known(self._catalogue, self._county, self._conversation, event)
            case Amended(case=case, wish=wish, asked=asked):
                answered = asked and under(self._county, case.process_version).process.amending is not None
                yield say("mine.amended", number=case.number, wish=wish, answered=answered)
            case MineErased():
                yield mine.wiped(self._catalogue, self._county, event)
            case PassedOn() | TargetsOffered() | EnquiryActed():
                yield enquiries.told(self._catalogue, event)
            case CopyAway():
                yield say("told.copy_away")
            case AbsenceKnown(absence=absence):
                yield say("staff.absent" if absence else "staff.back", absence=absence, told=event)
            case BulletinKnown():
                yield "\n".join(bulletin_lines(self._catalogue, self._county, event))
            case DirectoryKnown(entries=entries):
                yield say("directory.list", entries=entries)
            case SheetShown(lines=lines):
                yield "\n".join(lines)
            case HandoverAsked(first=first):
                yield say("handover.asked", first=first)
            case CameOver(case=case, again=again):
                yield say("handover.again" if again else "handover.yours", number=case.number)
            case DraftCameOver(again=again, filled=filled):
                yield say("handover.draft_again") if again else say("handover.draft_yours", filled=filled)
            case Bound(staff=staff):
                yield say("staff.bound", name=staff.name, body=self._county.body[staff.body].name)
            case _:
                return

    def _owed(self, case: Case, order: Order) -> str:
        """The declaration that is to be read to the applicant, now that the order's part of the form is complete (X60)."""
        rules = under(self._county, case.process_version)
        text = owed(case, rules)
        return text.text if text and not lacking_of(case, order, rules) else ""

    def _tried(self, case: Case, order: Order) -> str:
        """What a failed call counts for."""
        rule = under(self._county, case.process_version).process.unreached
        counted = sum(one.counts == "yes" for one in order.calls)
        last = order.calls[-1]
        key = "pauses" if last.pauses else last.counts
        return self._say(f"unreached.{key}", number=counted, of=rule.calls if rule else counted)

    def _receipt(self, event: Registered) -> str:
        case, county = event.case, self._county
        form = on_form(county, event.submission.form_version).form
        bodies = dict[str, list[str]]()  # a service may go to several bodies
        for order in case.orders:
            body = self._say("due.undecided") if order.candidates else county.body[order.body].short
            bodies.setdefault(service_name(county, order), []).append(body)
        lacking = [form.fields[name] for name in event.submission.missing if name in form.fields]
        in_person = [called(field) for field in lacking if isinstance(field, CodeField) and field.consent]
        missing = [called(field) for field in lacking if called(field) not in in_person]
        phone = to_call(parties(county, event.submission.answers), case.contact).phone
        left = sum(bool(draft.answers) for draft in self._conversation.applications)
        return self._say(
            "receipt",
            number=case.number,
            bodies=bodies,
            due=self._due(case),
            missing=missing,
            in_person=in_person,
            left=left,
            news="ask" if event.news == "sms" and not reaches(phone) else event.news,
            phone=mask_phone(phone),
        )

    def _due(self, case: Case) -> str:
        dues = [due for order in case.orders if (due := contact_due(order))]
        if not dues:
            return self._say("due.soon")
        latest = max(dues, key=lambda due: due.at)
        return in_words(latest, self._say)

    def _progress(self, event: ProgressKnown) -> Iterator[str]:
        if event.cases is None:
            yield self._say("progress.away")
        elif not event.cases:
            drafts = [draft for draft in self._conversation.applications if draft.answers]
            filled = len(drafts[0].answers) if len(drafts) == 1 else 0
            yield self._say("progress.none", filled=filled, drafts=len(drafts))
        else:
            for case, stewards in event.cases:
                lines = progress.lines(self._catalogue, self._county, case, stewards, event.done, event.now)
                services = dict.fromkeys(service_name(self._county, order) for order in case.orders)
                yield self._say("progress.case", number=case.number, services=list(services), lines=list(lines))
                yield from self.beside_progress(case)

    def beside_progress(self, case: Case) -> Iterator[str]:
        """What stands below the progress of a case: permits, what the bodies have written down, what is lacking, who was urged."""
        if told := permits_told(self._county, case):
            yield self._say("progress.permits", permits=told, applies=self._applies(case))
        if cells := [one for order in case.orders for one in told_cells(self._county, case, order)]:
            yield self._say("progress.cells", cells=cells)
        if lacking(case):
            yield supplements.standing(self._say, self._county, case)
        if case.sheet is not None:
            yield self._say("sheet.progress", **bodies_of(self._county, case), sheet=case.sheet)
        yield from self._urged(case, again=True)

    def _applies(self, case: Case) -> str:
        return under(self._county, case.process_version).process.approvals.applies

    def _rating(self, event: RatingTaken) -> str:
        """The mark, and what follows: a call after a bad one, and until when it can be changed."""
        case = event.case
        rating, rule = case.rating, under(self._county, case.process_version).process.rating
        assert rating is not None
        clock = next((one for order in case.orders if (one := order.clocks.get("call_back"))), None)
        open_call = clock is not None and clock.met_at is None
        return self._say(
            "rating.reason" if event.reason else "rating.taken" if event.given else "rating.before",
            rating=rating,
            open=event.open,
            by=in_words(clock.due, self._say) if clock and open_call else "",
            days=rule.until_days if rule else 0,
        )

    def _urged(self, case: Case, *, again: bool) -> Iterator[str]:
        """When the case was urged, and by when who has it answers."""
        waiting = [order for order in case.orders if order.urged]
        clocks = [order.urged for order in waiting if order.urged]
        services = list(dict.fromkeys(order_name(self._county, case, order) for order in waiting))
        if clocks:
            at, by = min(one.started_at for one in clocks), max((one.due for one in clocks), key=lambda due: due.at)
            said = in_words(by, self._say)
            yield self._say(
                "urge.again" if again else "urge.passed_on", number=case.number, services=services, at=at, by=said
            )
