from pathlib import Path

import pytest

from corpus.codebook.theme_codebook import read_codebook
from corpus.errors import StudyError

QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="prova"><Codes>
  <Code guid="1" name="Personale" isCodable="true"><Description>Chi lavora nel comune</Description>
    <Code guid="2" name="Criticità" isCodable="true"><Description>Chi manca</Description></Code>
  </Code>
  <Code guid="3" name="Risorse" isCodable="true"><Description>Soldi</Description>
    <Code guid="4" name="Criticità" isCodable="true"><Description>Tagli</Description></Code>
  </Code>
</Codes></CodeBook>"""


def test_a_codebook_of_another_program_is_read_with_its_tree(tmp_path: Path) -> None:
    (tmp_path / "codebook.qdc").write_text(QDC, encoding="utf-8")
    themes, problems = read_codebook(tmp_path)
    assert problems == ()
    assert [(theme.code, theme.label, theme.parent, theme.definition) for theme in themes] == [
        ("personale", "Personale", "", "Chi lavora nel comune"),
        ("personale_criticita", "Personale > Criticità", "personale", "Chi manca"),
        ("risorse", "Risorse", "", "Soldi"),
        ("risorse_criticita", "Risorse > Criticità", "risorse", "Tagli"),
    ]


def test_a_code_without_description_is_told(tmp_path: Path) -> None:
    (tmp_path / "codebook.qdc").write_text(QDC.replace("<Description>Tagli</Description>", ""), encoding="utf-8")
    _, problems = read_codebook(tmp_path)
    assert ["risorse_criticita" in fault.say("it") for fault in problems] == [True]


@pytest.mark.parametrize("text", ["<a/>", "<CodeBook>", '<!DOCTYPE a [<!ENTITY e "x">]><CodeBook>&e;</CodeBook>'])
def test_what_is_no_codebook_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "codebook.qdc").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=r"codebook\.qdc: "):
        read_codebook(tmp_path)
