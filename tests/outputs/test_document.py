import io
import re
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from corpus.errors import StudyError
from corpus.words.phrase import Phrase, phrase
from outputs.document import write_document
from outputs.document.checklists import checklist
from outputs.document.quoted import Quoted, quotations_in
from outputs.document.shortened import shorten
from outputs.findings import leading, told_findings
from outputs.shown import show
from outputs.tables.table import Column, Table
from outputs.words.render import render


@pytest.fixture(scope="module")
def path(run, tmp_path_factory):
    return write_document(run, tmp_path_factory.mktemp("docx") / "a.docx")


@pytest.fixture(scope="module")
def document(path):
    return Document(str(path))


def test_word_numbers_the_captions_itself(document):
    fields = [field.get(qn("w:instr")) for field in document.element.body.iter(qn("w:fldSimple"))]
    assert fields.count("SEQ Tabella \\* ARABIC") == len(document.tables)
    assert fields.count("SEQ Figura \\* ARABIC") == len(document.inline_shapes) == 3
    assert all(figure._inline.docPr.get("descr") for figure in document.inline_shapes)


def test_what_a_table_says_in_words_refers_to_it(document, run):
    marks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    ids = [mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    fields = [field.get(qn("w:instr")) for field in document.element.body.iter(qn("w:fldSimple"))]
    referred = [code.split()[1] for code in fields if code.startswith("REF ")]
    assert referred and set(referred) <= set(marks) and len(set(ids)) == len(ids)
    leads = [table.lead.rstrip(" .") for table in run.tables if table.key in ("argomenti", "temi_insieme")]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(lead in text for lead in leads)


def _printed(table):
    """The rows of a table of Word as texts, those over all columns as one."""
    plain = str.maketrans({"\u00a0": " ", "\u2212": "-"})
    rows = [[cell.text.translate(plain) for cell in dict.fromkeys(row.cells)] for row in table.rows]
    return [tuple(row) if len(row) > 1 else row[0] for row in rows]


def test_every_number_of_a_printed_table_is_the_tables(document, run):
    printed = list(map(_printed, document.tables))
    for key in ("campione", "temi", "posizioni", "temi_classe"):
        shown = show(run.table(key), "it")
        assert [shown.heads, *shown.rows] in printed, key


def test_the_joint_display_lays_each_link_once_and_prints_each_quotation_whole_once(document, run):
    table = run.table("joint_display")
    frame = table.frame
    rows = next(rows for rows in map(_printed, document.tables) if "Lettura" in rows[0])
    links = [row for row in rows[1:] if isinstance(row, tuple)]
    over = [row for row in rows if isinstance(row, str)]
    assert sorted(row[0] for row in links) == sorted(frame["item"])
    assert [row[rows[0].index("Perché")] for row in links] == list(frame["why"])
    headings = [row for row in over if not row.startswith("[")]
    assert headings == list(dict.fromkeys(f"{row['theme']}: {row['interviews']}" for row in frame.to_dict("records")))
    quoted = [number for row in over for number in re.findall(r"^\[(\d+)\]", row, re.MULTILINE)]
    assert quoted and len(quoted) < sum(len(quotations_in(cell)) for cell in table.data.frame["quotations"])


def _quotation(text, respondent, stance):
    return phrase("quotation", text=text, respondent=respondent, stance=Phrase(f"stance.{stance}"))


def test_a_quotation_is_printed_whole_once_and_keeps_its_number():
    quoted = Quoted("it")
    long = "Una frase detta una volta sola, che in tutto supera i sessanta segni di scrittura."
    assert quoted.print(long, "R01", " — R01") == f"[1] «{long}» — R01"
    assert quoted.print_phrase(_quotation(long, "R02", "problem")) == f"[2] «{long}» (R02, criticità)"
    assert quoted.print_phrase(_quotation(long, "R01", "neutral")) == (
        "[1] «Una frase detta una volta sola, che in tutto supera i …» (R01, neutro)"
    )


def test_a_cell_holds_one_quotation_several_or_none():
    one = _quotation("Uno.\nDue.", "R01", "neutral")
    other = _quotation("Tre.", "R02", "neutral")
    assert quotations_in(phrase("quotations", quotations=(one, other))) == (one, other)
    assert quotations_in(one) == (one,)
    assert quotations_in(None) == ()


def test_heading_rows_repeat_and_notes_say_n_and_method(document):
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "IC 95 % di Wilson" in text and "n = 12 rispondenti intervistati" in text


def _quoted_by_theme(document):
    """Heading -> quotations of the chapter of quotations, in its order."""
    quoted = {}
    heading = None
    for paragraph in document.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            inside = paragraph.text == "Citazioni per tema" or (heading and paragraph.style.name == "Heading 3")
            heading = paragraph.text if inside else None
        elif heading and paragraph.style.name == "Trama Quote":
            quoted.setdefault(heading, []).append(paragraph.text)
    return quoted


def test_every_theme_that_is_spoken_of_is_quoted_whole_the_most_widespread_first(document, run):
    quoted = _quoted_by_theme(document)
    assert list(quoted) == ["Personale", "Rifiuti"]
    assert quoted["Personale"][0].split(" ", 1)[1] == "«Qui siamo in tre e non basta mai.» — R01, turno 1"
    people = [re.search(r"— (\w+)", text)[1] for text in quoted["Personale"]]
    assert len(people) == 3 == len(set(people)) and not any("…" in text for text in quoted["Personale"])
    rule = next(p.text for p in document.paragraphs if p.text.startswith("Dal tema più diffuso"))
    assert rule.endswith("Senza citazioni: Il non detto.")


def test_checklists_fill_what_is_known_and_prompt_for_the_rest(document):
    coreq = next(table for table in document.tables if len(table.rows) == 33)
    cells = {row.cells[0].text: row.cells[2].text for row in coreq.rows}
    assert cells["12"] == "12 rispondenti in 12 interviste."
    assert all(cells[str(number)] == "[Da completare dagli autori]" for number in range(1, 9))


def test_the_same_run_gives_the_same_bytes_of_valid_xml(path, run, tmp_path):
    again = write_document(run, tmp_path / "b.docx")
    assert again.read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.parse(io.BytesIO(package.read(name)))
        assert b'w:val="it-IT"' in package.read("word/styles.xml")


def test_a_template_gives_its_styles_and_its_opening(run, english_run, tmp_path):
    template = Document()
    template.add_paragraph("Università di Prova", style="Heading 1")
    template.styles["Normal"].font.name = "Georgia"
    template.save(tmp_path / "modello.docx")
    template = tmp_path / "modello.docx"
    path = tmp_path / "a.docx"
    made = Document(str(write_document(english_run, path, template, ["temi"], with_profiles=True)))
    assert made.paragraphs[0].text == "Università di Prova" and made.styles["Normal"].font.name == "Georgia"
    assert len(made.tables) == 3 + 12 and any(p.text == "Table . Themes by respondent" for p in made.paragraphs)
    quoted = [p.text for p in made.paragraphs if p.style.name == "Trama Quote"]
    assert "[1] «Qui siamo in tre e non basta mai.» — R01, turn 1" in quoted
    profile = next(table for table in made.tables if table.cell(0, 1).text == "Segments")
    said = english_run.table("casi").frame.iloc[0, 2]
    assert said and [cell.text for cell in profile.rows[1].cells][:2] == ["Personale", str(said)]
    assert sum(p.style.name == "Heading 2" and p.text.startswith("R") for p in made.paragraphs) >= 12
    (tmp_path / "rotto.docx").write_bytes(b"PK no")
    with pytest.raises(StudyError, match="modello di Word"):
        write_document(run, tmp_path / "a.docx", tmp_path / "rotto.docx")


def _headings(document, level=1):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == f"Heading {level}"]


