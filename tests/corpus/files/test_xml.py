import pytest

from corpus.errors import StudyError
from corpus.files.xml import parse_xml

BODY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf-8-sig", "utf-16", "latin-1", "cp037"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    data = declared.encode() + BODY.encode(encoding) if encoding == "cp037" else (declared + BODY).encode(encoding)
    with pytest.raises(StudyError, match=r"entit|rovinato"):
        parse_xml(data, "a.eaf")


@pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="UTF-8"?>\n', ""])
def test_the_same_is_read_whether_the_encoding_is_declared_or_not(declaration: str) -> None:
    root = parse_xml(
        (declaration + '<a b="1 &amp; 2">perch\u00e9 <!-- no --><c>s\u00ec\r\n</c>mh</a>').encode(), "a.eaf"
    )
    assert (root.get("b"), "".join(root.itertext())) == ("1 & 2", "perch\u00e9 s\u00ec\nmh")


@pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="UTF-8"?>', ""])
def test_what_is_broken_is_said_in_words(declaration: str) -> None:
    with pytest.raises(StudyError, match="rovinato"):
        parse_xml(declaration.encode() + b"<a>\xff</a>", "a.eaf")
