"""Releases side by side: upgraded, rolled back, and what happens when the new one is not well. Versions are made up, the rest is real."""

import hashlib
import http.server
import io
import json
import sys
import tarfile
import threading
from pathlib import Path

import pytest

from deploy import release
from deploy.release import main

BOT = """
import os, pathlib, sys
log = pathlib.Path(os.environ["LOG"])
version = pathlib.Path.cwd().name
with log.open("a") as out:
    out.write(f"{version}: {' '.join(sys.argv[1:])}\\n")
if sys.argv[1] == "backup":
    pathlib.Path(sys.argv[3]).write_text("sealed")
sys.exit(sys.argv[1] in os.environ.get("FAILS", "").split() and "没有做成的原因")
"""


def bundle(folder: Path, version: str, *, damage: str = "", extra: tuple[str, bytes] | None = None) -> Path:
    """An installation bundle of a program that only writes down what it is asked."""
    top = f"lianban-{version}"
    files = {
        f"{top}/bot/__init__.py": b"",
        f"{top}/bot/__main__.py": BOT.encode(),
        f"{top}/bot/app.py": b"",
        f"{top}/config/x.py": b"",
        f"{top}/requirements.lock": b"",
    }
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    told = json.dumps({"version": version, "sha256": digests}).encode()
    if damage:
        files[f"{top}/{damage}"] += b" "
    file = folder / f"{version}.tar"
    with tarfile.open(file, "w") as tar:
        for name, data in [*files.items(), *([extra] if extra else []), ("release.json", told)]:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return file


class Server:
    """Stands for the unit: restarted, it runs what `current` points to, and is well unless that version is in `ill`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ill: set[str] = set()
        server = self

        class Ready(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                well = server.running() not in server.ill
                self.send_response(200 if well else 503)
                self.end_headers()
                self.wfile.write(b"" if well else b'{"database": "schema"}')

            def log_message(self, *_: object) -> None:
                pass

        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ready)
        self.url = f"http://127.0.0.1:{self._http.server_port}/readyz"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def running(self) -> str:
        """What the last restart took up."""
        file = self.root / "running"
        return file.read_text().strip() if file.exists() else ""

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A machine with settings and a unit; making environments is left to one test."""
    server = Server(tmp_path / "root")
    log = tmp_path / "log"
    environment = tmp_path / "lianban.env"
    environment.write_text(f"# 设置\nLOG='{log}'\n\nLIANBAN_KEYS='{{\"k1\": \"a b=\"}}'\n")
    monkeypatch.setattr(release, "PAUSE", 0.01)
    monkeypatch.setattr(release, "make_venv", _linked)
    restart = f"{sys.executable} -c \"import os; open('{tmp_path}/root/running', 'w').write(os.path.basename(os.readlink('{tmp_path}/root/current')))\""

    def run(*words: str, **more: str) -> int:
        given = {"root": tmp_path / "root", "environment": environment, "backups": tmp_path / "backups"}
        given |= {"user": "", "restart": restart, "ready": server.url, "wait": "0.3"} | more
        return main([*words, *(part for name, value in given.items() for part in (f"--{name}", str(value)))])

    run.server, run.log, run.folder = server, log, tmp_path
    yield run
    server.close()


def _linked(source: Path, wheels: Path) -> None:
    (source / ".venv" / "bin").mkdir(parents=True)
    (source / ".venv" / "bin" / "python").symlink_to(sys.executable)


def links(here) -> tuple[str, str]:
    root = here.folder / "root"
    return tuple(
        (root / name).readlink().name if (root / name).is_symlink() else "" for name in ("current", "previous")
    )


def test_first_install_upgrade_and_back(here, capsys) -> None:
    assert here("upgrade", str(bundle(here.folder, "1.0-a"))) == 0
    assert links(here) == ("1.0-a", "") and here.log.read_text() == "1.0-a: check\n"
    here.log.unlink()
    assert here("upgrade", str(bundle(here.folder, "1.1-b"))) == 0
    assert links(here) == ("1.1-b", "1.0-a") and here.server.running() == "1.1-b"
    [kept] = (here.folder / "backups").iterdir()
    # The old program makes the backup, the new one tries it, before anything is switched.
    assert here.log.read_text() == f"1.1-b: check\n1.0-a: backup --to {kept}\n1.1-b: restore {kept} --rehearse\n"
    assert here("rollback") == 0
    assert links(here) == ("1.0-a", "1.1-b") and here.server.running() == "1.0-a"
    assert "正在运行 1.0-a" in capsys.readouterr().out


