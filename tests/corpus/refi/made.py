"""REFI-QDA projects as other programs write them, made for tests from what is known of their files."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

ADA = "aaaaaaaa-0000-4000-8000-00000000000a"
UGO = "aaaaaaaa-0000-4000-8000-00000000000b"


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def code(number: int, name: str, *inside: str, codable: bool = True, memo: str = "", color: str = "") -> str:
    about = f"<Description>{escape(memo)}</Description>" if memo else ""
    paint = f' color="{color}"' if color else ""
    return (
        f'<Code guid="{guid(number)}" name={quoteattr(name)} isCodable="{str(codable).lower()}"{paint}>'
        f"{about}{''.join(inside)}</Code>"
    )


def place(text: str, passage: str, units: str = "code points") -> tuple[int, int]:
    """Where the passage stands, in code points or UTF-16 units of `text` as it is."""
    start = text.index(passage)
    ends = (text[:start], text[: start + len(passage)])
    first, last = (len(part) if units == "code points" else len(part.encode("utf-16-le")) // 2 for part in ends)
    return first, last


def selection(number: int, at: tuple[int, int], codes: tuple[int, ...], *, name: str = "", by: str = ADA,
              who: str = "creatingUser", memo: str = "") -> str:  # fmt: skip
    codings = "".join(
        f'<Coding guid="{guid(number + 1 + place)}"><CodeRef targetGUID="{guid(each)}"/></Coding>'
        for place, each in enumerate(codes)
    )
    about = f"<Description>{memo}</Description>" if memo else ""
    return (
        f'<PlainTextSelection guid="{guid(number)}" name={quoteattr(name)} startPosition="{at[0]}" '
        f'endPosition="{at[1]}" {who}="{by}">{about}{codings}</PlainTextSelection>'
    )


def source(number: int, name: str, *inside: str) -> str:
    path = f"internal://{guid(number)}"
    return (
        f'<TextSource guid="{guid(number)}" name={quoteattr(name)} richTextPath="{path}.docx" '
        f'plainTextPath="{path}.txt">{"".join(inside)}</TextSource>'
    )


def project(origin: str, codes: str, sources: str, rest: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}">'
        f'<Users><User guid="{ADA}" name="Ada"/><User guid="{UGO}" id="UG"/></Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>{rest}<Sources>{sources}</Sources></Project>"
    )


def write(path: Path, xml: str, texts: dict[int, bytes], folder: str = "sources") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml)
        for number, text in texts.items():
            archive.writestr(f"{folder}/{guid(number)}.txt", text)
            archive.writestr(f"{folder}/{guid(number)}.docx", b"PK not looked at")
    return path
