"""Questions in the middle: answered from the county's guide, then the focus returns (design §3)."""

import re

from dialogs.asking import asks, questions, wonders
from dialogs.derived import derived
from dialogs.events import Answered
from dialogs.folding import bare, fold
from dialogs.outlets import town_of
from dialogs.turn import Turn
from dialogs.understanding.lexicon import lexicon
from dialogs.visible import visible_fields
from model.calendar import CHINA
from model.county import Guide, Topic
from model.fields import ChoiceField, Field

_COMPLAINS = re.compile(r"投诉|举报")
_ASKS = re.compile(_COMPLAINS.pattern + r"|多少|怎么|什么|啥|哪")
"""Words that ask, or wish to be heard, wherever they stand: enough where the guide knows the rest."""


class _Words:
    """Every word of the guide, as messages are compared with it; of two topics that have a word the first is meant."""

    def __init__(self, guide: Guide, *, asked: bool = False) -> None:
        self.topics: dict[str, Topic] = {}
        for topic in guide.topics:
            for word in topic.asked if asked else topic.words:
                self.topics.setdefault(bare(word), topic)
        self._rank = {word: rank for rank, word in enumerate(self.topics)}
        lengths = sorted({len(word) for word in self.topics}, reverse=True)
        self._up_to = [
            tuple(length for length in lengths if length <= most) for most in range(max(lengths, default=0) + 1)
        ]
        """The lengths of words that fit into a text of so many characters, the longest first."""

    def longest(self, text: str) -> Topic | None:
        """The topic of the longest word in the text. The parts of a text are sooner looked up than many words looked for."""
        for length in self._up_to[min(len(text), len(self._up_to) - 1)]:
            found = {part for at in range(len(text) - length + 1) if (part := text[at : at + length]) in self.topics}
            if found:
                return self.topics[min(found, key=self._rank.__getitem__)]
        return None


class _AskedWords(_Words):
    """The words of the guide that mark a topic only in what asks."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide, asked=True)


class _Complaints(_Words):
    """The words of what a county registers as a complaint."""

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide.model_copy(update={"topics": tuple(one for one in guide.topics if one.complaint)}))


_words, _asked_words, _complaints = derived(_Words), derived(_AskedWords), derived(_Complaints)


def answered(turn: Turn, topic: Topic, text: str) -> Answered:
    """The topic's answer; where the county registers what is said of it, not merely asked, with the words (J44)."""
    bare_word = any(bare(text) == bare(word) for word in (*topic.words, topic.title))
    words = text if topic.complaint and not bare_word and not asks(text) else ""
    if not topic.outlets:
        return Answered(topic.id, words)
    return Answered(topic.id, words, turn.now.astimezone(CHINA).date(), town_of(turn, text))


def topic_asked(text: str, guide: Guide) -> Topic | None:
    """The topic that a question is about by a word that says so only in a question: 这钱退给我们不, 每月收多少."""
    known = _asked_words(guide)
    return next((topic for part in questions(text) if (topic := known.longest(bare(part))) is not None), None)


def topic_for(text: str, guide: Guide) -> Topic | None:
    """The topic whose longest word the question contains; None if it is no question, or the guide does not know it."""
    words, known = bare(text), _words(guide)
    if _COMPLAINS.search(text) and (complaint := _complaints(guide).longest(words)) is not None:
        return complaint  # whatever it is about: 我要投诉他们收费
    topic = known.longest(words)
    if topic is None:
        return None
    asked = [*questions(text), *wonders(text)]
    for part in asked:
        if (asked_about := known.longest(bare(part))) is not None:
            return asked_about
    whole = any(words == bare(word) for word in (*topic.words, topic.title))
    return topic if asked or whole or _ASKS.search(text) else None


