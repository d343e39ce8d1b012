"""Names out of whole studies: how many of the marked ones, and the same pseudonym for the same person."""

import json
import stat
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import StudyError
from corpus.pseudonyms.key import Key, key_folder
from corpus.study import read_study
from nlp.italian import load_pipeline
from nlp.privacy.study_masker import pseudonymise_study
from tests.nlp.privacy.marked import masked, missed_and_wrong, pseudonyms_of, read_marked, write_study

HERE = Path(__file__).parent
SAMPLE = Path(__file__).parents[3] / "corpus" / "sample"
TEXT = """INTERVISTATRICE: Mi dica, Maria Rossi.
MARIA ROSSI: Il mio collega Luca Verdi ha chiamato il 333 1234567 e la Rossi sono io.
MARIA ROSSI: La dottoressa ROSSI abita in via Roma 3, chiede sempre di Verdi e della biblioteca.
"""
RESPONDENTS = "respondent;transcript;speaker;nome;cognome;comune\nRossi Maria;Q1;MARIA ROSSI;Maria;Rossi;Brescia\n"
CODINGS = "transcript;start;end;quote;code;stance;coder\nQ1;;;Luca Verdi ha chiamato;lavoro;;anna\n"
CODINGS += "Q1;;;La dottoressa [PERSONA_1] abita;lavoro;;bea\n"


@pytest.fixture(scope="module")
def pipeline():
    return load_pipeline()


@pytest.fixture(scope="module")
def held_out(pipeline, tmp_path_factory):
    texts = read_marked(HERE / "held_out.txt")
    folder = write_study(tmp_path_factory.mktemp("held") / "s", {name: text for name, (text, _) in texts.items()})
    return masked(folder, pipeline), [mark for _, marks in texts.values() for mark in marks]


@pytest.fixture
def small(tmp_path):
    folder = write_study(tmp_path / "studio", {"Q1": TEXT})
    (folder / "respondents.csv").write_text(RESPONDENTS, "utf-8")
    (folder / "codings.csv").write_text(CODINGS, "utf-8")
    return folder


def test_nearly_every_marked_name_is_replaced_and_little_else(held_out):
    result, marks = held_out
    missed, wrong = missed_and_wrong(result, marks)
    assert len(marks) >= 80
    assert len(missed) <= 0.04 * len(marks)
    assert len(wrong) <= 0.04 * len(marks)


def test_one_person_has_one_pseudonym(held_out):
    result, marks = held_out
    names = {}
    for mark, pseudonym in pseudonyms_of(result, marks):
        names.setdefault(mark.who, set()).add(pseudonym)
    assert {who: found for who, found in names.items() if len(found) > 1} == {}


def test_what_is_left_of_a_turn_stands_where_its_alignment_says(held_out):
    result, _ = held_out
    for transcript in result.study.transcripts:
        for turn in transcript.turns:
            for clean, source, length in turn.alignment.pieces:
                assert transcript.source[source : source + length] == turn.text[clean : clean + length]


def test_every_name_in_the_sample_is_replaced(pipeline, tmp_path):
    listed = json.loads((HERE / "sample_names.json").read_text("utf-8"))
    study = read_study(SAMPLE)
    result = pseudonymise_study(study, pipeline, tmp_path)
    for transcript in result.study.transcripts:
        said = Counter()
        for edit in result.sources[transcript.id].edits:
            if edit.kind == "PERSONA":
                source = next(one.source for one in study.transcripts if one.id == transcript.id)
                said[source[edit.start : edit.end]] += 1
        assert Counter(listed["names"].get(transcript.id, {})) <= said
    replaced = sum(kinds.get("PERSONA", 0) for kinds in result.counts.values())
    people = sum(sum(names.values()) for names in listed["names"].values())
    assert people / replaced > 0.65


def test_labels_tables_and_speech_name_one_person_alike(small, pipeline):
    study = pseudonymise_study(read_study(small), pipeline, small).study
    source = study.transcripts[0].source
    assert source.startswith("INTERVISTATRICE: Mi dica, [PERSONA_1].\n[PERSONA_1]: Il mio collega [PERSONA_2]")
    assert "la [PERSONA_1] sono io" in source and "dottoressa [PERSONA_1] abita in [INDIRIZZO_1]" in source
    row = study.respondents.iloc[0]
    assert (row["respondent"], row["nome"], row["cognome"]) == ("[PERSONA_1]", "[PERSONA_1]", "[PERSONA_1]")
    assert row["comune"] == "Brescia"
    assert set(study.turns["respondent"]) == {"", "[PERSONA_1]"}


