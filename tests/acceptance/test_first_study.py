"""What a new user does first, through the command itself: the template as it is, then a few interviews with codings."""

import shutil

import pytest

from corpus.new_study.template_folder import TEMPLATE
from outputs.formats import FORMATS
from outputs.run.record import read_run
from tests.acceptance.small_studies import SmallStudy
from tests.acceptance.study_files import finished_runs
from tests.acceptance.trama_command import trama
from tests.acceptance.whole_studies import check_manifest, check_trails, live_through, rows_of

INVENTED = 'class="fictional"'  # in a page of invented data


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("first")


def _succeeds(*arguments, scratch):
    done = trama(*arguments, scratch=scratch)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


def _is_whole(study):
    run = study / "runs" / "latest"
    check_manifest(study, run)
    check_trails(read_run(run))
    return run


def test_the_untouched_template_lives_a_whole_life(scratch, tmp_path):
    study = tmp_path / "nuovo"
    _succeeds("init", study, scratch=scratch)
    assert "0 errori, 1 avviso" in _succeeds("check", study, scratch=scratch)
    shown = _succeeds("run", study, scratch=scratch)
    assert str(study / "runs") in shown and "rapporto.html" in shown
    run = _is_whole(study)
    assert INVENTED in (run / "rapporto.html").read_text(encoding="utf-8")
    _succeeds("run", study, scratch=scratch)
    assert len(finished_runs(study)) == 1, "a run in which nothing changed is not made again"
    _succeeds("export", study, "--format", ",".join(FORMATS), scratch=scratch)
    assert "«" in _succeeds("why", study, "temi", "personale", "Ne parlano", scratch=scratch)
    assert "Nulla è cambiato" in _succeeds("diff", run, run, scratch=scratch)
    told = trama("suggest", study, scratch=scratch)
    assert "nessun segmento da codificare" in told.stderr, "the example's coder has read all of it"


def test_the_untouched_template_in_english_gives_a_report(scratch, tmp_path):
    study = tmp_path / "new"
    _succeeds("init", study, "--language", "en", scratch=scratch)
    assert "0 errors, 1 warning" in _succeeds("check", study, "--language", "en", scratch=scratch)
    _succeeds("run", study, "--language", "en", scratch=scratch)
    assert INVENTED in (_is_whole(study) / "rapporto.html").read_text(encoding="utf-8")


def test_interviews_copied_beside_the_template_are_the_whole_study(scratch, tmp_path):
    """As in the README: made, interviews copied in, tables as they were; the template's people are in no table."""
    study = tmp_path / "mio"
    _succeeds("init", study, scratch=scratch)
    mine = SmallStudy(interviews=3).write(tmp_path / "interviste")
    shutil.copytree(mine / "transcripts", study / "transcripts", dirs_exist_ok=True)
    assert "0 errori" in _succeeds("check", study, scratch=scratch)
    _succeeds("run", study, scratch=scratch)
    run = _is_whole(study)
    assert list(read_run(run).results.segments["respondent"].unique()) == ["", "P1", "P2", "P3"]
    assert INVENTED not in (run / "rapporto.html").read_text(encoding="utf-8")


def test_every_coding_by_a_term_and_some_by_people(scratch, tmp_path):
    """A first study whose codings all have a term behind them crashed where people's were laid over them."""
    study = SmallStudy(interviews=3, codings="one coder", codebook="terms", turns=1).write(tmp_path / "studio")
    _succeeds("run", study, scratch=scratch)
    how = {row["row"]: row["Come"] for row in rows_of(_is_whole(study), "codifiche")}
    assert "persona" in " ".join(how.values())


def test_the_example_is_a_study_of_its_own(tmp_path):
    """As `trama init` once wrote it, at the top of the folder: its codings are three people's, the rest by terms."""
    study = shutil.copytree(TEMPLATE / "example", tmp_path / "studio")
    shutil.copy(TEMPLATE / "it" / "esempio" / "study.toml", study)
    record = live_through(study)
    assert record.manifest["counts"]["human_codings"] == 3 and not record.manifest["problems"]
