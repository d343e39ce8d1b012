"""A study that is run, decided on and run again: its memos in the report, and the trail of what was decided."""

import json
from pathlib import Path

from docx import Document

from outputs.document import write_document
from outputs.run.record import read_run
from tests.acceptance.small_studies import SmallStudy
from tests.acceptance.study_files import outputs
from tests.acceptance.whole_studies import check_trails, rows_of, run_in_process

MEMO = "autore: Ada\ndata: 2/3/2026\ntrascrizione: P1\npasso: siamo rimasti in quattro\n\nLo dice con rabbia.\n"


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_what_is_decided_between_two_runs_is_the_audit_trail(tmp_path):
    study = SmallStudy(interviews=1, codings="one coder", questionnaire="answers").write(tmp_path / "studio")
    first = run_in_process(study)
    assert rows_of(first, "storia") == []
    _change(study / "codebook.csv", "Imparare, corsi e aggiornamento", "Corsi soltanto")
    _change(study / "codings.csv", ";criticità;anna", ";criticità;anna\nP1;Con i comuni vicini;personale;;ugo")
    (study / "collegamenti.csv").write_text("theme;item;decision;author;date\nformazione;Q2;accetta;Ugo;2026-03-01\n")
    (study / "memo").mkdir()
    (study / "memo" / "rabbia.md").write_text(MEMO, "utf-8")
    second = run_in_process(study)
    told = [tuple(row.values())[2:] for row in rows_of(second, "storia")]
    assert told == [
        ("definizione", "Formazione", "Imparare, corsi e aggiornamento", "Corsi soltanto", "", ""),
        ("decisione su un legame", "Formazione – Q2", "", "accettato", "Ugo", "2026-03-01"),
        ("codifiche", "ugo", "0", "1 (1 in più, 0 in meno, 0 con un'altra posizione)", "ugo", ""),
        ("memo scritto", "rabbia.md", "", "", "Ada", "2026-03-02"),
    ]
    kept = json.loads((second / "dati" / "storia.json").read_text("utf-8"))
    assert "rabbia." in str(kept) and "Lo dice" not in str(kept) and "quattro" not in str(kept["state"]["codings"])
    memo = rows_of(second, "memo")[0]
    assert (memo["Passo"], memo["Segmenti"], memo["Chi"]) == ("siamo rimasti in quattro", "1", "Ada")
    record = read_run(second)
    check_trails(record)
    page = (second / "rapporto.html").read_text("utf-8")
    assert "Storia delle decisioni" in page and "Lo dice con rabbia." in page
    paragraphs = [each.text for each in Document(str(write_document(record, tmp_path / "r.docx"))).paragraphs]
    assert "Lo dice con rabbia." in paragraphs and "Storia delle decisioni" in paragraphs
    before = outputs(study)
    run_in_process(study)
    assert outputs(study) == before, "the same study with the same past gives other bytes"
