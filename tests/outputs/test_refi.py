import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.alignment import Alignment
from corpus.codebook.refi_codebook import read_qdc
from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.files.decoding import decode
from corpus.memos.study_memos import read_memos
from corpus.new_study.refi_intake import create_study_from
from corpus.new_study.template_folder import create_study
from corpus.records import Memo, Subject, Theme, Transcript, Turn
from corpus.refi.names import code_names
from corpus.schemas import HumanCodings, empty
from corpus.study import read_study
from corpus.words.spelling import clean_cell
from corpus.words.stances import stance_word
from outputs.refi import project_account, write_qdc, write_qdpx
from tests.corpus.refi.made import project, write
from tests.corpus.refi.test_codes import TEXT, TREES, twins
from tests.outputs.strict_refi import XSD, read_strictly, schema
from tests.tiny_study import PEOPLE, make_study

needs_xsd = pytest.mark.skipif(not XSD.is_dir(), reason="the REFI-QDA schemas are not beside the repository")
TITLE = "Prova"


def by_hand(rows, studied):
    """The study with codings by people from (transcript, start, end, theme, stance, coder)."""
    sources = {transcript.id: transcript.source for transcript in studied.transcripts}
    full = [(id, start, end, sources[id][start:end], *others, False, True) for id, start, end, *others in rows]
    columns = list(HumanCodings.to_schema().columns)
    frame = HumanCodings.validate(pd.DataFrame(full, columns=columns)) if full else empty(HumanCodings)
    return replace(studied, human_codings=frame)


def of_texts(texts, themes=None, rows=()):
    """A study of these texts alone, and results without codings."""
    studied, results = make_study()
    transcripts = tuple(
        Transcript(id, f"transcripts/{id}.txt", "0" * 64, text,
                   (Turn(1, "R", 0, len(text), text, Alignment(((0, 0, len(text)),))),))
        for id, text in texts.items()
    )  # fmt: skip
    studied = replace(studied, transcripts=transcripts, themes=themes or studied.themes,
                      turns=studied.turns.iloc[:0])  # fmt: skip
    return by_hand(rows, studied), replace(
        results, codings=results.codings.iloc[:0], segments=results.segments.iloc[:0]
    )


def exported(studied, results, folder: Path) -> Path:
    (folder / "codings").mkdir(parents=True, exist_ok=True)
    return write_qdpx(studied, results, folder / "codings" / "p.qdpx")


def read_back(studied, folder: Path):
    sources = {transcript.id: Wording(transcript.source) for transcript in studied.transcripts}
    return read_codings(open_codings(folder), sources, studied.themes, TITLE)


def test_a_no_to_a_theme_is_no_coding_of_another_program_and_is_counted(tmp_path):
    studied, results = make_study()
    studied = by_hand([("R01", 4, 9, "personale", "", "ada"), ("R01", 0, 3, "rifiuti", "", "ugo")], studied)
    codings = studied.human_codings
    studied = replace(studied, human_codings=codings.assign(given=codings["coder"] == "ada"))
    read = read_strictly(exported(studied, results, tmp_path).read_bytes())
    assert [coding[4:6] for coding in read.codings if coding[5] != "Trama"] == [("Personale", "ada")]
    assert project_account(studied, results).left_out["refused"] == 1


def test_a_strict_reader_finds_every_coding_of_the_machine_and_of_people_apart(tmp_path):
    studied, results = make_study()
    studied = by_hand([("R01", 4, 9, "personale", "proposal", "ada"), ("R01", 4, 9, "rifiuti", "proposal", "ada"),
                       ("R01", 0, 3, "personale", "", "ugo")], studied)  # fmt: skip
    read = read_strictly(exported(studied, results, tmp_path).read_bytes())
    assert read.texts == {transcript.id: transcript.source for transcript in studied.transcripts}
    labels = {theme.code: theme.label for theme in studied.themes}
    starts = results.segments.set_index("segment")["turn_start"]
    expected = {
        (
            segment[:3],
            starts[segment],
            starts[segment] + len(evidence),
            evidence,
            labels[theme],
            "Trama",
            stance_word(stance, "it"),
        )
        for segment, theme, evidence, stance in results.codings[["segment", "theme", "evidence", "stance"]].to_numpy()
    }
    assert len(expected) == 16
    assert {coding for coding in read.codings if coding[5] == "Trama"} == expected
    assert sorted(coding for coding in read.codings if coding[5] != "Trama") == [
        ("R01", 0, 3, "Qui", "Personale", "ugo", ""),
        ("R01", 4, 9, "siamo", "Personale", "ada", "proposta"),
        ("R01", 4, 9, "siamo", "Rifiuti", "ada", "proposta"),
    ]
    back, problems = read_back(studied, tmp_path)
    assert problems == () and set(back["coder"]) == {"ada", "ugo"} and len(back) == 3