def test_a_new_one_that_is_not_well_is_gone_back_from(here, capsys) -> None:
    here("upgrade", str(bundle(here.folder, "1.0-a")))
    here.server.ill.add("1.1-b")
    assert here("upgrade", str(bundle(here.folder, "1.1-b"))) == 1
    said = capsys.readouterr()
    assert '{"database": "schema"}' in said.out and "没有升级：已退回 1.0-a，它在正常运行" in said.err
    assert links(here) == ("1.0-a", "") and here.server.running() == "1.0-a"
    here.server.ill.clear()
    assert here("upgrade", str(here.folder / "1.1-b.tar")) == 0
    assert "以前装过" in capsys.readouterr().out and links(here) == ("1.1-b", "1.0-a")
    assert here("upgrade", str(here.folder / "1.1-b.tar")) == 0
    assert "没有可做的" in capsys.readouterr().out and links(here) == ("1.1-b", "1.0-a")


def test_a_unit_that_does_not_start_is_gone_back_from(here, capsys) -> None:
    here("upgrade", str(bundle(here.folder, "1.0-a")))
    assert here("upgrade", str(bundle(here.folder, "1.1-b")), restart="false") == 1
    assert "已退回 1.0-a，但它也没有启动好" in capsys.readouterr().err and links(here)[0] == "1.0-a"


@pytest.mark.parametrize("command", ["check", "backup", "restore"])
def test_what_fails_before_the_switch_touches_nothing(here, command: str, capsys) -> None:
    here("upgrade", str(bundle(here.folder, "1.0-a")))
    with (here.folder / "lianban.env").open("a") as settings:
        settings.write(f"FAILS={command}\n")
    assert here("upgrade", str(bundle(here.folder, "1.1-b"))) == 1
    assert "没有做成的原因" in capsys.readouterr().err
    assert links(here) == ("1.0-a", "") and here.server.running() == "1.0-a"


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ({"damage": "bot/app.py"}, "安装包坏了：lianban-1.1-b/bot/app.py"),
        ({"extra": ("lianban-1.1-b/bot/added.py", b"")}, "安装包坏了：lianban-1.1-b/bot/added.py"),
        ({"extra": ("../outside", b"x")}, "不该有的东西：../outside"),
        ({"extra": ("/outside", b"x")}, "不该有的东西：/outside"),
    ],
)
def test_a_bundle_that_was_touched_is_refused(here, made, says: str, capsys) -> None:
    assert here("upgrade", str(bundle(here.folder, "1.1-b", **made))) == 1
    assert says in capsys.readouterr().err
    assert list((here.folder / "root" / "releases").iterdir()) == [] and not (here.folder / "root" / "outside").exists()


def test_what_is_no_bundle_is_said(here, capsys) -> None:
    cut = bundle(here.folder, "1.1-b")
    cut.write_bytes(cut.read_bytes()[:1500])
    for words, says in [
        (["upgrade", str(cut)], "没有传完"),
        (["upgrade", str(here.folder / "none.tar")], "没有这个文件"),
        (["upgrade"], "请写安装包"),
        (["upgrade", str(bundle(here.folder, "..hidden"))], "不像样"),
        (["rollback"], "没有上一版"),
    ]:
        assert here(*words) == 1
        assert says in capsys.readouterr().err


def test_old_releases_go_but_never_those_in_use(here) -> None:
    for number in range(5):
        assert here("upgrade", str(bundle(here.folder, f"1.{number}")), keep="3") == 0
    left = sorted(one.name for one in (here.folder / "root" / "releases").iterdir())
    assert left == ["1.2", "1.3", "1.4"]


def test_a_real_environment_is_made_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an index that cannot be reached, and a package that only the bundle has."""
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    source, wheels = tmp_path / "part" / "lianban-1", tmp_path / "part" / "wheels"
    source.mkdir(parents=True)
    wheels.mkdir()
    wheel = wheels / "sample-1-py3-none-any.whl"
    _wheel(wheel)
    (source / "requirements.lock").write_text(
        f"sample==1 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    )
    release.make_venv(source, wheels)
    moved = tmp_path / "moved"
    source.rename(moved)
    release._run([str(moved / ".venv/bin/python"), "-c", "import sample"])
    with pytest.raises(release.NotReleased, match="没有做成"):
        release._run([str(moved / ".venv/bin/python"), "-c", "import aiohttp"])


def _wheel(file: Path) -> None:
    import zipfile

    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("sample.py", "")
        packed.writestr("sample-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: sample\nVersion: 1\n")
        packed.writestr(
            "sample-1.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        packed.writestr(
            "sample-1.dist-info/RECORD", "sample.py,,\nsample-1.dist-info/METADATA,,\nsample-1.dist-info/WHEEL,,\n"
        )
