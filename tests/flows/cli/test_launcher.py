"""The `trama` command as it is installed: whatever PYTHONPATH holds, Python starts without the current folder."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.acceptance.hostile_folder import make_hostile

ROOT = Path(__file__).resolve().parents[3]
LAUNCHER = "flows/cli/trama"


@pytest.fixture
def installed(tmp_path):
    """The launcher beside a Python, and a link to it elsewhere."""
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "trama").write_bytes((ROOT / LAUNCHER).read_bytes())
    (programs / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    link = tmp_path / "trama"
    link.symlink_to(programs / "trama")
    return link


def test_it_is_what_is_installed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert settings["tool"]["setuptools"]["script-files"] == [LAUNCHER]
    assert "scripts" not in settings["project"]


@pytest.mark.parametrize("modules", ["", ":", ":/nowhere", "/nowhere:", ".", "./x:.", "/nowhere::/nowhere"])
def test_a_blank_entry_is_not_the_current_folder(installed, tmp_path, modules):
    hostile = make_hostile(tmp_path / "qui", tmp_path / "imported")
    done = subprocess.run(
        [installed, "check", "nessuno studio"], cwd=hostile, env=os.environ | {"PYTHONPATH": modules},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == "la cartella `nessuno studio` non c'è\n"
    assert done.returncode == 1
    assert not (tmp_path / "imported").exists()


def test_what_is_put_there_on_purpose_stays(installed, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(f"open({str(tmp_path / 'seen')!r}, 'w').close()\n")
    environment = os.environ | {"PYTHONPATH": f":{tmp_path}:"}
    subprocess.run([installed, "--version"], cwd="/", env=environment, capture_output=True, check=True)
    assert (tmp_path / "seen").exists()


@pytest.mark.parametrize("module", ["sitecustomize", "click"])
def test_ctrl_c_before_there_is_anything_to_say_is_no_traceback(installed, tmp_path, module):
    (tmp_path / f"{module}.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    done = subprocess.run(
        [installed, "check", "nessuno studio"], cwd="/", env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == (-signal.SIGINT if module == "click" else 1)
