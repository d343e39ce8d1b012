"""Every table of the bundled studies, in both languages, is byte for byte what tests/golden holds."""

import pytest

from tests.bundled import BUNDLED
from tests.golden.tables import as_golden, describe_differences, read_golden, write_whole_tables

_RENEW = "meant so? .venv/bin/python -m tests.golden.renew, and read `git diff tests/golden`"


@pytest.mark.parametrize("study", BUNDLED)
def test_tables_in_both_languages_are_the_golden_ones(study, bundled_run, tmp_path):
    write_whole_tables(bundled_run(study), tmp_path / "tables")
    differences = describe_differences(read_golden(study), as_golden(tmp_path / "tables"))
    assert not differences, f"\n{differences}\n\n{_RENEW}"


def test_differences_are_told_by_file_and_line():
    golden = {"it/a.csv": b"row;n\r\na;1\r\nb;2\r\n", "it/b.csv": b"", "it/c.csv": b"row\r\n"}
    built = {"it/a.csv": b"row;n\r\na;1\r\nb;3\r\n", "it/c.csv": b"row\r\n", "it/d.csv": b""}
    assert describe_differences(golden, golden) == ""
    assert describe_differences(golden, built).splitlines() == [
        "it/a.csv:",
        "-b;2",
        "+b;3",
        "it/b.csv: no such table any more",
        "it/d.csv: a new table",
    ]
