"""Word files written by hand, part by part: what python-docx and Word itself would never write alike."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{W}" xmlns:m="{_OFFICE}/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word_file(body: str, *, main: str = "word/document.xml", **parts: str) -> bytes:
    """A Word file of `body`; `parts` are the insides of parts beside it (`styles="<w:style .../>"`)."""
    folder, name = main.rsplit("/", 1)
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/relationships/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts)
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="/{main}"/>'
        ),
        main: f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        f"{folder}/_rels/{name}.rels": _relations(relations),
    }
    for kind, inside in parts.items():
        members[f"{folder}/{kind}.xml"] = f"<w:{kind} {_SPACES}>{inside}</w:{kind}>"
    return zipped(members)


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def zipped(members: dict[str, str]) -> bytes:
    """An archive of members with their text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, str]:
    """The members of an archive, to write it again otherwise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph of runs, or of one run where it gets plain text."""
    runs = (piece if piece.startswith("<") else run(piece) for piece in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table: cells of text, or of XML."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(cell, cells))}</w:tr>"


def cell(inside: str, properties: str = "") -> str:
    """A cell of text, or of XML; as it is where it is one already."""
    if inside.startswith(("<w:tc>", "<w:sdt><w:sdtPr/><w:sdtContent><w:tc>")):
        return inside
    blocks = inside if inside.startswith("<") else paragraph(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def control(inside: str, properties: str = "") -> str:
    """A content control round anything."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>".replace(
        "<w:sdtPr></w:sdtPr>", "<w:sdtPr/>"
    )
