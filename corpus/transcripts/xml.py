"""XML from people's files, parsed without entities, external files or surprise. Knows no vocabulary."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from corpus.errors import study_error

_SAYS_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^<>]* encoding=[\"']utf-8[\"'][^<>]*\?>", re.IGNORECASE)


def parse_xml(data: bytes, file: str) -> Element:
    """The root element. Raises StudyError when the XML is broken or declares entities."""
    try:
        if _declares_nothing(data):
            return ElementTree.fromstring(data)
        return defusedxml.ElementTree.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise study_error(
            "il file definisce entità XML, che qui sono rifiutate per sicurezza: esportalo di nuovo dal suo programma",
            "the file defines XML entities, which are refused for safety: export it again from its program",
            file=file,
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise study_error(
            f"il file è rovinato (XML non valido: {error}): esportalo di nuovo dal suo programma",
            f"the file is damaged (invalid XML: {error}): export it again from its program",
            file=file,
        ) from None


def _declares_nothing(data: bytes) -> bool:
    """Whether no entity can be declared, so that Python's own parser is safe, which is several times faster.

    That needs a document type, in UTF-8 always written with these bytes; another encoding could write it otherwise.
    """
    return _SAYS_UTF8.match(data) is not None and b"<!DOCTYPE" not in data
