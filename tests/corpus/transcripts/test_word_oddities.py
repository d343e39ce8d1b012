"""What real Word files hold besides plain paragraphs: controls, fields, hidden text, merged cells, odd parts."""

import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.word_files import (
    STRICT,
    W,
    cell,
    control,
    paragraph,
    row,
    run,
    table,
    unzipped,
    word_file,
    zipped,
)

ASKED = ("I", "Da quanti anni fa la sindaca?")
ANSWERED = ("R", "Da sei, e non sono pochi.")
QUESTION, ANSWER = (paragraph(f"{who}: {text}") for who, text in (ASKED, ANSWERED))


def read(data: bytes, file: str = "a.docx") -> Transcript:
    return transcript_of(data, file)


def said(transcript: Transcript) -> list[tuple[str, str]]:
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def answer(*inside: str, **parts: str) -> str:
    """The words of an answer made of these runs."""
    return said(read(word_file(QUESTION + paragraph("R: ", *inside), **parts)))[1][1]


WRAPPED = {
    "control round a row": table(control(row(*ASKED)), row(*ANSWERED)),
    "control round rows": table(control(row(*ASKED) + row(*ANSWERED))),
    "repeating section": table(control(control(row(*ASKED)) + control(row(*ANSWERED)))),
    "controls round cells": table(row(control(cell("I")), cell(ASKED[1])), row(cell("R"), control(cell(ANSWERED[1])))),
    "controls in cells": table(row("I", control(paragraph(ASKED[1]))), row(control(paragraph("R")), ANSWERED[1])),
    "control round a table": control(control(table(row(*ASKED), row(*ANSWERED)))),
    "custom XML round rows": table(f"<w:customXml>{row(*ASKED)}</w:customXml>", row(*ANSWERED)),
    "control round paragraphs": control(QUESTION) + f"<w:customXml>{control(ANSWER)}</w:customXml>",
    "table in a table": table(row(table(row(*ASKED), row(*ANSWERED)))),
    "deleted and hidden rows": table(
        row(*ASKED),
        row("I", "Mai detto.", properties='<w:del w:id="1"/>'),
        row("I", "Nascosto.", properties="<w:hidden/>"),
        row(*ANSWERED),
    ),
    "alternatives of a block": "<mc:AlternateContent><mc:Choice Requires='x'>"
    f"{QUESTION}</mc:Choice><mc:Fallback>{QUESTION}</mc:Fallback></mc:AlternateContent>{ANSWER}",
}


@pytest.mark.parametrize("body", WRAPPED.values(), ids=WRAPPED.keys())
def test_wrappers_leave_their_content_in_its_place(body: str) -> None:
    assert said(read(word_file(body))) == [ASKED, ANSWERED]


MATH = "<m:oMath><m:r><m:t>sei</m:t></m:r></m:oMath>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    "inside",
    [
        ("Da ", MATH, ", e non sono pochi."),
        (f"<m:oMathPara>{MATH}</m:oMathPara>".replace("sei", "Da sei"), ", e non sono pochi."),
        (
            "Da sei, e non sono ",
            f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('pochi.')}</w:rubyBase></w:ruby></w:r>",
        ),
        (
            "Da sei",
            f"<w:del>{run(' o sette')}</w:del><w:moveFrom>{run(' anni')}</w:moveFrom>",
            f"<w:ins>{run(', e non')}</w:ins>",
            f"<w:moveTo>{run(' sono pochi.')}</w:moveTo>",
        ),
        (
            f"<w:hyperlink>{run('Da sei')}</w:hyperlink><w:smartTag>{run(', e non')}</w:smartTag>",
            f"<w:customXml>{control(run(' sono pochi.'))}</w:customXml>",
        ),
        (
            f'<w:fldSimple w:instr="REF x">{run("Da sei")}</w:fldSimple>',
            FIELD.format("begin"),
            "<w:r><w:instrText>IF </w:instrText></w:r>",
            run("vecchio"),
            FIELD.format("separate"),
            run(", e non sono pochi."),
            FIELD.format("end"),
        ),
        ("Da sei, e non so", "<w:r><w:softHyphen/></w:r>", "no pochi."),
        ("Da sei,", "<w:r><w:br/></w:r>", "e non", "<w:r><w:tab/></w:r>", "sono", "<w:r><w:cr/></w:r>", "pochi."),
        ("Da sei, e non\n   sono pochi.",),
        (
            "<w:r><w:footnoteReference w:customMarkFollows='1'/><w:t>*</w:t></w:r>",
            "Da sei, e non sono pochi.",
        ),
    ],
)
def test_what_a_paragraph_holds(inside: tuple[str, ...]) -> None:
    assert answer(*inside) == ANSWERED[1]