def test_results_come_first_and_the_rest_is_annex(document):
    first = _headings(document)
    assert first[:3] == ["Risultati", "Citazioni per tema", "Allegato"]
    assert first[-2:] == ["Che cosa non si può dire", "Liste di controllo"]
    assert _headings(document, 2)[:3] == ["Che cosa è stato studiato", "Quanto ci si può fidare", "Che cosa è emerso"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts.index("Allegato") < texts.index("Indice") < texts.index("Tabelle")


def test_the_first_pages_tell_the_findings_that_lead_with_caveat_quotations_and_one_picture(document, run):
    texts = [paragraph.text for paragraph in document.paragraphs]
    results = texts[texts.index("Risultati") : texts.index("Citazioni per tema")]
    told = leading(told_findings(run.table("risultati")))
    assert 3 <= len(told) <= 7
    for finding in told:
        caveat = f" [{finding.caveat}]" if finding.caveat else ""
        assert f"{finding.rank}. {finding.sentence}{caveat}" in results
    assert any(text.startswith("[1] «") for text in results)
    assert "12 persone intervistate in 12 interviste" in results[results.index("Che cosa è stato studiato") + 1]
    assert "Codifiche della macchina, non ancora controllate." in results
    assert sum(text.startswith("Figura") for text in results) == 1
    whole = [text for text in results if re.match(r"\[\d+\] «", text) and "…" not in text]
    assert len(set(whole)) == len(whole)


def test_tables_that_say_nothing_are_a_line_each(document, run):
    texts = [paragraph.text for paragraph in document.paragraphs]
    said = texts[texts.index("Che cosa non si può dire") : texts.index("Liste di controllo")]
    assert any(text.startswith("Cifre corrette; ") and "non c'è un campione" in text for text in said)
    captions = {text.partition(". ")[2] for text in texts if text.startswith("Tabella ")}
    empty = {table.title for table in run.tables if not len(table.frame)}
    assert empty and not empty & captions


def _table(key, columns, rows):
    frame = pd.DataFrame(rows, columns=[column.key for column in columns], dtype=object)
    table = Table(key, "", "Nota.", columns, frame.set_index(frame.index.astype("str")))
    return render(table, "it")


def test_a_column_of_one_reason_is_told_in_the_note():
    few = phrase("not_computable", reason=phrase("reason.few", least=10))
    columns = (Column("theme"), Column("n", "count"), Column("share", "percent"), Column("words"))
    told = shorten(_table("temi", columns, [("A", 6, few, None), ("B", 6, few, "")]), "it")
    assert [column.key for column in told.columns] == ["theme", "n"]
    assert told.note.startswith("Nota. %: non calcolabile: ") and told.note.endswith(".")
    some = shorten(_table("temi", columns, [("A", 6, few, None), ("B", 6, 0.5, "x")]), "it")
    assert len(some.columns) == 4 and some.note == "Nota."


def test_what_neighbouring_rows_share_is_said_once():
    columns = (Column("item"), Column("item_text"), Column("option"), Column("count", "count"))
    rows = [("Q1", "Testo", "a", 1), ("Q1", "Testo", "b", 2), ("Q2", "Testo", "a", 3)]
    told = shorten(_table("domande_frequenze", columns, rows), "it")
    assert told.frame["item"].tolist() == ["Q1", "", "Q2"]
    assert told.frame["item_text"].tolist() == ["Testo", "", "Testo"]


def _with_written(run, transcripts):
    """The run in which these transcripts are written answers."""
    segments = run.results.segments
    written = segments["transcript"].isin(transcripts)
    names = segments["transcript"].where(~written, "questionario:" + segments["respondent"])
    return replace(run, results=replace(run.results, segments=segments.assign(transcript=names)))


def _coreq(run):
    return {number: text for number, _, text in checklist(run, "COREQ")}


def test_written_answers_are_no_interviews(run):
    interviews = sorted(run.results.segments["transcript"].unique())
    some = _coreq(_with_written(run, interviews[:2]))
    assert some["12"].startswith("10 rispondenti in 10 interviste; 2 hanno anche risposto per iscritto")
    none = _coreq(_with_written(run, interviews))
    assert none["12"].startswith("Nessuna intervista: 12 persone hanno risposto per iscritto") and "SRQR" in none["12"]
    alone = _coreq(_with_written(run, interviews[1:]))
    assert alone["12"].startswith("1 rispondente in 1 intervista;")
