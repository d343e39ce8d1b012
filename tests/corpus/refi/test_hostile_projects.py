"""Projects made to hurt: an answer in Italian and no traceback, whatever is in them."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.codings.refi_places import as_counted, finder
from corpus.errors import StudyError
from corpus.new_study.refi_intake import create_study_from
from corpus.records import Theme
from corpus.refi.project import Coding, Selection, read_project
from tests.corpus.refi.made import code, project, selection, source, write

THEMES = (Theme("a", "A"),)
DEEP = "".join(f'<Code guid="{n}" name="{n}" isCodable="true">' for n in range(60)) + "</Code>" * 60
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Project xmlns="urn:QDA-XML:project:1.0">&b;</Project>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Project xmlns="urn:QDA-XML:project:1.0">&f;</Project>'


def zipped(**members: bytes | str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "rovinato"),
        (b"nulla", "rovinato"),
        (zipped(), "non è un progetto"),
        (zipped(project__qde="<a/>"), "non è un progetto"),
        (zipped(project__qde="<Project"), "XML non valido"),
        (zipped(project__qde=LAUGHS), "entità XML"),
        (zipped(project__qde=OUTSIDE), "entità XML"),
        (zipped(project__qde=b"<Project>" + b" " * 30_000_000), "si espande oltre"),
        (zipped(project__qde=project("X", DEEP, "")), "annidati"),
        (zipped(project__qde=project("X", code(1, "A"), ""))[:-60], "rovinato"),
    ],
)
def test_what_is_no_project_is_refused_in_words(tmp_path, data, said):
    (tmp_path / "codings").mkdir()
    (tmp_path / "codings" / "p.qdpx").write_bytes(data)
    frame, problems = read_codings(open_codings(tmp_path), {"S01": Wording("ciao")}, THEMES, "")
    assert len(frame) == 0 and len(problems) == 1 and said in problems[0].say("it")
    with pytest.raises(StudyError, match=said):
        create_study_from(tmp_path / "codings" / "p.qdpx", tmp_path / "studio")
    assert not (tmp_path / "studio").exists()


def test_a_text_that_unpacks_without_end_is_refused(tmp_path):
    xml = project("X", code(1, "A"), source(9, "S01", selection(100, (0, 3), (1,))))
    write(tmp_path / "codings" / "p.qdpx", xml, {9: b"a" * 30_000_000})
    problems = read_codings(open_codings(tmp_path), {"S01": Wording("aaa")}, THEMES, "")[1]
    assert ["si espande oltre" in fault.say("it") for fault in problems] == [True]


def test_nothing_is_written_or_read_outside(tmp_path):
    bad = source(9, "../../../fuori", selection(100, (0, 3), (1,))).replace("internal://", "internal://../../etc/")
    absolute = source(8, "/etc/passwd").replace("internal://", "absolute:///etc/passwd/")
    path = write(tmp_path / "p.qdpx", project("X", code(1, "A"), bad + absolute), {9: b"uno due", 8: b"tre quattro"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../fuori.txt", "x")
    taken = create_study_from(path, tmp_path / "uno" / "studio")
    assert taken.account.kept["texts"] == 2
    assert sorted(file.name for file in (tmp_path / "uno" / "studio" / "transcripts").iterdir()) == [
        "etc_passwd.txt", "fuori.txt",
    ]  # fmt: skip
    assert sorted(each.name for each in tmp_path.iterdir()) == ["p.qdpx", "uno"]


def test_a_link_out_of_the_study_is_not_followed(tmp_path):
    path = write(tmp_path / "p.qdpx", project("X", code(1, "A"), ""), {})
    (tmp_path / "studio" / "codings").mkdir(parents=True)
    (tmp_path / "studio" / "codings" / "p.qdpx").symlink_to(path)
    assert "collegamento" in read_codings(open_codings(tmp_path / "studio"), {}, THEMES, "")[1][0].say("it")


@pytest.mark.parametrize("broken", ["-3", "9" * 5000, "due", "", "1.5", "²"])
def test_positions_that_are_none_lose_their_passage_alone(tmp_path, broken):
    good = selection(200, (0, 3), (1,))
    bad = selection(100, (0, 3), (1,)).replace('startPosition="0"', f'startPosition="{broken}"')
    xml = project("X", code(1, "A"), source(9, "S01", bad, good))
    write(tmp_path / "codings" / "p.qdpx", xml, {9: b"uno due"})
    frame, problems = read_codings(open_codings(tmp_path), {"S01": Wording("uno due")}, THEMES, "")
    assert frame["quote"].tolist() == ["uno"] and len(problems) == 1


def test_a_project_without_its_texts_guids_or_users_still_gives_what_it_has(tmp_path):
    xml = project("X", code(1, "A"), source(9, "S01", selection(100, (0, 3), (1,))) + "<TextSource/><PDFSource/>")
    write(tmp_path / "codings" / "p.qdpx", xml.replace("<Users>", "<Users><User/>"), {})
    frame, problems = read_codings(open_codings(tmp_path), {"S01": Wording("uno due")}, THEMES, "")
    assert len(frame) == 0 and "non si ritrovano" in problems[0].say("it")
    with pytest.raises(StudyError, match="nessun testo"):
        create_study_from(tmp_path / "codings" / "p.qdpx", tmp_path / "studio")
    assert len(read_project(tmp_path, "codings/p.qdpx").sources) == 2


signs = st.text("aA è\r\n😀\u0301\ufeff.,1", max_size=30)


@settings(max_examples=60, deadline=None)
@given(signs, signs, st.integers(-1, 40), st.integers(-1, 40))
def test_a_place_is_inside_the_transcript_or_none(theirs, ours, start, end):
    chosen = Selection(start, end, "", "", (Coding("g", "c", "Ada"),))
    found = finder(as_counted(theirs, [chosen]), ours)(chosen)
    assert found is None or 0 <= found[0] < found[1] <= len(ours)
