"""Renew the golden files on purpose: `python -m tests.golden.renew [STUDY ...] [--into FOLDER]` (see README.md)."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden.tables import STUDIES, renew_golden, write_whole_tables


def main() -> None:
    """Run the studies asked for and renew their golden files, or write whole tables into a folder apart."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.renew", description="Renew the golden files.")
    parser.add_argument("studies", nargs="*", metavar="STUDY", help=f"of {', '.join(STUDIES)}; all of them by default")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="leave the golden files and write here, trails too")
    asked = parser.parse_args()
    unknown = [study for study in asked.studies if study not in STUDIES]
    if unknown:
        parser.error(f"no study {', '.join(unknown)}")
    for study in asked.studies or STUDIES:
        with TemporaryDirectory() as scratch:
            whole = (asked.into or Path(scratch) / "tables") / study
            write_whole_tables(study, Path(scratch), whole)
            if not asked.into:
                renew_golden(study, whole)
        print(study)


if __name__ == "__main__":
    main()
