"""One command puts a release beside the old one, tries it, switches to it, and goes back if it is not well.

`python3 deploy/release.py upgrade FILE.tar` and `python3 deploy/release.py rollback`. Python's own library only: it runs before there is
anything of ours on the machine. What a bundle is: `python -m bot bundle` (bot/bundling.py). Layout below `--root`:

    releases/0.1.0-abc1234/   the program with a `.venv` of its own
    current -> releases/…     what the unit runs
    previous -> releases/…    what `rollback` goes back to

Migrations only add (ADR 6), so the old program runs on after the new one has migrated: going back needs no data restored.
"""

import argparse
import contextlib
import datetime as dt
import hashlib
import json
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PAUSE = 1.0


class NotReleased(Exception):
    """Nothing was switched, or it was switched back; the message says why."""


@dataclass(frozen=True)
class Place:
    """Where the installation is, and how it is spoken to."""

    root: Path
    environment: Path
    backups: Path
    user: str
    restart: Sequence[str]
    ready: str
    wait: float
    keep: int

    @property
    def releases(self) -> Path:
        """All releases, by version."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """The link to what runs."""
        return self.root / "current"

    @property
    def previous(self) -> Path:
        """The link to what ran before."""
        return self.root / "previous"


Say = Callable[[str], None]


def upgrade(place: Place, bundle: Path | None, say: Say) -> None:
    """Unpacks, installs without a network, backs up, tries the backup with the new program, switches, looks. Raises NotReleased."""
    if bundle is None:
        raise NotReleased("请写安装包：release.py upgrade lianban-….tar")
    place.releases.mkdir(parents=True, exist_ok=True)
    running = _target(place.current)
    release = _installed(place, bundle, say)
    if release == running:
        say(f"{release.name} 已经在运行，没有可做的。")
        return
    _bot(place, release, "check")
    say("县的资料在新版里检查过了。")
    if running is not None:
        _backed_up(place, running, release, say)
    _switch(place, release, running, say)
    _tidied(place, say)


def rollback(place: Place, say: Say) -> None:
    """Switches to the release that ran before. Raises NotReleased."""
    running, before = _target(place.current), _target(place.previous)
    if before is None or not before.is_dir():
        raise NotReleased("没有上一版可以退回")
    if before == running:
        raise NotReleased(f"正在运行的 {before.name} 就是上一版")
    _switch(place, before, running, say)


def _installed(place: Place, bundle: Path, say: Say) -> Path:
    """The release of the bundle with its environment; one that was made before is taken as it is."""
    if not bundle.is_file():
        raise NotReleased(f"没有这个文件：{bundle}")
    part = place.releases / f".{os.getpid()}.part"
    try:
        version = unpacked(bundle, part)
        release = place.releases / version
        if release.is_dir():
            say(f"{version} 以前装过，直接用。")
            return release
        source = part / f"lianban-{version}"
        make_venv(source, part / "wheels")
        _run([str(source / ".venv/bin/python"), "-m", "compileall", "-q", "bot", "config"], cwd=source)
        _run([str(source / ".venv/bin/python"), "-c", "import bot.app"], cwd=source)
        source.rename(release)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    say(f"{version} 装好了（没有用网络），还没有切换。")
    return release


def unpacked(bundle: Path, part: Path) -> str:
    """Takes a bundle apart below `part`, each file looked at by its digest; its version. Raises NotReleased."""
    part.mkdir(parents=True)
    try:
        with tarfile.open(bundle, "r:") as tar:
            for info in tar:
                path = PurePosixPath(info.name)
                if not info.isreg() or path.is_absolute() or ".." in path.parts:
                    raise NotReleased(f"安装包里有不该有的东西：{info.name}")
                target = part / path
                target.parent.mkdir(parents=True, exist_ok=True)
                body = tar.extractfile(info)
                assert body is not None
                with target.open("xb") as out:
                    shutil.copyfileobj(body, out)
                target.chmod(0o755 if info.mode & 0o100 else 0o644)
        told = json.loads((part / "release.json").read_text(encoding="utf-8"))
        version, digests = str(told["version"]), dict(told["sha256"])
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise NotReleased(f"{bundle} 不是联办的安装包，或者没有传完：{error}") from error
    found = {
        path.relative_to(part).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in part.rglob("*")
        if path.is_file() and path != part / "release.json"
    }
    if wrong := sorted(set(found.items()) ^ set(digests.items())):
        raise NotReleased(f"安装包坏了：{wrong[0][0]} 和清单对不上，请重新传一次")
    if not version or PurePosixPath(version).name != version or version.startswith("."):
        raise NotReleased(f"安装包的版本号不像样：{version}")
    return version


def make_venv(source: Path, wheels: Path) -> None:
    """An environment below the program, from the wheels of the bundle alone. Raises NotReleased.

    It is used from another path than it is made in: the interpreter finds its environment by its own place, and nothing is run by
    the scripts of packages.
    """
    _run([sys.executable, "-m", "venv", str(source / ".venv")])
    lock = source / "requirements.lock"
    pip = [str(source / ".venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--no-index", "--find-links", str(wheels), "--require-hashes", "-r", str(lock)])


def _backed_up(place: Place, running: Path, release: Path, say: Say) -> None:
    place.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    _own(place, place.backups)
    file = place.backups / f"before-{release.name}-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.backup"
    _bot(place, running, "backup", "--to", str(file))
    say(f"升级前的备份：{file}")
    if "postgres" in _environment(place).get("DATABASE_URL", ""):
        say("数据库是 PostgreSQL：没有演练恢复（要一个空的数据库：restore --rehearse --database），迁移在启动时做。")
        return
    _bot(place, release, "restore", str(file), "--rehearse")
    say("新版把这份备份恢复、迁移、读了一遍，没有问题。")


def _switch(place: Place, release: Path, running: Path | None, say: Say) -> None:
    _point(place.current, release)
    try:
        _restarted(place)
    except NotReleased as error:
        if running is None:
            raise NotReleased(f"{release.name} 没有启动好：{error}。没有上一版可以退回，请看日志") from error
        say(f"{release.name} 没有启动好：{error}。退回 {running.name} ……")
        _point(place.current, running)
        try:
            _restarted(place)
        except NotReleased as again:
            raise NotReleased(f"已退回 {running.name}，但它也没有启动好：{again}。请看日志") from again
        raise NotReleased(f"没有升级：已退回 {running.name}，它在正常运行") from error
    if running is not None:
        _point(place.previous, running)
    say(f"正在运行 {release.name}。" + (f"要退回 {running.name}：rollback" if running else ""))


def _restarted(place: Place) -> None:
    _run(place.restart)
    ends, told = time.monotonic() + place.wait, "没有回答"
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(place.ready, timeout=5) as answer:  # noqa: S310 - the operator's own address
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            told = error.read(300).decode(errors="replace").strip() or f"HTTP {error.code}"
        except (OSError, ValueError) as error:
            told = str(error)
        time.sleep(PAUSE)
    raise NotReleased(f"{place.wait:g}秒里 {place.ready} 一直不行（{told}）")


def _tidied(place: Place, say: Say) -> None:
    """Removes releases that are neither running nor the one before, but for the newest."""
    used = {_target(place.current), _target(place.previous)}
    rest = [
        one for one in place.releases.iterdir() if one.is_dir() and not one.name.startswith(".") and one not in used
    ]
    rest.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    for old in rest[max(0, place.keep - 2) :]:
        shutil.rmtree(old)
        say(f"删掉了旧的 {old.name}。")


def _point(link: Path, release: Path) -> None:
    """Moves a link in one step: whoever follows it meets the old or the new release."""
    fresh = link.with_name(f".{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("releases") / release.name)
    fresh.replace(link)


def _target(link: Path) -> Path | None:
    return link.parent / link.readlink() if link.is_symlink() else None


def _bot(place: Place, release: Path, *words: str) -> None:
    """A command of a release, as the user whose data it touches."""
    environment = {**os.environ, **_environment(place), "PYTHONDONTWRITEBYTECODE": "1"}
    _run(
        [str(release / ".venv/bin/python"), "-m", "bot", *words],
        cwd=release,
        environment=environment,
        user=_user(place),
    )


def _environment(place: Place) -> dict[str, str]:
    """The settings, as systemd reads them: NAME=VALUE, quotes around, # before remarks."""
    found = {}
    try:
        lines = place.environment.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotReleased(f"读不了设置 {place.environment}：{error.strerror}") from error
    for line in lines:
        name, separator, value = line.strip().partition("=")
        if separator and not name.startswith(("#", ";")):
            found[name.strip()] = "".join(shlex.split(value))
    return found


