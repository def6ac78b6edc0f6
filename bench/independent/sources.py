"""What some checkouts hold: documents and vectors, each once, with where they were found first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.independent import messages, vectors
from bench.independent.checkouts import Checkout
from bench.independent.literals import strings
from bench.independent.messages import Sample
from bench.independent.vectors import Sealed, Signed


@dataclass
class Source:
    """One checkout. What another one before it holds too counts for both in `found`, and is tried once."""

    name: str
    commit: str
    found: dict[str, Sample] = field(default_factory=dict)
    templates: int = 0
    urls: set[Signed] = field(default_factory=set)
    sealed: set[Sealed] = field(default_factory=set)
    unopened: set[str] = field(default_factory=set)
    unexplained: set[str] = field(default_factory=set)
    untried: list[str] = field(default_factory=list)


@dataclass
class Material:
    """All of it. The values of `samples` and `vectors` are places: `name: path`."""

    sources: list[Source] = field(default_factory=list)
    samples: dict[Sample, str] = field(default_factory=dict)
    vectors: dict[Signed | Sealed, str] = field(default_factory=dict)


def gather(checkouts: Iterable[Checkout]) -> Material:
    """Reads them. Raises NoCheckout."""
    material = Material()
    for checkout in checkouts:
        source = Source(checkout.name, checkout.commit())
        material.sources.append(source)
        for file in checkout.files():
            said = list(strings(file))
            _take(material, source, f"{source.name}: {file.path}", messages.find(said), vectors.find(said))
    return material


def _take(material: Material, source: Source, place: str, found: messages.Found, held: vectors.Vectors) -> None:
    source.templates += found.templates
    for sample in found.samples:
        source.found[sample.text] = sample
        material.samples.setdefault(sample, place)
    source.urls.update(held.urls)
    source.sealed.update(held.sealed)
    source.unopened.update(held.unopened)
    source.unexplained.update(held.unexplained)
    found_here: list[Signed | Sealed] = [*held.urls, *held.sealed]
    for vector in found_here:
        material.vectors.setdefault(vector, place)
    if held.untried:
        source.untried.append(place)