def test_cases_carry_typed_variables_and_their_texts(tmp_path):
    studied, results = make_study()
    studied = replace(studied, respondents=studied.respondents.assign(Q2="del 2024"))
    cases = read_strictly(exported(studied, results, tmp_path).read_bytes()).cases
    assert list(cases) == PEOPLE and cases["R02"][1] == ["R02"]
    assert cases["R02"][0] == {
        "classe": ("Text", "fino a 3.000"), "Q2": ("Text", "del 2024"), "Q1": ("Text", "2"),
        "Q2 (questionario)": ("Float", "1"), "Q3[rifiuti]": ("Boolean", "true"), "Q3[mense]": ("Boolean", "false"),
        "Q4": ("Text", "si"),
    }  # fmt: skip
    assert "Q2 (questionario)" not in cases["R01"][0], "a missing answer has no value"


@needs_xsd
def test_the_codebook_is_valid_and_comes_back(tmp_path):
    themes = (Theme("a", "Città & <paesi>", definition="Dove\nsi vive", color="#112233"), Theme("b", "b", "a"))
    path = write_qdc(themes, tmp_path / "c.qdc")
    schema("Codebook").assertValid(etree.parse(path))
    rows = [dict(zip(*each, strict=True)) for each in ((read_qdc(path.read_bytes(), "c.qdc")[0], row)
            for row in read_qdc(path.read_bytes(), "c.qdc")[1:])]  # fmt: skip
    assert [(row["label"], row["parent"], row["definition"]) for row in rows] == [
        ("Città & <paesi>", "", "Dove\nsi vive"), ("b", "citta_paesi", ""),
    ]  # fmt: skip
    assert rows[0]["color"] == "#112233"


def test_the_same_study_gives_the_same_bytes(tmp_path):
    one, two = (exported(*make_study(), tmp_path / name).read_bytes() for name in ("a", "b"))
    assert one == two


@pytest.mark.parametrize(
    "raw",
    [
        "\ufeffI: Come va?\r\nR: Bene 😀, cioè…\tabbastanza.\r\n".encode(),
        "I: Perche\u0301?\nR: Cosi\u0300 e\u0300. 👩‍👩‍👧 fine".encode(),  # accents apart, a family of five code points
        "I: Città\r\nR: perché 𝒳".encode("utf-16"),
        "I: Città\r\nR: perché".encode("cp1252"),
    ],
)
def test_positions_hold_whatever_the_transcript_was(tmp_path, raw):
    text, _ = decode(raw, "T.txt")
    rows = [("T", start, start + 3, "personale", "", "ada") for start in range(len(text) - 3)]
    studied, results = of_texts({"T": text}, rows=rows)
    read = read_strictly(exported(studied, results, tmp_path).read_bytes())
    assert [coding[1:4] for coding in read.codings] == [(row[1], row[2], text[row[1] : row[2]]) for row in rows]
    back, problems = read_back(studied, tmp_path)
    assert problems == ()
    pd.testing.assert_frame_equal(back, studied.human_codings)


ALIKE = (
    Theme("risorse", "Risorse"),
    Theme("risorse_critica", "Criticità", "risorse"),
    Theme("personale", "Personale"),
    Theme("personale_critica", "criticita", "personale"),
    Theme("altro", "Criticità"),
)


def test_themes_of_one_name_stay_apart(tmp_path):
    names = code_names(ALIKE)
    assert names["risorse_critica"] == "Criticità (Risorse)" and names["altro"] == "Criticità (altro)"
    rows = [("T", number, number + 3, theme.code, "", "ada") for number, theme in enumerate(ALIKE)]
    studied, results = of_texts({"T": "uno due tre quattro"}, ALIKE, rows)
    read = read_strictly(exported(studied, results, tmp_path).read_bytes())
    assert [read.codes[names[theme.code]][0] for theme in ALIKE] == ["", "Risorse", "", "Personale", ""]
    back, problems = read_back(studied, tmp_path)
    assert problems == ()
    pd.testing.assert_frame_equal(back, studied.human_codings)


cells = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=8).map(clean_cell)
labels = st.one_of(st.sampled_from(["Criticità", "criticita", "A/B", "x::y", "&<>'\"", "😀"]), cells.filter(bool))


@st.composite
def projects(draw):
    """Themes in a tree, two texts, codings by two people, a variable a person."""
    themes: list[Theme] = []
    for number in range(draw(st.integers(1, 5))):
        parent = draw(st.sampled_from(["", *(theme.code for theme in themes)]))
        themes.append(Theme(f"t{number}", draw(labels), parent, draw(cells)))
    body = st.text("aè😀 \n.<&\t", min_size=4, max_size=40).filter(str.strip)
    texts = {"T1": draw(body), "T2": draw(body)}
    rows = set()
    for id in draw(st.lists(st.sampled_from(sorted(texts)), max_size=6)):
        start = draw(st.integers(0, len(texts[id]) - 1))
        theme = draw(st.sampled_from(themes)).code
        coder = draw(st.sampled_from(["ada", "Ugo È."]))
        rows.add((id, start, draw(st.integers(start + 1, len(texts[id]))), theme, "", coder))
    studied, results = of_texts(texts, tuple(themes), sorted(rows))
    people = studied.respondents.assign(nota=draw(st.lists(cells, min_size=12, max_size=12)))
    return replace(studied, respondents=people), results


