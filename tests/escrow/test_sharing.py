"""Shamir's sharing: any `need` shares give the secret, fewer give nothing, and the field is that of AES."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.escrow.sharing import _over, _times, join, split

BYTES = st.integers(0, 255)


def test_the_field_is_that_of_fips_197() -> None:
    """Its own examples (4.2), and the inverses, all of them."""
    assert _times(0x57, 0x83) == 0xC1 and _times(0x57, 0x13) == 0xFE
    assert sorted(_times(3, one) for one in range(256)) == list(range(256))
    assert all(_times(_over(1, one), one) == 1 for one in range(1, 256))


@given(BYTES, BYTES, BYTES)
def test_it_is_a_field(a: int, b: int, c: int) -> None:
    assert _times(a, b) == _times(b, a) and _times(a, _times(b, c)) == _times(_times(a, b), c)
    assert _times(a, b ^ c) == _times(a, b) ^ _times(a, c)
    assert not b or _times(_over(a, b), b) == a


@given(st.binary(max_size=40), st.data())
def test_any_that_are_enough_give_the_secret(secret: bytes, data: st.DataObject) -> None:
    shares = data.draw(st.integers(2, 8))
    need = data.draw(st.integers(2, shares))
    made = split(secret, shares=shares, need=need)
    some = data.draw(st.permutations(sorted(made)))[: data.draw(st.integers(need, shares))]
    assert join({number: made[number] for number in some}) == secret
    assert all(len(one) == len(secret) for one in made.values())


def test_with_one_too_few_every_secret_is_as_likely() -> None:
    """Of all polynomials through two shares of three that are needed, one goes through each secret."""
    for numbers in itertools.combinations(range(1, 5), 2):
        found = {join({0x55: bytes([third]), numbers[0]: b"\x12", numbers[1]: b"\xe7"}) for third in range(256)}
        assert found == {bytes([one]) for one in range(256)}


@pytest.mark.parametrize(("shares", "need"), [(1, 1), (3, 1), (2, 3), (256, 2)])
def test_what_is_no_sharing_is_refused(shares: int, need: int) -> None:
    with pytest.raises(ValueError, match="need"):
        split(b"a", shares=shares, need=need)


@pytest.mark.parametrize("shares", [{}, {1: b"a", 2: b"ab"}, {0: b"a", 1: b"b"}])
def test_what_are_no_shares_are_refused(shares: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="one length"):
        join(shares)
