"""PDF documents: headers, footers, hyphens, columns, pages without text, and files that are no documents at all."""

import io
import zlib
from collections.abc import Callable

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


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
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


TURNS = [
    ("I", "Da quanti anni fa la sindaca di questo comune?"),
    ("R", "Da sei, e non sono pochi per un paese di mille abitanti."),
    ("I", "E il personale, quanti siete adesso in municipio?"),
    ("R", "Siamo in quattro, con il segretario che viene il martedì."),
]
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def drawn(*pages: str, rotate: int = 0, box: str = "0 0 595 842") -> bytes:
    """A file whose pages are drawn by these operators, with a font F."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [CATALOG, f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(), FONT]
    for number, content in enumerate(pages):
        entries = f"/MediaBox[{box}]/Rotate {rotate}/Contents {5 + 2 * number} 0 R/Resources<</Font<</F 3 0 R>>>>"
        objects += [f"<</Type/Page/Parent 2 0 R{entries}>>".encode(), stream(content.encode("cp1252"))]
    return raw(*objects)


def line(text: str, x: float, y: float, size: float = 11, before: str = "") -> str:
    escaped = text.replace("(", r"\(").replace(")", r"\)")
    return f"BT {before} /F {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def talk(turns: list[tuple[str, str]], top: float = 700) -> str:
    return "".join(line(f"{who}: {text}", 72, top - 18 * number) for number, (who, text) in enumerate(turns))


TURNED = {
    90: ("0 1 -1 0 595 0 cm", "0 0 595 842"),
    180: ("-1 0 0 -1 595 842 cm", "0 0 595 842"),
    270: ("0 -1 1 0 0 842 cm", "0 0 595 842"),
}


@pytest.mark.parametrize("angle", TURNED)
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pages_are_read_the_way_their_text_reads(angle: int, rotate: int) -> None:
    matrix, box = TURNED[angle]
    pages = [
        f"q {matrix} {talk(turns, 500)} {line(str(number), 300, 20)} Q"
        for number, turns in enumerate((TURNS[:2], TURNS[2:]), 1)
    ]
    assert said(read(drawn(*pages, rotate=rotate, box=box))) == TURNS


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_text_turned_word_by_word(matrix: str) -> None:
    a, b, c, d = (int(number) for number in matrix.split())
    content = ""
    for row, (who, text) in enumerate(TURNS):
        along = 0.0
        for word in f"{who}: {text}".split():
            x = 300 + a * (along - 200) + c * (-18 * row)
            y = 420 + b * (along - 200) + d * (-18 * row)
            content += f"{matrix} {x} {y} Tm ({word}) Tj\n"
            along += 5.5 * (len(word) + 1)
    assert said(read(drawn(f"BT /F 11 Tf {content} ET"))) == TURNS


def test_a_stamp_askew_and_a_word_up_the_margin_are_notes() -> None:
    stamp = "q .7 .7 -.7 .7 200 200 cm BT /F 60 Tf (BOZZA) Tj ET Q\n"
    margin = "BT /F 8 Tf 0 1 -1 0 20 300 Tm (Archivio comunale) Tj ET\n"
    transcript = read(drawn(stamp + talk(TURNS[:2]) + margin, stamp + talk(TURNS[2:]) + margin))
    assert said(transcript) == TURNS
    assert transcript.notes == ("BOZZA Archivio comunale",)


SHADOWS = {
    "bold, line by line": lambda text, y: line(text, 72, y) + line(text, 72.3, y),
    "shadow": lambda text, y: line(text, 73.5, y - 1.5) + line(text, 72, y),
    "thrice": lambda text, y: line(text, 72, y) + line(text, 72, y) + line(text, 72.2, y),
    "in one text": lambda text, y: f"BT /F 11 Tf 1 0 0 1 72 {y} Tm ({text}) Tj 1 0 0 1 72.4 {y} Tm ({text}) Tj ET\n",
    "moved back": lambda text, y: f"BT /F 11 Tf 72 {y} Td ({text}) Tj .4 0 Td [({text[:4]}) -9 ({text[4:]})] TJ ET\n",
    "in two runs": lambda text, y: "".join(
        f"BT /F 11 Tf {x} {y} Td ({text[:9]}) Tj ({text[9:]}) Tj ET\n" for x in (72, 72.4)
    ),
}


@pytest.mark.parametrize("draw", SHADOWS.values(), ids=SHADOWS.keys())
def test_text_drawn_twice_is_read_once(draw: Callable[[str, float], str]) -> None:
    content = "".join(draw(f"{who}: {text}", 700 - 18 * number) for number, (who, text) in enumerate(TURNS))
    assert said(read(drawn(content))) == TURNS


def test_letters_drawn_one_by_one_and_words_said_twice_stay() -> None:
    letters = "".join(f"1 0 0 1 {72 + 2.45 * n} 700 Tm ({letter}) Tj " for n, letter in enumerate("I: illl?"))
    twice = line("R: Bene, bene.", 72, 680) + line("Bene, bene.", 72, 662) + line("R: Bene, bene.", 72, 644)
    (asked, answered) = said(read(drawn(f"BT /F 11 Tf {letters} ET {twice}")))
    assert (asked, answered) == (("I", "illl?"), ("R", "Bene, bene. Bene, bene. Bene, bene."))


def test_the_invisible_text_of_a_scan_is_read() -> None:
    content = "".join(line(f"{who}: {text}", 72, 700 - 18 * n, before="3 Tr") for n, (who, text) in enumerate(TURNS))
    assert said(read(drawn(content))) == TURNS


def note(number: int, y: float = 88) -> str:
    return line(f"{number} La convenzione scade fra due anni, come si è", 72, y, 8) + line(
        "visto in consiglio.", 72, y - 10, 8
    )


def test_footnotes_are_notes_and_their_references_no_words() -> None:
    reference = line("1", 72 + 200, 704, 6)
    first = line("I: Da quanti anni fa la sindaca di questo", 72, 700) + reference + line(" comune?", 276, 700)
    pages = [
        first + line(f"R: {TURNS[1][1]}", 72, 682) + note(1, 100) + note(2, 80) + line("12", 300, 40, 8),
        talk(TURNS[2:]) + note(3) + line("13", 300, 40, 8),
    ]
    transcript = read(drawn(*pages))
    assert said(transcript) == TURNS
    words = "La convenzione scade fra due anni, come si è visto in consiglio."
    assert transcript.notes == (f"1 {words}", f"2 {words}", f"3 {words}")


def test_footnotes_under_each_of_two_columns() -> None:
    turns = [(who, f"{text} {number}") for number in range(5) for who, text in TURNS]
    left = "".join(line(f"{who}: {text[:40]}", 60, 700 - 18 * row, 9) for row, (who, text) in enumerate(turns[:10]))
    right = "".join(line(f"{who}: {text[:40]}", 320, 700 - 24 * row, 9) for row, (who, text) in enumerate(turns[10:]))
    first = line("1 La convenzione scade.", 60, 500, 7)
    second = line("2 Si veda il verbale.", 320, 440, 7)
    transcript = read(drawn(left + first + right + second))
    assert said(transcript) == [(who, text[:40].strip()) for who, text in turns]
    assert transcript.notes == ("1 La convenzione scade.", "2 Si veda il verbale.")


def test_answers_in_smaller_type_are_no_footnotes() -> None:
    pages = [
        "".join(
            line(f"{who}: {text}", 72, y - 18 * (who == "R"), 12 - 2 * (who == "R"))
            for y in (700, 600, 500)
            for who, text in pair
        )
        for pair in (TURNS[:2], TURNS[2:])
    ]
    transcript = read(drawn(*pages))
    assert len(transcript.turns) == 12 and transcript.notes == ()


def test_remarks_are_notes() -> None:
    remark = b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(Anna)/Contents(da rivedere)>>"
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Contents(collegamento)>>"
    data = drawn(talk(TURNS)).replace(b"/Rotate 0", b"/Rotate 0/Annots[%s%s]" % (remark, link))
    transcript = read(data)
    assert (said(transcript), transcript.notes) == (TURNS, ("Anna: da rivedere",))


def test_what_forms_draw_stands_where_the_page_puts_them() -> None:
    """Word and Acrobat draw watermarks, and some printers whole pages, as forms of the page."""
    resources = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
    page = PAGE.replace(b"/XObject<</X 5 0 R>>", b"/XObject<</T 6 0 R/S 7 0 R>>").replace(b"0 0 99 99", b"0 0 595 842")
    content = b"q 1 0 0 1 0 100 cm /T Do Q q .7 .7 -.7 .7 200 200 cm /S Do Q q 0 1 -1 0 0 0 cm Q"
    text = stream(talk(TURNS, 500).encode("cp1252"), resources)
    stamp = stream(b"BT /F 60 Tf (BOZZA) Tj ET", resources)
    transcript = read(raw(CATALOG, PAGES, page, stream(content), FONT, text, stamp))
    assert (said(transcript), transcript.notes) == (TURNS, ("BOZZA",))
