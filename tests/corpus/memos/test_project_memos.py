"""Notes, links and sets of other programs' projects as memos of the study."""

from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.memos.memo_files import FOLDER
from corpus.memos.study_memos import read_memos
from corpus.new_study.refi_intake import create_study_from
from corpus.records import Subject
from corpus.study import read_study
from tests.corpus.refi.made import ADA, UGO, code, guid, place, project, selection, source, write

TEXT = "R: Il personale non basta 😀 mai.\nR: E la mensa è chiusa.\n"
CODES = (
    f'<Code guid="{guid(1)}" name="Personale" isCodable="true"><NoteRef targetGUID="{guid(30)}"/>'
    + code(2, "Mensa") + "</Code>"
)  # fmt: skip
BASTA = place(TEXT, "non basta", "UTF-16")
SELECTED = (
    f'<PlainTextSelection guid="{guid(100)}" name="non basta" startPosition="{BASTA[0]}" endPosition="{BASTA[1]}" '
    f'creatingUser="{UGO}"><Description>detto con rabbia</Description><Coding guid="{guid(101)}">'
    f'<CodeRef targetGUID="{guid(1)}"/><NoteRef targetGUID="{guid(31)}"/></Coding></PlainTextSelection>'
)


def note(number: int, text: str, name: str = "", extra: str = "") -> str:
    return (
        f'<Note guid="{guid(number)}" name="{name}" creatingUser="{ADA}" creationDateTime="2025-04-05T10:00:00Z">'
        f"<PlainTextContent>{text}</PlainTextContent>{extra}</Note>"
    )


def made(folder, after: str, cases: str = ""):
    xml = project("X", CODES, source(9, "S01", SELECTED), cases)
    return write(folder / "p.qdpx", xml.replace("</Project>", f"{after}</Project>"), {9: TEXT.encode()})


NOTES = "<Notes>" + "".join((
    note(30, "Il tema è largo", "Sul personale"), note(31, "Codificato in fretta"), note(32, "Del progetto"),
    note(33, "Di Anna"), f'<Note guid="{guid(34)}" name="rtf" richTextPath="internal://x.docx"/>',
    note(35, "Sul legame"),
)) + "</Notes>"  # fmt: skip
LINKS = (
    f'<Links><Link guid="{guid(60)}" originGUID="{guid(33)}" targetGUID="{guid(50)}"/>'
    f'<Link guid="{guid(61)}" name="causa" direction="OneWay" originGUID="{guid(1)}" targetGUID="{guid(2)}">'
    f'<NoteRef targetGUID="{guid(35)}"/></Link>'
    f'<Link guid="{guid(62)}" name="verso il nulla" originGUID="{guid(1)}" targetGUID="{guid(99)}"/></Links>'
)
SETS = (
    f'<Sets><Set guid="{guid(70)}" name="Servizi"><Description>quali</Description><MemberCode targetGUID="{guid(2)}"/>'
    f'<MemberSource targetGUID="{guid(9)}"/><MemberNote targetGUID="{guid(30)}"/></Set></Sets>'
    f'<Graphs><Graph guid="{guid(80)}"/></Graphs><Description>Lo studio pilota</Description>'
)
CASES = (
    f'<Cases><Case guid="{guid(50)}" name="Anna"><Description>sindaca</Description>'
    f'<SourceRef targetGUID="{guid(9)}"/></Case></Cases>'
)


def test_a_project_becomes_memo_files_with_an_account_of_what_did_not(tmp_path):
    taken = create_study_from(made(tmp_path, NOTES + LINKS + SETS, CASES), tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    start = TEXT.index("non basta")
    passage = Subject("passage", "S01", start, start + 9, "non basta")
    found = {
        memo.text or memo.title: (memo.kind, memo.title, memo.author, memo.date, memo.subjects) for memo in study.memos
    }
    personale = Subject("theme", "personale")
    anna = Subject("respondent", "Anna")
    assert found == {
        "Il tema è largo": ("memo", "Sul personale", "Ada", "2025-04-05", (personale,)),
        "Codificato in fretta": ("memo", "", "Ada", "2025-04-05", (passage, personale)),
        "Del progetto": ("memo", "", "Ada", "2025-04-05", ()),
        "Di Anna": ("memo", "", "Ada", "2025-04-05", (anna,)),
        "sindaca": ("memo", "", "", "", (anna,)),
        "Lo studio pilota": ("memo", "", "", "", ()),
        "detto con rabbia": ("memo", "", "UG", "", (passage,)),
        "Sul legame": ("link", "causa", "Ada", "", (personale, Subject("theme", "mensa"))),
        "quali": ("set", "Servizi", "", "", (Subject("theme", "mensa"), Subject("transcript", "S01"))),
    }
    assert taken.account.say("it") == (
        "Portati: testi 1, temi 2, rispondenti 1, passaggi codificati 1, memo 7, legami 1, insiemi 1",
        "Non portati: legami di cose che lo studio non ha 1, membri di insiemi che lo studio non ha 1, "
        "memo senza testo leggibile 1, grafici 1",
    )
    assert taken.account.say("en")[1].startswith("Not brought over: links of what the study lacks 1")


def test_a_file_goes_before_the_memo_of_the_project_it_came_from(tmp_path):
    create_study_from(made(tmp_path, NOTES, CASES), tmp_path / "studio")
    folder = tmp_path / "studio" / FOLDER
    changed = folder / "Sul personale.md"
    changed.write_text(changed.read_text("utf-8").replace("largo", "stretto"), encoding="utf-8")
    emptied = next(path for path in folder.iterdir() if "sindaca" in path.read_text("utf-8"))
    emptied.write_text(emptied.read_text("utf-8").replace("sindaca", ""), encoding="utf-8")
    study = read_study(tmp_path / "studio")
    assert sorted(memo.text for memo in study.memos) == [
        "Codificato in fretta", "Del progetto", "Di Anna", "Il tema è stretto", "Sul legame", "detto con rabbia",
    ]  # fmt: skip


def test_a_project_put_into_codings_brings_its_memos_along(tmp_path):
    (tmp_path / "codings").mkdir()
    made(tmp_path, NOTES + LINKS).rename(tmp_path / "codings" / "p.qdpx")
    texts = {"S01": Wording(TEXT.replace("R: E", "R: Allora, e"))}
    memos, problems = read_memos(tmp_path, open_codings(tmp_path), texts, read_themes(), ["P1"], "studio")
    assert [memo.text for memo in memos][:3] == ["Il tema è largo", "Codificato in fretta", "Del progetto"]
    assert [problem.say("it") for problem in problems] == [
        "codings/p.qdpx: memo, legami e insiemi del progetto, non letti: legami di cose che lo studio non ha 1, "
        "memo senza testo leggibile 1, cose di cui parla un memo e che lo studio non ha 1"
    ]


def read_themes():
    from corpus.records import Theme

    return (Theme("personale", "Personale"), Theme("mensa", "Mensa", "personale"))


def test_a_selection_with_a_stance_is_no_memo(tmp_path):
    chosen = selection(100, (0, 9), (1,), memo="criticità")
    path = write(tmp_path / "p.qdpx", project("X", code(1, "A"), source(9, "S01", chosen)), {9: TEXT.encode()})
    create_study_from(path, tmp_path / "studio")
    assert read_study(tmp_path / "studio").memos == ()
