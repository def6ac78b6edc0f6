"""The whole bench on documents of our own: the product is started, everything is posted, and what is wrong with an answer is seen."""

import re
import subprocess
from dataclasses import replace

import pytest

from bench.independent.__main__ import main
from bench.independent.accounts import WAYS, Case, cases, strangers
from bench.independent.deliveries import Answer, _wrong
from bench.independent.messages import read
from bench.independent.product import Kept
from sandbox.accounts import Mode
from sandbox.reply import Part, Verdict

HEAD = "<ToUserName>gh_a</ToUserName><FromUserName>o_b</FromUserName><CreateTime>1700000000</CreateTime>"
TEXT = f"<xml>{HEAD}<MsgType>text</MsgType><Content>新装</Content><MsgId>7</MsgId></xml>"
WIFI = f"<xml>{HEAD}<MsgType>event</MsgType><Event>WifiConnected</Event></xml>"
REPLY = Answer(200, Verdict("", (Part("text", "你好"),)))
SUCCESS = Answer(200, Verdict("success"))
NOTHING = Kept({}, {}, {})
ONCE = Kept({b"c": {b"rev": b"1"}}, {b"m": b"r"}, {"outbox": 1})


def wrong(text, answers, *, first=ONCE, last=ONCE):
    return list(_wrong(Case(read(text), WAYS[0], cases((read(text),))[0].account), answers, first, last))


def test_right_answers():
    assert not wrong(TEXT, [REPLY] * 3)
    assert not wrong(WIFI, [SUCCESS] * 3, first=NOTHING, last=NOTHING)
    assert not wrong("<xml>", [Answer(400, Verdict(""))] * 3, first=NOTHING, last=NOTHING)


TWICE = replace(ONCE, conversations={b"c": {b"rev": b"2"}})
MORE_ROWS = replace(ONCE, rows={"outbox": 2})


@pytest.mark.parametrize(
    ("text", "answers", "last", "words"),
    [
        (TEXT, [REPLY, REPLY, Answer(500, Verdict(""))], ONCE, "answered with [200, 200, 500]"),
        (TEXT, [Answer(0, Verdict(""))] * 3, ONCE, "answered with [0, 0, 0]"),
        (TEXT, [Answer(400, Verdict(""))] * 3, ONCE, "a whole message"),
        ("<xml>", [SUCCESS] * 3, ONCE, "not well-formed"),
        ("<xml>", [Answer(400, Verdict(""))] * 3, ONCE, "left a trace"),
        (TEXT, [Answer(200, Verdict("", refused="why"))] * 3, ONCE, "malformed reply: why"),
        (TEXT, [REPLY, REPLY, Answer(200, Verdict("", (Part("text", "又是你"),)))], ONCE, "different answers"),
        (TEXT, [REPLY, SUCCESS, SUCCESS], ONCE, "different answers"),
        (TEXT, [REPLY] * 3, TWICE, "not one effect: revision 2"),
        (TEXT, [REPLY] * 3, NOTHING, "not one effect: revision 0"),
        (TEXT, [REPLY] * 3, replace(ONCE, replies={}), "0 replies kept"),
        (TEXT, [REPLY] * 3, MORE_ROWS, "rows of outbox"),
        (WIFI, [REPLY] * 3, ONCE, "an event beside the conversation"),
    ],
)
def test_wrong_answers(text, answers, last, words):
    assert any(words in one for one in wrong(text, answers, last=last))


def test_every_sample_has_accounts_of_its_own():
    samples = (read(TEXT), read(WIFI), read(TEXT.replace("</xml>", "<Encrypt>x</Encrypt></xml>")))
    them = cases(samples)
    accounts = [one.account for one in them] + list(strangers().values())
    assert len({one.id for one in accounts}) == len({one.appid for one in accounts}) == len(accounts)
    assert {one.account.original_id for one in them} == {"gh_a"}
    assert [one.way.mode for one in them].count(Mode.COMPATIBLE) == 2  # one has a ciphertext already


def test_the_whole_of_it(tmp_path, monkeypatch, capsys):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "a.md").write_text(f"{TEXT}\n{WIFI}\n<xml><A></xml>\n", "utf-8")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "theirs")):
        who = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=theirs, check=True, capture_output=True)
    monkeypatch.setattr("sys.argv", ["independent", str(theirs)])
    assert main() == 0
    said = capsys.readouterr().out
    assert re.search(r"\| theirs \| \w{12} \| 3 \| 2 \| 0 \| 0 \| 0 \|", said)
    assert "| plain | 3 | 12 | 9 | 3 | 3 | 3 | 0 | 0 |" in said
    assert "| safe, at once | 3 | 15 | 9 | 3 | 3 | 3 | 0 | 0 |" in said
    assert said.endswith("\n0 faults\n")
    monkeypatch.setattr("sys.argv", ["independent", str(tmp_path)])
    assert main() == 2
