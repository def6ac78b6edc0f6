"""`bundle`: what is committed, and packages the lock knows; a server takes it apart again."""

import hashlib
import subprocess
from argparse import Namespace
from pathlib import Path

import pytest

from bot.bundling import NotBundled, bundle
from deploy.release import unpacked


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A program of four files under git, and the one package it needs."""
    root = tmp_path / "checkout"
    wheel = tmp_path / "wheels" / "sample-1-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"package")
    files = {
        "pyproject.toml": '[project]\nversion = "1.2"\n',
        "requirements.lock": f"sample==1 \\\n    --hash=sha256:{hashlib.sha256(b'package').hexdigest()}\n",
        "bot/__main__.py": "print(1)\n",
        "tests/test_x.py": "",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git = ["git", "-c", "user.name=n", "-c", "user.email=e"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "m"]):
        subprocess.run([*git, *words], cwd=root, check=True)
    return root


def options(checkout: Path, to: Path, wheels: str = "wheels") -> Namespace:
    return Namespace(to=to, wheels=checkout.parent / wheels, python=None, platform=None)


def test_a_bundle_is_what_was_committed_and_the_same_each_time(checkout: Path, tmp_path: Path) -> None:
    (checkout / "bot/__main__.py").write_text("print('not committed')\n")
    one, two = tmp_path / "one.tar", tmp_path / "two.tar"
    told = bundle(options(checkout, one), checkout)
    assert "1个依赖包" in told[0]
    bundle(options(checkout, two), checkout)
    assert one.read_bytes() == two.read_bytes()
    version = unpacked(one, tmp_path / "part")
    assert version.startswith("1.2-") and len(version) == len("1.2-") + 8
    top = tmp_path / "part" / f"lianban-{version}"
    assert (top / "bot/__main__.py").read_text() == "print(1)\n" and not (top / "tests").exists()
    assert (tmp_path / "part/wheels/sample-1-py3-none-any.whl").read_bytes() == b"package"


def test_into_a_folder_it_is_named_after_its_version(checkout: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    bundle(options(checkout, out), checkout)
    [made] = out.iterdir()
    assert made.name.startswith("lianban-1.2-")
    with pytest.raises(NotBundled, match="已经有这个文件"):
        bundle(options(checkout, out), checkout)


def test_a_package_that_the_lock_does_not_know_is_refused(checkout: Path, tmp_path: Path) -> None:
    (checkout.parent / "wheels" / "other-1-py3-none-any.whl").write_bytes(b"other")
    with pytest.raises(NotBundled, match="other-1-py3-none-any.whl 不是"):
        bundle(options(checkout, tmp_path / "x.tar"), checkout)
    (checkout.parent / "empty").mkdir()
    with pytest.raises(NotBundled, match="没有依赖包"):
        bundle(options(checkout, tmp_path / "x.tar", "empty"), checkout)
    with pytest.raises(NotBundled, match="git 取出的目录"):
        bundle(options(checkout, tmp_path / "x.tar"), tmp_path / "wheels")
    assert not list(tmp_path.glob("*x.tar*"))
