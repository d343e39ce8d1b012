"""The service as a team has it: on Postgres (a cluster of the test's own), its history kept, behind a password."""

import os
import shutil
import subprocess
import tempfile
import urllib.error

import pytest

from tests.acceptance.running_service import ANALYSE, serving
from tests.acceptance.trama_command import copy_sample
from tests.acceptance.waiting import free_port

pytestmark = pytest.mark.service


@pytest.fixture
def database():
    """The address of an empty database; skipped where Postgres is missing."""
    initdb = shutil.which("initdb")
    pg_ctl = shutil.which("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("needs initdb and pg_ctl (Debian package postgresql)")
    # Not under pytest's own folder: every pytest that starts closes that one to other users, Postgres's among them.
    with tempfile.TemporaryDirectory(prefix="trama-postgres-") as folder:
        owner = []
        if os.geteuid() == 0:  # Postgres refuses to run as root
            owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(folder, "postgres", "postgres")
        port = free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="

        def run(*command):
            done = subprocess.run([*owner, *command], cwd="/", stdout=subprocess.DEVNULL, check=False)
            assert done.returncode == 0, command

        run(initdb, "-D", f"{folder}/cluster", "-U", "trama", "--auth=trust", "-E", "UTF8", "--locale=C")
        run(pg_ctl, "-D", f"{folder}/cluster", "-w", "-o", options, "-l", f"{folder}/log", "start")
        yield f"postgresql+asyncpg://trama@127.0.0.1:{port}/postgres"
        run(pg_ctl, "-D", f"{folder}/cluster", "-m", "immediate", "stop")


def test_a_run_and_its_history_stand_in_postgres(database, tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=3)
    with serving(tmp_path, "--database", database) as service:
        run = service.start(ANALYSE, {"studio": "sindaci"})
        ended = service.end_of(run)
        assert ended["type"] == "COMPLETED", ended["message"]
    assert (study / "runs" / "latest" / "rapporto.html").is_file()
    assert not (tmp_path / "studi" / ".trama" / "prefect" / "prefect.db").exists()
    with serving(tmp_path, "--database", database, password="gruppo:segreto") as service:
        assert [each["id"] for each in service.runs(ANALYSE)] == [run]
        for path in ("api/admin/version", "rapporti/sindaci/latest/rapporto.html"):
            assert service.open(path).status == 200
            for wrong in (None, "gruppo:altro"):
                service.password = wrong
                with pytest.raises(urllib.error.HTTPError, match="401"):
                    service.open(path)
            service.password = "gruppo:segreto"
