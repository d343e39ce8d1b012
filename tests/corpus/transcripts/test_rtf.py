"""RTF documents of Word, LibreOffice and TextEdit: bold labels, tables, notes, revisions, characters of all kinds."""

import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of


def read(text: str) -> Transcript:
    return transcript_of(text.encode("cp1252"), "a.rtf")


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_textedit() -> None:
    text = r"""{\rtf1\ansi\ansicpg1252\cocoartf2709
{\fonttbl\f0\fswiss\fcharset0 Helvetica-Bold;\f1\fswiss\fcharset0 Helvetica;}
{\colortbl;\red255\green255\blue255;}
\pard\pardirnatural\partightenfactor0

\f0\b\fs24 \cf0 Anna
\f1\b0  Com\'92\'e8?\
\
\f0\b Piero
\f1\b0  Bene.\
\f0\b Anna
\f1\b0  E poi?\
\f0\b Piero
\f1\b0  Basta.}"""
    assert said(read(text)) == [("Anna", "Com’è?"), ("Piero", "Bene."), ("Anna", "E poi?"), ("Piero", "Basta.")]


def test_word_characters_revisions_and_notes() -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1252\uc1{\stylesheet{\s0 Normal;}}{\header Intervista n. 3\par}"
        r"\pard I: ciao \u-10179?\u-8704?\par R: citt\'e0 \u232\'e8 {\deleted mai }sempre {\v nascosto}cos\'ec"
        r"{\footnote \pard nota \'e8 questa\par}.{\*\annotation da rivedere}\line Gi\'e0\~mai.{\*\ignoto X}\par}"
    )
    transcript = read(text)
    assert said(transcript) == [("I", "ciao 😀"), ("R", "città è sempre così. Già mai.")]
    assert transcript.notes == ("nota è questa", "da rivedere")


def test_tables() -> None:
    text = (
        r"{\rtf1\trowd\cellx1000\cellx5000\pard\intbl I\cell Come va, sindaco?\cell\row"
        r"\trowd\pard\intbl R\cell Bene.\par Direi.\cell\row\pard I: Fine?\par}"
    )
    assert said(read(text)) == [("I", "Come va, sindaco?"), ("R", "Bene. Direi."), ("I", "Fine?")]


@pytest.mark.parametrize(
    ("text", "message"),
    [("I: Come va?", "RTF"), (r"{\rtf1 " + "{" * 100_000, "annidato"), (r"{\rtf1 {\pict 00}}", "vuota")],
)
def test_what_is_no_document_is_refused(text: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        read(text)


ASKED = ("I", "Da quanti anni fa la sindaca?")
ANSWERED = ("R", "Da sei, e non sono pochi.")
FONTS = (
    r"\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset77 Geneva;}"
    r"{\f3\froman\fcharset2{\*\panose 05050102010706020507}Symbol;}{\f4 Helvetica;}{\f5\fcharset2 Wingdings;}}"
)


def document(body: str, head: str = r"\ansi\ansicpg1252") -> Transcript:
    return read("{\\rtf1" + head + FONTS + "\n" + body + "}")


def answer(inside: str, head: str = r"\ansi\ansicpg1252") -> str:
    return said(document(rf"I: Da quanti anni?\par R: {inside}\par", head))[1][1]


@pytest.mark.parametrize(
    "inside",
    [
        r"{\upr{Da s?i}{\*\ud{Da sei}}}, e non sono pochi.",
        r"{\upr{\b Da s?i, e}{\*\ud{\b Da sei, e}}} non {\upr{sono}{\*\ud{{sono}}}} pochi.",
        r"Da sei,\column e non\page sono\line pochi.",
        r"Da sei, e\~non so\-no pochi.",
        r"Da sei{\deleted , o\v  sette\v0  anni}{\v nascosto\deleted  e tolto\deleted0 }, e non sono pochi.",
        r"Da {\*\mvf sei}sei{\mvf  o sette}, {\*\sconosciuto {X}}e non sono pochi.",
        r"Da {\mmath{\*\moMath{\*\moMathPr{\mctrlPr x}}{\mr\mscr0 sei}}}{\*\mmathPict{\pict 00}}, e non sono pochi.",
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt Da sei}}, e non{\*\bkmkstart a} sono pochi.{\bin4 }}}}}",
        r"Da sei, e non sono pochi.{\xe{\v indice}}{\tc voce}",
    ],
)
def test_what_a_paragraph_holds(inside: str) -> None:
    assert answer(inside) == ANSWERED[1]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (r"e\_mail", "e-mail"),
        (r"citt\u224\'e0, gi\uc2\u224\'c3\'a0\uc1  \u8212\emdash  s\uc0\u236", "città, già — sì"),
        (r"{\f1 \'9aiv\'e1k} {\f2 citt\'88} {\f0 gi\'e0}", "šivák città già"),
        (r"{\f3 \'61\u-3999?} {\f5 \'e0}", "αα →"),
        ("perch\u00c3\u00a9 \u00c3\u00a8", "perché è"),  # UTF-8, unescaped
    ],
)
def test_letters(inside: str, words: str) -> None:
    assert answer(inside) == words


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        (r"\mac", r"perch\'8e"),
        (r"\mac\ansicpg10000", r"\f4 perch\'8e"),
        (r"\ansi\ansicpg10000", r"perch\'8e"),
        (r"\pc", r"perch\'82"),
        (r"\pca", r"perch\'82"),
        (r"\ansi\ansicpg1250", r"\f4 perch\'e9"),
        (r"\ansi\ansicpg65001", r"perch\'c3\'a9"),
        (r"\ansi\ansicpg0", r"perch\'e9"),
    ],
)
def test_the_page_of_the_whole_document(head: str, inside: str) -> None:
    assert answer(inside, head) == "perché"


