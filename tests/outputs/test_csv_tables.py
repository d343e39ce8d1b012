import csv

from outputs.csv_tables import guard, write_csv
from tests.tiny_study import make_run


def test_files_open_in_an_italian_excel(run, tmp_path):
    write_csv(run.tables, tmp_path)
    raw = (tmp_path / "temi.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 4
    rows = list(csv.DictReader((tmp_path / "temi.csv").open(encoding="utf-8-sig", newline=""), delimiter=";"))
    assert rows[0]["Tema"] == "Personale" and rows[0]["%"] == "0,833333"


def test_english_files_have_a_decimal_point(english_run, tmp_path):
    write_csv(english_run.tables, tmp_path, "en")
    assert "0.833333" in (tmp_path / "temi.csv").read_text(encoding="utf-8-sig")


def test_formulas_are_disarmed(tmp_path):
    assert guard("=HYPERLINK(1)") == "'=HYPERLINK(1)" and guard("+39") == "'+39" and guard("a=b") == "a=b"
    write_csv(make_run(first="=HYPERLINK(0) qui").tables, tmp_path)
    text = (tmp_path / "codifiche.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(0) qui" in text and ";=HYPERLINK" not in text


def test_the_dictionary_explains_every_column_and_trails_stand_beside(run, tmp_path):
    written = write_csv(run.tables, tmp_path)
    rows = list(csv.DictReader((tmp_path / "dizionario.csv").open(encoding="utf-8-sig", newline=""), delimiter=";"))
    assert {(row["tabella"], row["colonna"]) for row in rows} == {(t.key, c.key) for t in run.tables for c in t.columns}
    assert all(row["significato"] for row in rows)
    assert tmp_path / "temi.citazioni.csv" in written and tmp_path / "domande_numeri.rispondenti.csv" in written
