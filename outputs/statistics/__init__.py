"""Files for statistics programs: respondents, codings, segments, and scripts that make the theme tables anew from them.

Room outputs; lays out what a run knows, computes nothing.
"""

from importlib.resources import files
from pathlib import Path

from corpus.study import Study
from corpus.words.language import Language
from nlp.results import Results
from outputs.statistics.csv_file import write_csv_level
from outputs.statistics.dictionary import write_dictionary_files
from outputs.statistics.dta_file import write_dta_level
from outputs.statistics.levels import coding_level, respondent_level, segment_level
from outputs.statistics.names import name_study
from outputs.statistics.sav_file import write_sav_level
from outputs.tables.view import make_view

_SCRIPTS = {"redo_tables.py": "rifai_tabelle.py", "redo_tables.R": "rifai_tabelle.R"}
_SEED = "SEED = 1"


def write_statistics(study: Study, results: Results, folder: Path, language: Language) -> list[Path]:
    """The files in `folder`, each level as CSV, .sav and .dta; the paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    view = make_view(study, results)
    names = name_study(study)
    levels = [level(view, names, language) for level in (respondent_level, coding_level, segment_level)]
    written: list[Path] = []
    for level in levels:
        written.extend(write(level, folder) for write in (write_csv_level, write_sav_level, write_dta_level))
    written += write_dictionary_files(levels, study.themes, folder)
    for source, target in _SCRIPTS.items():
        script = files(__name__).joinpath(source).read_text(encoding="utf-8")
        (folder / target).write_text(script.replace(_SEED, f"SEED = {view.seed}"), encoding="utf-8")
        written.append(folder / target)
    return written
