"""The reading room in `trama serve`: a click from the first page; what is decided there counts in its run."""

import json
import re
import urllib.request

import pytest

from tests.acceptance.running_service import serving
from tests.acceptance.trama_command import copy_sample
from tests.acceptance.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.service


def test_a_decision_in_the_room_counts_in_the_run_that_is_asked_for_there(tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=1)
    with serving(tmp_path) as service:
        assert 'href="/lettura/sindaci/"' in service.open("").read().decode()
        page = service.open("lettura/sindaci/").read().decode()
        token = re.search('name="trama-token" content="([^"]+)"', page)[1]

        def post(path, **body):
            headers = {"Content-Type": "application/json", "X-Trama-Token": token}
            address = f"{service.address}/lettura/sindaci/{path}"
            request = urllib.request.Request(address, json.dumps(body).encode(), headers)
            return urllib.request.urlopen(request, timeout=PATIENCE)

        def look(path):
            return json.load(service.open(f"lettura/sindaci/{path}"))

        assert look("study.json")["run"] is None
        assert post("decisions", do="code", coder="zoe", segment="S01:0002", theme="personale").status == 201
        assert post("run").status == 202
        wait_for(lambda: look("run.json")["state"] in ("done", "failed"), "the end of the run")
        assert look("run.json")["state"] == "done"
        run = look("study.json")["run"]
        assert run["behind"] is False
        assert service.open(run["report"].removeprefix("/")).status == 200
    manifest = json.loads((study / "runs" / "latest" / "manifest.json").read_text(encoding="utf-8"))
    assert "codings/journal/zoe.jsonl" in manifest["inputs"]
