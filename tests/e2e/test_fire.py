"""A crowd under fire, the short version: see `tests.e2e.fire` for the long one."""

import pytest

from tests.e2e.fire import under_fire

pytestmark = pytest.mark.xdist_group("fire")


async def test_a_crowd_applies_while_the_product_dies(tmp_path):
    windows = ("turn:after", "submitting:after", "accept:after", "receipt:before", "claim:after", "finish:before")
    seen = await under_fire(tmp_path, applicants=24, stewards=6, arriving=4, windows=windows)
    assert seen.cases >= 24
    assert set(windows) <= set(seen.killed)


async def test_a_crowd_applies_at_two_products_on_the_stores_of_production(tmp_path, postgres, external):
    seen = await under_fire(
        tmp_path, applicants=16, stewards=3, arriving=3, windows=("turn:before", "accept:before", "receipt:after"),
        products=2, DATABASE_URL=postgres, REDIS_URL=external,
    )  # fmt: skip
    assert seen.cases >= 16
    assert all(seen.killed.count(name) >= 2 for name in ("turn:before", "accept:before", "receipt:after"))
