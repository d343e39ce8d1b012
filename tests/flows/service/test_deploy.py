"""The files in deploy/ and the lock: a backup comes back, the units are well formed, every package has a hash."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from outputs.run.folder import latest_run

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"


@pytest.fixture
def studies(tmp_path):
    folder = tmp_path / "studi"
    run = folder / "alfa" / "runs" / "20261124T020000Z-1234"
    kept = folder / "alfa" / ".trama" / "store" / "ab" / "x.parquet"
    for path in (run / "rapporto.html", folder / "alfa" / "transcripts" / "S01.txt", kept):
        path.parent.mkdir(parents=True)
        path.write_text(path.name)
    (folder / "alfa" / "study.toml").write_text("")
    (folder / "alfa" / "runs" / "latest").symlink_to(run.name)
    (folder / ".trama" / "prefect").mkdir(parents=True)
    with sqlite3.connect(folder / ".trama" / "prefect" / "prefect.db") as database:
        database.execute("pragma journal_mode=wal")
        database.execute("create table flow_run (name text)")
        database.execute("insert into flow_run values ('alfa')")
    return folder


def _back_up(studies, backups):
    return subprocess.run([DEPLOY / "backup.sh", studies, backups], capture_output=True, text=True, check=False)


def test_what_was_backed_up_comes_back_with_its_runs_and_their_history(studies, tmp_path):
    with sqlite3.connect(studies / ".trama" / "prefect" / "prefect.db") as serving:  # the service goes on meanwhile
        serving.execute("insert into flow_run values ('notte')")
        serving.commit()
        done = _back_up(studies, tmp_path / "copie")
    assert done.returncode == 0, done.stderr
    archive = Path(done.stdout.strip())
    assert list(archive.parent.iterdir()) == [archive]
    assert archive.stat().st_mode & 0o077 == 0

    shutil.rmtree(studies)
    studies.mkdir()
    subprocess.run(["tar", "--extract", "--file", archive, "--directory", studies], check=True)
    run = latest_run(studies / "alfa")
    assert run is not None
    assert run.name == "20261124T020000Z-1234"
    assert (run / "rapporto.html").read_text() == "rapporto.html"
    assert (studies / "alfa" / "transcripts" / "S01.txt").read_text() == "S01.txt"
    assert not (studies / "alfa" / ".trama" / "store").exists()
    with sqlite3.connect(studies / ".trama" / "prefect" / "prefect.db") as database:
        assert database.execute("select name from flow_run").fetchall() == [("alfa",), ("notte",)]


def test_a_backup_into_the_studies_themselves_is_refused(studies):
    refused = _back_up(studies, studies / "copie")
    assert refused.returncode == 1
    assert "must not stand inside" in refused.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_units_are_well_formed(tmp_path):
    for unit in DEPLOY.glob("trama*.*"):
        # The paths of an installed Trama are not on this machine.
        (tmp_path / unit.name).write_text(re.sub(r"/opt/trama/\S+", sys.executable, unit.read_text()))
    units = sorted(tmp_path.iterdir())
    assert len(units) == 3
    checked = subprocess.run(
        ["systemd-analyze", "verify", *units],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C"},
    )
    about_ours = [line for line in checked.stderr.splitlines() if "trama" in line]
    assert (checked.returncode, about_ours) == (0, [])


def test_the_compose_file_shuts_the_studies_in_and_keeps_no_secret():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    trama = compose["services"]["trama"]
    database = compose["services"]["database"]
    assert compose["networks"]["inside"]["internal"] is True
    door = compose["networks"]["door"]["driver_opts"]
    assert door == {"com.docker.network.bridge.enable_ip_masquerade": "false"}
    assert database["networks"] == ["inside"]
    assert "ports" not in database
    assert all(port.startswith("127.0.0.1:") for port in trama["ports"])
    assert trama["environment"]["TRAMA_PASSWORD"].startswith("${TRAMA_PASSWORD:?")
    assert database["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_of_the_lock_has_its_version_and_hashes(lock):
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    wrong = [entry.partition("\n")[0] for entry in entries if not re.match(r"[\w.\-\[\],]+==\S+", entry)]
    bare = [entry.partition("\n")[0] for entry in entries if "--hash=sha256:" not in entry]
    assert len(entries) > 100
    assert (wrong, bare) == ([], [])


def test_tests_run_on_the_packages_that_studies_run_on():
    run, developed = (set(re.findall(r"^[\w.\-]+==\S+", (ROOT / f"requirements{kind}.lock").read_text(), re.MULTILINE))
                      for kind in ("", "-dev"))  # fmt: skip
    assert run < developed


def test_nothing_that_trama_reads_is_unpickled():
    """Pickles run code when they are read; a study's folder belongs to others."""
    forbidden = re.compile(
        r"\bpickle\b|joblib\.load|\bshelve\b|\bdill\b|torch\.load|allow_pickle\s*=\s*True|read_pickle|yaml\.(unsafe_load|full_load|UnsafeLoader|FullLoader)"
    )
    sources = [path for room in ("corpus", "nlp", "outputs", "flows") for path in (ROOT / room).rglob("*.py")]
    found = [
        path.relative_to(ROOT).as_posix() for path in sources if forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert len(sources) > 100
    assert found == []
