from pathlib import Path

import pandas as pd
import pytest

from corpus.questionnaire import answers
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.questionnaire.surveys import read_survey
from corpus.questionnaire.written_answers import is_written, place_of, written_transcripts
from corpus.records import Cell
from corpus.respondents.speakers import build_turns
from corpus.settings import SegmentsSection, parse_settings
from corpus.study import read_study
from corpus.transcripts.segments import split_segments
from outputs.words.sentences import say

ITEMS = """item;text;type;analyse
P1;Che cosa manca?;text;si
P2;Quanti siete?;number;
P3;Altro da dire?;text;si
P4;Note;text;
"""
TEXT = """respondent;P1;P2;P3;P4
S02;"Manca personale.
E mancano soldi.";3;-;x
S01;;2;Più formazione per tutti;y
S09;Fuori elenco;1;;
"""


def write(folder: Path) -> Path:
    (folder / "questionnaire_codebook.csv").write_text(ITEMS, encoding="utf-8")
    (folder / "questionnaire.csv").write_text(TEXT, encoding="utf-8")
    return folder


def test_written_answers_are_turns_that_know_their_cell(tmp_path: Path) -> None:
    items, _ = read_questionnaire_codebook(write(tmp_path))
    one, two = written_transcripts(read_answers(tmp_path, items, ["S01", "S02"])[0])
    assert [one.id, two.id] == ["questionario:S01", "questionario:S02"]
    assert is_written(one.id)
    assert not is_written("S01")
    assert [(turn.speaker, turn.text, turn.cell) for turn in two.turns] == [
        ("questionario", "Che cosa manca?", None),
        ("S02", "Manca personale. E mancano soldi.", Cell(2, "P1")),
    ]
    for transcript in (one, two):
        for turn in transcript.turns:
            assert " ".join(transcript.source[turn.start : turn.end].split()) == turn.text
    assert say(place_of(two, 2), "it") == "questionnaire.csv, riga 2, colonna P1 (risposta scritta)"
    assert say(place_of(one, 2), "en") == "questionnaire.csv, row 3, column P3 (written answer)"


def test_they_become_segments_of_the_respondent_with_their_question(tmp_path: Path) -> None:
    items, _ = read_questionnaire_codebook(write(tmp_path))
    transcripts = written_transcripts(read_answers(tmp_path, items, ["S01", "S02"])[0])
    settings = parse_settings({"study": {"title": "t"}, "speakers": {"respondent": ["*"]}})
    respondents = pd.DataFrame({"respondent": ["S01", "S02"], "transcript": "", "speaker": ""})
    turns, problems = build_turns(transcripts, respondents, settings)
    assert [fault.say("en") for fault in problems] == [
        f"respondents.csv, column transcript: respondent `{name}` has no interview: "
        "add it if there is one, else only the questionnaire counts"
        for name in ("S01", "S02")
    ]
    segments = split_segments(turns, transcripts, SegmentsSection(target_words=5))
    mine = segments[segments["role"] == "respondent"]
    assert mine[["segment", "respondent", "question"]].to_numpy().tolist() == [
        ["questionario:S01:0002", "S01", "Altro da dire?"],
        *[[f"questionario:S02:{place}", "S02", "Che cosa manca?"] for place in ("0002", "0003")][: len(mine) - 1],
    ]


def test_a_study_holds_them_beside_its_interviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(answers, "read_survey", lambda *given: read.append(given) or read_survey(*given))
    write(tmp_path)
    (tmp_path / "study.toml").write_text('[study]\ntitle = "t"\n')
    (tmp_path / "respondents.csv").write_text("respondent\nS01\nS02\n")
    (tmp_path / "transcripts").mkdir()
    for name in ("S01", "S02"):
        (tmp_path / "transcripts" / f"{name}.txt").write_text("Intervistatrice: Allora?\nSindaca: Eccoci qui.\n")
    (tmp_path / "codebook.csv").write_text("code;label;definition\np;Personale;Chi manca\n")
    (tmp_path / "codings.csv").write_text("transcript;quote;code\nquestionario:S02;Manca personale.;p\n")
    study = read_study(tmp_path)
    assert len(read) == 1  # one reading gives the answers that are counted and those that are coded
    assert [transcript.id for transcript in study.interviews] == ["S01", "S02"]
    assert len(study.transcripts) == 4
    assert study.human_codings["quote"].tolist() == ["Manca personale."]
    assert [fault.say() for fault in study.problems if fault.severity == "error"] == [
        "questionnaire.csv, riga 4, colonna respondent: il rispondente `S09` non è nell'elenco dei rispondenti: "
        "la riga è lasciata fuori"
    ]
