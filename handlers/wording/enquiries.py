"""What is said of enquiries in chat: to whoever asks, and to whoever has them (首问责任制, J37–J44)."""

from dialogs import enquiring
from dialogs.enquiring import REFER
from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import in_words
from handlers.wording.holders import short
from handlers.wording.outcomes import EnquiryActed, PassedOn, TargetsOffered
from model.message import Button, Reply


def told(catalogue: Catalogue, event: PassedOn | TargetsOffered | EnquiryActed) -> str:
    """The words for what came of it; a list asks by itself (see `offered`)."""
    say = catalogue.say
    match event:
        case PassedOn(enquiry=enquiry, owner=owner):
            due = in_words(enquiry.due, say) if enquiry.due else ""
            key = "enquiry.complained" if enquiry.complaint else "enquiry.passed_on"
            return say(key, asked=short(enquiry.words), owner=owner, due=due)
        case EnquiryActed(do=do, title=title, to=to):
            return say(f"enquiry.done.{do}", asked=title, to=to)
        case TargetsOffered(targets=targets):
            return "" if targets else say("enquiry.no_targets")


def offered(catalogue: Catalogue, event: TargetsOffered) -> Reply:
    """To whom it could go, numbered."""
    buttons = tuple(
        Button(
            number=number,
            label=target.name,
            say=target.name,
            id=enquiring.tap(event.how, event.invitation.id, target.id),
        )
        for number, target in enumerate(event.targets, 1)
    )
    key = "enquiry.ask_body" if event.how == REFER else "enquiry.ask_target"
    return Reply(text=catalogue.say(key, asked=event.invitation.title), buttons=buttons)
