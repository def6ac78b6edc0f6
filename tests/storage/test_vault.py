"""Encryption of personal data (design §6)."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import vault as vault_module
from storage.vault import Keyring, Unreadable, Vault, canonical

OLD, NEW, LOOKUP = b"o" * 32, b"n" * 32, b"l" * 32


def make_vault(current: str = "old", **keys: bytes) -> Vault:
    return Vault(Keyring(current, keys or {"old": OLD}), LOOKUP)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_sealed_can_be_opened(plaintext: bytes, context: bytes) -> None:
    vault = make_vault()
    key = vault.new_record_key()
    sealed = vault.seal(key, plaintext, context)
    assert vault.open(key, sealed, context) == plaintext
    assert len(sealed) == len(plaintext) + 29


def test_the_same_text_is_sealed_differently_each_time(vault: Vault) -> None:
    key = vault.new_record_key()
    assert len({vault.seal(key, b"text", b"c") for _ in range(100)}) == 100


@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    vault = make_vault()
    key = vault.new_record_key()
    sealed = bytearray(vault.seal(key, b"13812345678", b"c"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        vault.open(key, bytes(sealed), b"c")


def test_a_blob_moved_to_another_place_or_key_is_refused(vault: Vault) -> None:
    key = vault.new_record_key()
    sealed = vault.seal(key, b"text", b"record 1, phone")
    with pytest.raises(Unreadable, match="not authentic"):
        vault.open(key, sealed, b"record 2, phone")
    with pytest.raises(Unreadable, match="not authentic"):
        vault.open(vault.new_record_key(), sealed, b"record 1, phone")


@pytest.mark.parametrize(("sealed", "reason"), [(b"", "too short"), (b"\x01" * 28, "too short")])
def test_a_stump_is_refused(vault: Vault, sealed: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        vault.open(vault.new_record_key(), sealed, b"c")


def test_another_version_is_named_as_such(vault: Vault) -> None:
    key = vault.new_record_key()
    with pytest.raises(Unreadable, match="unknown version"):
        vault.open(key, b"\x02" + vault.seal(key, b"text", b"c")[1:], b"c")


def test_a_wrapped_key_opens_in_another_process() -> None:
    first, second = make_vault(), make_vault()
    key = first.new_record_key()
    assert key.wrapped.startswith("old:")
    again = second.unwrap(key.wrapped)
    assert again == key
    assert second.open(again, first.seal(key, b"text", b"c"), b"c") == b"text"


def test_rotation_keeps_the_record_readable_without_the_old_key() -> None:
    key = make_vault().new_record_key()
    sealed = make_vault().seal(key, b"text", b"c")
    rotating = make_vault("new", old=OLD, new=NEW)
    wrapped = rotating.rewrap(key.wrapped)
    assert wrapped.startswith("new:")
    assert rotating.rewrap(wrapped) == wrapped
    after = make_vault("new", new=NEW)
    assert after.open(after.unwrap(wrapped), sealed, b"c") == b"text"
    with pytest.raises(Unreadable, match="unknown key id"):
        after.unwrap(key.wrapped)


def test_a_wrapped_key_does_not_open_under_another_id() -> None:
    vault = make_vault("old", old=OLD, same=OLD)
    wrapped = vault.new_record_key().wrapped
    with pytest.raises(Unreadable, match="not authentic"):
        vault.unwrap(wrapped.replace("old:", "same:"))


@pytest.mark.parametrize(
    "wrapped",
    ["", "old", "old:", "old:!!!!", "old:甲", "old:AAAA", "old:" + base64.b64encode(bytes(61)).decode(), ":AAAA"],
)
def test_a_damaged_wrapped_key_is_unreadable(wrapped: str) -> None:
    with pytest.raises(Unreadable):
        make_vault().unwrap(wrapped)


def test_unwrapping_again_gives_the_same_key_object_until_forgotten(vault: Vault) -> None:
    key = vault.new_record_key()
    assert vault.unwrap(key.wrapped) is key
    vault.forget(key.wrapped)
    vault.forget(key.wrapped)
    assert vault.unwrap(key.wrapped) is not key


def test_memory_holds_a_bounded_number_of_keys_and_drops_the_longest_unused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault_module, "_CACHED_KEYS", 3)
    vault = make_vault()
    first, second, *_ = [vault.new_record_key() for _ in range(3)]
    assert vault.unwrap(first.wrapped) is first
    vault.new_record_key()
    assert vault.unwrap(first.wrapped) is first
    assert vault.unwrap(second.wrapped) is not second
    assert len(vault._unwrapped) == 3


def test_keys_are_never_printed(vault: Vault) -> None:
    key = vault.new_record_key()
    keyring = Keyring("a", {"a": b"S" * 32})
    assert "secret" not in repr(key)
    assert repr(key.secret)[2:-1] not in repr(key)
    assert "SSS" not in repr(keyring)


@pytest.mark.parametrize(
    ("current", "keys", "message"),
    [
        ("b", {"a": OLD}, "not in the keyring"),
        ("a", {}, "not in the keyring"),
        ("a", {"a": b"short"}, "5 bytes, not 32"),
        ("a:b", {"a:b": OLD}, "may hold only"),
        ("", {"": OLD}, "may hold only"),
    ],
)
def test_a_bad_keyring_is_refused(current: str, keys: dict[str, bytes], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Keyring(current, keys)


def test_a_bad_lookup_key_is_refused() -> None:
    with pytest.raises(ValueError, match="lookup key"):
        Vault(Keyring("a", {"a": OLD}), b"short")


def test_lookup_finds_every_spelling_and_needs_the_key() -> None:
    vault = make_vault()
    found = vault.lookup("41018219900101123X")
    assert found == vault.lookup(" ４１０１８２19900101123x\u3000")
    assert found == make_vault("new", new=NEW).lookup("41018219900101123X")  # rotation leaves lookups alone
    assert found != Vault(Keyring("a", {"a": OLD}), OLD).lookup("41018219900101123X")
    assert len(found) == 32
    assert set(found) <= set("0123456789abcdef")


@given(st.text())
def test_the_canonical_form_is_its_own_canonical_form(value: str) -> None:
    assert canonical(canonical(value)) == canonical(value)


def test_digests_differ_by_context_even_where_the_joined_bytes_are_equal(vault: Vault) -> None:
    assert vault.digest(b"bc", b"a") != vault.digest(b"c", b"ab")
    assert vault.digest(b"bc", b"a") == vault.digest(b"bc", b"a")
    assert vault.digest(b"", b"")[:32] != vault.lookup("")
