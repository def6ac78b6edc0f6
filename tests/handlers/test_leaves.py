"""A draft taken apart and put together is the same draft, whatever changed in between."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from handlers.leaves import joined, names, pieces
from model.draft import Answer, Draft
from model.values import Words

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def answer(text):
    return Answer(value=Words(text=text), by="p", at=NOW)


def draft(answers):
    return Draft(id="a:p#1", form="f", form_version=1, opened_at=NOW, changed_at=NOW, answers=answers)


steps = st.lists(st.tuples(st.sampled_from(["put", "put", "put", "drop", "empty"]), st.integers(0, 40)), max_size=60)


@given(steps)
def test_pieces_kept_over_many_changes_join_to_the_draft(steps):
    kept, now = {}, None
    for number, (do, which) in enumerate([("empty", 0), *steps]):
        before, answers = now, {} if now is None or do == "empty" else dict(now.answers)
        if do == "put":
            answers[f"field_{which}"] = answer(str(number))
        elif do == "drop":
            answers.pop(f"field_{which}", None)
        now = draft(answers)
        kept = {name: piece for name, piece in {**kept, **pieces(now, before)}.items() if piece is not None}
        assert sorted(kept) == sorted(names(now))
        again = joined(now.id, kept.get)
        assert again == now
        assert list(again.answers) == list(now.answers)


def test_one_answer_changes_one_leaf():
    before = draft({f"field_{n}": answer("x") for n in range(30)})
    after = before.model_copy(update={"answers": {**before.answers, "field_20": answer("y")}})
    assert list(pieces(after, before)) == [before.id, f"{before.id}/2"]
