"""The figures in words: what was found, what opened, what was answered, and everything that was wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bench.independent.accounts import WAYS
from bench.independent.deliveries import DELIVERIES, Outcome
from bench.independent.sources import Material
from bench.independent.vectors import Sealed


def sources(material: Material) -> Iterator[str]:
    """What each checkout holds."""
    yield "| source | commit | documents | whole messages | templates left out | URL signatures | ciphertexts |"
    yield "|---|---|---|---|---|---|---|"
    for one in material.sources:
        whole = sum(not sample.faults for sample in one.found.values())
        yield (
            f"| {one.name} | {one.commit[:12]} | {len(one.found)} | {whole} | {one.templates} | {len(one.urls)} | {len(one.sealed)} |"
        )
    whole = sum(not sample.faults for sample in material.samples)
    yield f"\n{len(material.samples)} different documents, {whole} of them whole messages of {len(_kinds(material))} kinds."
    unopened, unexplained = (
        set[str]().union(*them)
        for them in ([one.unopened for one in material.sources], [one.unexplained for one in material.sources])
    )
    yield (
        f"{len(unopened)} ciphertexts are opened by no key of their file, {len(unexplained)} hashes sign nothing of theirs (payments, "
        "JS-SDK, whatever else has 40 digits)."
    )
    yield from (
        f"too many combinations to look for signatures: {place}" for one in material.sources for place in one.untried
    )


def _kinds(material: Material) -> Counter[str]:
    return Counter(sample.kind for sample in material.samples if not sample.faults)


def vectors(material: Material, wrong: Sequence[str]) -> Iterator[str]:
    """How many there are, and which did not open or should not have."""
    sealed = [one for one in material.vectors if isinstance(one, Sealed)]
    yield (
        f"\n{len(material.vectors)} vectors: {len(material.vectors) - len(sealed)} signatures of URLs, {len(sealed)} ciphertexts "
        f"({sum(one.signed is not None for one in sealed)} with their signature, {sum(one.repeated for one in sealed)} whose text stands "
        f"beside them); {len(wrong)} faults."
    )


def deliveries(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What became of the documents, by way and by kind."""
    yield "\n| way | documents | turned away beforehand | deliveries | reply | success | 400 | 403 | anything else |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for way in WAYS:
        these = [one for one in outcomes if one.case.way is way]
        kinds = Counter(answer.kind for one in these for answer in one.answers)
        known = [kinds.pop(name, 0) for name in ("reply", "success", "400", "403")]
        yield (
            f"| {way.name} | {len(these)} | {sum(one.before for one in these)} | {len(these) * DELIVERIES} | "
            f"{' | '.join(map(str, known))} | {dict(kinds) or 0} |"
        )
    yield "\n| whole messages | documents | answered with |"
    yield "|---|---|---|"
    plain = [one for one in outcomes if one.case.way is WAYS[0]]
    whole = Counter((one.case.sample.kind, one.answers[0].kind) for one in plain if not one.case.sample.faults)
    yield from (f"| {kind} | {count} | {answer} |" for (kind, answer), count in sorted(whole.items()))
    yield "\n| documents with a fault | answered with | |"
    yield "|---|---|---|"
    faulty = Counter(
        (one.case.sample.kind, ", ".join(one.case.sample.faults), one.answers[0].kind)
        for one in plain
        if one.case.sample.faults
    )
    yield from (f"| {kind}: {why} | {answer} | {count} |" for (kind, why, answer), count in sorted(faulty.items()))
