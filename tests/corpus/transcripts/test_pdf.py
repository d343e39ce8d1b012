"""PDF documents: headers, footers, hyphens, columns, pages without text, and files that are no documents at all."""

import io
import zlib

import pypdf
import pytest
from fpdf import FPDF

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.writers import pdf

LONG = (
    "Siamo rimasti in tre, tre e mezzo contando la Loredana che viene il martedì e il giovedì, e con tre persone "
    "la questione socio-economica si amministra come si può: chi va in ferie non trova nessuno allo sportello."
)


def read(data: bytes) -> Transcript:
    return transcript_of(data, "a.pdf")


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


class Printed(FPDF):
    def header(self) -> None:
        self.set_font("Helvetica", size=9)
        self.cell(text=f"Piccoli comuni - intervista 3 - foglio {self.page_no()}", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(text=f"Pagina {self.page_no()} di 9")


def test_many_pages_with_running_headers_and_page_numbers() -> None:
    turns = [("INTERVISTATRICE" if n % 2 == 0 else "SINDACO", f"{n}. {LONG}") for n in range(60)]
    document = Printed()
    document.add_page()
    document.set_font("Times", size=12)
    for who, text in turns:
        document.set_font("Times", size=12)
        document.multi_cell(w=0, text=f"{who}: {text}", new_x="LMARGIN", new_y="NEXT")
    assert document.page_no() > 2
    assert said(read(bytes(document.output()))) == turns


def test_hyphens_at_line_ends_are_mended_and_those_of_words_kept() -> None:
    document = FPDF()
    document.add_page()
    document.set_font("Times", size=12)
    lines = [
        "SINDACO: la collabo-",
        "razione e gli aspetti socio-economici contano; sono un ex-",
        "sindaco, e gli aspetti socio-",
        "economici contano ancora, sempre di più, per tutti.",
    ]
    for line in lines:
        document.cell(text=line, new_x="LMARGIN", new_y="NEXT", h=6)
    text = said(read(bytes(document.output())))[0][1]
    assert text.startswith("la collaborazione e gli aspetti socio-economici contano; sono un ex-sindaco, e")
    assert "socio-economici contano ancora" in text


@pytest.mark.parametrize("across", [False, True])
def test_two_columns_are_not_interleaved(across: bool) -> None:
    left = [f"{'I' if n % 2 == 0 else 'R'}: frase a sinistra numero {n} eh." for n in range(8)]
    right = [f"{'I' if n % 2 == 0 else 'R'}: frase a destra numero {n} eh." for n in range(8)]
    document = FPDF()
    document.add_page()
    document.set_font("Times", size=11)
    places = [(0, n, text) for n, text in enumerate(left)] + [(1, n, text) for n, text in enumerate(right)]
    for column, row, text in sorted(places, key=lambda place: place[1]) if across else places:
        document.text(x=15 + 95 * column, y=30 + 8 * row, text=text)
    assert [text for _, text in said(read(bytes(document.output())))] == [line[3:] for line in (*left, *right)]


def test_speakers_in_a_column_of_their_own() -> None:
    document = FPDF()
    document.add_page()
    document.set_font("Times", size=11)
    for row, (who, text) in enumerate([("I", "Come va?"), ("R", "Bene."), ("I", "E poi?"), ("R", "Basta.")]):
        document.text(x=15, y=30 + 8 * row, text=who)
        document.text(x=45, y=30 + 8 * row, text=text)
    assert said(read(bytes(document.output()))) == [("I", "Come va?"), ("R", "Bene."), ("I", "E poi?"), ("R", "Basta.")]


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([("I", "Come va?"), ("R", "Bene.")])))
    writer.encrypt(password, owner_password="x", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_file_that_only_forbids_printing_is_read() -> None:
    assert said(read(encrypted(""))) == [("I", "Come va?"), ("R", "Bene.")]


def test_pages_without_text_are_named() -> None:
    document = FPDF()
    document.add_page()
    document.set_font("Times", size=12)
    document.write(text="I: Come va?\nR: Bene.")
    document.add_page()
    (problem,) = read(bytes(document.output())).problems
    assert "non sono lette: 2" in problem.say("it") and problem.severity == "warning"


def raw(*objects: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def form(inner: int) -> bytes:
    resources = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % inner
    return stream(b"/X Do " * 40, resources)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not a pdf", "PDF leggibile"),
        (pdf([("I", "Come va?")])[:300], "PDF leggibile"),
        (encrypted("segreta"), "password"),
        (raw(CATALOG, PAGES, PAGE, stream(b"q Q")), "OCR"),
        (raw(CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", PAGE), "PDF leggibile"),
        (raw(CATALOG, PAGES, PAGE, stream(zlib.compress(b"q Q " * 25_000_000), b"/Filter/FlateDecode")), "PDF"),
        (
            raw(CATALOG, PAGES, PAGE, stream(b"/X Do " * 40), *(form(number) for number in (6, 7, 8, 5))),
            "PDF leggibile",
        ),
    ],
    ids=["no pdf", "cut off", "password", "scan", "cycle of pages", "bomb", "forms within forms"],
)
def test_hostile_and_unreadable_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        read(data)
