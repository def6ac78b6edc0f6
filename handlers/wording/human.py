"""What a person hears of his talk with staff: who answers, when they are there, how it ends; and what they say."""

from dialogs.human_events import HumanEnded, HumanOpened, HumanSaid, HumanStill, NoHuman
from handlers.wording.catalogue import Catalogue
from model.county import County
from model.human import InboxRule
from model.message import Button

HumanTold = HumanOpened | HumanSaid | HumanStill | HumanEnded | NoHuman


def told(catalogue: Catalogue, county: County, event: HumanTold, *, draft: bool) -> str:
    """The words for one of these; `draft`: he was filling in a form."""
    say, rule = catalogue.say, county.inbox or InboxRule()
    match event:
        case HumanOpened(voice=voice, back=back, again=again):
            facts = {"voice": voice, "back": back, "again": again, "draft": draft}
            return say("human.opened", minutes=rule.minutes, keep=rule.keep, **facts)
        case HumanSaid(line=line):
            return say("human.said", name=line.name, text=line.text)
        case HumanStill():
            return say("human.still")
        case HumanEnded(by=by, name=name, waited=waited):
            return say(f"human.ended.{by}", name=name, waited=waited)
        case NoHuman():
            return say("human.none")


def way_out(catalogue: Catalogue) -> Button:
    """To end it with a tap."""
    return Button(label=catalogue.say("button.end_human"), say="结束人工", id="h:end")
