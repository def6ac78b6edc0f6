"""The photos and files that belong to an order: which they are, and who may look at them (X19)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from handlers.systems.visible_form import visible_answers
from model.case import Case
from model.county import County
from model.edition import on_form
from model.message import Invitation
from model.order import Order
from model.staff import Staff
from model.submission import Submission
from model.values import Files, StoredFile
from routing.acts import task_invitation
from routing.lacking import of_order
from routing.open_form import as_filled
from routing.paper_acts import with_papers
from routing.supplement_acts import supplement_name

_NAMED: Final = 3
"""So many kinds of papers are named on a task; the others are a number."""
PDF: Final = "application/pdf"


class Paper(NamedTuple):
    """One file: of which field or supplement it is, what that is called, and the file itself."""

    field: str
    name: str
    file: StoredFile


class Carries(NamedTuple):
    """What the chat of an account can bring: which files as pictures, whether others as files, none above so many bytes."""

    pictures: frozenset[str] = frozenset()
    files: bool = False
    most: int = 0
    file_most: int = 0

    def brings(self, file: StoredFile) -> bool:
        """Whether it brings this one, as a picture or as a file."""
        if file.media_type in self.pictures and file.size <= self.most:
            return True
        return self.files and file.media_type not in self.pictures and file.size <= self.file_most


def papers_of(county: County, case: Case, order: Order, submission: Submission) -> tuple[Paper, ...]:
    """The papers of the sections that his service's form shows, then what was handed in later for this order (补正).

    Of a form that was added to (加办), of all that was signed; each content once for each field.
    """
    county = on_form(county, submission.form_version)
    found = dict.fromkeys(
        (*_of_form(county, case, order, submission), *_handed_in_later(county, case, order)),
    )
    return tuple(found)


def told_of(messages: Mapping[str, str], papers: tuple[Paper, ...]) -> str:
    """How many of which: 规划许可证2张、平面图1份."""
    counts = Counter(one.name for one in papers)
    pictures = {name: all(one.file.media_type != PDF for one in papers if one.name == name) for name in counts}
    named = [
        messages["papers.pictures" if pictures[name] else "papers.files"].format(name=name, count=count)
        for name, count in list(counts.items())[:_NAMED]
    ]
    told = "、".join(named)
    return messages["papers.and_more"].format(told=told, count=len(papers)) if len(counts) > _NAMED else told


def may_see(staff: Staff | None, case: Case, order: Order) -> bool:
    """Whether a member of staff may look at the papers of an order: whoever has it, while it is open; the head of its body;
    his colleagues while nobody of the body has it.
    """
    if staff is None or not staff.serves or staff.county != case.county or not staff.handles:
        return False
    if case.closed_at is not None or order.ending is not None or order.candidates or order.body != staff.body:
        return False
    return order.steward in (None, staff.id) or staff.duty == "lead"


def task_of(county: County, case: Case, order: Order, submission: Submission | None, title: str) -> Invitation:
    """The task of an order for its steward, with the papers it has."""
    task = task_invitation(case, order, county, title)
    told = ""
    if submission is not None and task.acts:
        told = told_of(county.messages, papers_of(county, case, order, submission))
    return with_papers(task, county, told)


def _of_form(county: County, case: Case, order: Order, submission: Submission) -> Iterator[Paper]:
    answers = dict(as_filled(submission, case, county).answers)
    for one in case.additions:
        answers |= one.answers
    if not any(isinstance(one.value, Files) for one in answers.values()):
        return
    seen = visible_answers(county, [order.service], answers)
    for name, field in county.form.fields.items():
        value = seen[name].value if name in seen else None
        if isinstance(value, Files):
            yield from (Paper(name, field.called, file) for file in value.files)


def _handed_in_later(county: County, case: Case, order: Order) -> Iterator[Paper]:
    for one in of_order(case, order):
        yield from (Paper(one.id, supplement_name(county, one), file) for file in one.files)
