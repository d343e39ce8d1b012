"""XML from people's files, parsed without entities, external files or surprise. Knows no vocabulary."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from corpus.errors import study_error


def parse_xml(data: bytes, file: str) -> Element:
    """The root element. Raises StudyError when the XML is broken or declares entities."""
    try:
        return fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
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
