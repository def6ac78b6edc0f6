"""What the hotline says to whom no message reaches: words for the ear, for he has nothing before him to tap or to answer."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from handlers.wording.catalogue import Catalogue
from handlers.wording.sampled import sampled
from tests.shipped import shipped

#: What only somebody can do who has the message on his screen.
SEEN = re.compile(r"点|(?<!没有)回复|发来|发给我|链接|下面|上面这|这里填|直接写|扫")
#: Not about a case or a question, so that nobody calls because of it: the morning's list, a draft that ends.
NEVER_CALLED = {"notice.steward.digest", "notice.lead.digest", "notice.applicant.draft_ends"}
NAMES = ["xinxiang", "jingxian"]


def heard(tree: nodes.Node) -> Iterator[str]:
    """Every word that may be said aloud, whatever the facts."""
    if isinstance(tree, nodes.If) and isinstance(tree.test, nodes.Name) and tree.test.name == "aloud":
        children: list[nodes.Node] = list(tree.body)
    elif isinstance(tree, nodes.If) and _needs_no_ear(tree.test):
        children = list(tree.else_)
    elif isinstance(tree, nodes.TemplateData):
        yield tree.data
        return
    elif isinstance(tree, nodes.Const):
        yield str(tree.value)
        return
    else:
        children = list(tree.iter_child_nodes())
    for one in children:
        yield from heard(one)


def _needs_no_ear(test: nodes.Node) -> bool:
    """`not aloud`, by itself or with something else."""
    if isinstance(test, nodes.And):
        return _needs_no_ear(test.left) or _needs_no_ear(test.right)
    return isinstance(test, nodes.Not) and isinstance(test.node, nodes.Name) and test.node.name == "aloud"


@pytest.mark.parametrize("name", NAMES)
def test_nobody_on_the_telephone_is_told_to_tap(name: str) -> None:
    environment = SandboxedEnvironment()
    messages = shipped()[name].messages
    texts = [key for key in messages if key.startswith("notice.") and key not in NEVER_CALLED]
    assert len(texts) > 200
    said = {key: "".join(heard(environment.parse(messages[key]))) for key in texts}
    assert not {key: found.group() for key, words in said.items() if (found := SEEN.search(words))}


@pytest.mark.parametrize("name", NAMES)
def test_words_for_the_ear_are_whole(name: str) -> None:
    """Each can be said, sentence by sentence like the written one."""
    county = shipped()[name]
    catalogue = Catalogue(county)
    for key in (one for one in county.messages if one.startswith("notice.") and "aloud" in county.messages[one]):
        written, aloud = sampled(catalogue, county, key), sampled(catalogue, county, key, aloud=True)
        assert written.count("\n") == aloud.count("\n"), (written, aloud)
        assert not re.search("。。|？。|；。|，，|，。", f"{written}\n{aloud}"), (written, aloud)


def test_a_branch_for_the_eye_is_not_heard() -> None:
    text = (
        "{% if aloud %}打电话{% else %}请点{% endif %}。{% if b and not aloud %}请回复{% else %}说{{ '好' }}{% endif %}"
    )
    assert "".join(heard(SandboxedEnvironment().parse(text))) == "打电话。说好"
