"""Interviews written in each format as its programs write it: input for the readers' tests."""

import io
import json
import zipfile
from collections.abc import Callable
from html import escape

import docx
from fpdf import FPDF

Turns = list[tuple[str, str]]

_OASIS = {
    "office": "office",
    "text": "text",
    "table": "table",
    "style": "style",
    "draw": "drawing",
    "fo": "xsl-fo-compatible",
}


def clock(seconds: int, point: str) -> str:
    return f"00:{seconds // 60:02}:{seconds % 60:02}{point}000"


def vtt(turns: Turns) -> str:
    cues = [
        f"{clock(n, '.')} --> {clock(n + 1, '.')}\n<v {who}>{escape(text)}</v>" for n, (who, text) in enumerate(turns)
    ]
    return "WEBVTT\n\nNOTE fatto a mano\n\n" + "\n\n".join(cues) + "\n"


def srt(turns: Turns) -> str:
    cues = [
        f"{n}\n{clock(n, ',')} --> {clock(n + 1, ',')}\n{who}: {escape(text, quote=False)}"
        for n, (who, text) in enumerate(turns)
    ]
    return "\n\n".join(cues) + "\n"


def sbv(turns: Turns) -> str:
    cues = [
        f"{clock(n, '.')[1:]},{clock(n + 1, '.')[1:]}\n{who}: {escape(text, quote=False)}"
        for n, (who, text) in enumerate(turns)
    ]
    return "\n\n".join(cues) + "\n"


def ttml(turns: Turns) -> str:
    cues = "".join(
        f'<p begin="{clock(n, ".")}" end="{clock(n + 1, ".")}">{who}: {escape(text)}</p>'
        for n, (who, text) in enumerate(turns)
    )
    return f'<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div>{cues}</div></body></tt>'


def whisper(turns: Turns) -> str:
    parts = [{"start": n, "end": n + 1.0, "text": f" {text}", "speaker": who} for n, (who, text) in enumerate(turns)]
    return json.dumps({"text": "", "segments": parts, "language": "it"})


def otr(turns: Turns) -> str:
    stamp = '<span class="timestamp" data-timestamp="{}">0:0{}</span>'
    lines = [f"<p>{stamp.format(n, n % 10)} {escape(who)}: {escape(text)}</p>" for n, (who, text) in enumerate(turns)]
    return json.dumps({"text": "".join(lines), "media": "a.mp3", "media-time": 0.0})


def tsv(turns: Turns) -> str:
    quoted = ((who, text.replace('"', '""')) for who, text in turns)
    return "speaker\ttext\n" + "".join(f'{who}\t"{text}"\n' for who, text in quoted)


def csv_table(turns: Turns) -> str:
    quoted = ((who, text.replace('"', '""')) for who, text in turns)
    return "Parlante;Testo\n" + "".join(f'{who};"{text}"\n' for who, text in quoted)


def textgrid(turns: Turns) -> str:
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", "xmax = 9", "tiers? <exists>"]
    speakers = sorted({who for who, _ in turns})
    lines += [f"size = {len(speakers)}", "item []:"]
    for number, speaker in enumerate(speakers, 1):
        lines += [f"item [{number}]:", 'class = "IntervalTier"', f'name = "{speaker}"', "xmin = 0", "xmax = 9"]
        lines += [f"intervals: size = {len(turns)}"]
        for n, (who, text) in enumerate(turns):
            lines += [f"intervals [{n + 1}]:", f"xmin = {n}", f"xmax = {n + 1}.0"]
            lines += [f'text = "{text if who == speaker else ""}"']
    return "\n".join(lines)


def odt(body: str, *, styles: str = "", named: str = "") -> bytes:
    """An OpenDocument text of `body`, with styles of its own (`styles`) and with those of styles.xml (`named`)."""
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in _OASIS.items())
    spaces += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    bold = (
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="T2"><style:text-properties fo:font-weight="normal"/></style:style>'
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{bold}{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", content)
        if named:
            sheet = f"<office:document-styles {spaces}><office:styles>{named}</office:styles></office:document-styles>"
            archive.writestr("styles.xml", sheet)
    return buffer.getvalue()


def flat_odt(turns: Turns) -> bytes:
    with zipfile.ZipFile(io.BytesIO(odt_turns(turns))) as archive:
        return archive.read("content.xml").replace(b"document-content", b"document")


def odt_turns(turns: Turns) -> bytes:
    lines = ((who, escape(text).replace("\n", "<text:line-break/>")) for who, text in turns)
    return odt("".join(f"<text:p>{who}:<text:s/>{text}</text:p>" for who, text in lines))


def plain(turns: Turns) -> str:
    return "\n\n".join(f"{who}: {text}" for who, text in turns) + "\n"


def markdown(turns: Turns) -> str:
    return "\n\n".join(f"**{who}:** {text}" for who, text in turns) + "\n"


def word(turns: Turns) -> bytes:
    document = docx.Document()
    for who, text in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}:").bold = True
        paragraph.add_run(f" {text}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rtf_escaped(text: str) -> str:
    plain = "".join(f"\\{sign}" if sign in "\\{}" else sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in text)
    return plain.replace("\n", "\\line ")


def rtf(turns: Turns) -> str:
    body = "".join(rf"\pard\plain{{\b {rtf_escaped(who)}:}}\f0  {rtf_escaped(text)}\par" + "\n" for who, text in turns)
    return r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}}" + "\n" + body + "}"


def pdf(turns: Turns) -> bytes:
    page = FPDF()
    page.add_page()
    for who, text in turns:
        page.set_font("Helvetica", style="B", size=12)
        page.write(text=f"{who}:", h=6)
        page.set_font("Helvetica", size=12)
        page.write(text=f" {text}", h=6)
        page.ln(10)
    return bytes(page.output())


def eaf(turns: Turns) -> str:
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{n}" TIME_VALUE="{n * 1000}"/>' for n in range(len(turns) + 1))
    tiers = ""
    for speaker in sorted({who for who, _ in turns}):
        annotations = "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{n}" TIME_SLOT_REF1="t{n}" TIME_SLOT_REF2="t{n + 1}">'
            f"<ANNOTATION_VALUE>{escape(text)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
            for n, (who, text) in enumerate(turns)
            if who == speaker
        )
        tiers += f'<TIER TIER_ID="{speaker}" LINGUISTIC_TYPE_REF="d">{annotations}</TIER>'
    return f"<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>"


WRITERS: dict[str, Callable[[Turns], str | bytes]] = {
    ".txt": plain,
    ".md": markdown,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), word),
    ".odt": odt_turns,
    ".ott": odt_turns,
    ".fodt": flat_odt,
    ".rtf": rtf,
    ".pdf": pdf,
    ".eaf": eaf,
    ".textgrid": textgrid,
    ".vtt": vtt,
    ".srt": srt,
    ".sbv": sbv,
    **dict.fromkeys((".ttml", ".dfxp"), ttml),
    ".json": whisper,
    ".otr": otr,
    ".tsv": tsv,
    ".csv": csv_table,
}
