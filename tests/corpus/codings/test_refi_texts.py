"""Texts of a project: what they are called in the study, which transcript they are, and what is told of the others."""

import unicodedata
import zipfile

import pytest

from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.new_study.refi_intake import create_study_from
from corpus.records import Theme
from corpus.study import read_study
from corpus.words.spelling import called
from tests.corpus.refi.made import code, guid, place, project, selection, source, write

A = code(1, "A", memo="d")
TEXT = "R: il personale manca sempre. La mensa costa molto.\n"
OTHER = "R: qui le strade sono rotte e le scuole sono fredde.\n"


def coded(number, text, said):
    return selection(100 * number, place(text, said), (1,))


def came_in(tmp_path, xml, texts):
    """The study made of the project: its transcripts' names, (transcript, quote) of its codings, what was told."""
    taken = create_study_from(write(tmp_path / "p.qdpx", xml, texts), tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    names = [transcript.id for transcript in study.transcripts]
    told = [fault.say("it") for fault in (*taken.problems, *study.problems)]
    return names, study.human_codings[["transcript", "quote"]].to_numpy().tolist(), told


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ('plainTextPath="internal://intervista_sindaca.txt"', "intervista_sindaca"),
        ('plainTextPath="sources/altro/intervista sindaca.TXT" name=""', "intervista sindaca"),
        (f'plainTextPath="internal://{guid(9)}.txt" richTextPath="internal://Sindaca Rossi.docx"', "Sindaca Rossi"),
        (f'plainTextPath="internal://{guid(9)}.txt" path="C:\\Users\\ada\\S 01.rtf" name="  "', "S 01"),
        (f'plainTextPath="internal://{{{guid(9)}}}.txt"', guid(9)),
        (f'plainTextPath="internal://{guid(9)}.txt" name="S01"', "S01"),
    ],
)
def test_a_source_without_name_is_called_after_its_file(tmp_path, attributes, name):
    inside = coded(1, TEXT, "La mensa costa molto")
    xml = project("X", A, f'<TextSource guid="{guid(9)}" {attributes}>{inside}</TextSource>')
    path = write(tmp_path / "p.qdpx", xml, {})
    plain = attributes.split('"')[1].rpartition("/")[2]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"sources/{plain}", TEXT)
    create_study_from(path, tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    assert [transcript.id for transcript in study.transcripts] == [name]
    assert study.human_codings["quote"].tolist() == ["La mensa costa molto"]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("S01", "S01", ["S01", "S01 (2)"]),
        ("Però", "PERO", ["PERO (2)", "Però"]),
        ("Perche\u0301", "Perch\u00e9", ["Perché", "Perché (2)"]),
        ("a/b:c", "a\\b?c", ["a_b_c", "a_b_c (2)"]),
        ("S01.docx", "S01.pdf", ["S01", "S01 (2)"]),
        ("Rossi; Bianchi.", "Dott. Verdi", ["Dott. Verdi", "Rossi_ Bianchi"]),
        ("con", "~$S01", ["$S01", "_con"]),
        ("è" * 300, "è" * 301, ["è" * 90, "è" * 90 + " (2)"]),
        ("", " ", [guid(8), guid(9)]),
    ],
)  # fmt: skip
def test_names_that_no_disk_can_hold_or_tell_apart(tmp_path, first, second, names):
    texts = source(9, first, coded(1, TEXT, "La mensa costa molto")) + source(8, second, coded(2, OTHER, "le strade"))
    got, quotes, told = came_in(tmp_path, project("X", A, texts), {9: TEXT.encode(), 8: OTHER.encode()})
    assert sorted(got) == names
    assert sorted(quote for _, quote in quotes) == ["La mensa costa molto", "le strade"]
    assert not [line for line in told if "codific" in line or "testo" in line]