def _user(place: Place) -> str | None:
    return place.user if os.geteuid() == 0 and place.user else None


def _own(place: Place, folder: Path) -> None:
    if (user := _user(place)) is not None:
        with contextlib.suppress(KeyError):
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)


def _run(
    words: Sequence[str],
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
) -> None:
    try:
        group = pwd.getpwnam(user).pw_gid if user else None
        done = subprocess.run(  # noqa: S603 - our own command lines
            words, cwd=cwd, env=environment, user=user, group=group, extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    except (OSError, KeyError) as error:
        raise NotReleased(f"运行不了 {words[0]}：{error}") from error
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace").strip()[-1500:]
        raise NotReleased(f"{' '.join(words[:6])} 没有做成：\n{said}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status is 0, or 1 with the reason on standard error."""
    os.umask(0o022)  # whoever the program runs as reads what is installed here
    parser = argparse.ArgumentParser(description="联办：升级、退回")
    parser.add_argument("action", choices=("upgrade", "rollback"))
    parser.add_argument("bundle", type=Path, nargs="?", help="of upgrade: what `python -m bot bundle` made")
    parser.add_argument("--root", type=Path, default=Path("/opt/lianban"))
    parser.add_argument("--environment", type=Path, default=Path("/etc/lianban/lianban.env"))
    parser.add_argument("--backups", type=Path, default=Path("/var/backups/lianban"))
    parser.add_argument("--user", default="lianban", help="whose data they are; counts where this runs as root")
    parser.add_argument("--restart", default="systemctl restart lianban")
    parser.add_argument("--ready", default="http://127.0.0.1:9180/readyz")
    parser.add_argument("--wait", type=float, default=180, help="seconds until it must be ready, migrations included")
    parser.add_argument("--keep", type=int, default=3, help="releases")
    told = parser.parse_args(arguments)
    restart = shlex.split(told.restart)
    place = Place(
        told.root.absolute(), told.environment, told.backups, told.user, restart, told.ready, told.wait, told.keep
    )

    def say(line: str) -> None:
        print(line, flush=True)

    try:
        if told.action == "rollback":
            rollback(place, say)
        else:
            upgrade(place, told.bundle, say)
    except NotReleased as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
