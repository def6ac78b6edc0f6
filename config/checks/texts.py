"""Texts: a county's own ones replace texts that exist, every template can be read; the guide's answers and papers."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from config.catalogue import Text
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts

_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined)
_BROKEN = "花括号没有成对，或者里面写错了"
_BRACES = "写成 {{ 名称 }}"
_OF_NOTICES = frozenset({"aloud"})
"""What any notice may ask for, whether the default one does or not."""


def texts(parts: Parts) -> Iterator[Mistake]:
    """The default texts and the county's own."""
    trees = {key: _parsed(text.text) for key, text in parts.defaults.items()}
    for key, text in parts.defaults.items():
        if trees[key] is None:
            yield _mistake(text, _BROKEN, _BRACES)
    if not parts.defaults:
        return
    filters = {one.name for tree in trees.values() for one in _filters(tree)} | set(_ENVIRONMENT.filters)
    for key, text in parts.overrides.items():
        if key not in parts.defaults:
            yield _mistake(text, f"没有“{key}”这段文字", nearest(key, parts.defaults))
            continue
        tree = _parsed(text.text)
        if tree is None:
            yield _mistake(text, _BROKEN, _BRACES)
            continue
        known = _names(trees[key]) | (_OF_NOTICES if key.startswith("notice.") else frozenset())
        for name in sorted(_names(tree) - known):
            valid = nearest(name, sorted(known)) or "原文里没有花括号，这里也不能用"
            yield _mistake(text, f"花括号里的“{name}”在原文里没有", valid)
        for one in _filters(tree):
            if one.name not in filters:
                yield _mistake(text, f"花括号里的“|{one.name}”不认识", nearest(one.name, sorted(filters)))


def guide(parts: Parts) -> Iterator[Mistake]:
    """Answers name only what the county's facts hold; a material's field is one where a photo is handed in."""
    topics, form = parts.guide.value, parts.form.value
    if topics is None:
        return
    for index, topic in enumerate(topics.topics):
        for problem, valid in _answer(topic.answer, parts.guide_facts()):
            yield parts.guide.mistake(("topics", index, "answer"), problem, valid)
    for index, material in enumerate(topics.materials):
        if form is None or material.field is None or material.field in parts.form.broken:
            continue
        field = form.fields.get(material.field)
        if field is None or field.kind != "attachment":
            papers = [one.id for one in form.fields.values() if one.kind == "attachment"]
            problem = f"没有叫“{material.field}”的材料字段"
            yield parts.guide.mistake(("materials", index, "field"), problem, nearest(material.field, papers))


def _answer(answer: str, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with an answer of the guide, which may name facts of the county."""
    tree = _parsed(answer)
    if tree is None:
        yield _BROKEN, _BRACES
        return
    if not facts:
        return
    unknown = sorted(_names(tree) - facts.keys())
    for name in unknown:
        yield f"花括号里的“{name}”不认识", nearest(name, facts)
    for one in tree.find_all(nodes.Getattr):
        if isinstance(one.node, nodes.Name) and one.node.name == "help" and one.attr not in facts["help"]:
            unknown.append(one.attr)
            yield f"花括号里的“help.{one.attr}”不认识", nearest(one.attr, facts["help"])
    if not unknown:
        try:
            _ENVIRONMENT.from_string(answer).render(facts)
        except Exception as error:
            yield f"这段文字填不出来：{error}", "只用 {{ help.hotline }} 这样的写法"


@lru_cache(maxsize=8192)
def _parsed(text: str) -> nodes.Template | None:
    """The template, or nothing if it cannot be read. Every county is checked against the same default texts."""
    try:
        return _ENVIRONMENT.parse(text)
    except (TemplateError, RecursionError):
        return None


def _names(tree: nodes.Template | None) -> set[str]:
    """What a template wants to be given; found by hand, because the library refuses filters it does not know."""
    names = list(tree.find_all(nodes.Name)) if tree is not None else []
    own = {one.name for one in names if one.ctx != "load"} | set(_ENVIRONMENT.globals)
    return {one.name for one in names} - own


def _filters(tree: nodes.Template | None) -> Iterator[nodes.Filter]:
    if tree is not None:
        yield from tree.find_all(nodes.Filter)


def _mistake(text: Text, problem: str, valid: str) -> Mistake:
    return text.document.mistake(text.steps, problem, valid)
