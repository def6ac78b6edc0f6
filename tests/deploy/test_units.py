"""The units and the examples of proxies say what the program and its documents say."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted(one.name for one in DEPLOY.iterdir() if one.suffix in {".service", ".timer"})
PATHS = {"/wechat/", "/wecom/", "/pages/", "/api/", "/console/"}


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace("/opt/lianban/current/.venv/bin/python", sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / one) for one in UNITS)], capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if "lianban" in line]
    assert told == [] and done.returncode == 0, done.stderr


def test_the_units_run_what_there_is() -> None:
    """Commands and settings that are there; the program is stopped before its Valkey."""
    known = {f"LIANBAN_{name.upper()}" for name in Settings.model_fields} | {"PYTHONDONTWRITEBYTECODE"}
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8")
        for line in re.findall(r"^Environment=(.*)$", text, re.MULTILINE):
            assert {one.partition("=")[0] for one in line.split()} <= known
    assert "KillMode=mixed" in (DEPLOY / "lianban.service").read_text("utf-8")
    example = (DEPLOY / "lianban.env.example").read_text("utf-8")
    assert set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)) <= known | {"DATABASE_URL", "REDIS_URL"}


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_proxies_pass_on_what_is_ours_and_no_more(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    found = (
        set(re.findall(r"location (/[a-z/]+) \{", text))
        if name == "nginx.conf"
        else set(re.findall(r" (/[a-z]+/)\*", text))
    )
    assert {one for one in found if one.endswith("/")} - {"/"} == PATHS
    assert "9180 " not in text.replace("（9180）", "") and "404" in text
    assert text.count("{") == text.count("}")
    if name == "nginx.conf":
        # Nothing behind the address: nginx would write the path anew, and signed ones would not fit.
        assert set(re.findall(r"proxy_pass (\S+);", text)) == {"http://lianban"}
        assert "location /console/live" in text and "proxy_buffering off" in text
