"""`keys escrow` and `keys recover`, from the running keys to paper and back."""

import io
import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.backup.key import fresh_key
from bot.escrow.bundle import unpacked
from bot.keys import secrets
from bot.settings import Settings, new_keys
from tests.machine import own_machine


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_machine(tmp_path, monkeypatch)
    monkeypatch.setenv("LIANBAN_BACKUP_KEY", fresh_key())


@pytest.fixture
def papers(tmp_path: Path, capsys):
    """Escrow as asked for, each paper in a file of its own."""

    def make(*words: str, prefix: str = "p") -> list[str]:
        assert main(["keys", "escrow", *words]) == 0
        printed = capsys.readouterr().out
        assert Settings().lookup_key.get_secret_value() not in printed
        made = []
        for number, text in enumerate(printed.split("联办钥匙 第")[1:], 1):
            file = tmp_path / f"{prefix}{number}.txt"
            file.write_text(f"联办钥匙 第{text}", encoding="utf-8")
            made.append(str(file))
        return made

    return make


def said(capsys, *words: str) -> tuple[int, str]:
    status = main(["keys", "recover", *words])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_any_two_of_three_give_the_keys_back(papers, capsys, tmp_path: Path, monkeypatch) -> None:
    first, second, third = papers()
    for pair in ((first, second), (third, first), (second, third), (first, second, third)):
        assert said(capsys, *pair, "--check") == (0, "对：这几份合起来就是现在用的钥匙。\n")
    before, backup = secrets(Settings()), Settings().backup_key.get_secret_value()
    file = tmp_path / "new" / "keys.json"
    status, told = said(capsys, first, third, "--to", str(file))
    assert status == 0 and f"LIANBAN_BACKUP_KEY='{backup}'" in told
    assert file.stat().st_mode & 0o077 == 0
    for name in ("KEYS", "LOOKUP_KEY"):
        monkeypatch.delenv(f"LIANBAN_{name}")
    monkeypatch.setenv("LIANBAN_KEYS_FILE", str(file))
    assert secrets(Settings()) == before
    assert said(capsys, first, third, "--to", str(file))[0] == 1


def test_printed_as_settings_they_are_the_same(papers, capsys, monkeypatch) -> None:
    made = new_keys()
    monkeypatch.setenv("LIANBAN_KEYS", json.dumps({"k1": made["k1"], "k2": new_keys()["k1"]}))
    monkeypatch.setenv("LIANBAN_LOOKUP_KEY_BEFORE", made["lookup"])
    before = secrets(Settings())
    status, told = said(capsys, *papers("--shares", "2"))
    assert status == 0
    for line in told.splitlines():
        name, _, value = line.partition("=")
        monkeypatch.setenv(name, value.strip("'"))
    assert secrets(Settings()) == before and before.keyring.current == "k2"


def test_too_few_the_same_twice_or_of_another_day(papers, capsys) -> None:
    first, second, _ = papers()
    assert "要2份不同的才行，现在只有1份（第1份），再找1份" in said(capsys, first)[1]
    assert "只有1份" in said(capsys, first, first)[1]
    [other, *_] = papers(prefix="q")
    status, told = said(capsys, second, other)
    assert status == 1 and "不是同一次分的" in told


def test_a_wrong_share_is_recognised_and_passed_over_where_there_are_enough(papers, capsys, monkeypatch) -> None:
    first, second, third = papers()
    monkeypatch.setattr("bot.keys_cli.os.urandom", lambda _: b"same")
    good = papers("--shares", "3", prefix="g")
    other = papers("--shares", "3", prefix="o")  # the same batch by chance
    status, told = said(capsys, good[0], other[1])
    assert status == 1 and "合起来却不是钥匙" in told
    assert said(capsys, good[0], other[1], good[2], "--check")[0] == 0
    assert "都说自己是第1份" in said(capsys, good[0], other[0])[1]


def test_keys_that_were_replaced_since_are_said_to_be_old(papers, capsys, monkeypatch) -> None:
    made = papers("--shares", "2")
    monkeypatch.setenv("LIANBAN_LOOKUP_KEY", new_keys()["lookup"])
    status, told = said(capsys, *made, "--check")
    assert status == 1 and "不是现在用的钥匙" in told


def test_typed_at_the_terminal(papers, capsys, monkeypatch) -> None:
    text = "".join(Path(one).read_text(encoding="utf-8") for one in papers()[:2])
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert said(capsys, "-", "--check")[0] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["escrow", "--need", "1"], "--need 至少2"),
        (["escrow", "--shares", "2", "--need", "3"], "--need 至少2"),
        (["escrow", "--shares", "99"], "最多16"),
        (["recover"], "请写各份所在的文件"),
        (["recover", "none.txt"], "读不了none.txt"),
    ],
)
def test_what_is_typed_wrong_of_keys_is_said(words: list[str], says: str, capsys) -> None:
    assert main(["keys", *words]) == 1
    assert says in capsys.readouterr().err


def test_other_bytes_are_no_bundle() -> None:
    for data in (b"", b"a", bytes(8), bytes(100)):
        assert unpacked(data) is None