def test_texts_of_one_name_and_nearly_one_wording_keep_their_codings_apart(tmp_path):
    near = TEXT.replace("sempre", "spesso")
    texts = source(9, "risposta", coded(1, TEXT, "il personale")) + source(8, "risposta", coded(2, near, "La mensa"))
    _, quotes, _ = came_in(tmp_path, project("X", A, texts), {9: TEXT.encode(), 8: near.encode()})
    assert quotes == [["risposta", "il personale"], ["risposta (2)", "La mensa"]]


def test_a_recording_has_the_text_of_its_transcript(tmp_path):
    said = "La mensa costa molto"
    start, end = place(TEXT, said)
    points = "".join(
        f'<SyncPoint guid="{guid(number)}" position="{at}" timeStamp="{at * 100}"/>'
        for number, at in ((70, 0), (71, start), (72, end))
    )
    chosen = "".join(
        f'<TranscriptSelection guid="{guid(80 + number)}" {ends}><Coding guid="{guid(90 + number)}">'
        f'<CodeRef targetGUID="{guid(1)}"/></Coding></TranscriptSelection>'
        for number, ends in enumerate((f'fromSyncPoint="{guid(71)}" toSyncPoint="{guid(72)}"',
                                       f'fromSyncPoint="{guid(70)}"'))
    )  # fmt: skip
    xml = project("X", A, f"""
        <VideoSource guid="{guid(6)}" name="S01.mp4" path="internal://x.mp4">
          <Transcript guid="{guid(9)}" plainTextPath="internal://{guid(9)}.txt">{points}{chosen}</Transcript>
          <VideoSelection guid="{guid(60)}" begin="0" end="900"><Coding guid="{guid(61)}"/></VideoSelection>
          <VideoSelection guid="{guid(62)}" begin="0" end="900"/></VideoSource>
        <PictureSource guid="{guid(5)}" name="piazza.jpg" path="internal://piazza.jpg"/>
        <AudioSource guid="{guid(4)}" path="relative:///registrazioni/S02.mp3"/>""",
        f'<Notes><Note guid="{guid(3)}" name="m"/></Notes><Sets><Set guid="{guid(2)}" name="s"/></Sets>')  # fmt: skip
    names, quotes, told = came_in(tmp_path, xml, {9: TEXT.encode()})
    assert names == ["S01"]
    assert quotes == [["S01", TEXT[:start]], ["S01", said]]
    assert "lasciati fuori: 2 (`piazza.jpg`, `S02`)" in told[0]
    assert "non sono lette 1 selezioni su immagini o registrazioni" in told[2]


@pytest.mark.parametrize("path", ["absolute:///C:/Ada/altra.docx", "relative://../altra.docx", "D:\\altra.docx"])
def test_a_text_outside_the_project_is_told_by_its_file(tmp_path, path):
    outside = f'<TextSource guid="{guid(8)}" name="altra" richTextPath="{path}">' + coded(2, TEXT, "il personale")
    texts = source(9, "S01", coded(1, TEXT, "La mensa costa molto")) + outside + "</TextSource>"
    names, quotes, told = came_in(tmp_path, project("X", A, texts), {9: TEXT.encode()})
    assert names == ["S01"] and quotes == [["S01", "La mensa costa molto"]]
    assert "`altra` è vuoto o manca: non è nel progetto ma in `altra.docx`" in told[0]
    assert "il testo `altra` non è una trascrizione dello studio" in told[1]


