"""What a QR code says: ours is read as it was written, and whatever else a code may say is nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.client import MAX_SCENE
from model.scene import AtEntrance, Binding, GoingOn, scene_of

_WORD = st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True)
_CODE = st.from_regex(r"[0-9A-Z]{1,32}", fullmatch=True)


@given(st.builds(AtEntrance, entrance=_WORD) | st.builds(Binding, code=_CODE) | st.builds(GoingOn, code=_CODE))
def test_what_we_write_we_read_and_the_platform_takes(scene: AtEntrance | Binding | GoingOn) -> None:
    assert scene_of(str(scene)) == scene
    assert 1 <= len(str(scene)) <= MAX_SCENE


@given(st.text(max_size=64) | st.builds("lianban-{}-{}".format, st.text(max_size=8), st.text(max_size=40)))
def test_another_code_is_nothing_or_one_of_ours(text: str) -> None:
    found = scene_of(text)
    assert found is None or str(found) == text
