"""PDF documents: the text of their pages, put back into paragraphs. Reads no pictures, forms or attachments."""

import io
import logging
from collections import Counter
from typing import Any

from corpus.errors import StudyError, study_error
from corpus.files.archives import has_password
from corpus.files.decoding import tidy
from corpus.language import Bilingual
from corpus.transcripts.page_layout import Fragment, PageLine, join_paragraphs, lines_of_page, without_margins
from corpus.transcripts.text import Text, TextWriter

MAX_PAGES = 2_000
MAX_FRAGMENTS = 2_000_000
_MOST_FORMS = 1_000  # drawn on one page, each in full; a letterhead takes one or two
_MAX_PAGE_BYTES = 20 * 1024 * 1024
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def read_pdf(data: bytes, file: str) -> Text:
    """The paragraphs of a PDF; its source is the text with one line a paragraph.

    Running headers and footers and page numbers are dropped, hyphenated line ends mended. Columns are read one after
    the other. Pages without text are named in a warning. Raises StudyError when the file is damaged, has a password,
    more than 2,000 pages, or no text at all (a scan).
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity of a file, with pieces of its text
    try:
        pages = _read_pages(data, file)
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
    for paragraph, stressed in join_paragraphs(without_margins(pages)):
        writer.add_paragraph(paragraph, stressed)
    return writer.text()


def _read_pages(data: bytes, file: str) -> list[list[PageLine]]:
    import pypdf  # slow to import, and needed by this format alone

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise has_password(file)
    if len(reader.pages) > MAX_PAGES:
        raise _too_big(file)
    pages: list[list[PageLine]] = []
    fragments = 0
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _MAX_PAGE_BYTES:
            raise _too_big(file)
        found = _fragments(page)
        fragments += len(found)
        if fragments > MAX_FRAGMENTS:
            raise _too_big(file)
        pages.append(lines_of_page(found, float(page.mediabox.bottom), float(page.mediabox.top)))
    return pages


def _opens(reader: Any) -> bool:
    """Whether the file opens without a password: some only forbid printing."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # an algorithm that pypdf lacks, or damaged keys
        return False


def _fragments(page: Any) -> list[Fragment]:
    found: list[Fragment] = []

    def collect(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text.strip():
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs((tm[2] * cm[1] + tm[3] * cm[3]) or 1.0)
        name = str((font or {}).get("/BaseFont", ""))
        stressed = any(word in name for word in ("Bold", "Italic", "Oblique", "Black", "Semibold"))
        for part in tidy(text.translate(_LIGATURES)).split("\n"):
            if part.strip():
                found.append(Fragment(part, x, y, max(abs(size) * scale, 1.0), stressed))

    forms = 0

    def count(operator: bytes, *_: Any) -> None:
        nonlocal forms
        forms += operator == b"Do"
        if forms > _MOST_FORMS:  # forms within forms can ask for billions
            raise ValueError("too many forms")

    page.extract_text(visitor_text=collect, visitor_operand_before=count)
    if forms > _MOST_FORMS:  # pypdf goes on after what a form raised
        raise ValueError("too many forms")
    fonts = Counter[bool]()
    for fragment in found:
        fonts[fragment.stressed] += len(fragment.text)
    if fonts[True] > 0.8 * (fonts[True] + fonts[False]):  # a page all in bold or italics stresses nothing
        found = [Fragment(part.text, part.x, part.y, part.size, False) for part in found]
    return found


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
