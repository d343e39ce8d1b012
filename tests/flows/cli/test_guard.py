"""However a command ends, a researcher reads one plain sentence, and the details hold nothing of what was said."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import corpus.study
from corpus.errors import study_error
from flows.cli import main
from flows.cli.exit_codes import INTERRUPTED, NO_READER, STOPPED, UNFORESEEN
from flows.cli.guard import guarded
from flows.fault_details import FAULTS, note_fault
from tests.acceptance.trama_command import SAMPLE, TRAMA

SPOKEN = "quello che ha detto la sindaca"
COMMANDS = [
    "run {study}",
    "suggest {study}",
    "settle {study}",
    "check {study}",
    "check {study} --write-codebook",
    "privacy {study}",
    "why {study} temi",
    "diff {study} {study}",
    "export {study}",
    "gc {study}",
    "init {study}/nuovo",
    "serve {study}",
]


class StrangeError(Exception):
    """An exception that Trama does not know."""


def _speak(*_arguments, **_options):
    text = SPOKEN
    raise StrangeError(text) from KeyError(text)


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "studio"
    folder.mkdir()
    (folder / "study.toml").write_text('[study]\ntitle = "Prova"\n')
    return folder


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["it", "en"])
def test_what_nobody_foresaw_is_one_sentence_and_a_file(study, monkeypatch, command, language):
    name = command.split()[0]
    real = main.commands[name].callback.__wrapped__
    _speak.__name__ = name
    monkeypatch.setattr(main.commands[name], "callback", guarded(_speak))
    monkeypatch.setattr("flows.cli.guard.LANGUAGE", language)
    done = CliRunner().invoke(main, command.format(study=study).split())
    assert real is not None
    assert done.exit_code == UNFORESEEN
    details = next((study / ".trama" / FAULTS).iterdir())
    assert done.output.count("\n") == 1
    assert str(details) in done.output
    assert ("fault of its own" in done.output) == (language == "en")
    for text in (done.output, details.read_text()):
        assert SPOKEN not in text
        assert "Traceback" not in text
    written = details.read_text()
    assert written.startswith(f"trama {name}\n")
    for words in ("StrangeError", "KeyError", "_speak", "test_guard.py:", "python 3", "prefect "):
        assert words in written, words


def test_a_real_fault_in_a_library_of_trama(study, monkeypatch):
    monkeypatch.setattr(corpus.study, "read_study", _speak)
    done = CliRunner().invoke(main, ["check", str(study)])
    assert done.exit_code == UNFORESEEN
    assert SPOKEN not in done.output


def test_names_in_code_and_the_systems_words_are_told(study):
    for error, words in (
        (AttributeError("x", name="fold"), "AttributeError: fold"),
        (ModuleNotFoundError("x", name="torch"), "ModuleNotFoundError: torch"),
        (FileNotFoundError(2, "x", SPOKEN), "FileNotFoundError: No such file or directory"),
        (UnicodeDecodeError("utf-8", SPOKEN.encode(), 0, 1, "invalid start byte"), "utf-8 invalid start byte"),
        (ValueError(SPOKEN), "builtins.ValueError\n"),
    ):
        written = note_fault(error, study, "run").read_text()
        assert words in written
        assert SPOKEN not in written


def test_outside_a_study_the_details_lie_with_the_users_caches(study, tmp_path):
    assert note_fault(ValueError(), study / "runs" / "r1", "why").parent == study / ".trama" / FAULTS
    assert note_fault(ValueError(), tmp_path, "init").parent == tmp_path / "cache" / "trama" / FAULTS
    assert note_fault(ValueError(), None, "init").parent == tmp_path / "cache" / "trama" / FAULTS


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), INTERRUPTED, "Interrotto"),
        (study_error("così non va", "that is wrong"), STOPPED, "così non va"),
        (MemoryError(), STOPPED, "memoria"),
        (PermissionError(13, "x", "S01.txt"), STOPPED, "permesso"),
    ],
)
def test_what_was_foreseen_keeps_its_words(study, monkeypatch, error, code, words):
    def fail(**_options):
        raise error

    monkeypatch.setattr(main.commands["check"], "callback", guarded(fail))
    done = CliRunner().invoke(main, ["check", str(study)])
    assert done.exit_code == code
    assert words in done.output
    assert not (study / ".trama").exists()


def test_a_word_that_the_terminal_cannot_show_stops_nothing(study):
    done = subprocess.run(
        [TRAMA, "check", study / "日本"], env={"PYTHONIOENCODING": "latin-1"}, capture_output=True, check=False
    )
    assert done.returncode == STOPPED
    assert b"`??`" in done.stderr


def test_nobody_reads_on():
    shown = subprocess.Popen([TRAMA, "check", SAMPLE], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    shown.stdout.close()
    assert shown.stderr.read() == b""
    assert shown.wait() == NO_READER


def test_a_folder_that_is_gone(tmp_path):
    program = "import os, sys; os.mkdir('x'); os.chdir('x'); os.rmdir('../x'); os.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", program, TRAMA, "check", "studio"], cwd=tmp_path, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == STOPPED
    assert "non c'è più" in done.stderr


def test_ctrl_c_ends_a_run_and_all_its_processes_in_one_sentence(tmp_path):
    study = tmp_path / "studio"
    CliRunner().invoke(main, ["init", str(study)])
    run = subprocess.Popen(
        [TRAMA, "run", study, "--processes", "2", "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not any((study / ".trama" / "store").rglob("*.parquet")):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    subprocess.run(["kill", "-INT", "--", f"-{run.pid}"], check=True)
    said, told = run.communicate(timeout=120)
    assert (said, told) == ("", "Interrotto: quello che era finito resta.\n")
    assert run.returncode == INTERRUPTED


def test_every_command_is_guarded():
    for command in main.commands.values():
        assert isinstance(command, click.Command)
        assert command.callback.__globals__["__name__"] == "flows.cli.guard"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert Path(TRAMA).exists()
