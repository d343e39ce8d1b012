"""PDF documents: the text of their pages, put back into paragraphs. Reads no pictures, forms or attachments."""

import io
import logging
from typing import Any

from corpus.errors import StudyError, study_error
from corpus.files.archives import has_password
from corpus.transcripts.page_layout import PageLine, join_paragraphs, lines_of_page, without_footnotes, without_margins
from corpus.transcripts.pdf_pages import read_page
from corpus.transcripts.text import Text, TextWriter
from corpus.words.language import Bilingual

MAX_PAGES = 2_000
MAX_FRAGMENTS = 2_000_000
_MAX_PAGE_BYTES = 20 * 1024 * 1024


def read_pdf(data: bytes, file: str) -> Text:
    """The paragraphs of a PDF; its source is the text with one line a paragraph.

    Running headers and footers and page numbers are dropped, hyphenated line ends mended. Columns are read one after
    the other, pages the way their text reads. Footnotes, comments and text set askew (stamps) become notes. Pages
    without text are named in a warning. Raises StudyError when the file is damaged, has a password, more than 2,000
    pages, or no text at all (a scan).
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity of a file, with pieces of its text
    try:
        pages, notes = _read_pages(data, file)
    except StudyError:
        raise
    except Exception:  # pypdf raises whatever its parsers meet in a damaged file
        raise _damaged(file) from None
    if not any(pages):
        raise study_error(
            "il PDF non contiene testo, forse è una scansione: fai riconoscere il testo (OCR) e salvalo di nuovo",
            "the PDF holds no text, perhaps it is a scan: have its text recognised (OCR) and save it again",
            file=file,
        )
    writer = TextWriter()
    empty = ", ".join(str(number) for number, lines in enumerate(pages, 1) if not lines)
    if empty:
        writer.warnings.append(
            Bilingual(
                f"pagine senza testo, forse scansioni, che non sono lette: {empty}",
                f"pages without text, perhaps scans, which are not read: {empty}",
            )
        )
    body, footnotes = without_footnotes(without_margins(pages))
    for paragraph, stressed in join_paragraphs(body):
        writer.add_paragraph(paragraph, stressed)
    writer.notes += dict.fromkeys([*footnotes, *notes])
    return writer.text()


def _read_pages(data: bytes, file: str) -> tuple[list[list[PageLine]], list[str]]:
    """The lines of each page, and the notes beside them."""
    import pypdf  # slow to import, and needed by this format alone

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise has_password(file)
    if len(reader.pages) > MAX_PAGES:
        raise _too_big(file)
    pages: list[list[PageLine]] = []
    notes: list[str] = []
    fragments = 0
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _MAX_PAGE_BYTES:
            raise _too_big(file)
        drawn = read_page(page)
        fragments += len(drawn.fragments)
        if fragments > MAX_FRAGMENTS:
            raise _too_big(file)
        pages.append(lines_of_page(drawn.fragments, drawn.bottom, drawn.top))
        notes += drawn.notes
    return pages, notes


def _opens(reader: Any) -> bool:
    """Whether the file opens without a password: some only forbid printing."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # an algorithm that pypdf lacks, or damaged keys
        return False


def _damaged(file: str) -> Exception:
    return study_error(
        "non è un PDF leggibile: aprilo con un altro programma e stampalo di nuovo come PDF",
        "not a readable PDF: open it in another program and print it again as PDF",
        file=file,
    )


def _too_big(file: str) -> Exception:
    return study_error(
        "il PDF è troppo grande per essere un'intervista: dividilo, o salvane il testo",
        "the PDF is too big for an interview: split it, or save its text",
        file=file,
    )
