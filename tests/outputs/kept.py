"""The tiny study's run as a folder on disk, for the tests of what is made from finished runs."""

from pathlib import Path

from outputs.run.folder import new_run
from outputs.run.manifest import write_manifest
from outputs.run.record import RunRecord, keep_run
from tests.outputs.built import recorded


def keep(study: Path, run: RunRecord | None = None) -> Path:
    """A finished run in `study`, and its folder."""
    record = run or recorded()
    with new_run(study) as new:
        keep_run(new.folder, record.tables, record.results)
        write_manifest(new.folder, record.manifest)
    assert new.published is not None
    return new.published