def test_signs_that_are_no_letters_in_their_font() -> None:
    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    alpha = '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    typed = run("\uf0b7", '<w:rFonts w:ascii="Symbol"/>')
    assert answer("e", "<w:r><w:noBreakHyphen/></w:r>", "mail ", arrow, alpha, typed) == "e-mail →α•"


def styles(name: str, properties: str, kind: str = "character", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}">{more}<w:rPr>{properties}</w:rPr></w:style>'


HIDDEN = styles("Nota", "<w:vanish/>")
BASED = HIDDEN + styles("Figlia", "", more='<w:basedOn w:val="Nota"/>')
DEFAULT = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"


@pytest.mark.parametrize(
    ("properties", "parts", "hidden"),
    [
        ("<w:vanish/>", {}, True),
        ('<w:vanish w:val="0"/>', {}, False),
        ("<w:specVanish/>", {}, True),
        ("<w:webHidden/>", {}, False),
        ('<w:rStyle w:val="Nota"/>', {"styles": HIDDEN}, True),
        ('<w:rStyle w:val="Figlia"/>', {"styles": BASED}, True),
        ('<w:rStyle w:val="Nota"/><w:vanish w:val="false"/>', {"styles": HIDDEN}, False),
        (
            '<w:rStyle w:val="Figlia"/>',
            {"styles": HIDDEN + styles("Figlia", '<w:vanish w:val="off"/>', more='<w:basedOn w:val="Nota"/>')},
            False,
        ),
    ],
)
def test_hidden_text_is_left_out(properties: str, parts: dict[str, str], hidden: bool) -> None:
    words = answer("Da sei,", run(" NASCOSTO", properties), " e non sono pochi.", **parts)
    assert words == ("Da sei, e non sono pochi." if hidden else "Da sei, NASCOSTO e non sono pochi.")


@pytest.mark.parametrize(
    ("style", "part"),
    [
        ('<w:pStyle w:val="Memo"/>', styles("Memo", "<w:vanish/>", "paragraph")),
        (
            '<w:pStyle w:val="Memo"/>',
            styles("Memo", "", "paragraph", '<w:basedOn w:val="B"/>') + styles("B", "<w:vanish/>", "paragraph"),
        ),
    ],
)
def test_paragraphs_hidden_by_their_style(style: str, part: str) -> None:
    memo = paragraph("Memo: da rivedere.", properties=style)
    shown = paragraph(run("I: E poi?", '<w:vanish w:val="0"/>'), properties=style)
    transcript = read(word_file(QUESTION + memo + ANSWER + memo + shown, styles=part))
    assert said(transcript) == [ASKED, ANSWERED, ("I", "E poi?")]


def test_a_document_hidden_by_default_shows_what_says_so() -> None:
    shown = [paragraph(run(f"{who}: {text}", '<w:vanish w:val="0"/>')) for who, text in (ASKED, ANSWERED)]
    assert said(read(word_file(shown[0] + paragraph("R: Mai detto.") + shown[1], styles=DEFAULT))) == [ASKED, ANSWERED]


def test_strict_documents_with_hidden_text() -> None:
    body = QUESTION + paragraph("R: Da sei,", run(" NASCOSTO", '<w:rStyle w:val="Nota"/>'), " e non sono pochi.")
    members = unzipped(word_file(body, styles=HIDDEN))
    strict = {
        name: text.replace(W, STRICT).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
        )
        for name, text in members.items()
    }
    assert said(read(zipped(strict))) == [ASKED, ANSWERED]


