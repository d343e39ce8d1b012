"""OpenDocument texts: what is not of the sentence, what styles hide, and tables with merged cells."""

import pytest

from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.writers import odt

ASKED = ("I", "Da quanti anni fa la sindaca?")
ANSWERED = ("R", "Da sei, e non sono pochi.")
QUESTION, ANSWER = (f"<text:p>{who}: {text}</text:p>" for who, text in (ASKED, ANSWERED))


def read(data: bytes) -> Transcript:
    return transcript_of(data, "a.odt")


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def within(tags: str, inside: str) -> str:
    """`inside` in elements one in the other: `within("text:note text:p", "nota")`."""
    for tag in reversed(tags.split()):
        inside = f"<{tag}>{inside}</{tag}>"
    return inside


BOX = within("draw:text-box text:p", "riquadro")
COMMENT = within("dc:creator", "Anna") + within("text:p", "da rivedere")
FILLED = "loext:content-control"
UNFILLED = '<loext:content-control loext:showing-place-holder="true">'


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        (f"R: Da sei, <draw:frame>{BOX}</draw:frame>e non sono pochi.", "riquadro"),
        (f"R: Da sei, {within('draw:g draw:custom-shape text:p', 'riquadro')}e non sono pochi.", "riquadro"),
        (f"R: Da sei, e non{within('text:note text:note-body text:p', 'nota')} sono pochi.", "nota"),
        (f"R: Da sei, e non{within('office:annotation', COMMENT)} sono pochi.", "Anna: da rivedere"),
        (f"R: {within('text:placeholder', '&lt;parole&gt;')}Da sei, e non sono pochi.", "<parole>"),
        (f"R: {UNFILLED}Scegli</loext:content-control>Da sei, e non sono pochi.", "Scegli"),
    ],
)
def test_what_is_not_of_the_sentence_is_a_note(inside: str, note: str) -> None:
    transcript = read(odt(f"{QUESTION}<text:p>{inside}</text:p>"))
    assert said(transcript) == [ASKED, ANSWERED]
    assert transcript.notes == (note,)


def test_a_box_of_the_page_is_a_note() -> None:
    transcript = read(odt(f"<draw:frame>{BOX}</draw:frame>{QUESTION}<text:section>{ANSWER}</text:section>"))
    assert (said(transcript), transcript.notes) == ([ASKED, ANSWERED], ("riquadro",))


RUBY = within("text:ruby-base", "pochi") + within("text:ruby-text", "XX")
HIDDEN = '<text:hidden-text text:is-hidden="true" text:string-value="x">NASCOSTO </text:hidden-text>'


@pytest.mark.parametrize(
    "inside",
    [
        f"R: Da sei, e non sono {within('text:ruby', RUBY)}.",
        f"R: {within('text:user-field-get', 'Da sei')}, {within('text:a text:span', 'e')} non sono pochi.",
        "R: Da sei,<text:line-break/>e non<text:tab/>sono<text:s/>pochi.",
        f"R: Da sei, {within(FILLED, 'e non')} {within('text:meta', 'sono')} pochi.",
        f"R: Da sei, {HIDDEN}e non sono pochi.",
    ],
)
def test_what_a_paragraph_holds(inside: str) -> None:
    assert said(read(odt(f"{QUESTION}<text:p>{inside}</text:p>"))) == [ASKED, ANSWERED]


def hiding(name: str, family: str, more: str = "") -> str:
    properties = '<style:text-properties text:display="none"/>'
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{properties}</style:style>'


SPAN = 'R: Da sei,<text:span text:style-name="H"> NASCOSTO</text:span> e non sono pochi.'
CHILD = '<style:style style:name="H" style:family="text" style:parent-style-name="Hidden"/>'


@pytest.mark.parametrize(
    ("styles", "named"), [(hiding("H", "text"), ""), ("", hiding("H", "text")), (CHILD, hiding("Hidden", "text"))]
)
def test_text_hidden_by_its_style_is_left_out(styles: str, named: str) -> None:
    assert said(read(odt(f"{QUESTION}<text:p>{SPAN}</text:p>", styles=styles, named=named))) == [ASKED, ANSWERED]


def test_hidden_paragraphs_sections_and_what_shows_again() -> None:
    shown = '<style:style style:name="S" style:family="text"><style:text-properties text:display="true"/></style:style>'
    body = (
        f'{QUESTION}<text:p text:style-name="H">Mai <text:span text:style-name="S">R: Da sei, </text:span></text:p>'
        '<text:p>e non sono pochi.</text:p><text:section text:display="none"><text:p>I: Mai.</text:p></text:section>'
        '<text:section text:display="condition" text:is-hidden="true"><text:p>I: Mai.</text:p></text:section>'
        '<text:section text:display="condition"><text:p>I: E poi?</text:p></text:section>'
        '<text:p>R: Mai.<text:hidden-paragraph text:is-hidden="true"/></text:p>'
    )
    transcript = read(odt(body, styles=shown, named=hiding("H", "paragraph")))
    assert said(transcript) == [ASKED, ANSWERED, ("I", "E poi?")]


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(map(cell, cells))}</table:table-row>"


def cell(text: str) -> str:
    inside = text if text.startswith("<") else f"<text:p>{text}</text:p>"
    return inside if text.startswith("<table:") else f"<table:table-cell>{inside}</table:table-cell>"


ACROSS = (
    '<table:table-cell table:number-columns-spanned="2"><text:p>PARTE PRIMA: il lavoro</text:p></table:table-cell>'
    "<table:covered-table-cell/>"
)


