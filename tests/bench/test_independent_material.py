"""Messages and vectors are found among strings, judged by what the platform always sends, and tried at our door; all made up here."""

import hashlib
import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.independent.checkouts import Checkout, NoCheckout
from bench.independent.doors import wrong_sealed, wrong_url
from bench.independent.messages import find, read
from bench.independent.sources import gather
from bench.independent.vectors import find as find_vectors
from sandbox.crypto import MessageCipher, signature

HEAD = "<ToUserName>gh_a</ToUserName><FromUserName><![CDATA[o_b]]></FromUserName><CreateTime>1700000000</CreateTime>"
TEXT = f"<xml>{HEAD}<MsgType>text</MsgType><Content>新装</Content><MsgId>7</MsgId></xml>"
EVENT = f"<xml>{HEAD}<MsgType> <![CDATA[event]]> </MsgType><Event>WifiConnected</Event></xml>"
TOKEN, NONCE, STAMP, APPID = "our token", "4711", "1700000000", "wx00000000000000aa"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def test_messages_are_found_in_strings():
    found = find([f"before {TEXT} and {EVENT} after", TEXT, "<xml><A>%s</A></xml>", "nothing", "xml>a1"])
    assert [(one.kind, one.faults, one.to, one.person) for one in found.samples] == [
        ("text", (), "gh_a", "o_b"), ("event WifiConnected", (), "gh_a", "o_b"), ("broken", ("not well-formed",), "", ""),
    ]  # fmt: skip
    assert found.templates == 1


@pytest.mark.parametrize(
    "hole", ["{}", "{name}", "${name}", "$name", "{$name}", "%s", "%(a)s", "%d", "<%=a%>", "{{ a }}"]
)
def test_what_is_filled_in_first_is_no_sample(hole):
    assert find([TEXT.replace("新装", hole)]) == find([TEXT.replace("新装", "%s")])
    assert find([TEXT.replace("新装", '{"a": 5} 100% $5')]).samples


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (TEXT.replace("<MsgId>7</MsgId>", ""), ("MsgId",)),
        (TEXT.replace("<MsgId>7", "<MsgId>七"), ("MsgId",)),
        (TEXT.replace("1700000000", "yesterday"), ("CreateTime",)),
        (TEXT.replace("gh_a", ""), ("ToUserName",)),
        (TEXT.replace(">text<", ">image<"), ("MediaId",)),
        (TEXT.replace(">text<", ">location<"), ("Location_X, Location_Y",)),
        (EVENT.replace("WifiConnected", ""), ("Event",)),
        ("<xml><Encrypt>x</Encrypt></xml>", ("ToUserName", "FromUserName", "MsgType", "CreateTime")),
    ],
)
def test_faults_are_told(text, faults):
    assert read(text).faults == faults


def test_events_beside_a_conversation_are_told_from_what_waits_for_an_answer():
    assert read(EVENT).unspoken
    assert not read(EVENT.replace("WifiConnected", "SCAN")).unspoken
    assert not read(TEXT).unspoken


def sealed_strings():
    sealed = MessageCipher(KEY, APPID).encrypt(TEXT)
    mark, push = signature(TOKEN, STAMP, NONCE), signature(TOKEN, STAMP, NONCE, sealed)
    url = f"POST /x?signature={mark}&msg_signature={push}&timestamp={STAMP}&nonce={NONCE}"
    return [url, TOKEN, APPID, f"{KEY}=", f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>", "a word", TEXT]


def test_vectors_are_found_by_what_signs_and_what_opens():
    said = sealed_strings()
    found = find_vectors([*said, "f" * 40])
    (url,), (sealed,) = found.urls, found.sealed
    assert (url.token, url.nonce, url.timestamp) == (TOKEN, NONCE, STAMP)
    assert (sealed.receiver, sealed.text, sealed.repeated) == (APPID, TEXT, True)
    assert sealed.signed is not None
    assert (found.unexplained, found.unopened) == (("f" * 40,), ())
    assert not wrong_url(url)
    assert not wrong_sealed(sealed)


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_no_vector_without_its_parts(missing):
    said = sealed_strings()
    del said[missing]
    found = find_vectors(said)
    assert bool(found.urls) == (missing != 1)
    assert bool(found.sealed) == (missing == 1)


def test_a_door_that_lets_too_much_in_is_noticed(monkeypatch):
    found = find_vectors(sealed_strings())
    monkeypatch.setattr("bot.channels.wechat.envelope.signed", lambda *_: True)
    assert {"another signature: not refused", "another token: not refused"} <= set(wrong_url(found.urls[0]))
    assert "another msg_signature: not refused" in wrong_sealed(found.sealed[0])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8))
def test_any_strings_are_searched(said):
    said += ["0" * 40, "A" * 43, "B" * 64, "1700000000"]
    assert not find_vectors(said).sealed
    find(said)


@pytest.fixture
def repository(tmp_path):
    def git(*arguments):
        who = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path / "theirs", check=True, capture_output=True)

    (tmp_path / "theirs" / "tests").mkdir(parents=True)
    (tmp_path / "theirs" / "tests" / "a.js").write_text(
        "".join(f"f({json.dumps(one)});\n" for one in sealed_strings()), "utf-8"
    )
    (tmp_path / "theirs" / "b.md").write_bytes(f"```xml\r\n{EVENT}\r\n```\r\n新".encode("gb18030"))
    (tmp_path / "theirs" / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / "theirs" / "link.md").symlink_to("b.md")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "theirs")
    (tmp_path / "theirs" / "b.md").write_text("not committed", "utf-8")
    git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    return tmp_path


def test_a_repository_is_read_as_committed_with_or_without_a_work_tree(repository):
    for name in ("theirs", "theirs/.git", "bare"):
        checkout = Checkout(repository / name)
        assert checkout.name == ("bare" if name == "bare" else "theirs")
        assert {one.path for one in checkout.files()} == {"tests/a.js", "b.md"}
    twice = gather([Checkout(repository / "theirs"), Checkout(repository / "bare")])
    assert [len(one.found) for one in twice.sources] == [3, 3]
    assert {sample.kind: place for sample, place in twice.samples.items()} == {
        "text": "theirs: tests/a.js", "sealed": "theirs: tests/a.js", "event WifiConnected": "theirs: b.md",
    }  # fmt: skip
    assert len(twice.vectors) == 2
    for wrong in (repository, repository / "theirs" / "tests", repository / "nowhere"):
        with pytest.raises(NoCheckout):
            gather([Checkout(wrong)])


def test_signatures_are_those_of_the_published_example():
    """platform rule: the example of its documentation, which no code of ours has computed."""
    value = "899cf89e464efb63f54ddac96b0a0a235f53aa78"
    assert hashlib.sha1("".join(sorted(["AAAAA", "1714037059", "486452656"])).encode()).hexdigest() == value
    (url,) = find_vectors(["AAAAA", f"?signature={value}&timestamp=1714037059&nonce=486452656"]).urls
    assert not wrong_url(url)
