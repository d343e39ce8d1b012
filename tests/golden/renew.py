"""Renew the golden files on purpose: `python -m tests.golden.renew [STUDY ...] [--into FOLDER]` (see README.md)."""

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance.whole_studies import run_in_process
from tests.bundled import BUNDLED
from tests.golden.tables import renew_golden, write_whole_tables


def main() -> None:
    """Run the studies asked for and renew their golden files, or write whole tables into a folder apart."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.renew", description="Renew the golden files.")
    parser.add_argument("studies", nargs="*", metavar="STUDY", help=f"of {', '.join(BUNDLED)}; all of them by default")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="leave the golden files and write here, trails too")
    asked = parser.parse_args()
    unknown = [study for study in asked.studies if study not in BUNDLED]
    if unknown:
        parser.error(f"no study {', '.join(unknown)}")
    for study in asked.studies or BUNDLED:
        with TemporaryDirectory() as scratch:
            whole = (asked.into or Path(scratch) / "tables") / study
            home = shutil.copytree(BUNDLED[study], Path(scratch) / study)
            write_whole_tables(run_in_process(home), whole)
            if not asked.into:
                renew_golden(study, whole)
        print(study)


if __name__ == "__main__":
    main()
