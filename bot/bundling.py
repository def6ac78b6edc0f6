"""`bundle`: one file with the program and the packages it needs, to be installed on a machine that has no network."""

import hashlib
import io
import json
import re
import secrets
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.settings import ROOT

_LEFT_OUT: Final = ("tests/", "bench/", "docs/screenshots/")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class NotBundled(Exception):
    """No bundle was made; the message says why."""


def bundle_arguments(parser: ArgumentParser) -> None:
    """`bundle --to FILE.tar [--wheels DIRECTORY] [--python 3.12] [--platform manylinux2014_x86_64]`."""
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="a directory: named after its version there"
    )
    parser.add_argument(
        "--wheels", type=Path, metavar="DIRECTORY", help="packages that are here already; default: fetched"
    )
    parser.add_argument("--python", metavar="VERSION", help="of the server, if it is another than this one")
    parser.add_argument("--platform", help="of the server, if it is another than this one")


def bundle(options: Namespace, root: Path = ROOT) -> list[str]:
    """Makes it of what is committed here: sources, packages by the hashes of the lock, and a list of digests. Raises NotBundled."""
    sources = _committed(root)
    version = _version(root, sources)
    file: Path = options.to / f"lianban-{version}.tar" if options.to.is_dir() else options.to
    if file.exists():
        raise NotBundled(f"已经有这个文件：{file}；换一个名字")
    with tempfile.TemporaryDirectory(prefix="lianban-wheels-") as fetched:
        lock = sources["requirements.lock"]
        folder = options.wheels or Path(fetched)
        if options.wheels is None:
            _fetched(lock, folder, options.python, options.platform)
        wheels = _checked(folder, lock.decode())
        part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
        try:
            _written(part, version, sources, wheels)
            part.replace(file)
        except OSError as error:
            raise NotBundled(f"写不了{file}：{error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)
    return [
        f"已写好{file}：联办 {version}，{len(sources)}个文件，{len(wheels)}个依赖包（{file.stat().st_size / 1e6:.0f}MB）。",
        "拿到服务器上，两条命令：",
        f"  tar -xOf {file.name} lianban-{version}/deploy/release.py > release.py",
        f"  python3 release.py upgrade {file.name}",
    ]


def _committed(root: Path) -> dict[str, bytes]:
    """The committed files by name, but for what only tests need."""
    packed = _git(root, "archive", "--format=tar", "HEAD")
    found = dict[str, bytes]()
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for info in tar:
            if info.isreg() and not info.name.startswith(_LEFT_OUT) and (body := tar.extractfile(info)):
                found[info.name] = body.read()
    if lacking := {"requirements.lock", "pyproject.toml", "bot/__main__.py"} - set(found):
        raise NotBundled(f"{root}里没有{'、'.join(sorted(lacking))}：请在程序自己的目录里运行")
    return found


def _version(root: Path, sources: dict[str, bytes]) -> str:
    number = tomllib.loads(sources["pyproject.toml"].decode())["project"]["version"]
    return f"{number}-{(_git(root, 'rev-parse', '--short=8', 'HEAD')).decode().strip()}"


def _git(root: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)  # noqa: S603, S607 - our own words
    except FileNotFoundError:
        raise NotBundled("这台机器上没有 git：安装包要在 git 取出的目录里做") from None
    if done.returncode != 0:
        raise NotBundled(f"安装包要在 git 取出的目录里做：{done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _fetched(lock: bytes, folder: Path, python: str | None, platform: str | None) -> None:
    """Packages as the lock names them, each proved by its hash; never built here, for a server may lack what building needs."""
    listed = folder / "requirements.lock"
    listed.write_bytes(lock)
    words = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
    ]
    words += ["--only-binary", ":all:", "--dest", str(folder), "-r", str(listed)]
    words += ["--python-version", python] if python else []
    words += ["--platform", platform] if platform else []
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)  # noqa: S603 - our own words
    listed.unlink()
    if done.returncode != 0:
        raise NotBundled(f"取不到依赖包：{done.stdout.decode(errors='replace').strip()[-600:]}")


def _checked(folder: Path, lock: str) -> dict[str, Path]:
    """The packages by file name. Raises NotBundled for one that the lock does not know, and where there is none."""
    known, found = set(_HASH.findall(lock)), dict[str, Path]()
    for path in sorted(folder.glob("*.whl")):
        with path.open("rb") as body:
            if hashlib.file_digest(body, "sha256").hexdigest() not in known:
                raise NotBundled(f"{path.name} 不是 requirements.lock 里的那一个（SHA-256 不同）")
        found[path.name] = path
    if not found and known:
        raise NotBundled(f"{folder}里没有依赖包（*.whl）")
    return found


def _written(part: Path, version: str, sources: dict[str, bytes], wheels: dict[str, Path]) -> None:
    digests = dict[str, str]()
    with tarfile.open(part, "x:") as tar:
        for name, data in _members(version, sources, wheels):
            digests[name] = hashlib.sha256(data).hexdigest()
            _add(tar, name, data)
        told = json.dumps({"version": version, "sha256": digests}, indent=1).encode()
        _add(tar, "release.json", told)


def _members(version: str, sources: dict[str, bytes], wheels: dict[str, Path]) -> Iterator[tuple[str, bytes]]:
    for name, data in sorted(sources.items()):
        yield f"lianban-{version}/{name}", data
    for name, path in wheels.items():
        yield f"wheels/{name}", path.read_bytes()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)  # no times, no owners: the same commit makes the same bundle
    info.size, info.mode = len(data), 0o644
    tar.addfile(info, io.BytesIO(data))
