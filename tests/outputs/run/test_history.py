"""The history of decisions out of what runs keep: what changed, who signed it, what is damaged."""

import json
from dataclasses import replace

import pandas as pd

from corpus.records import Memo, Theme
from corpus.schemas import HumanCodings, LinkDecisions
from corpus.study import Study
from outputs.run.folder import DATA
from outputs.run.history import FILE, Past, compare_states, keep_history, read_past, state_of
from outputs.tables.history_table import history
from outputs.words.render import render
from tests.tiny_study import make_run, write_run

DAY = "2026-03-02"


def changes(before: Study, after: Study):
    old, new = (json.loads(json.dumps(state_of(study, {}, {}))) for study in (before, after))
    return [
        (each.kind, each.subject, each.before, each.after, each.author) for each in compare_states(old, new, DAY)
    ]  # fmt: skip


def coded(study: Study, *rows: tuple) -> Study:
    columns = list(HumanCodings.to_schema().columns)
    return replace(study, human_codings=HumanCodings.validate(pd.DataFrame(rows, columns=columns)))


def decided(study: Study, *row: str) -> Study:
    columns = list(LinkDecisions.to_schema().columns)
    return replace(study, link_decisions=LinkDecisions.validate(pd.DataFrame([row], columns=columns)))


def test_the_same_study_has_no_history(study):
    assert changes(study, study) == []
    assert compare_states({}, state_of(study, {}, {}), DAY) == ()


def test_themes_that_came_went_or_were_redefined(study):
    first, second, _ = study.themes
    redefined = replace(first, definition="Chi lavora", include_terms=("vigile", "messo"))
    after = replace(study, themes=(redefined, second, Theme("nuovo", "Nuovo", definition="Altro")))
    assert changes(study, after) == [
        ("theme_removed", "Il non detto", "", "", ""),
        ("theme_definition", "Personale", "", "Chi lavora", ""),
        ("theme_include_terms", "Personale", "", "vigile; messo", ""),
        ("theme_added", "Nuovo", "", "Altro", ""),
    ]


def test_codings_are_counted_by_coder_and_follow_passages_that_move(study):
    before = coded(study, ("R01", 0, 3, "Qui", "personale", "problem", "ada", False, True),
                   ("R01", 4, 9, "siamo", "personale", "", "ada", False, True))  # fmt: skip
    after = coded(study, ("R01", 9, 12, "«Qui»", "personale", "neutral", "ada", False, True),
                  ("R01", 4, 9, "siamo", "rifiuti", "", "ada", False, True),
                  ("R02", 4, 9, "siamo", "rifiuti", "", "ugo", False, True))  # fmt: skip
    ada, ugo = compare_states(state_of(before, {}, {}), state_of(after, {}, {}), DAY)
    assert (ada.before, ada.after, ada.added, ada.removed, ada.restanced) == ("2", "2", 1, 1, 1)
    assert (ugo.author, ugo.before, ugo.after, ugo.added) == ("ugo", "0", "1", 1)


def test_a_decision_on_a_link_is_told_once_and_signed(study):
    rejected = decided(study, "personale", "Q2", "reject", "", "", "", "Ugo", "2026-02-01")
    first = replace(study.themes[0], questionnaire_items=("Q1",))
    rejected = replace(rejected, themes=(first, *study.themes[1:]))
    assert changes(study, rejected) == [("link", "Personale – Q2", "", "reject", "Ugo")]
    read = decided(study, "personale", "Q1", "", "silence", "non c'entra", "", "Ada", "")
    assert changes(study, read) == [
        ("reading", "Personale – Q1", "", "silence", "Ada"),
        ("reason", "Personale – Q1", "", "non c'entra", "Ada"),
    ]


def test_memos_settings_and_interviews(study):
    memo = Memo("a.md", "memo/a.md", "t", title="Sul tema", author="Ada", date="2026-01-02")
    with_memo = replace(study, memos=(memo,))
    assert changes(study, with_memo) == [("memo_added", "Sul tema", "", "", "Ada")]
    assert changes(with_memo, replace(study, memos=(replace(memo, text="u"),)))[0][0] == "memo_changed"
    named = study.settings.model_copy(
        update={"privacy": study.settings.privacy.model_copy(update={"names": ("Rosa Zampedri",)})}
    )
    fewer = replace(study, settings=named, transcripts=study.transcripts[1:])
    assert changes(study, fewer) == [
        ("setting", "privacy.names", "0", "1", ""), ("interview_removed", "R01", "", "", ""),
    ]  # fmt: skip


def test_each_run_goes_on_from_what_the_one_before_kept(study, tmp_path):
    assert read_past(tmp_path, masked=False) == Past({})
    run = write_run(tmp_path, make_run())
    known_by_codes = read_past(tmp_path, masked=False)
    assert known_by_codes.state["themes"] == {"personale": {}, "rifiuti": {}, "silenzio": {}}
    since = compare_states(known_by_codes.state, state_of(study, {}, {}), DAY)
    assert [change.kind for change in since] == ["interview_changed"], "an older run knows no definition"
    state = state_of(study, {}, {})
    changed = compare_states(state, state_of(replace(study, themes=study.themes[:2]), {}, {}), DAY)
    keep_history(run, state, changed)
    kept = read_past(tmp_path, masked=False)
    assert (kept.state, kept.changes) == (json.loads(json.dumps(state)), changed)
    assert read_past(tmp_path, masked=True) == Past({}), "runs without pseudonyms say nothing to one with them"
    newer = write_run(tmp_path, make_run())
    (newer / DATA / FILE).write_text("[", encoding="utf-8")
    assert read_past(tmp_path, masked=False) == Past(kept.state, changed, (newer.name,))


def test_the_table_says_in_one_line_that_there_is_no_history(study):
    assert render(history(()), "it").lead.startswith("Nessuna storia: ")
    before = coded(study, ("R01", 0, 3, "Qui", "personale", "", "ada", False, True))
    signed = history(compare_states(state_of(before, {}, {}), state_of(study, {}, {}), DAY))
    table = render(signed, "en")
    assert table.lead == "1 change on 1 day since 2026-03-02; signed by ada or by nobody."
    assert table.frame.iloc[0].tolist() == [
        DAY, "codings", "ada", "1", "0 (0 added, 1 removed, 0 with another stance)", "ada", "",
    ]  # fmt: skip
