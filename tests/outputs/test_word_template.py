"""A researcher's own Word file as template: whatever it lacks, the report is whole, in order and opens elsewhere."""

import shutil
import subprocess

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from pypdf import PdfReader

from outputs.document import write_document
from tests.outputs.word_order import misplaced, wrong_elements

LACKING = ("Normal", "Title", "Heading 1", "Heading 3", "Caption", "List Bullet", "TOC Heading")
TABLES = ["temi", "joint_display", "temi_domande"]


@pytest.fixture(scope="module")
def path(run, tmp_path_factory):
    """A report in a template without half of Word's styles, table styles, fonts or a page size; it has a caption."""
    folder = tmp_path_factory.mktemp("docx")
    template = Document()
    for name in LACKING:
        template.styles[name].delete()
    for style in [style for style in template.styles if style.type == WD_STYLE_TYPE.TABLE]:
        style.delete()
    paragraph = template.add_paragraph("Tabella ")
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="SEQ Tabella \\* ARABIC"/>'))
    paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="mia"/>'))
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="7"/>'))
    template.element.body.remove(template.element.body.sectPr)
    template.save(folder / "modello.docx")
    return write_document(run, folder / "rapporto.docx", folder / "modello.docx", TABLES)


def _of_style(document, name):
    return [paragraph for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == name]


def test_what_a_template_lacks_has_a_stand_in(path):
    made = Document(str(path))
    assert all(_of_style(made, name) for name in ("Title", "Heading 1", "Caption", "List Bullet"))
    assert all(paragraph.text.startswith("• ") for paragraph in _of_style(made, "List Bullet"))
    assert made.styles["Heading 3"].element.xpath("./w:pPr/w:outlineLvl/@w:val") == ["2"]
    assert made.sections[0].page_width == pytest.approx(Cm(21), abs=1000)


def test_captions_and_bookmarks_go_on_from_those_of_the_template(path):
    made = Document(str(path))
    numbers = [caption._p.xpath("./w:fldSimple[contains(@w:instr, 'Tabella')]/w:r/w:t")
               for caption in _of_style(made, "Caption")]  # fmt: skip
    assert [found[0].text for found in numbers if found] == [str(number + 2) for number in range(5)]
    ids = [mark.get(qn("w:id")) for mark in made.element.body.iter(qn("w:bookmarkStart"))]
    assert "7" in ids and len(set(ids)) == len(ids)


def test_elements_stand_in_the_order_of_the_schema(path):
    assert misplaced(path) == []
    wrong = parse_xml(f'<w:pPr {nsdecls("w")}><w:jc w:val="right"/><w:pStyle w:val="a"/></w:pPr>')
    assert wrong_elements(wrong) == ["pPr (jc pStyle)"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_opens_in_libreoffice_without_an_empty_page(path, tmp_path):
    home = (tmp_path / "home").as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf", "--outdir",
               str(tmp_path), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pages = PdfReader(tmp_path / "rapporto.pdf").pages
    texts = [page.extract_text() for page in pages]
    assert len(pages) > 3 and all(len(text.split()) > 5 for text in texts)
    assert any(page.mediabox.width > page.mediabox.height for page in pages)
    assert "Risultati" in texts[0]
    assert any(". Temi per rispondente" in text for text in texts[:6])
