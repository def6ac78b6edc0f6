"""Tables: rows named one by one, and changes to them."""

from collections.abc import Iterator

from dialogs.half_rows import lacking
from dialogs.reading import Understood
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import fillable
from dialogs.understanding.open_cells import open_cells
from dialogs.understanding.row_changes import changed_rows, spoken_of
from dialogs.understanding.rows import completed, found_rows, half_rows, rows_of
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
        option = scene.option_of(scene.form.section_of[table.id])
        shown = option in scene.chosen
        wanted = shown or (not scene.chosen and any(option in options for _, _, options in scene.marked.services))
        halves = tuple(row for row in kept if lacking(table, row))
        whole = found_rows(scene.marked, table, halves)
        fits = [one for one in whole if shown or not one.loose and (not scene.chosen or needs == ())]
        half = half_rows(scene.marked, table, kept) if wanted and (needs == () or fits) else ()
        changed = changed_rows(scene, table, kept) if kept else None
        if changed is not None and changed:
            span = spoken_of(scene.marked, table, kept)
            changed = (*changed, *(one.cells for one in half))
            yield Candidate(table.id, Understood(Rows(rows=changed)), *span, 70, "按名称改一行", needs, how="own")
            continue
        if (told := open_cells(scene, table, kept)) is not None and not fits and not half:
            rows, start, end = told
            yield Candidate(table.id, Understood(Rows(rows=rows)), start, end, 70, "还差的那一格", needs, how="own")
            continue
        found = sorted((*fits, *half), key=lambda one: one.start)
        if found and (needs == () or len(table.columns) > 2 or shown):
            cells, shared = tuple(one.cells for one in found), any(one.shared for one in found)
            rows = (*[row for row in kept if row not in cells and not completed(row, cells, table)], *cells)
            yield Candidate(
                table.id,
                Understood(Rows(rows=rows)),
                min(one.start for one in found),
                max(one.end for one in found),
                (64 if len(table.columns) > 2 else 46) if fits else 62,
                "名称、数量成行" if fits else "一行还差一格",
                needs,
                "derived" if shared else "said",
                shared,
                group=() if fits else (BESIDE,),
                how="own",
            )
