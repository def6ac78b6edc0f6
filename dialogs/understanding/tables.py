"""Tables: rows named one by one, and changes to them."""

from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.row_changes import changed_rows, spoken_of
from dialogs.understanding.rows import found_rows, kept_halves, rows_of
from dialogs.understanding.scene import Scene
from model.draft import Draft
from model.values import Rows


def tables(scene: Scene, draft: Draft) -> Iterator[Candidate]:
    """A candidate for each table of which rows are named or changed."""
    for table in fillable(scene.form).tables:
        needs = scene.needs(table)
        if needs is None:
            continue
        kept = rows_of(draft.answers, table)
        changed = changed_rows(scene, table, kept) if kept else None
        if changed is not None and changed:
            span = spoken_of(scene.marked, table, kept)
            yield Candidate(table.id, Understood(Rows(rows=changed)), *span, 70, "按名称改一行", needs, how="own")
            continue
        found = found_rows(scene.marked, table, kept_halves(draft.slips.get(table.id, ""), table))
        fits = [
            one
            for one in found
            if scene.option_of(scene.form.section_of[table.id]) in scene.chosen
            or not one.loose
            and (not scene.chosen or needs == ())
        ]
        if fits and (
            needs == () or len(table.columns) > 2 or scene.option_of(scene.form.section_of[table.id]) in scene.chosen
        ):
            cells = tuple(one.cells for one in fits)
            shared = any(one.shared for one in fits)
            rows = (*[row for row in kept if row not in cells], *cells)
            yield Candidate(
                table.id,
                Understood(Rows(rows=rows)),
                fits[0].start,
                fits[-1].end,
                64 if len(table.columns) > 2 else 46,
                "名称、数量成行",
                needs,
                "derived" if shared else "said",
                shared,
                how="own",
            )
