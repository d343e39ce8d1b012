"""A whole run with pseudonyms: no byte of what it leaves holds an original."""

import csv
import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.acceptance.trama_command import trama

TEXT = """INTERVISTATRICE: Signora Zampedri, come va lo sportello?
ZAMPEDRI: Male. Quando manca il Gaudenzio dell'anagrafe lo sportello resta chiuso, e Ottavia Brighenti è in pensione.
INTERVISTATRICE: E i soldi?
ZAMPEDRI: Pochi. Il bilancio lo fa la Brighenti da casa, le scrivo a ottavia.b@posta-esempio.it o al 347 9988776.
ZAMPEDRI: Abito in via Marzemino 41, la pratica la porta GAUDENZIO quando passa dal municipio la sera tardi.
"""
MEMO = """titolo: Su Ottavia
trascrizione: Zampedri
passo: manca il Gaudenzio dell'anagrafe
passo: Il bilancio lo fa la [PERSONA_
rispondente: R1

La Brighenti decide tutto, dice la signora Zampedri.
"""
ORIGINALS = ["zampedri", "gaudenzio", "brighenti", "ottavia", "347 9988776", "marzemino", "posta-esempio"]


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("private") / "studio"
    (folder / "transcripts").mkdir(parents=True)
    (folder / "study.toml").write_text('[study]\ntitle = "Sportelli"\n[privacy]\npseudonyms = true\n', "utf-8")
    (folder / "transcripts" / "Zampedri.txt").write_text(TEXT, "utf-8")
    codebook = "code;label;definition;include_terms\npersonale;Personale;Chi lavora in comune;sportello|pensione\n"
    (folder / "codebook.csv").write_text(codebook, "utf-8")
    (folder / "respondents.csv").write_text("respondent;transcript;nome\nR1;Zampedri;Zampedri Lia\n", "utf-8")
    (folder / "memo").mkdir()
    (folder / "memo" / "Zampedri.md").write_text(MEMO, "utf-8")
    done = trama("run", folder, scratch=folder.parent)
    assert done.returncode == 0, done.stderr
    (folder.parent / "said.txt").write_text(done.stdout + done.stderr, "utf-8")
    return folder


def contents(file: Path) -> list[str]:
    """The file as text, and as text what is packed in it."""
    found = [file.read_bytes().decode("utf-8", "replace"), file.name]
    if file.suffix == ".parquet":
        found.append(str(pq.read_table(file).to_pydict()))
    elif zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            found += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return found


def test_no_file_of_the_run_the_store_or_the_server_holds_an_original(study):
    files = [path for place in ("runs", ".trama") for path in (study / place).rglob("*") if path.is_file()]
    files.append(study.parent / "said.txt")
    assert any(file.suffix == ".parquet" for file in files) and any(file.suffix == ".xlsx" for file in files)
    leaks = {
        (file.name, original)
        for file in files
        for text in contents(file)
        for original in ORIGINALS
        if original in text.lower()
    }
    assert leaks == set()


def test_the_manifest_counts_without_names(study):
    manifest = json.loads((study / "runs" / "latest" / "manifest.json").read_text("utf-8"))
    counts = manifest["pseudonyms"]["by_kind"]
    assert counts["TELEFONO"] == counts["EMAIL"] == counts["INDIRIZZO"] == 1
    assert counts["PERSONA"] >= 9


def test_the_key_leads_back(study):
    key = json.loads((study / "privacy" / "pseudonyms.json").read_text("utf-8"))
    assert ["brighenti", "ottavia"] in [form for forms in key["PERSONA"].values() for form in forms]


def test_memos_have_the_pseudonyms_of_the_transcripts(study):
    with (study / "runs" / "latest" / "tabelle" / "memo.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    key = json.loads((study / "privacy" / "pseudonyms.json").read_text("utf-8"))
    people = {
        name: f"[PERSONA_{number}]" for number, forms in key["PERSONA"].items() for form in forms for name in form
    }
    assert rows[0]["Testo"] == f"La {people['brighenti']} decide tutto, dice la signora {people['zampedri']}."
    assert rows[0]["Passo"] == f"manca il {people['gaudenzio']} dell'anagrafe" and rows[0]["Segmenti"] == "1"
    assert rows[2]["Oggetto"] == "R1"