@pytest.mark.parametrize("ending", [".docx", ".docm", ".dotx", ".dotm", ".DOCX"])
def test_every_ending_of_word(ending: str) -> None:
    assert said(read(word_file(QUESTION + ANSWER, main="word/document2.xml"), f"a{ending}")) == [ASKED, ANSWERED]


def test_parts_named_by_careless_programs() -> None:
    members = unzipped(word_file(QUESTION + ANSWER))
    assert said(read(zipped({name.replace("/", "\\").upper(): text for name, text in members.items()}))) == [
        ASKED,
        ANSWERED,
    ]
    del members["_rels/.rels"], members["word/_rels/document.xml.rels"], members["[Content_Types].xml"]
    assert said(read(zipped(members))) == [ASKED, ANSWERED]


@pytest.mark.parametrize("kind", ["styles", "numbering", "comments", "footnotes", "endnotes", "settings", "theme"])
@pytest.mark.parametrize("broken", ["<w:broken", "", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', None])
def test_a_part_beside_the_document_costs_nothing_but_itself(kind: str, broken: str | None) -> None:
    members = unzipped(word_file(QUESTION + ANSWER, **{kind: ""}))
    if broken is None:
        del members[f"word/{kind}.xml"]
    else:
        members[f"word/{kind}.xml"] = broken
    transcript = read(zipped(members))
    assert said(transcript) == [ASKED, ANSWERED]
    told = kind in ("styles", "comments", "footnotes", "endnotes")
    assert len([problem for problem in transcript.problems if "non si leggono" in problem.say("it")]) == told


SPAN = '<w:gridSpan w:val="{}"/>'.format
MERGED = {
    "across two columns": [
        row("Parlante", "Testo"),
        row(cell("PARTE PRIMA: il lavoro", SPAN(2))),
        row(*ASKED),
        row(*ANSWERED),
    ],
    "one cell": [row("PARTE PRIMA: il lavoro"), row(*ASKED), row(*ANSWERED)],
    "before the header": [
        row(cell("PARTE PRIMA: il lavoro", SPAN(2))),
        row("Parlante", "Testo"),
        row(*ASKED),
        row(*ANSWERED),
    ],
    "beside the time": [
        row("00:01", *ASKED),
        row("00:02", cell("PARTE PRIMA: il lavoro", SPAN(2))),
        row("00:03", *ANSWERED),
    ],
    "old merge": [
        row("Parlante", "Testo"),
        row(cell("PARTE PRIMA: il lavoro", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")),
        row(*ASKED),
        row(*ANSWERED),
    ],
    "first column": [row("Parlante", "Testo"), row("PARTE PRIMA: il lavoro", ""), row(*ASKED), row(*ANSWERED)],
}


@pytest.mark.parametrize("rows", MERGED.values(), ids=MERGED.keys())
def test_headings_across_a_table_are_notes(rows: list[str]) -> None:
    transcript = read(word_file(table(*rows)))
    assert said(transcript) == [ASKED, ANSWERED]
    assert transcript.notes == ("PARTE PRIMA: il lavoro",)


def test_merged_cells_that_hold_turns() -> None:
    rows = [
        row("1", "00:01", *ASKED),
        row("2", cell("00:02", SPAN(1)), cell("R", '<w:vMerge w:val="restart"/>'), "Da sei,"),
        row("3", "", cell("vecchio", "<w:vMerge/>"), "e non sono pochi."),
        row(cell("I: E poi?", SPAN(4))),
        row(cell("", SPAN(2)), "R", "Basta."),
    ]
    transcript = read(word_file(table(*rows)))
    assert said(transcript) == [ASKED, ANSWERED, ("I", "E poi?"), ("R", "Basta.")]


def test_remarks_in_a_column_of_their_own_are_notes() -> None:
    rows = [
        row("Parlante", "Testo", "Note"),
        row(*ASKED, ""),
        row(*ANSWERED, "ride, poi si ferma"),
        row("I", "Ah.", "?"),
    ]
    transcript = read(word_file(table(*rows)))
    assert said(transcript) == [ASKED, ANSWERED, ("I", "Ah.")]
    assert transcript.notes == ("ride, poi si ferma",)


def test_borders_moved_by_hand_move_no_words() -> None:
    rows = [
        row(cell(who, SPAN(1 + n % 2)), cell(text, SPAN(3 - n % 2))) for n, (who, text) in enumerate((ASKED, ANSWERED))
    ]
    assert said(read(word_file(table(*rows, row("I", "Grazie."))))) == [ASKED, ANSWERED, ("I", "Grazie.")]


def test_a_text_box_written_twice_and_a_prompt_are_each_one_note() -> None:
    box = f"<w:txbxContent>{paragraph('riquadro')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    prompt = control(run("Fare clic qui per scrivere"), "<w:showingPlcHdr/>")
    body = paragraph(f"I: {ASKED[1]}", drawn) + ANSWER + control(paragraph("Data?"), "<w:showingPlcHdr/>")
    transcript = read(word_file(body + paragraph(prompt)))
    assert said(transcript) == [ASKED, ANSWERED]
    assert transcript.notes == ("riquadro", "Data?", "Fare clic qui per scrivere")


def test_deleted_ends_of_paragraphs_and_drop_capitals() -> None:
    deleted = paragraph("R: Da sei, e non ", properties="<w:rPr><w:del/></w:rPr>") + paragraph("sono pochi.")
    capital = paragraph("R", properties='<w:framePr w:dropCap="drop" w:lines="3"/>') + paragraph(
        ": Da sei, e non sono pochi."
    )
    for body in (deleted, capital):
        assert said(read(word_file(QUESTION + body))) == [ASKED, ANSWERED]


def test_a_document_within_the_document_is_told() -> None:
    transcript = read(word_file(QUESTION + '<w:altChunk w:id="r9"/>' + ANSWER))
    assert ["ne contiene un altro" in problem.say("it") for problem in transcript.problems] == [True]


def test_a_workbook_under_the_name_of_a_document_is_refused() -> None:
    members = unzipped(word_file(QUESTION))
    members["word/document.xml"] = "<workbook/>"
    with pytest.raises(StudyError, match="Word leggibile"):
        read(zipped(members))


LEVEL = (
    '<w:abstractNum w:abstractNumId="{0}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{1}"/>'
    '<w:lvlText w:val="{2}"/></w:lvl></w:abstractNum><w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
).format
PAIRS = [("Come va?", "Bene."), ("E poi?", "Poi basta."), ("Altro?", "No.")]


@pytest.mark.parametrize(
    ("labels", "speakers"),
    [
        (("I:", "R:"), ("I", "R")),
        (("D%1.", "R%1."), ("D", "R")),
        (("Domanda %1:", "Risposta %1:"), ("Domanda", "Risposta")),
    ],
)
def test_labels_that_word_numbers(labels: tuple[str, str], speakers: tuple[str, str]) -> None:
    numbering = "".join(LEVEL(number, "decimal", label) for number, label in enumerate(labels))
    entry = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'.format
    body = "".join(paragraph(text, properties=entry(number)) for pair in PAIRS for number, text in enumerate(pair))
    body = body.replace('w:numId w:val="0"', 'w:numId w:val="2"')
    numbering += '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    turns = [(speaker, text) for pair in PAIRS for speaker, text in zip(speakers, pair, strict=True)]
    assert said(read(word_file(body, numbering=numbering))) == turns


@pytest.mark.parametrize(("form", "label"), [("decimal", "%1."), ("lowerLetter", "%1)"), ("bullet", "o")])
def test_numerals_and_bullets_are_no_words(form: str, label: str) -> None:
    entry = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("I: Da quanti anni fa la sindaca?", properties=entry) + ANSWER
    assert said(read(word_file(body, numbering=LEVEL(1, form, label)))) == [ASKED, ANSWERED]


def test_a_document_all_in_text_boxes_is_read_with_a_warning() -> None:
    boxes = (f"<w:r><w:pict><w:txbxContent>{text}</w:txbxContent></w:pict></w:r>" for text in (QUESTION, ANSWER))
    transcript = read(word_file(paragraph(*boxes)))
    assert (said(transcript), transcript.notes) == ([ASKED, ANSWERED], ())
    assert ["caselle di testo" in problem.say("it") for problem in transcript.problems] == [True]
