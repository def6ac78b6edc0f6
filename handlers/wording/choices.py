"""An offered choice in words: one line and one tap for each, named so that a person knows his cases apart."""

from collections.abc import Sequence

from handlers.wording.catalogue import Catalogue
from handlers.wording.naming import answers_name, draft_name
from handlers.wording.outcomes import Listed
from handlers.wording.values import called
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.edition import form_of
from model.message import Button, Reply

_SAYS_ITSELF = ("card:", "read:all", "read:mine", "read:edit", "read:none")
"""Choices about a photo, whose labels are words that mean them."""
_WITH_DRAFT = ("y", "fresh", "others")
"""Choices about the draft just opened: a tap on them later must find it again."""


class Choices:
    """Words for offers of one county."""

    def __init__(self, catalogue: Catalogue, county: County) -> None:
        """With the county's texts and fields."""
        self._catalogue = catalogue
        self._county = county

    def reply(self, conversation: Conversation, listed: Listed) -> Reply:
        """The offer's question and its choices."""
        choosing, say = listed.choosing, self._catalogue.say
        draft = conversation.draft()
        buttons = tuple(
            Button(
                number=number,
                label=self._label(conversation, listed, choice),
                say=self._said(conversation, listed, choice, number),
                id=f"m:{choice}" + (serial(draft) if draft and choice.partition(":")[0] in _WITH_DRAFT else ""),
            )
            for number, choice in enumerate(choosing.choices, choosing.first)
        )
        if choosing.left:
            buttons = (*buttons, Button(label=say("button.more_choices", left=choosing.left), say="更多", id="c:more"))
        key = "empty" if not choosing.choices else choosing.about if choosing.first == 1 else "next"
        drafts = sum(bool(one.answers) for one in conversation.applications)
        total = choosing.left + len(choosing.choices)
        known = {"left": choosing.left, "total": total, "drafts": drafts, **listed.facts}
        return Reply(text=say(f"choose.{key}", **known), buttons=buttons)

    def buttons_of(self, offers: Sequence[str], *, numbered: bool) -> tuple[Button, ...]:
        """What can be done about the one case that is shown, as taps: `u:<case>` is 催一下, `v:<case>` 评价."""
        kinds = {"u": "urge", "v": "rate", "b": "supplement", "cb": "resume", "ad": "add"}
        labels = [self._catalogue.say(f"button.{kinds[one.partition(':')[0]]}") for one in offers]
        return tuple(
            Button(number=number if numbered else None, label=label, say=label, id=f"m:{choice}")
            for number, (choice, label) in enumerate(zip(offers, labels, strict=True), 1)
        )

    def other_role(self, conversation: Conversation) -> Button:
        """The way back to the role the person does not speak in now; the tap names the role it leads to."""
        role = "applicant" if conversation.role == "steward" else "steward"
        label = self._catalogue.say(f"button.role_{role}")
        return Button(label=label, say="切换身份", id=f"m:r:{role}")

    def _said(self, conversation: Conversation, listed: Listed, choice: str, number: int) -> str:
        """What a tap says: it must be understood even where the platform leaves out the id of the choice."""
        if choice.startswith(_SAYS_ITSELF):
            return self._label(conversation, listed, choice)
        key = f"choose.say_{choice.partition(':')[0] if choice.startswith('read:') else choice}"
        return self._catalogue.say(key if key in self._catalogue else "choose.say", number=number)

    def _label(self, conversation: Conversation, listed: Listed, choice: str) -> str:
        say = self._catalogue.say
        if choice in listed.labels:
            return listed.labels[choice]
        kind, _, target = choice.partition(":")
        field, _, place = target.partition(":")
        if kind in ("card", "read"):
            return self._of_card(conversation, listed.choosing.about, kind, target)
        draft = next((one for one in conversation.drafts if one.id in (target, place)), None)
        if kind == "w":
            return self._paper(conversation, choice)
        link = next((one for one in conversation.cases if one.case == target.partition("/")[0]), None)
        about = listed.choosing.about
        if draft is not None and kind == "p":
            form = form_of(self._county, draft)
            return say(
                "choose.paper", paper=form.fields[field].called, name=draft_name(self._catalogue, self._county, draft)
            )
        if draft is not None:
            key = "again" if about == "apply" else {"y": "like", "s": "waiting"}.get(kind, "draft")
            return say(f"choose.{key}", name=draft_name(self._catalogue, self._county, draft), filled=draft.filled)
        if link is not None:
            name = answers_name(self._catalogue, self._county, listed.answers.get(choice, {}))
            services = [self._county.service[one].name for one in link.services if one in self._county.service]
            facts = {
                "number": link.number,
                "name": name,
                "services": services,
                "closed": choice in listed.closed,
                "ended": choice in listed.ended,
            }
            return say("choose.like_case" if kind == "y" else "choose.case", **facts)
        return say(f"choose.{kind}") if f"choose.{kind}" in self._catalogue else say("choose.gone")

    def _of_card(self, conversation: Conversation, about: str, kind: str, target: str) -> str:
        """What becomes of a photo, or of what was read on it; the name of a field that may be wrong."""
        what, _, name = target.partition(":")
        field, _, place = name.partition(":")
        draft = next((one for one in conversation.drafts if one.id == place), None)
        if what == "not" and draft is not None:
            return called(form_of(self._county, draft).fields[field])
        several = f"choose.{kind}_{what}_{about.removeprefix('read_')}"
        return self._catalogue.say(several if several in self._catalogue else f"choose.{kind}_{what}")

    def _paper(self, conversation: Conversation, choice: str) -> str:
        """A paper that was still to come: its name, with the number of the case where he has several."""
        invitation, _, act_id = choice.removeprefix("w:").partition("|")
        lists = [one for one in conversation.invitations if one.kind == "supplements"]
        found = next((one for one in lists if one.id == invitation), None)
        act = next((one for one in found.acts if one.id == act_id), None) if found else None
        if found is None or act is None:
            return self._catalogue.say("choose.gone")
        return f"{found.number} {act.label}" if len(lists) > 1 else act.label


def aimed(reply: Reply, draft: Draft) -> Reply:
    """The question's choices with their draft's serial: a tap answers the draft it was asked for, whatever is active then."""
    at = serial(draft)
    buttons = tuple(
        button.model_copy(update={"id": button.id + at}) if button.id else button for button in reply.buttons
    )
    return reply.model_copy(update={"buttons": buttons})


def serial(draft: Draft) -> str:
    """What a tap carries so that it finds this draft again (see `dialogs.advance`)."""
    return f"@{draft.id.rpartition('-')[2]}"
