"""An environment of its own for every peer and baseline, made from its lock when it is first wanted."""

import asyncio
import hashlib
import shutil
import sys
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
ENVIRONMENTS = Path(__file__).parent.parent / "var" / "bench" / "environments"


class CannotInstall(Exception):
    """The locked packages could not be installed; the message is the installer's own last lines."""


async def interpreter(name: str) -> Path:
    """The Python of the peer's environment. A changed lock makes a new one. Raises CannotInstall."""
    lock = PEERS / name / "requirements.lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    place = ENVIRONMENTS / f"{name}-{sys.version_info.major}.{sys.version_info.minor}-{digest}"
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        print(f"  installing {name} (first time only) …", flush=True)
        shutil.rmtree(place, ignore_errors=True)
        await _run(sys.executable, "-m", "venv", str(place))
        pip = (str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes")
        await _run(*pip, "-r", str(lock))
        (place / "complete").touch()
    return python


async def _run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    if process.returncode:
        raise CannotInstall("\n".join(output.decode(errors="replace").splitlines()[-5:]))