def test_boxes_footnotes_and_headers_are_not_of_the_sentence() -> None:
    box = r"{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv 1}}{\shptxt riquadro\par}}{\shprslt{\*\do{\dptxbxtext doppio}}}}"
    header = r"{\header {\shp{\*\shpinst{\shptxt testata}}}pagina\par}"
    transcript = document(
        rf"{header}I: Da quanti anni{box} fa la sindaca?\par R: Da sei{{\footnote nota}}, e non "
        rf"{{\*\do\dobxcolumn{{\dptxbxtext vecchio}}}}sono pochi.{{\*\atnid A}}{{\*\annotation da rivedere}}\par"
    )
    assert said(transcript) == [ASKED, ANSWERED]
    assert transcript.notes == ("riquadro", "nota", "vecchio", "da rivedere")


ROW = r"\trowd\cellx1000\cellx5000\pard\intbl {}\cell {}\cell\row".format
ACROSS = r"\trowd\cellx5000\pard\intbl PARTE PRIMA: il lavoro\cell\row"


@pytest.mark.parametrize(
    "rows",
    [
        [ROW("Parlante", "Testo"), ACROSS, ROW(*ASKED), ROW(*ANSWERED)],
        [ACROSS, ROW(*ASKED), ROW(*ANSWERED)],
        [
            r"\trowd\clmgf\cellx1000\clmrg\cellx5000\pard\intbl PARTE PRIMA: il lavoro\cell\cell\row",
            ROW(*ASKED),
            ROW(*ANSWERED),
        ],
        [
            r"\trowd\cellx500\cellx1000\cellx5000\pard\intbl 00:01\cell I\cell Da quanti anni fa la sindaca?\cell\row",
            r"\trowd\cellx500\cellx5020\pard\intbl 00:02\cell PARTE PRIMA: il lavoro\cell\row",
            r"\trowd\cellx510\cellx1000\cellx5000\pard\intbl 00:03\cell R\cell Da sei,\par e non sono pochi.\cell\row",
        ],
    ],
)
def test_headings_across_a_table_are_notes(rows: list[str]) -> None:
    transcript = document("".join(rows))
    assert (said(transcript), transcript.notes) == ([ASKED, ANSWERED], ("PARTE PRIMA: il lavoro",))


def test_a_table_in_a_table() -> None:
    rows = "".join(
        rf"\pard\intbl\itap2 {who}\nestcell {text}\nestcell{{\*\nesttableprops\trowd\cellx900\cellx4000\nestrow}}"
        r"{\nonesttables\par}"
        for who, text in (ASKED, ANSWERED)
    )
    assert said(document(rf"\trowd\cellx5000{rows}\pard\intbl\itap1\cell\row\pard R: Fine.\par")) == [
        ASKED,
        ("R", "Da sei, e non sono pochi. Fine."),
    ]


def test_labels_that_the_word_processor_numbers() -> None:
    labels = "".join(
        rf"{{\listtext\pard\plain {label}\tab}}\ls1 {text}\par"
        for label, text in (("I:", ASKED[1]), ("R:", ANSWERED[1]))
    )
    assert said(document(labels)) == [ASKED, ANSWERED]
    pairs = [("Come va", "Bene."), ("E poi", "Poi basta."), ("Altro", "No.")]
    numbered = "".join(rf"{{\pntext {n}.\tab}}{q}\par {a}\par" for n, (q, a) in enumerate(pairs, 1))
    assert said(document(numbered)) == [turn for q, a in pairs for turn in (("Domanda", q), ("Risposta", a))]
