"""内部已完工 said in one's own words, and what only sounds like it (X44, X51)."""

import pytest

from dialogs.built_inside import says_built


@pytest.mark.parametrize(
    "text",
    [
        "我们内部管道做好了",
        "里面的管子装好了",
        "院里的线都弄完了",
        "内部施工完成",
        "自己这边的活干完啦。",
        "屋里已经完工了",
    ],
)
def test_it_is_done(text):
    assert says_built(text)


@pytest.mark.parametrize(
    "text",
    [
        "里面的管子还没装好", "内部什么时候做完", "我们明天弄完了", "管道快好了", "里面做好了吗", "我的材料交完了", "好了", "水表装好了",
        "我知道了", "里面不用做了", "我们合同签好了",
    ],
)  # fmt: skip
def test_it_is_not(text):
    assert not says_built(text)
