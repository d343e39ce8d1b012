from dataclasses import replace

import pandas as pd

from outputs.run.diff import compare_runs


def test_two_runs_of_the_same_do_not_differ(run):
    assert compare_runs(run, run, "it")[-1] == "Nulla è cambiato."


def test_causes_come_first_then_the_cells_with_their_change(run):
    manifest = run.manifest
    inputs = {**manifest["inputs"], "transcripts/R01.txt": "1" * 64, "codings.csv": "2" * 64}
    codebook = {**manifest["codebook"], "personale": "altro"}
    options = {**manifest["options"], "study": {**manifest["options"]["study"], "seed": 8}}
    frame = run.table("temi").frame.copy()
    frame.loc["personale", "mentioned"] = 9
    tables = tuple(replace(table, frame=frame) if table.key == "temi" else table for table in run.data)
    results = replace(run.results, codings=run.results.codings.iloc[2:])
    changed = {**manifest, "inputs": inputs, "codebook": codebook, "options": options}
    lines = compare_runs(run, replace(run, manifest=changed, data=tables, results=results), "it")
    assert "- in più: intervista transcripts/R01.txt" in lines and "- in più: codifiche di persone codings.csv" in lines
    assert "- opzione study.seed: 7 → 8" in lines and "- con cambiamenti: temi personale" in lines
    assert "- codifiche tolte: 2 (2 in interviste cambiate, 0 nelle altre)" in lines
    assert "    Personale, Ne parlano: 10 → 9 (-1)" in lines
    assert lines.index("Perché:") < lines.index("Che cosa:")


def test_more_codings_by_people_explain_what_changes_elsewhere(run):
    manifest = run.manifest
    inputs = {**manifest["inputs"], "codings/nvivo.qdpx": "1" * 64, "transcripts/R01.txt": "2" * 64}
    frame = run.table("temi").frame.copy()
    frame.loc["personale", "share"] = 0.75
    tables = tuple(replace(table, frame=frame) if table.key == "temi" else table for table in run.data)
    results = replace(run.results, codings=run.results.codings.iloc[:-1])
    counts = {**manifest["counts"], "human_codings": 40}
    newer = replace(run, manifest={**manifest, "inputs": inputs, "counts": counts}, data=tables, results=results)
    lines = compare_runs(run, newer, "it")
    assert "- in più: codifiche di persone codings/nvivo.qdpx" in lines and "- codifiche di persone: 0 → 40" in lines
    assert any("cambiano anche interviste non toccate" in line for line in lines)
    assert "    Personale, %: 83,3% → 75,0% (-8,3 punti)" in lines
    assert "    Personale, %: 83.3% → 75.0% (-8.3 points)" in compare_runs(run, newer, "en")


def _with(run, key, frame):
    return replace(run, data=tuple(replace(each, frame=frame) if each.key == key else each for each in run.data))


def test_what_was_left_out_is_compared_by_what_it_says(run):
    frame = run.table("lasciati_fuori").frame
    cells = dict.fromkeys(frame.columns) | {"severity": "errore", "file": "codings.csv"}
    one, two = ({**cells, "message": text} for text in ("manca il tema", "manca la citazione"))
    older = _with(run, "lasciati_fuori", pd.DataFrame([one], index=["0001"]))
    newer = _with(run, "lasciati_fuori", pd.DataFrame([two, one], index=["0001", "0002"]))
    lines = compare_runs(older, newer, "it")
    assert lines[-2].endswith("(lasciati_fuori): 1 differenza")
    assert lines[-1] == "    riga nuova: errore, codings.csv, manca la citazione"


def test_a_row_is_named_by_its_first_text_only_where_that_is_its_own_in_both_runs(run):
    frame = run.table("temi").frame
    doubled = pd.concat([frame, frame.iloc[[0]].set_axis(["altro"])])
    lines = compare_runs(run, _with(run, "temi", doubled), "it")
    assert "    riga nuova: altro" in lines