@pytest.mark.parametrize(
    "rows",
    [
        [row("Parlante", "Testo"), row(ACROSS), row(*ASKED), row(*ANSWERED)],
        [f"<table:table-header-rows>{row(ACROSS)}</table:table-header-rows>", row(*ASKED), row(*ANSWERED)],
        [row("00:01", *ASKED), row("00:02", ACROSS), row("00:03", *ANSWERED)],
        [
            row("PARTE PRIMA: il lavoro"),
            row(*ASKED),
            row(*ANSWERED),
            row("I", "Mai.", attributes='table:visibility="collapse"'),
        ],
    ],
)
def test_headings_across_a_table_are_notes(rows: list[str]) -> None:
    transcript = read(odt(f"<table:table>{''.join(rows)}</table:table>"))
    assert (said(transcript), transcript.notes) == ([ASKED, ANSWERED], ("PARTE PRIMA: il lavoro",))


def test_speakers_merged_over_rows_and_tables_in_tables() -> None:
    merged = '<table:table-cell table:number-rows-spanned="2"><text:p>R</text:p></table:table-cell>'
    rows = [row(*ASKED), row(merged, "Da sei,"), row("<table:covered-table-cell/>", "e non sono pochi.")]
    inner = f"<table:table>{''.join(rows)}</table:table>"
    assert said(read(odt(inner))) == [ASKED, ANSWERED]
    assert said(
        read(odt(f"<table:table>{row(inner.replace('<table:table>', '<text:p/><table:table>', 1))}</table:table>"))
    ) == [ASKED, ANSWERED]


def test_questions_bold_by_a_named_style() -> None:
    bold = '<style:text-properties fo:font-weight="bold"/>'
    named = (
        f'<style:style style:name="D" style:family="paragraph">{bold}</style:style>'
        '<style:style style:name="D1" style:family="paragraph" style:parent-style-name="D"/>'
    )
    pairs = [("Come va", "Bene."), ("E poi", "Poi basta."), ("Altro", "No.")]
    body = "".join(f'<text:p text:style-name="D1">{q}</text:p><text:p>{a}</text:p>' for q, a in pairs)
    assert said(read(odt(body, named=named))) == [turn for q, a in pairs for turn in (("Domanda", q), ("Risposta", a))]


def test_deletions_that_stand_in_the_text_are_left_out() -> None:
    changes = "".join(
        f'<text:changed-region text:id="c{number}"><text:{kind}/></text:changed-region>'
        for number, kind in enumerate(("deletion", "insertion", "deletion"))
    )
    marked = '<text:change-start text:change-id="{0}"/>{1}<text:change-end text:change-id="{0}"/>'.format
    across = '<text:change-start text:change-id="c2"/> tolto</text:p><text:p>qui<text:change-end text:change-id="c2"/>'
    body = (
        f"<text:tracked-changes>{changes}</text:tracked-changes>{QUESTION}"
        f"<text:p>R: Da sei{marked('c0', ' o sette')}{marked('c1', ', e non')} sono{across} pochi.</text:p>"
    )
    assert said(read(odt(body))) == [ASKED, ANSWERED]


LIST_STYLE = (
    '<text:list-style style:name="{0}"><text:list-level-style-number text:level="1" {1}/></text:list-style>'.format
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ('style:num-prefix="I: " style:num-format=""', 'style:num-prefix="R:" style:num-format=""'),
        ('loext:num-list-format="D%1%." style:num-format="1"', 'loext:num-list-format="R%1%." style:num-format="1"'),
        (
            'style:num-prefix="D" style:num-format="1" style:num-suffix="."',
            'style:num-prefix="R" style:num-format="1" style:num-suffix=")"',
        ),
    ],
)
def test_labels_that_the_word_processor_numbers(question: str, answer: str) -> None:
    pairs = [("Come va?", "Bene."), ("E poi?", "Poi basta."), ("Altro?", "No.")]
    body = "".join(
        f'<text:list text:style-name="{style}" text:continue-numbering="true"><text:list-item><text:p>{text}</text:p>'
        "</text:list-item></text:list>"
        for pair in pairs
        for style, text in zip("QA", pair, strict=True)
    )
    turns = said(read(odt(body, styles=LIST_STYLE("Q", question) + LIST_STYLE("A", answer))))
    assert [text for _, text in turns] == [text for pair in pairs for text in pair]
    assert {turns[0][0], turns[1][0]} <= {"I", "D", "R"} and len({speaker for speaker, _ in turns}) == 2


def test_styles_that_cannot_be_read_are_told() -> None:
    transcript = read(odt(QUESTION + ANSWER, named="<style:broken"))
    assert said(transcript) == [ASKED, ANSWERED]
    assert ["stili" in problem.say("it") for problem in transcript.problems] == [True]


def test_the_hyphen_that_stays_on_its_line_is_a_hyphen() -> None:
    assert said(read(odt(f"{QUESTION}<text:p>R: Una e\u2011mail.</text:p>")))[1] == ("R", "Una e-mail.")


def test_a_document_all_in_text_boxes_is_read_with_a_warning() -> None:
    boxes = "".join(f"<draw:frame><draw:text-box>{text}</draw:text-box></draw:frame>" for text in (QUESTION, ANSWER))
    transcript = read(odt(f"<text:p>{boxes}</text:p>"))
    assert (said(transcript), transcript.notes) == ([ASKED, ANSWERED], ())
    assert ["caselle di testo" in problem.say("it") for problem in transcript.problems] == [True]
