"""How long and how wide pipes are, said without the name of the cell for it."""

import pytest

from tests.dialogues.telling import told

SCALE = "工程项目规模概述(管道长度、管径等)"


def scale(*turns):
    values, _ = told("xinxiang", *turns)
    return values.get("基本信息", {}).get(SCALE)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("水管60米 63的PE管 都在院墙里头走", "水管60米 63的PE管"),
        ("只挪管线 管子大概四五十米 DN50的", "管子大概四五十米 DN50的"),
        ("水新装，DN150的管接进来大概380米", "DN150的管接进来大概380米"),
        ("水/新装/非居民/DN50 约长一百二十米", "DN50 约长一百二十米"),
    ],
)
def test_sizes_of_pipes(said, kept):
    assert scale("报用水 用电", said) == kept


@pytest.mark.parametrize("said", ["水表DN20的", "离马路60米", "水管得从乡道对面接过来"])
def test_no_sizes_of_pipes(said):
    assert scale("报用水 用电", said) is None


def test_ducts_have_cells_of_their_own():
    assert scale("报通信", "管道4孔 孔径110 管道长600米") is None
