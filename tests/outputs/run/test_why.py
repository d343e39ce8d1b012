import subprocess
import sys

import pytest

from corpus.errors import StudyError
from outputs.run.why import tell, what_is_behind


@pytest.mark.parametrize("cell", [
    ["temi", "personale", "mentioned"], ["Temi per rispondente", "Personale", "ne parlano"], ["temi!E5"],
    ["Temi per rispondente!E5"],
])  # fmt: skip
def test_a_cell_is_found_however_a_person_names_it(run, cell):
    behind = what_is_behind(run, cell)
    assert (behind.table.key, behind.row, behind.column.key, behind.value) == ("temi", "personale", "mentioned", "10")
    assert behind.quotations["respondent"].nunique() == 10 and len(behind.quotations) == 12
    first = behind.quotations.iloc[0]
    assert (first["file"], first["speaker"], first["stance"]) == ("transcripts/R01.txt", "S", "problem")
    assert "12 segmenti di 10 rispondenti:" in tell(behind, run)
    assert not any(line.rstrip().partition("\n")[0].endswith("nan") for line in tell(behind, run))


def test_cells_of_the_questionnaire_lead_to_people(run):
    table = run.table("domande_numeri")
    behind = what_is_behind(run, ["domande_numeri", "Q2|", "n"])
    assert len(behind.people) == table.frame.loc["Q2|", "n"] == 11
    assert "R02" in tell(behind, run)[1]


def test_the_beginning_of_a_name_is_enough_where_nothing_else_begins_so(run):
    behind = what_is_behind(run, ["temi", "pers", "ne par"])
    assert (behind.row, behind.column.key) == ("personale", "mentioned")
    assert [behind.column.key for behind in (what_is_behind(run, ["temi", "pers", "segmenti"]),)] == ["segments"]


def test_a_cell_that_is_computed_names_those_of_its_row_that_lead_to_quotations(run):
    lines = tell(what_is_behind(run, ["temi", "personale", "share"]), run)
    assert "portano a citazioni o persone" in lines[-1] and "Ne parlano" in lines[-1]


def test_a_finished_run_is_read_without_what_computes_one(tmp_path):
    code = "import sys, outputs.run.why, outputs.run.record, outputs.run.diff; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "pandas" in loaded and not {"spacy", "sklearn", "scipy", "bertopic", "prefect"} & set(loaded)


@pytest.mark.parametrize(("cell", "said"), [
    (["tema", "personale", "n"], "tabella `tema` non trovata"),
    (["temi", "persone", "n"], r"riga `persone` non trovata \(intendevi `Personale`\?\)"),
    (["joint_display", "personale", "theme"], "più di una riga si chiama `personale`: indica la chiave"),
    (["temi", "personale", "parla"], "colonna `parla` non trovata"),
    (["temi!E99"], "da B5 a"),
    (["temi", "personale"], "quale colonna"),
    (["temi"], "quale riga"),
    ([], "quale tabella"),
])  # fmt: skip
def test_a_cell_that_is_not_there_is_answered_with_those_that_are(run, cell, said):
    with pytest.raises(StudyError, match=said):
        what_is_behind(run, cell)
