import hashlib
import os
import shutil
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

from corpus.errors import StudyError
from corpus.input_files import input_hashes
from corpus.study import read_study
from corpus.tables.sheets import read_input
from corpus.word_template import check_styles

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
TABLES = ("respondents.csv", "questionnaire.csv", "questionnaire_codebook.csv", "codebook.csv", "codings.csv")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Three interviews of the sample, with the sample's tables cut down to them."""
    folder = tmp_path / "studio"
    (folder / "transcripts").mkdir(parents=True)
    for name in ("S01", "S02", "S03"):
        shutil.copy(SAMPLE / "transcripts" / f"{name}.txt", folder / "transcripts")
    for name in ("study.toml", "questionnaire_codebook.csv", "codebook.csv"):
        shutil.copy(SAMPLE / name, folder)
    for name in ("respondents.csv", "questionnaire.csv", "codings.csv"):
        lines = (SAMPLE / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(line for line in lines if line[:3] not in OTHERS), encoding="utf-8")
    return folder


OTHERS = {f"S{number:02}" for number in range(4, 17)}


def told(folder: Path) -> list[str]:
    return [fault.say("it") for fault in read_study(folder).problems]


@pytest.mark.parametrize(("formats", "said"), [
    ('["html", "dox"]', "formato `dox` sconosciuto (intendevi `docx`?): ci sono xlsx, docx"),
    ('"html"', "vuole un elenco di almeno un formato"),
    ("[]", "vuole un elenco di almeno un formato"),
])  # fmt: skip
def test_formats_that_do_not_exist_are_named(study: Path, formats: str, said: str) -> None:
    with (study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[outputs]\nformats = {formats}\n")
    with pytest.raises(StudyError) as raised:
        read_study(study)
    assert said in raised.value.say("it")


def test_a_word_template_that_is_none_is_told(study: Path) -> None:
    with (study / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[outputs]\nformats = ["docx"]\ntemplate = "modello.docx"\n')
    assert "`modello.docx` non c'è o non è un documento di Word" in told(study)[0]
    (study / "modello.docx").write_bytes(b"PK no")
    assert "modello.docx" in told(study)[0] and "modello.docx" in input_hashes(study)


def test_a_word_template_that_lacks_styles_is_told_which(tmp_path: Path) -> None:
    template = Document()
    path = tmp_path / "modello.docx"
    template.save(path)
    assert check_styles(path) == ()
    for name in ("Heading 3", "Caption"):
        template.styles[name].delete()
    template.save(path)
    (warning,) = check_styles(path)
    assert warning.severity == "warning" and "mancano gli stili «Titolo 3», «Didascalia»" in warning.say("it")
    assert "the styles «Heading 3», «Caption» are missing" in warning.say("en")


def test_the_bundled_study_has_no_problem() -> None:
    study = read_study(SAMPLE)
    assert [fault.say() for fault in study.problems] == []
    assert len(study.transcripts) == len(study.respondents) == 16
    assert set(study.turns["respondent"]) == {"", *study.respondents["respondent"]}
    assert study.answers.groupby("respondent")["item"].nunique().eq(15).all()
    sources = {transcript.id: transcript.source for transcript in study.transcripts}
    for coding in study.human_codings.itertuples():
        assert sources[coding.transcript][coding.start : coding.end] == coding.quote


def test_a_whole_study_reads_without_a_word(study: Path) -> None:
    assert told(study) == []


def test_the_order_of_files_on_disk_does_not_matter(study: Path, tmp_path: Path) -> None:
    other = tmp_path / "altro"
    (other / "transcripts").mkdir(parents=True)
    for path in sorted(study.rglob("*"), reverse=True):
        if path.is_file():
            shutil.copy(path, other / path.relative_to(study))
    one = read_study(study)
    two = read_study(other)
    assert one.transcripts == two.transcripts
    assert one.themes == two.themes
    for frame in ("turns", "respondents", "answers", "human_codings"):
        pd.testing.assert_frame_equal(getattr(one, frame), getattr(two, frame))
    assert input_hashes(study) == input_hashes(other)


@pytest.mark.parametrize("name", ["questionnaire.csv", "codings.csv"])
def test_optional_files_may_be_missing(study: Path, name: str) -> None:
    (study / name).unlink()
    assert not [fault for fault in read_study(study).problems if fault.severity == "error"]


def test_without_respondents_each_interview_is_one(study: Path) -> None:
    for name in ("respondents.csv", "questionnaire.csv"):
        (study / name).unlink()
    read = read_study(study)
    assert read.respondents["respondent"].tolist() == ["S01", "S02", "S03"]
    assert set(read.turns["respondent"]) == {"", "S01", "S02", "S03"}
    assert "respondents.csv: non elenca nessun rispondente: se ne conta uno per intervista" in "\n".join(told(study))


def test_without_codebook_the_interviews_are_still_read(study: Path) -> None:
    (study / "codebook.csv").unlink()
    (study / "codings.csv").unlink()
    read = read_study(study)
    assert read.themes == ()
    assert len(read.turns) > 0
    assert [fault.say("it") for fault in read.problems] == [
        "codebook.csv: senza un libro dei codici si cercano solo argomenti emergenti"
    ]
    assert [fault.severity for fault in read.problems] == ["warning"]


def test_answers_without_a_questionnaire_codebook_are_not_read(study: Path) -> None:
    (study / "questionnaire_codebook.csv").unlink()
    assert told(study) == [
        "questionnaire.csv: manca questionnaire_codebook.csv, che descrive le domande: le risposte non sono lette; "
        "fanne una bozza con `trama check STUDIO --write-codebook`"
    ]


def test_a_transcript_that_fails_leaves_the_others(study: Path) -> None:
    (study / "transcripts" / "S02.txt").write_bytes(b"\0\1\2\3")
    read = read_study(study)
    assert [transcript.id for transcript in read.transcripts] == ["S01", "S03"]
    assert {fault.file for fault in read.problems} == {"transcripts/S02.txt", "respondents.csv"}


def test_two_transcripts_of_one_name_are_told(study: Path) -> None:
    (study / "transcripts" / "bis").mkdir()
    shutil.copy(study / "transcripts" / "S01.txt", study / "transcripts" / "bis" / "S01.txt")
    assert told(study) == [
        "transcripts/bis/S01.txt: stesso nome di transcripts/S01.txt: lasciata fuori, dalle un altro nome"
    ]


def test_a_respondent_without_interview_is_told_by_the_row_of_the_file(study: Path) -> None:
    rows = (study / "respondents.csv").read_text(encoding="utf-8").splitlines()
    gone = "A99" + rows[1][3:].replace(";S01;", ";A99;")
    (study / "respondents.csv").write_text("\n".join([*rows, "", gone]) + "\n", encoding="utf-8")
    assert [line for line in told(study) if "intervista" in line] == [
        "respondents.csv, riga 6, colonna transcript: il rispondente `A99` non ha un'intervista: "
        "la trascrizione `A99` non c'è o non si è potuta leggere; aggiungila o correggi la cella"
    ]


def test_a_class_variable_must_be_a_column(study: Path) -> None:
    text = (study / "study.toml").read_text(encoding="utf-8").replace('"classe"', '"clase"')
    (study / "study.toml").write_text(text, encoding="utf-8")
    assert told(study) == [
        "study.toml: `tables.class_variable`: la colonna `clase` non è in respondents.csv (intendevi `classe`?)"
    ]


def test_a_study_with_nothing_to_run_is_refused(study: Path) -> None:
    shutil.rmtree(study / "transcripts")
    with pytest.raises(StudyError, match="nessuna trascrizione"):
        read_study(study)
    with pytest.raises(StudyError, match="non c'è"):
        read_study(study / "nulla")
    (study / "study.toml").unlink()
    with pytest.raises(StudyError, match=r"study\.toml"):
        read_study(study)


def test_hashes_cover_every_input_and_nothing_else(study: Path) -> None:
    (study / "runs").mkdir()
    (study / "runs" / "manifest.json").write_text("{}")
    hashes = input_hashes(study)
    transcripts = [f"transcripts/{name}.txt" for name in ("S01", "S02", "S03")]
    assert list(hashes) == sorted(["study.toml", *TABLES, *transcripts])
    assert hashes["study.toml"] == hashlib.sha256((study / "study.toml").read_bytes()).hexdigest()


def test_the_hashes_change_with_any_input_but_not_with_its_date(study: Path) -> None:
    before = input_hashes(study)
    os.utime(study / "codebook.csv", (0, 0))
    assert input_hashes(study) == before
    with (study / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert input_hashes(study) != before


@pytest.mark.parametrize("table", ["respondents.csv", "codebook.csv"])
def test_a_table_that_nobody_filled_in_is_as_none(study: Path, table: str) -> None:
    for name in TABLES:
        if name != table:
            (study / name).unlink()
    lines = (study / table).read_text(encoding="utf-8").splitlines()
    (study / table).write_text(lines[0] + "\n", encoding="utf-8")
    assert list(read_study(study).respondents["respondent"]) == ["S01", "S02", "S03"]
    filled_in = [fault for fault in read_study(study).problems if fault.file == table]
    assert [fault.severity for fault in filled_in] == ["warning"]


@pytest.mark.parametrize("rows", ["", "S01\nS02\n"])
def test_a_questionnaire_without_questions_wants_no_codebook(study: Path, rows: str) -> None:
    for name in ("questionnaire_codebook.csv", "codebook.csv", "codings.csv"):
        (study / name).unlink()
    (study / "questionnaire.csv").write_text("respondent\n" + rows, encoding="utf-8")
    assert not [fault for fault in told(study) if "questionnaire" in fault]


def test_errors_come_before_warnings_and_causes_before_what_follows(study: Path) -> None:
    (study / "transcripts" / "S01.txt").write_bytes(b"\x00\x01 rovinato")
    (study / "transcripts" / "S02.txt").rename(study / "transcripts" / "S20.txt")
    for table, row in (("questionnaire.csv", "S77"), ("respondents.csv", "S88")):
        cells = (study / table).read_text(encoding="utf-8").splitlines()[0].count(";")
        with (study / table).open("a", encoding="utf-8") as rows:
            rows.write(row + ";" * cells + "\n")
    problems = read_study(study).problems
    severities = [fault.severity for fault in problems]
    assert severities == sorted(severities) and len(set(severities)) == 2
    errors = [fault.say("it") for fault in problems if fault.severity == "error"]
    places = [
        next(place for place, line in enumerate(errors) if words in line)
        for words in (
            "transcripts/S01.txt: ",
            "la trascrizione `S02` non c'è",
            "l'intervista non ha un rispondente",
            "il rispondente `S77` non è nell'elenco",
            "codings.csv, ",
        )
    ]
    assert places == sorted(places)


def test_tables_are_found_whatever_the_case_of_their_names(study: Path) -> None:
    before = read_study(study)
    for name, other in (("respondents.csv", "Respondents.CSV"), ("codebook.csv", "CODEBOOK.csv")):
        (study / name).rename(study / other)
    after = read_study(study)
    assert after.respondents.equals(before.respondents) and after.themes == before.themes
    assert {"Respondents.CSV", "CODEBOOK.csv"} <= set(input_hashes(study))


def test_a_table_in_a_format_that_nothing_reads_is_told(study: Path) -> None:
    (study / "codings.csv").rename(study / "Codings.xls")
    (study / "questionnaire.dta").write_bytes(b"x")
    problems = {fault.file: fault for fault in read_study(study).problems}
    assert problems["Codings.xls"].severity == "error"
    assert "il formato .xls non si legge: apri il file e salvalo come codings.xlsx" in problems["Codings.xls"].say("it")
    assert problems["questionnaire.dta"].severity == "warning"


def test_a_list_of_names_is_found_however_its_name_is_composed(study: Path) -> None:
    (study / unicodedata.normalize("NFD", "città.txt")).write_text("Maria Rossi\n", encoding="utf-8")
    assert read_input(study, unicodedata.normalize("NFC", "città.txt")) == b"Maria Rossi\n"


@pytest.mark.parametrize("key", ["names", "keep"])
@pytest.mark.parametrize("entry", ["Rosa, Pietro", "Bianchi; Verdi"])
def test_several_names_in_one_entry_are_told(tmp_path: Path, key: str, entry: str) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "S1.txt").write_text("I: Come va?\nR: Bene.\n")
    (tmp_path / "study.toml").write_text(f'[study]\ntitle = "x"\n[privacy]\npseudonyms = true\n{key} = ["{entry}"]\n')
    (told,) = [problem for problem in read_study(tmp_path).problems if f"privacy.{key}" in problem.say()]
    assert told.severity == "warning" and told.quote == f"«{entry}»" and entry not in told.say("en")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            '[speakers]\ninterviewer = "Anna, Lia"',
            '`speakers.interviewer` vuole un elenco tra parentesi quadre, ogni voce tra virgolette: ["Anna", "Lia"]',
        ),
        ('[privacy]\nnames = "Rosa"', '["Rosa"]'),
        ('[tables]\nvariables = "classe; genere"', '["classe", "genere"]'),
    ],
)
def test_a_text_where_a_list_should_stand_is_shown_as_one(tmp_path: Path, line: str, wanted: str) -> None:
    (tmp_path / "study.toml").write_text(f'[study]\ntitle = "x"\n{line}\n')
    with pytest.raises(StudyError) as caught:
        read_study(tmp_path)
    assert wanted in caught.value.say("it")


def test_a_coding_of_words_that_no_respondent_says_is_told(study: Path) -> None:
    talk = "INTERVISTATRICE: Le pagelle, le tasse?\n\nSINDACO: Le tasse no.\n\nSINDACO: Il resto sì.\n"
    (study / "transcripts" / "X.txt").write_text(talk, encoding="utf-8")
    with (study / "respondents.csv").open("a", encoding="utf-8") as respondents:
        respondents.write("X;X\n")
    theme = read_study(study).themes[0].code
    header = "transcript;quote;code;coder\n"
    for quote, warned in (("Le pagelle", True), ("le tasse?\n\nSINDACO: Le tasse no", False), ("Il resto", False)):
        (study / "codings.csv").write_text(f'{header}X;"{quote}";{theme};Anna\n', encoding="utf-8")
        read = read_study(study)
        assert len(read.human_codings) == 1
        assert (
            any("che non contano: 1 (`X` 17-27)" in line for line in (fault.say() for fault in read.problems)) == warned
        )
    (study / "codings.csv").write_text(f"{header}X;Le pagelle;nessun tema;Anna\n", encoding="utf-8")
    assert not any("non contano" in line for line in told(study))