@settings(deadline=None, max_examples=10)
@given(projects())
def test_out_and_in_again_loses_nothing(made):
    studied, results = made
    with tempfile.TemporaryDirectory() as scratch:
        path = exported(studied, results, Path(scratch))
        read = read_strictly(path.read_bytes())
        names = code_names(studied.themes)
        names[""] = ""
        assert {name: each[:2] for name, each in read.codes.items()} == {
            names[theme.code]: (names[theme.parent], theme.definition) for theme in studied.themes
        }
        notes = zip(studied.respondents["respondent"], studied.respondents["nota"], strict=True)
        assert {name: each[0].get("nota", ("Text", ""))[1] for name, each in read.cases.items()} == dict(notes)
        back, problems = read_back(studied, Path(scratch))
    assert problems == ()
    pd.testing.assert_frame_equal(back, studied.human_codings)


def test_a_study_comes_back_out_of_its_project(tmp_path):
    create_study(tmp_path / "uno")
    first = read_study(tmp_path / "uno")
    nothing = of_texts({})[1]
    taken = create_study_from(exported(first, nothing, tmp_path), tmp_path / "due")
    again = read_study(tmp_path / "due")
    assert taken.account.say("it") == ("Portati: testi 2, temi 4, rispondenti 2, passaggi codificati 3",)
    assert taken.problems == ()
    assert [each.source for each in again.transcripts] == [each.source for each in first.transcripts]
    assert [(each.label, each.definition) for each in again.themes] == [(e.label, e.definition) for e in first.themes]
    assert again.respondents["classe"].tolist() == first.respondents["classe"].tolist()
    columns = ["transcript", "start", "end", "quote", "stance", "coder"]
    pd.testing.assert_frame_equal(again.human_codings[columns], first.human_codings[columns])
    assert again.settings.study.title == first.settings.study.title and not again.settings.study.fictional


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_codes_and_codings_of_another_program_come_back_the_same(tmp_path, tree):
    create_study_from(write(tmp_path / "p.qdpx", project("X", tree, twins()), {9: TEXT.encode()}), tmp_path / "uno")
    first = read_study(tmp_path / "uno")
    create_study_from(exported(first, of_texts({})[1], tmp_path), tmp_path / "due")
    again = read_study(tmp_path / "due")
    assert [replace(theme, color="") for theme in again.themes] == list(first.themes)
    pd.testing.assert_frame_equal(again.human_codings, first.human_codings)


PASSAGE = Subject("passage", "R01", 4, 9, "siamo")
MEMOS = (
    Memo("tema.md", "memo/tema.md", "Largo & <vago> 😀\n\nDue capoversi", title="Sul tema", author="Ada",
         date="2026-03-02", subjects=(Subject("theme", "personale"), PASSAGE)),
    Memo("r.md", "memo/r.md", "Disponibile", author="Ugo", subjects=(Subject("respondent", "R02"),)),
    Memo("t.md", "memo/t.md", "Disturbata", subjects=(Subject("transcript", "R03"),)),
    Memo("s.md", "memo/s.md", "Dello studio"),
    Memo("l.md", "memo/l.md", "Perché", "link", "causa", subjects=(Subject("theme", "rifiuti"), PASSAGE),
         direction="OneWay", guid="00000000-0000-4000-8000-000000000077"),
    Memo("i.md", "memo/i.md", "quali", "set", "Servizi",
         subjects=(Subject("theme", "rifiuti"), Subject("transcript", "R01"), Subject("respondent", "R02"))),
    Memo("p.md", "memo/p.md", "Perso", subjects=(Subject("theme", "boh", found=False),)),
)  # fmt: skip


def test_memos_links_and_sets_go_out_and_come_back(tmp_path):
    studied, results = make_study()
    studied = replace(studied, memos=MEMOS)
    read_strictly(exported(studied, results, tmp_path).read_bytes())
    sources = {transcript.id: Wording(transcript.source) for transcript in studied.transcripts}
    back, problems = read_memos(tmp_path, open_codings(tmp_path), sources, studied.themes, PEOPLE, TITLE)
    fields = {
        memo.title or memo.text: (memo.kind, memo.text, memo.author, memo.date, memo.direction, memo.subjects)
        for memo in back
    }
    wanted = {
        memo.title or memo_name(memo): (memo.kind, memo.text, memo.author, memo.date, memo.direction, memo.subjects)
        for memo in MEMOS
    }
    wanted["Servizi"] = (*wanted["Servizi"][:5], MEMOS[5].subjects[:2])
    wanted["p"] = (*wanted["p"][:5], ())
    assert (fields, problems) == (wanted, ())
    assert next(memo.guid for memo in back if memo.kind == "link") == MEMOS[4].guid
    assert project_account(studied, results).say("it") == (
        "Portati: testi 12, temi 3, rispondenti 12, codifiche 16, memo 5, legami 1, insiemi 1",
        "Non portati: legami fra temi e domande, con le letture 5, argomenti emergenti 1, "
        "cose di cui parla un memo e che non si trovano 1, rispondenti e passi negli insiemi 1",
    )


def memo_name(memo: Memo) -> str:
    return memo.id.removesuffix(".md")