def test_a_later_text_lacking_in_the_project_is_told(tmp_path):
    write(
        tmp_path / "codings" / "p.qdpx",
        project("X", A, source(9, "S01", coded(1, TEXT, "La mensa"))),
        {},
    )
    frame, problems = read_codings(open_codings(tmp_path), {"S01": Wording(TEXT)}, (Theme("a", "A"),), "")
    assert len(frame) == 0 and "lasciati fuori: 1 (il progetto non ha il suo testo)" in problems[0].say("it")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.replace("molto", "perché").encode("cp1252"), TEXT.replace("molto", "perché")),
        (("\ufeff" + TEXT).encode("utf-16-le"), TEXT),
    ],
)
def test_a_text_is_read_in_the_encoding_it_has(tmp_path, data, text):
    texts = source(9, "S01", coded(1, TEXT, "La mensa costa"))
    create_study_from(write(tmp_path / "p.qdpx", project("X", A, texts), {9: data}), tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    assert study.transcripts[0].source == text and study.human_codings["quote"].tolist() == ["La mensa costa"]


def test_a_project_zipped_again_on_a_mac_is_read(tmp_path):
    name = "Sindaca di Agliè"
    plain = unicodedata.normalize("NFD", f"{name}.txt")
    xml = project("X", A, f'<TextSource guid="{guid(9)}" plainTextPath="internal://{name}.txt">'
                  + coded(1, TEXT, "La mensa costa") + "</TextSource>")  # fmt: skip
    stand_in = "x" * len(plain.encode("utf-8"))  # the zip's names are UTF-8, and nothing in it says so
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as archive:
        for member, content in (("__MACOSX/._project.qde", b"\0\5"), ("project.qde", xml), (stand_in, TEXT)):
            archive.writestr(member, content)
    data = (tmp_path / "p.qdpx").read_bytes().replace(stand_in.encode(), plain.encode("utf-8"))
    (tmp_path / "p.qdpx").write_bytes(data)
    create_study_from(tmp_path / "p.qdpx", tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    assert [transcript.id for transcript in study.transcripts] == [name]
    assert study.human_codings["quote"].tolist() == ["La mensa costa"]


def test_a_theme_that_a_case_refers_to_stays_a_theme(tmp_path):
    cases = f"""<Cases><Case guid="{guid(60)}" name="Anna"><CodeRef targetGUID="{guid(1)}"/>
    <CodeRef targetGUID="{guid(2)}"/><SourceRef targetGUID="{guid(9)}"/></Case></Cases>"""
    inside = coded(1, TEXT, "La mensa costa"), selection(300, (0, len(TEXT)), (2,))
    xml = project("X", code(1, "Mensa") + code(2, "ANNA"), source(9, "S01", *inside), cases)
    _, quotes, told = came_in(tmp_path, xml, {9: TEXT.encode()})
    assert quotes == [["S01", "La mensa costa"]]
    assert "ANNA" not in (tmp_path / "studio" / "codebook.csv").read_text(encoding="utf-8")
    assert not [line for line in told if "ANNA" in line]


@pytest.mark.parametrize(
    ("name", "known", "got"),
    [
        ("S01", ["s01", "S01"], "S01"),
        ("Perche\u0301", ["Perch\u00e9", "perche"], "Perch\u00e9"),
        ("anna", ["Anna"], "Anna"),
        ("ANNA", ["Anna", "anna"], None),
        ("Pero", ["Però", "Piero"], "Però"),
        ("Ugo", ["Anna"], None),
    ],
)
def test_what_is_called_so(name, known, got):
    assert called(name, known) == got


def test_cases_that_are_said_of_passages_have_their_text(tmp_path):
    cases = "".join(
        f'<Case guid="{guid(60 + number)}" name="{name}"><SelectionRef targetGUID="{guid(each)}"/></Case>'
        for number, (name, each) in enumerate((("Anna", 100), ("Bo", 100), ("Nessuno", 999)))
    )
    xml = project("X", A, source(9, "S01", coded(1, TEXT, "La mensa costa")), f"<Cases>{cases}</Cases>")
    create_study_from(write(tmp_path / "p.qdpx", xml, {9: TEXT.encode()}), tmp_path / "studio")
    listed = read_study(tmp_path / "studio").respondents[["respondent", "transcript"]].to_numpy().tolist()
    assert listed == [["Anna", "S01"], ["Bo", "S01"], ["Nessuno", ""]]