def test_codings_on_the_original_and_on_the_masked_text_are_both_found(small, pipeline):
    study = pseudonymise_study(read_study(small), pipeline, small).study
    source = study.transcripts[0].source
    assert list(study.human_codings["quote"]) == ["[PERSONA_2] ha chiamato", "La dottoressa [PERSONA_1] abita"]
    for start, end, quote in study.human_codings[["start", "end", "quote"]].itertuples(index=False):
        assert source[start:end] == quote
    assert [problem for problem in study.problems if problem.file == "codings.csv"] == []


def test_municipalities_only_when_asked(small, pipeline):
    settings = (small / "study.toml").read_text("utf-8") + "municipalities = true\n"
    (small / "study.toml").write_text(settings, "utf-8")
    study = pseudonymise_study(read_study(small), pipeline, small).study
    assert study.respondents.iloc[0]["comune"] == "[COMUNE_1]"


def test_own_names_and_what_is_kept(small, pipeline):
    more = 'names = ["Luca Verdi | il geometra", "LUOGO: biblioteca"]\nkeep = ["Rossi", "Maria"]\n'
    (small / "study.toml").write_text((small / "study.toml").read_text("utf-8") + more, "utf-8")
    study = pseudonymise_study(read_study(small), pipeline, small).study
    source = study.transcripts[0].source
    assert "MARIA ROSSI" in source and "[LUOGO_1]" in source and "Verdi" not in source
    assert study.settings.privacy.names == ()


def test_the_key_is_its_owners_alone_and_numbers_stay_when_people_are_added(small, pipeline):
    pseudonymise_study(read_study(small), pipeline, small)
    key = small / "privacy" / "pseudonyms.json"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    first = json.loads(key.read_text("utf-8"))
    (small / "transcripts" / "A0.txt").write_text("INTERVISTATRICE: E Carla Neri?\nR: Carla Neri conosce Luca Verdi.\n")
    study = pseudonymise_study(read_study(small), pipeline, small).study
    second = json.loads(key.read_text("utf-8"))
    assert {number: second["PERSONA"][number] for number in first["PERSONA"]} == first["PERSONA"]
    assert "[PERSONA_3] conosce [PERSONA_2]" in study.transcripts[0].source


def test_the_same_study_gives_the_same_pseudonyms(small, pipeline):
    one, two = (masked(small, pipeline, Key()).study.transcripts for _ in range(2))
    assert one == two


@pytest.mark.parametrize("place", ["runs", ".trama/store", "."])
def test_the_key_never_goes_where_results_or_caches_are(tmp_path, place):
    with pytest.raises(StudyError):
        key_folder(tmp_path, place)


def test_names_from_a_file_of_the_study(small, pipeline):
    (small / "nomi.txt").write_text("# elenco\nbiblioteca\n", "utf-8")
    (small / "study.toml").write_text((small / "study.toml").read_text("utf-8") + 'names_file = "nomi.txt"\n', "utf-8")
    study = pseudonymise_study(read_study(small), pipeline, small).study
    assert "biblioteca" not in study.transcripts[0].source


def test_respondents_called_by_their_labels_are_masked_too(pipeline, tmp_path):
    text = (
        "MODERATRICE: Come va?\n\nPaola Neri: Bene.\n\nSergio Verdi: Male.\n\nPaola Neri: Già.\n\nSergio Verdi: Ecco."
    )
    study = masked(write_study(tmp_path / "s", {"gruppo": text}), pipeline).study
    assert study.respondents["respondent"].tolist() == ["gruppo: [PERSONA_1]", "gruppo: [PERSONA_2]"]
    assert study.respondents["speaker"].tolist() == ["[PERSONA_1]", "[PERSONA_2]"]
    assert set(study.turns["respondent"]) == {"", "gruppo: [PERSONA_1]", "gruppo: [PERSONA_2]"}
