import pytest

from corpus.errors import StudyError
from outputs.export import export_study
from outputs.run.folder import find_run
from tests.tiny_study import write_run


def test_a_finished_run_leaves_in_the_formats_asked_for(run, tmp_path):
    write_run(tmp_path, run)
    written = export_study(tmp_path, ["xlsx", "csv", "parquet"], tables=["temi"], output=tmp_path / "fuori")
    names = [path.relative_to(tmp_path / "fuori").as_posix() for path in written]
    assert names == [
        "tabelle.xlsx", "tabelle/temi.csv", "tabelle/temi.citazioni.csv", "tabelle/temi.rispondenti.csv",
        "tabelle/dizionario.csv", "parquet/temi.parquet", "parquet/temi.citazioni.parquet",
        "parquet/temi.rispondenti.parquet", "parquet/dizionario.csv",
    ]  # fmt: skip


@pytest.mark.parametrize(("asked", "said"), [
    ({"formats": ["docs"]}, "formato `docs` sconosciuto"),
    ({"formats": ["csv"], "tables": ["temo"]}, "intendevi `temi`"),
    ({"formats": ["html"]}, "sono cambiati"),
    ({"formats": ["pptx"], "slides_for": "sindaci"}, "--slides-for: `sindaci` non è un pubblico"),
    ({"formats": ["docx"], "template": "manca.docx"}, "modello di Word non c'è"),
])  # fmt: skip
def test_what_cannot_be_exported_says_why(run, tmp_path, asked, said):
    write_run(tmp_path, run)
    if "template" in asked:
        asked = {**asked, "template": tmp_path / asked["template"]}
    with pytest.raises(StudyError, match=said):
        export_study(tmp_path, **asked)


def test_a_run_is_found_by_study_folder_name_and_short_id(run, tmp_path):
    first = write_run(tmp_path, run)
    second = write_run(tmp_path, run)
    assert find_run(tmp_path) == second.resolve() and find_run(first) == first.resolve()
    assert find_run(tmp_path / first.name.split("-")[1]) == first.resolve()
    with pytest.raises(StudyError, match=first.name):
        find_run(tmp_path / "ffffffff")
    (tmp_path / "vuoto").mkdir()
    with pytest.raises(StudyError, match="trama run"):
        find_run(tmp_path / "vuoto")
