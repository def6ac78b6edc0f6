"""Values that stand without the name of their field: told by their shape, their unit, or the county's words for options."""

from collections.abc import Iterator

from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt
from dialogs.understanding.unnamed.acts import acts
from dialogs.understanding.unnamed.addresses import addresses
from dialogs.understanding.unnamed.appointments import appointments
from dialogs.understanding.unnamed.buildings import buildings_named
from dialogs.understanding.unnamed.codes import accounts_ahead, codes, documents
from dialogs.understanding.unnamed.descriptions import cells, descriptions, sizes
from dialogs.understanding.unnamed.entitled import entitled
from dialogs.understanding.unnamed.heads import heads
from dialogs.understanding.unnamed.indeed import indeed
from dialogs.understanding.unnamed.measures import measures
from dialogs.understanding.unnamed.moments import days_alone
from dialogs.understanding.unnamed.names import names_said
from dialogs.understanding.unnamed.none_before import none_before
from dialogs.understanding.unnamed.options import options_said
from dialogs.understanding.unnamed.other_options import other_options
from dialogs.understanding.unnamed.phones import phones
from dialogs.understanding.unnamed.remarks import remarks
from dialogs.understanding.unnamed.trades import trades
from dialogs.understanding.unnamed.verdicts import verdicts
from dialogs.understanding.unnamed.wishes import wishes
from dialogs.understanding.unnamed.written import written


def unnamed(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """All of them, each with every field it could answer."""
    fields = fillable(scene.form)
    yield from codes(scene, fields)
    yield from documents(scene, fields)
    yield from accounts_ahead(scene)
    yield from phones(scene, fields)
    yield from names_said(scene, fields)
    yield from heads(scene)
    yield from addresses(scene, fields)
    yield from options_said(scene, topic_at)
    yield from acts(scene, topic_at)
    yield from none_before(scene, fields)
    yield from other_options(scene, topic_at)
    yield from measures(scene, fields, topic_at)
    yield from buildings_named(scene, fields, topic_at)
    yield from appointments(scene, fields)
    yield from days_alone(scene, fields, topic_at)
    yield from remarks(scene, fields, topic_at)
    yield from wishes(scene, fields)
    yield from written(scene, fields)
    yield from entitled(scene, fields)
    yield from cells(scene, topic_at)
    yield from sizes(scene, fields, topic_at)
    yield from descriptions(scene, fields, topic_at)
    yield from trades(scene)
    yield from verdicts(scene)
    yield from indeed(scene)
