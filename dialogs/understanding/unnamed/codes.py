"""Identity, organisation and project numbers, told by their shape and check digit, or by the document named before them."""

import re
from collections.abc import Iterator

from dialogs.kinds.code import account, document
from dialogs.schemes import scheme_of
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.lexicon import Hit
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.codes import read_code
from model.fields import ChoiceField, CodeField


def codes(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The fields that each number of a known shape could answer."""
    for atom in scene.marked.numbered:
        if atom.shape not in ("identity", "organisation", "project"):
            continue
        named = _coded(scene.marked, atom.start)
        if atom.shape == "organisation" and not any(_is_firms(one) for one in fields.codes if one.id in named):
            named = frozenset()  # 登记证号5234…: the word is also one for people's numbers
        for field in fields.codes:
            if named and field.id not in named:
                continue  # 法人身份证号…: nobody else's
            if (needs := scene.needs(field)) is None:
                continue
            scheme = scheme_of(field, scene.answers)
            score = _code_fits(scene, field, scheme, atom)
            if score:
                yield Candidate(
                    field.id,
                    read_code(scene, field, atom),
                    atom.start,
                    atom.end,
                    score + (5 if scene.open(field) else 0),
                    "号码的样子",
                    needs,
                )


def documents(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """The number beside the name of its document: 台胞证 00012345."""
    marked = scene.marked
    for field in fields.codes:
        if field.by is None:
            continue
        for hit in marked.hits:
            kind = _kind_told(scene, field, hit)
            found = _DOCUMENT.match(marked.text, hit.end) if kind else None
            if kind and found:
                yield Candidate(
                    field.id,
                    document(found["number"].upper()),
                    found.start("number"),
                    found.end("number"),
                    60,
                    "证件后面的号码",
                    () if scheme_of(field, scene.answers) == "document" else ((field.by.field, kind),),
                    how="name",
                )


def _kind_told(scene: Scene, field: CodeField, hit: Hit) -> str | None:
    """The kind of document that this word is the name of, or whose number: 台胞证, 回乡证号码."""
    kinds = scene.form.fields[field.by.field] if field.by is not None else None
    if field.by is None or not isinstance(kinds, ChoiceField):
        return None
    named = [one.option for one in hit.of("option") if one.field.id == kinds.id]
    if not named and any(one.field.id == field.id for one in hit.of("label")):
        named = [one.text for one in kinds.options if any(word in hit.text for word in (one.text, *one.words))]
    return next((one for one in named if field.by.schemes.get(one) == "document"), None)


_DOCUMENT = re.compile(
    r"\s*(?:\([^()\d]{1,12}\)\s?)?(?:[,(]\s?(?=号|编号|[A-Z]))?(?:号码?|编号|号|是|为|:)*\s*(?P<number>(?=[A-Za-z0-9]{0,6}\d{4})[A-Za-z0-9]{5,14}(?:\(\d{1,2}\))?)(?![A-Za-z0-9])"
)


def _code_fits(scene: Scene, field: CodeField, scheme: str, atom: Atom) -> int:
    """How well a number of this shape fits; a firm's code only where a firm applies, a person's where he does."""
    if atom.shape == "project":
        return 44 if scheme == "project" else 0
    if field.scheme == scheme == atom.shape:
        firm = scheme == "organisation" or scene.firm
        return 40 if firm else 30
    if field.by is not None and scheme in ("identity", "organisation"):
        chosen = field.by.field in scene.answers
        both = {*field.by.schemes.values(), field.by.otherwise}
        if atom.shape not in both:
            return 0
        if chosen:
            return 42 if scheme == atom.shape else 0
        if atom.shape == "identity" and "organisation" in both and scene.firm:
            return 0
        return 39 if atom.shape == field.by.otherwise else 36
    return 0


def _is_firms(field: CodeField) -> bool:
    """Whether it may be answered with the code of a firm."""
    by = field.by
    return field.scheme == "organisation" or (by is not None and "organisation" in (*by.schemes.values(), by.otherwise))


@once
def _coded(marked: Marked, at: int) -> frozenset[str]:
    """The fields for such numbers that are named right before this one."""
    label = marked.label_before(at)
    told = label.of("label") if label and at - label.end <= _CLOSE else ()
    return frozenset(one.field.id for one in told if isinstance(one.field, CodeField))


_CLOSE = 3


_AHEAD = re.compile(
    r"(?<![\dA-Za-z\-])(\d[\d ]{2,14}\d)[\s,]{0,2}(?:[这那]个?)?(?:就)?(?:是|为)?(?:[我俺咱]们?家?)?"
    r"(?:厂里?|店里?|单位|原来|老|旧|总)?(?:水表|表|水)?的?$"
)
_FARTHEST = 32


def accounts_ahead(scene: Scene) -> Iterator[Candidate]:
    """0045128 这是户号: an account before its name, where none stands behind it."""
    marked = scene.marked
    for hit in marked.labels:
        for sense in hit.of("label"):
            field = sense.field
            if not isinstance(field, CodeField) or field.scheme != "account" or (needs := scene.needs(field)) is None:
                continue
            piece = marked.piece_at(hit.start)
            if re.search(r"\d", marked.said(hit.end, marked.sentence_end(hit.start))):
                continue
            found = _AHEAD.search(marked.said(max(0, hit.start - _FARTHEST), hit.start))
            if found is not None and hit.start - piece.start <= _FARTHEST:
                start = max(0, hit.start - _FARTHEST) + found.start()
                reading = account(found[1].replace(" ", ""))
                yield Candidate(field.id, reading, start, hit.end, 80, f"在“{hit.text}”前面", needs)