_MEANS = re.compile(
    r"^[\s,]*(?:这个|那个|这项|那项|又|到底|究竟|[我俺咱]们?|他们?|她们?|也|还)*(?:"
    r"(?:是|指)?(?:的)?(?:啥意思|什么意思|几个意思|是个啥|是个什么|是干[啥嘛]的?|是啥|是什么|什么|啥|怎么填|咋填|怎么写|咋写|怎么算|指什么|指啥|有什么用|有啥用|填什么|填啥)"
    r"|(?P<unsure>(?:说|弄|搞|分)不(?:太)?(?:清|准|明白)楚?|不(?:太|大)?(?:清楚|知道|晓得|确定|懂|明白)|拿不准|没(?:个)?数))[?？吗呢啊]*"
)
_ASKED = re.compile(r"啥|什么|怎么|咋|不")
_WHAT_IS = re.compile(r"(?:啥|什么)(?:是|叫|叫做|算)$")


def asked_about(turn: Turn, text: str) -> Field | None:
    """The field whose meaning is asked (自备电源是啥意思), or of which the person cannot say (是不是非线性我也说不清).

    Where a field may be left open, not knowing leaves it open and is no question.
    """
    folded = fold(text)
    if not _ASKED.search(folded):
        return None
    shown = {one.id for one in visible_fields(turn.form, turn.draft.answers)}
    for hit in lexicon(turn.form).scan(folded):
        senses = hit.of("yes", "no") if _is_whether(folded, hit.start) else hit.of("label")
        end = hit.end
        if not senses and hit.text.endswith("是") and _ASKED.search(folded, end, end + 2):
            senses, end = hit.of("yes", "no"), end - 1  # 非线性是|个啥 is no 是
        named = [one.field for one in senses if one.field.id in shown]
        means = _MEANS.match(folded[end:]) if named else None
        what = bool(named) and _WHAT_IS.search(folded, max(0, hit.start - 4), hit.start)
        if means is None and not what:
            continue
        if means is not None and means["unsure"]:
            named = [one for one in named if one.need == "required" and not _knows(one, means["unsure"])]
        if named:
            return next((one for one in named if one.id not in turn.draft.answers), named[0])
    return None


_WHICH = re.compile(r"选哪|选啥|填哪|填啥|勾哪|[咋怎]么?[选填勾写]|算哪|哪[个一]类|属于哪|勾.{1,8}还是")


def explained(turn: Turn, text: str, chosen: tuple[str, ...]) -> Field | None:
    """The field that a question names (谷峰划算不), else the one it is to choose for: its help is the answer.

    `chosen`: fields whose options the message names.
    """
    shown = {one.id: one for one in visible_fields(turn.form, turn.draft.answers)}
    asked = questions(text)
    if asked and _COUNTS.search(text):
        asked = [fold(text)]
    for part in (clause for one in asked for clause in _asking(one)):
        for hit in lexicon(turn.form).scan(part):
            senses = hit.of("label", "yes", "no") if len(hit.text) >= _NAMED else ()
            named = [one.field for one in senses if one.field.id in shown]
            if named and not _IS_NUMBER.search(part):
                return next((one for one in named if one.id not in turn.draft.answers), named[0])
    if any(_WHICH.search(part) for part in asked):
        return next((shown[one] for one in chosen if isinstance(shown.get(one), ChoiceField)), None)
    return None


def _asking(question: str) -> list[str]:
    """The clauses of a question that ask it; what is told before them is no part of it (变压器带不动了, 找您这儿对吧?)."""
    clauses = _CLAUSES.split(question)
    return clauses if _COUNTS.search(question) else [one for one in clauses if asks(one)] or clauses[-1:]


_COUNTS = re.compile(r"算不算|算[吗么不]$|算(?:进去|在内|上)?[吗么]|用不用算|要不要算")
"""非线性那个 充电桩8个算不算: it is asked of what was named before."""
_CLAUSES = re.compile(r"[,、 ]")
_NAMED = 2
_IS_NUMBER = re.compile(r"\d{3}")


def _is_whether(text: str, at: int) -> bool:
    """Whether the word that begins here is half of a question of the form 是不是: 是|不是非线性, 有没|有发电机."""
    before = text[at - 1] if at else ""
    return before in ("不", "没", "否") or (text[at] in "不没" and before == text[at + 1 : at + 2])


def _knows(field: Field, words: str) -> bool:
    """Whether not knowing is one of the answers (外线工程: 不清楚)."""
    return isinstance(field, ChoiceField) and any(words in (one.text, *one.words) for one in field.options)
