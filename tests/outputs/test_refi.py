import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.alignment import Alignment
from corpus.records import Transcript, Turn
from corpus.refi.codebook import read_qdc
from corpus.refi.codings import read_projects
from corpus.schemas import HumanCodings
from outputs.refi import write_qdc, write_qdpx
from tests.nlp.studied import study

XSD = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "refi-qda"
needs_xsd = pytest.mark.skipif(not XSD.is_dir(), reason="the REFI-QDA schemas are not beside the repository")
QDE = """<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users><User guid="{U1}" name="Ada"/></Users>
<CodeBook><Codes><Code guid="C1" name="%s" isCodable="true"/></Codes></CodeBook><Sources>
<TextSource guid="S" name="T" plainTextPath="%s"><PlainTextSelection guid="X" name="due tre" startPosition="%d"
 endPosition="%d" creatingUser="u1">
<Coding guid="Y"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection></TextSource>
</Sources></Project>"""


def coded(source: str, start: int, end: int, coder: str = "ada"):
    studied, results = study()
    turn = Turn(1, "R", 0, len(source), source, Alignment.identity(0, len(source)))
    transcript = Transcript("T", "transcripts/T.txt", "0" * 64, source, (turn,))
    row = ["T", start, end, source[start:end], studied.themes[0].code, "proposta", coder, False]
    codings = HumanCodings.validate(pd.DataFrame([row], columns=list(HumanCodings.to_schema().columns)))
    studied = replace(studied, transcripts=(transcript,), human_codings=codings)
    return studied, replace(results, codings=results.codings.iloc[:0], segments=results.segments.iloc[:0])


def read_back(studied, folder: Path):
    sources = {transcript.id: transcript.source for transcript in studied.transcripts}
    return read_projects(folder, sources, studied.themes)


@needs_xsd
def test_project_and_codebook_are_valid(tmp_path):
    studied, results = coded("uno due tre", 4, 11)
    with zipfile.ZipFile(write_qdpx(studied, results, tmp_path / "p.qdpx")) as archive:
        project = etree.fromstring(archive.read("project.qde"))
    etree.XMLSchema(etree.parse(XSD / "project" / "v1.0" / "Project.xsd")).assertValid(project)
    codebook = etree.parse(write_qdc(studied.themes, tmp_path / "c.qdc"))
    etree.XMLSchema(etree.parse(XSD / "codebook" / "v1.0" / "Codebook.xsd")).assertValid(codebook)
    cases = project.findall(".//{*}Case")
    assert len(cases) == len(studied.respondents) and project.find(".//{*}VariableValue") is not None


def test_the_same_study_gives_the_same_bytes(tmp_path):
    one, two = (write_qdpx(*coded("uno due", 0, 3), tmp_path / name).read_bytes() for name in ("a.qdpx", "b.qdpx"))
    assert one == two


def test_the_codebook_comes_back(tmp_path):
    studied, _ = study()
    rows = read_qdc(write_qdc(studied.themes, tmp_path / "c.qdc").read_bytes(), "c.qdc")
    assert [row[1] for row in rows[1:]] == [theme.label for theme in studied.themes]


@settings(deadline=None, max_examples=25)
@given(st.text("aè😀 \n<&", min_size=1, max_size=30).filter(str.strip), st.data())
def test_out_and_in_again_loses_nothing(source, data):
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    studied, results = coded(source, start, end)
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "codings").mkdir()
        write_qdpx(studied, results, Path(scratch) / "codings" / "p.qdpx")
        back, problems = read_back(studied, Path(scratch))
    assert problems == ()
    pd.testing.assert_frame_equal(back, studied.human_codings)


@pytest.mark.parametrize(
    ("text", "start", "path"),
    [
        ("uno\r\ndue tre qui", 5, "internal://x.txt"),  # CR LF counted as two
        ("uno\r\ndue tre qui", 4, "sources/x.txt"),  # as one
        ("\ufeffuno\ndue tre qui", 5, "C:\\progetti\\x.txt"),  # the mark counted
        ("\ufeffuno\ndue tre qui", 4, "internal://x.txt"),
    ],
)
def test_other_programs_ways_of_counting(tmp_path, text, start, path):
    studied, _ = coded("uno\ndue tre qui", 4, 11)
    (tmp_path / "codings").mkdir()
    with zipfile.ZipFile(tmp_path / "codings" / "p.qdpx", "w") as archive:
        archive.writestr("project.qde", QDE % (studied.themes[0].label, path, start, start + 7))
        archive.writestr("Sources/x.txt", text)
    back, problems = read_back(studied, tmp_path)
    assert problems == ()
    assert back[["start", "end", "quote", "coder"]].to_numpy().tolist() == [[4, 11, "due tre", "Ada"]]


def test_codings_of_the_machine_are_no_peoples(tmp_path):
    studied, results = coded("uno due tre", 4, 11, coder="Trama")
    (tmp_path / "codings").mkdir()
    write_qdpx(studied, results, tmp_path / "codings" / "p.qdpx")
    assert len(read_back(studied, tmp_path)[0]) == 0


def test_what_is_no_project_is_a_problem(tmp_path):
    studied, _ = study()
    (tmp_path / "codings").mkdir()
    (tmp_path / "codings" / "p.qdpx").write_bytes(b"nulla")
    assert len(read_back(studied, tmp_path)[1]) == 1
