"""The same study gives the same bytes, whatever the order of its files and whatever the process."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.acceptance.study_files import outputs
from tests.acceptance.trama_command import copy_sample, trama


def _stored(study):
    return {path.name: path.stat().st_mtime_ns for path in (study / ".trama" / "store").rglob("*.parquet")}


def test_two_runs_in_two_processes_with_shuffled_files_are_byte_identical(tmp_path):
    studies = [copy_sample(tmp_path / "a" / "studio"), copy_sample(tmp_path / "b" / "studio", reverse=True)]
    with ThreadPoolExecutor() as pool:
        runs = [
            pool.submit(trama, "run", study, "--quiet", scratch=study.parent, hash_seed=seed)
            for seed, study in enumerate(studies)
        ]
    for study, run in zip(studies, runs, strict=True):
        finished = run.result()
        assert (finished.returncode, finished.stderr) == (0, "")
        assert str(study / "runs") in finished.stdout
    first, second = map(outputs, studies)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []

    stored = _stored(studies[0])
    assert trama("gc", studies[0], scratch=tmp_path).returncode == 0
    assert sorted(_stored(studies[0])) == sorted(stored), "gc removed what the run used"
    again = trama("run", studies[0], "--again", scratch=tmp_path, hash_seed=7)
    assert again.returncode == 0, again.stderr
    assert _stored(studies[0]) == stored, "a run out of the store made something anew"
    assert len([run for run in (studies[0] / "runs").iterdir() if not run.is_symlink()]) == 2
    assert outputs(studies[0]) == second, "a run out of the store differs from a run made anew"
    manifests = [json.loads((study / "runs" / "latest" / "manifest.json").read_text()) for study in studies]
    assert manifests[0]["inputs"] == manifests[1]["inputs"]
