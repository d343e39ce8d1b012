import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from corpus.records import ITALIAN, Theme
from corpus.schemas import Codings, HumanCodings, Segments, empty
from corpus.settings import AnalysisSection
from nlp.annotation import annotate
from nlp.coders import open_coder
from nlp.coders.ask import code_text, read_text
from nlp.coding import code_unread, join_codings
from nlp.embeddings import embed_texts, load_encoder, share_texts, unit_rows
from nlp.italian import load_pipeline
from nlp.italian.loading import MODEL
from nlp.spoken_text import coded_by_machine, put_in_order
from nlp.word_counts import count_words

TALK = {
    "A": (
        "Abbiamo fatto il concorso per un istruttore e non si è presentato nessuno.",
        "In ufficio siamo rimasti in due e non riusciamo a stare dietro a tutto.",
        "La strada provinciale è piena di buche.",
        "Il fondo della strada è dissestato e le macchine si rompono.",
        "Abbiamo un mutuo da pagare fino al duemilatrenta.",
        "La Regione ci ha dato un contributo per la scuola.",
    ),
    "B": (
        "La gente porta i sacchi dell'umido il martedì mattina.",
        "La raccolta differenziata funziona benissimo, siamo contenti.",
        "I bambini hanno fatto il concorso di pittura in piazza.",
        "La domenica c'è la festa del paese con la banda.",
        "Abbiamo messo le pratiche sul computer e il cittadino fa tutto da casa.",
        "Sì, certo.",
    ),
    "C": (
        "La geometra è andata in pensione e non l'abbiamo sostituita.",
        "Quei pochi euro che avevamo in cassa sono finiti subito.",
        "Ci siamo messi insieme con i paesi vicini per la polizia locale.",
        "Bisognerebbe assumere almeno un'altra persona.",
        "Abbiamo speso il fondo regionale per l'asfalto.",
        "Mio nonno faceva il pane.",
    ),
}
THEMES = (
    Theme(
        "personale",
        "Personale",
        definition="Organico del comune: quanti sono, chi manca, chi se ne va",
        use_when="Si parla di dipendenti, assunzioni, concorsi, pensionamenti",
        include_terms=("dipendente", "assumere", "concorso", "geometra"),
    ),
    Theme(
        "risorse",
        "Risorse economiche",
        definition="Soldi del comune: bilancio, entrate, tagli, finanziamenti, bandi",
        use_when="Si parla di fondi, bilancio, contributi",
        include_terms=("fondo", "contributo", "mutuo", "bilancio"),
    ),
    Theme(
        "territorio",
        "Territorio",
        definition="Strade, edilizia, lavori pubblici, manutenzione",
        include_terms=("strada", "manutenzione"),
    ),
    Theme(
        "rifiuti",
        "Rifiuti",
        definition="Raccolta e smaltimento dei rifiuti",
        use_when="Si parla di spazzatura, umido, discarica",
        include_terms=("raccolta differenziata", "discarica"),
    ),
    Theme("digitale", "Digitalizzazione", definition="Uso di strumenti digitali: software, SPID, sportello online"),
)


