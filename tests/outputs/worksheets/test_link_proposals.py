"""The file that a person fills in: links of the joint display with the rules' reading, decisions, proposals."""

import csv
from dataclasses import replace

import pandas as pd

from corpus.codings.link_decisions import read_link_decisions
from corpus.schemas import LinkDecisions, LinkProposals
from outputs.worksheets.link_proposals import write_link_proposals
from tests.tiny_study import make_study, rendered_tables

PROPOSED = pd.DataFrame([("theme", "rifiuti", "Q5", 0.41, 1)], columns=list(LinkProposals.to_schema().columns))


def _rows(tmp_path, decided=()):
    made, results = make_study()
    decisions = pd.DataFrame(list(decided), columns=list(LinkDecisions.to_schema().columns), dtype="str")
    made = replace(made, link_decisions=LinkDecisions.validate(decisions))
    path = write_link_proposals(made, rendered_tables(made, results), PROPOSED, tmp_path, "it")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return made, {(row["theme"], row["item"]): row for row in csv.DictReader(file, delimiter=";")}


def test_every_link_stands_there_with_the_reading_of_the_rules(tmp_path):
    made, rows = _rows(tmp_path)
    declared = {(theme.code, item) for theme in made.themes for item in theme.questionnaire_items}
    assert set(rows) == {*declared, ("rifiuti", "Q5")}
    assert rows["silenzio", "Q4"]["rules_reading"] == "silenzio"
    assert (rows["rifiuti", "Q5"]["similarity"], rows["rifiuti", "Q5"]["rank"]) == ("0,41", "1")
    assert not any(row["decision"] or row["reading"] for row in rows.values())


def test_what_a_person_wrote_comes_back_as_it_is_and_is_read_again(tmp_path):
    told = ("personale", "Q1", "", "divergence", "lo dicono in due", "convergence", "Anna", "3/5/2026")
    made, rows = _rows(tmp_path, [told])
    assert rows["personale", "Q1"]["reason"] == "lo dicono in due"
    assert rows["personale", "Q1"]["rules_reading"] == "convergenza"  # what they said when Anna read it
    (tmp_path / "collegamenti_proposti.csv").rename(tmp_path / "collegamenti.csv")
    again, problems = read_link_decisions(tmp_path, made.themes, {item.code: item.text for item in made.items})
    assert not problems
    pd.testing.assert_frame_equal(again, made.link_decisions)
