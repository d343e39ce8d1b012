import pandas as pd
import pytest

from corpus.errors import StudyError
from outputs.parquet_tables import write_parquet
from outputs.run.kept_tables import keep_tables, read_tables
from outputs.run.manifest import write_manifest
from outputs.run.record import keep_run, read_run


def test_tables_come_back_from_parquet_as_they_were(run, tmp_path):
    keep_tables(run.data, tmp_path)
    for before, after in zip(run.data, read_tables(tmp_path), strict=True):
        assert (after.key, after.title, after.note, after.columns, after.lead) == (
            before.key, before.title, before.note, before.columns, before.lead,
        )  # fmt: skip
        pd.testing.assert_frame_equal(after.frame, before.frame)
        pd.testing.assert_frame_equal(after.cells, before.cells, check_dtype=False)
        pd.testing.assert_frame_equal(after.people, before.people, check_dtype=False)


def test_numbers_stay_numbers_where_some_cannot_be_computed(run, tmp_path):
    write_parquet(run.tables, tmp_path)
    frame = pd.read_parquet(tmp_path / "temi.parquet").set_index("row")
    assert frame["words_low"].dtype == "float64"
    assert frame.loc["silenzio", "words_low.why"] == "non calcolabile: nessuno ne parla"


def test_a_run_is_read_back_whole_and_written_the_same_twice(run, tmp_path):
    for name in ("a", "b"):
        keep_run(tmp_path / name, run.data, run.results)
        write_manifest(tmp_path / name, run.manifest)
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a" / "dati").rglob("*.parquet"))
    assert all((tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes() for file in files)
    again = read_run(tmp_path / "a")
    pd.testing.assert_frame_equal(again.results.codings, run.results.codings)
    pd.testing.assert_frame_equal(again.results.segments, run.results.segments)
    assert again.results.notes == run.results.notes
    assert again.settings == run.settings and again.themes == run.themes


def test_a_run_without_its_data_says_what_to_do(run, tmp_path):
    write_manifest(tmp_path, run.manifest)
    with pytest.raises(StudyError, match="trama run"):
        read_run(tmp_path)
    keep_run(tmp_path, run.data, run.results)
    (tmp_path / "dati" / "codings.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(StudyError, match="danneggiati"):
        read_run(tmp_path)