class Letters:
    """A hand-made encoder for tests: how often each letter stands in a text, so it knows no meaning."""

    name = fingerprint = "letters"
    dimensions = 26

    def encode(self, texts):
        return unit_rows(
            np.array([[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts], dtype=float)
        )


def talk(said=TALK):
    """Segments one after the other, parted by a blank, one answer each."""
    rows = []
    for name, texts in said.items():
        at = 0
        for number, text in enumerate(texts, start=1):
            place = (at, at + len(text), 0, None, None)
            rows.append(
                (f"{name}:{number:04d}", name, number, "S", "respondent", name, *place, text, len(text.split()), "")
            )
            at += len(text) + 1
    return Segments.validate(pd.DataFrame(rows, columns=list(Segments.to_schema().columns)))


def human(segments, rows):
    """HumanCodings from (segment, theme, coder), each the whole segment; theme "" says that none is there."""
    place = segments.set_index("segment")
    made = [
        (
            *place.loc[name, ["transcript", "start", "end", "text"]],
            theme,
            "neutral" if theme else "",
            coder,
            False,
            True,
        )
        for name, theme, coder in rows
    ]
    return HumanCodings.validate(pd.DataFrame(made, columns=list(HumanCodings.to_schema().columns)))


@pytest.fixture(scope="module")
def annotated():
    if not (MODEL / "meta.json").is_file():
        pytest.skip("the bundled model is not in this checkout")
    segments = talk()
    return segments, annotate(segments, load_pipeline())[0]


def spoken_text(segments, tokens, encoder):
    """What is coded of Segments that are all in Italian."""
    spoken = coded_by_machine(segments, segments[["segment"]].assign(language=ITALIAN))
    vectors = embed_texts(spoken["text"], encoder)
    return put_in_order(spoken, tokens, vectors, share_texts(spoken["question"], encoder))


def code(segments, tokens, encoder, *, themes=THEMES, people=None):
    people = empty(HumanCodings) if people is None else people
    text = spoken_text(segments, tokens, encoder)
    coder = open_coder("trama", encoder)
    return code_text(coder, read_text(coder, text, themes), text, themes, people, AnalysisSection().min_score)


@pytest.fixture(scope="module")
def coded(annotated):
    return code(*annotated, load_encoder())


def given(codings):
    return set(zip(codings["segment"], codings["theme"], strict=True))


def test_terms_are_coded_and_explained_by_themselves(coded):
    row = coded.set_index("coding").loc["C:0001/personale"]
    assert (row["how"], row["evidence"], row["terms"]) == ("pattern", "geometra", "geometra")
    assert row["near_words"] == row["nearest_text"] == ""


@pytest.mark.parametrize("coding", ["A:0002/personale", "B:0005/digitale", "B:0001/rifiuti"])
def test_a_theme_is_found_in_words_that_no_term_names(coded, coding):
    row = coded.set_index("coding").loc[coding]
    assert row["how"] == "similarity"
    assert row["near_words"] and row["nearest_text"] and not row["terms"]


def test_small_talk_and_signs_of_listening_get_no_theme(coded):
    assert not {"B:0004", "B:0006", "C:0006"} & set(coded["segment"])


@pytest.mark.parametrize("trap", [("B:0003", "personale"), ("A:0004", "risorse")])
def test_a_term_in_another_sense_is_not_coded(coded, trap):
    assert trap not in given(coded)


def test_the_same_term_in_its_own_sense_is_coded(coded):
    assert {("A:0001", "personale"), ("C:0005", "risorse")} <= given(coded)


def test_an_exclusion_term_keeps_the_other_sense_out(annotated):
    themes = (
        Theme(**{**_fields(THEMES[0]), "exclude_terms": ("concorso di pittura",)}),
        Theme(**{**_fields(THEMES[1]), "exclude_terms": ("fondo della strada",)}),
        *THEMES[2:],
    )
    codes = given(code(*annotated, load_encoder(), themes=themes))
    assert not {("B:0003", "personale"), ("A:0004", "risorse")} & codes
    assert {("A:0001", "personale"), ("C:0005", "risorse")} <= codes


def _fields(theme):
    return {name: getattr(theme, name) for name in theme.__slots__}


def test_evidence_lies_in_the_segment(annotated, coded):
    texts = annotated[0].set_index("segment")["text"]
    assert len(coded) > 10
    for row in coded.itertuples():
        assert row.start < row.end
        assert texts[row.segment][row.start : row.end] == row.evidence


def test_people_win_with_a_yes_and_with_a_no(annotated):
    segments, tokens = annotated
    people = human(segments, [("B:0004", "digitale", "anna"), ("C:0001", "", "anna"), ("A:0001", "rifiuti", "bea")])
    coded = code(segments, tokens, load_encoder(), people=people)
    row = coded.set_index("coding").loc["B:0004/digitale"]
    assert (row["how"], row["coder"], row["score"], row["stance"]) == ("human", "anna", 1.0, "neutral")
    assert row["evidence"] == segments.set_index("segment")["text"]["B:0004"]
    assert "C:0001" not in set(coded["segment"])  # "geometra" stands there, but anna said: no theme
    assert given(coded[coded["segment"] == "A:0001"]) == {("A:0001", "rifiuti")}


def test_codings_that_all_have_a_term_may_all_be_people_s(annotated):
    segments, tokens = annotated
    tokens = tokens.astype({"start": "int32", "end": "int32"})  # as they come out of a run's store
    segments = segments[segments["segment"].isin(["A:0001", "C:0001"])].reset_index(drop=True)
    people = human(segments, [("A:0001", "personale", "anna"), ("C:0001", "personale", "anna")])
    themes = (Theme("personale", "Personale", include_terms=("concorso", "geometra")),)
    coded = code(segments, tokens, Letters(), themes=themes, people=people)
    assert list(coded["how"]) == ["human", "human"]
    assert list(coded["evidence"]) == list(segments["text"])


def test_people_s_codings_count_where_the_machine_cannot_read():
    segments = talk({"D": ("Die Straße ist seit Jahren gesperrt.", "Ja, und das Geld fehlt.", "So ist es.")})
    people = human(
        segments, [("D:0001", "territorio", "anna"), ("D:0001", "territorio", "bea"), ("D:0002", "", "anna")]
    )
    coded, read = code_unread(segments, people, THEMES)
    row = coded.set_index("coding").loc["D:0001/territorio"]
    assert (row["how"], row["coder"], row["stance"], row["evidence"]) == (
        "human",
        "anna, bea",
        "neutral",
        segments["text"][0],
    )
    assert list(coded["segment"]) == ["D:0001"]
    assert list(read) == [True, True, True]  # two of three segments coded: the coders have read the whole talk


def test_nobody_s_codings_in_another_language_are_none():
    segments = talk({"D": ("Die Straße ist seit Jahren gesperrt.",)})
    coded, read = code_unread(segments, empty(HumanCodings), THEMES)
    assert coded.empty and not read.any()


def test_machine_s_and_people_s_codings_stand_in_the_order_of_the_talk(coded):
    mixed = coded.sample(frac=1, random_state=3)
    segments = talk()
    joined = join_codings(mixed.iloc[:4], mixed.iloc[4:], segments, THEMES)
    pd.testing.assert_frame_equal(joined, coded)


def test_codings_do_not_depend_on_the_order_of_segments_and_tokens(annotated, coded):
    segments, tokens = annotated
    mixed = segments.sample(frac=1, random_state=7)
    again = code(mixed.reset_index(drop=True), tokens.sample(frac=1, random_state=8), load_encoder())
    pd.testing.assert_frame_equal(again, coded)


def test_interviewers_are_not_coded(annotated):
    segments, tokens = annotated
    segments = segments.assign(role=segments["role"].mask(segments["transcript"] == "A", "interviewer"))
    assert not code(segments, tokens, Letters())["segment"].str.startswith("A:").any()


def test_nothing_to_code_gives_an_empty_frame(annotated):
    segments, tokens = annotated
    for themes, rows in ((THEMES, 0), ((), len(segments))):
        coded = code(segments.iloc[:rows], tokens, Letters(), themes=themes)
        assert coded.empty
        Codings.validate(coded)


def test_a_theme_without_terms_and_definition_is_coded_by_its_label_or_not_at_all(annotated):
    coded = code(*annotated, Letters(), themes=(Theme("strada", "Strada"), Theme("vuoto", "Qualcosa")))
    assert set(coded["how"]) <= {"pattern", "similarity"}
    Codings.validate(coded)


def test_one_segment_and_one_theme_are_enough(annotated):
    segments, tokens = annotated
    Codings.validate(code(segments.iloc[:1], tokens, Letters(), themes=THEMES[:1]))


def test_words_are_counted_once_a_segment_and_common_ones_not_at_all(annotated):
    segments, tokens = annotated
    counts = count_words(tokens, segments["segment"])
    assert list(counts.words) == sorted(counts.words)
    assert set(counts.present.data) == {1}
    assert counts.frequency[counts.words.index("strada")] == 2
    assert "essere" not in counts.words


SCRIPT = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
import test_theme_coding as tests
segments = tests.talk()
tokens = tests.annotate(segments, tests.load_pipeline())[0]
print(tests.digest(tests.code(segments, tokens, tests.load_encoder())))
"""


def digest(codings):
    return hashlib.sha256(codings.to_csv().encode()).hexdigest()


def test_another_process_gives_the_same_bytes(coded):
    here = Path(__file__).resolve().parent
    script = SCRIPT.format(root=str(here.parents[1]), here=str(here))
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert ran.stdout.strip() == digest(coded)
