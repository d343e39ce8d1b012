"""What fails under a run: a full disk, kept files damaged or hostile. Earlier runs stay, the next one works."""

import json
import os
import pickle
import subprocess
import urllib.error

import pytest

from tests.acceptance.running_service import ANALYSE, ENDED, serving
from tests.acceptance.study_files import outputs, say_more
from tests.acceptance.trama_command import copy_sample, trama
from tests.acceptance.waiting import wait_for

pytestmark = pytest.mark.service


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own of 64 MB."""
    folder = tmp_path / "disco"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"needs the right to mount a small file system: {mounted.stderr.strip()}")
    yield folder
    # what a killed process had open may be open a moment longer
    wait_for(lambda: subprocess.run(["umount", str(folder)], check=False).returncode == 0, "the small disk to be free")


def test_a_full_disk_is_said_plainly_and_costs_no_earlier_run(small_disk, tmp_path):
    study = copy_sample(small_disk / "sindaci", interviews=3)
    first = trama("run", study, scratch=tmp_path)
    assert first.returncode == 0, first.stderr
    before = outputs(study)
    say_more(study)
    for left in (300_000, 0):
        _fill(small_disk, left)
        failed = trama("run", study, scratch=tmp_path)
        assert failed.returncode == 1, left
        assert "è pieno: libera spazio" in failed.stderr, left
        assert "Traceback" not in failed.stderr
        assert outputs(study) == before
        (small_disk / "zavorra").unlink()
    again = trama("run", study, scratch=tmp_path)
    assert again.returncode == 0, again.stderr
    assert outputs(study) != before
    assert list((study / ".trama" / "unfinished").iterdir()) == []


def test_a_full_disk_under_the_service_is_said_and_it_goes_on_once_there_is_room(small_disk, tmp_path):
    study = copy_sample(small_disk / "studi" / "sindaci", interviews=3)
    with serving(tmp_path, studies=small_disk / "studi") as service:
        assert service.end_of(service.start(ANALYSE, {"studio": "sindaci"}))["type"] == "COMPLETED"
        before = outputs(study)
        say_more(study)
        _fill(small_disk, 0)
        _wait_for_words(tmp_path, "Il disco con gli studi è pieno: libera spazio.")
        # SQLite's own log has room for some lines more
        wait_for(lambda: _refusal(lambda: service.call("logs/", _LINES)), "lines that cannot be written down", pause=0)
        refused = wait_for(
            lambda: _refusal(lambda: service.start(ANALYSE, {"studio": "sindaci"})), "a run that cannot be written down"
        )
        assert (refused["status"], refused["detail"][:24]) == (503, "Il disco con gli studi è")
        assert outputs(study) == before
    _wait_for_words(tmp_path, "Trama è pronta")
    with serving(tmp_path, studies=small_disk / "studi") as service:  # the machine is started again, still without room
        _wait_for_words(tmp_path, "Il disco con gli studi è pieno", 2)
        (small_disk / "zavorra").unlink()
        _wait_for_words(tmp_path, "C'è di nuovo spazio: il servizio va avanti.")
        ended = service.end_of(service.start(ANALYSE, {"studio": "sindaci"}))
        assert ended["type"] == "COMPLETED", ended["message"]
        wait_for(lambda: {run["state"]["type"] for run in service.runs(ANALYSE)} <= ENDED, "the runs from before")
    assert outputs(study) != before
    assert list((study / ".trama" / "unfinished").iterdir()) == []


def _wait_for_words(scratch, words, times=1):
    wait_for(lambda: (scratch / "serve.log").read_text().count(words) >= times, words)


_LINES = [{"name": "prova", "level": 20, "message": "x" * 20_000, "timestamp": "2026-11-24T00:00:00Z"}] * 20


def _refusal(ask):
    """What the API answers to what it cannot write down; None where it can."""
    try:
        ask()
    except urllib.error.HTTPError as error:
        return {"status": error.code, **json.load(error)}
    return None


def _fill(disk, left):
    """Leave `left` bytes free on the disk."""
    room = os.statvfs(disk)
    with (disk / "zavorra").open("wb") as ballast:
        ballast.write(bytes(max(0, room.f_bavail * room.f_frsize - left)))


class _Hostile:
    """Writes a file as soon as it is unpickled."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return (os.mkdir, (str(self.trace),))


def test_damaged_and_hostile_kept_files_are_made_anew_and_reported(tmp_path):
    study = copy_sample(tmp_path / "sindaci", interviews=3)
    trace = tmp_path / "unpickled"
    hostile = pickle.dumps(_Hostile(trace))
    (study / ".trama" / "store").mkdir(parents=True)
    for name in ("codebook.pkl", "transcripts/S02.pkl", ".trama/x.pkl", ".trama/store/x.pkl"):
        (study / name).write_bytes(hostile)
    first = trama("run", study, scratch=tmp_path)
    assert first.returncode == 3, first.stderr  # the file among the transcripts is left out
    before = outputs(study)
    kept = sorted((study / ".trama" / "store").rglob("*.parquet"))
    for number, path in enumerate(kept):
        content = path.read_bytes()
        path.write_bytes((hostile, content[: len(content) // 2], b"", content[:-9] + b"x" + content[-8:])[number % 4])

    again = trama("run", study, "--again", scratch=tmp_path)
    assert again.returncode == 3, again.stderr
    assert f"{len(kept)} file intermedi erano danneggiati" in again.stderr
    manifest = json.loads((study / "runs" / "latest" / "manifest.json").read_text())
    assert sorted(manifest["remade_damaged_files"]) == [path.stem for path in kept]
    assert outputs(study) == before
    assert not trace.exists()
