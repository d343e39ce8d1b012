"""Projects as NVivo, MAXQDA, ATLAS.ti and QualCoder write them; made here, no file of theirs is in the repository."""

import pytest

from corpus.codebook.theme_codebook import read_codebook
from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.new_study.refi_intake import create_study_from
from corpus.records import Theme
from corpus.study import read_study
from tests.corpus.refi.made import UGO, code, guid, place, project, selection, source, write

OURS = "INTERVISTATRICE:\nCome va?\n\nSINDACO:\nSiamo in tre 😀, «non basta mai». Chi manca è il geometra.\n"
THEIRS = "INTERVISTATRICE: Come va?\r\nSINDACO: Siamo in tre 😀, «non basta mai». Chi manca è il geometra.\r\n"
SAID = ("Siamo in tre 😀, «non basta mai».", "Chi manca è il geometra")
THEMES = (Theme("personale", "Personale"), Theme("tecnici", "Tecnici", "personale"), Theme("umore", "Umore"))


def read(folder, themes=THEMES, **sources):
    texts = {id: Wording(text) for id, text in (sources or {"S01": OURS}).items()}
    frame, problems = read_codings(open_codings(folder), texts, themes, "")
    return frame, [problem.say("it") for problem in problems]


@pytest.mark.parametrize(
    ("origin", "folder", "mark", "counted_ends", "units"),
    [
        ("NVivo for Windows 12.6", "Sources", "", "\r\n", "UTF-16"),
        ("NVivo for Mac 15.0.0", "sources", "", "\r\n", "code points"),
        ("ATLAS.ti Win 23.4.0", "sources", "\ufeff", "\n", "code points"),
        ("ATLAS.ti Win 9", "sources", "", "\n", "UTF-16"),
        ("QualCoder 3.8", "Sources", "", "\r\n", "code points"),
    ],
)
def test_positions_are_found_however_a_program_counts(tmp_path, origin, folder, mark, counted_ends, units):
    counted = THEIRS.replace("\r\n", counted_ends)
    chosen = [selection(100 + 10 * n, place(counted, said, units), (1,)) for n, said in enumerate(SAID)]
    xml = project(origin, code(1, "Personale"), source(9, "Intervista al sindaco", *chosen))
    write(tmp_path / "codings" / "p.qdpx", xml, {9: (mark + THEIRS).encode()}, folder)
    frame, problems = read(tmp_path)
    assert problems == []
    assert frame["quote"].tolist() == list(SAID)
    assert [OURS[start:end] for start, end in frame[["start", "end"]].to_numpy()] == list(SAID)
    assert set(frame["coder"]) == {"Ada"}


def test_maxqda_names_people_as_modifiers_and_codes_parents(tmp_path):
    codes = code(1, "Personale", code(2, "Tecnici", color="#2364A2"), color="#ff0000")
    first, second = (place(THEIRS.replace("\r\n", "\n"), said) for said in SAID)
    chosen = (
        selection(100, first, (1,), name="26,58", by=UGO, who="modifyingUser"),
        selection(200, second, (1, 2), name="59,82", who="modifyingUser"),
        selection(300, second, (), memo="un commento senza codice"),
    )
    xml = project("MAXQDA 2022 (Release 22.4.0)", codes, source(9, "S01", *chosen)).replace('guid="0', 'guid="{0')
    xml = xml.replace('" name="26,58"', '}" name="26,58"')  # GUIDs in braces, in part
    write(tmp_path / "codings" / "p.qdpx", xml, {9: THEIRS.replace("\r\n", "\n").encode()})
    frame, problems = read(tmp_path)
    assert problems == []
    assert frame[["quote", "theme", "coder"]].to_numpy().tolist() == [
        [SAID[0], "personale", "UG"], [SAID[1], "personale", "Ada"], [SAID[1], "tecnici", "Ada"],
    ]  # fmt: skip


def test_texts_of_one_name_are_told_apart_by_their_words(tmp_path):
    other = "SINDACA:\nQui invece di geometri ne abbiamo due, e stanno bene dove stanno."
    both = [source(8, "risposta", selection(100, (0, 10), (1,))), source(9, "risposta", selection(200, (9, 20), (1,)))]
    xml = project("MAXQDA 24", code(1, "Umore"), "".join(both))
    write(tmp_path / "codings" / "p.qdpx", xml, {8: other.replace("\n", " ").encode(), 9: THEIRS.encode()})
    frame, problems = read(tmp_path, S01=OURS, S02=other)
    assert problems == []
    assert frame[["transcript", "theme"]].to_numpy().tolist() == [["S01", "umore"], ["S02", "umore"]]


def test_qualcoder_puts_codes_into_categories_and_stances_into_memos(tmp_path):
    counted = OURS
    codes = code(5, "Persone", code(1, "Personale", memo="Chi lavora"), codable=False) + code(3, "umore")
    chosen = selection(100, place(counted, SAID[1]), (1,), name=SAID[1], memo="Criticità")
    xml = project("QualCoder 3.8", codes, source(9, "S01.docx", chosen))
    write(tmp_path / "codings" / "P.QDPX", xml, {9: counted.encode()})
    frame, problems = read(tmp_path)
    assert problems == [] and frame[["quote", "theme", "stance"]].to_numpy().tolist() == [
        [SAID[1], "personale", "problem"]
    ]


def test_a_pdfs_passages_are_found_by_their_words(tmp_path):
    page = f"""<PDFSource guid="00000000-0000-4000-8000-000000000009" name="S01.pdf" path="internal://x.pdf">
    <PDFSelection guid="00000000-0000-4000-8000-000000000100" page="0" firstX="1" firstY="1" secondX="2" secondY="2">
    <Representation guid="00000000-0000-4000-8000-000000000101"><PlainTextContent>chi manca è il
    geometra</PlainTextContent></Representation>
    <Coding guid="00000000-0000-4000-8000-000000000102" creatingUser="{UGO}">
    <CodeRef targetGUID="00000000-0000-4000-8000-000000000001"/></Coding></PDFSelection></PDFSource>"""
    write(tmp_path / "codings" / "p.qdpx", project("ATLAS.ti Mac 23", code(1, "Personale"), page), {})
    frame, problems = read(tmp_path)
    assert problems == [] and frame[["quote", "coder"]].to_numpy().tolist() == [[SAID[1], "UG"]]


def test_labels_and_times_inside_a_passage_do_not_lose_it(tmp_path):
    ours = "R:\nla prima parte di quello che dico [00:12:07] e poi la seconda parte, che finisce qui.\n"
    theirs = "R: la prima parte di quello che dico e poi la seconda parte, che finisce qui."
    at = place(theirs, "la prima parte di quello che dico e poi la seconda parte, che finisce qui.")
    xml = project("NVivo", code(1, "Umore"), source(9, "S01", selection(100, at, (1,))))
    write(tmp_path / "codings" / "p.qdpx", xml, {9: theirs.encode()})
    frame, problems = read(tmp_path, S01=ours)
    assert problems == [] and frame.loc[0, "quote"] == ours[3:-1]


def test_of_equal_words_the_context_decides(tmp_path):
    ours = (
        "I: Bene?\n[pausa lunga di molte parole]\nR: Sì, certo. Lo rifarei.\nI: E il resto?\nR: Sì, certo. Ma non ora."
    )
    theirs = ours.replace("[pausa lunga di molte parole]\n", "")
    second = theirs.rindex("Sì, certo")
    xml = project("NVivo", code(1, "Umore"), source(9, "S01", selection(100, (second, second + 9), (1,))))
    write(tmp_path / "codings" / "p.qdpx", xml, {9: theirs.encode()})
    assert read(tmp_path, S01=ours)[0].loc[0, "start"] == ours.rindex("Sì, certo")


def test_what_cannot_be_brought_over_is_told_not_guessed(tmp_path):
    chosen = [
        selection(100, place(OURS, SAID[1]), (7,)),  # a code that is no theme
        selection(200, (10, 5), (1,)), selection(300, (0, 10**9), (1,)),
    ]  # fmt: skip
    xml = project("NVivo", code(1, "Personale") + code(7, "Altro"), source(9, "S01", *chosen)
                  + source(8, "Appunti", selection(400, (0, 5), (1,))))  # fmt: skip
    write(tmp_path / "codings" / "p.qdpx", xml, {9: OURS.encode(), 8: b"tutt'altro testo, di nessuno"})
    frame, problems = read(tmp_path)
    assert len(frame) == 0
    assert [problem.partition("p.qdpx: ")[2] for problem in problems] == [
        "il testo `Appunti` non è una trascrizione dello studio: le sue codifiche sono lasciate fuori",
        "il codice `Altro` non è nel libro dei codici; codifiche lasciate fuori: 1",
        "passaggi di `S01` che non si ritrovano nella trascrizione, lasciati fuori: 2",
    ]


def test_one_name_under_two_parents_goes_by_its_parent(tmp_path):
    themes = (Theme("a", "Scuola"), Theme("a1", "Costi", "a"), Theme("b", "Strade"), Theme("b1", "costi", "b"))
    codes = code(1, "Scuola", code(2, "Costi")) + code(3, "Strade", code(4, "Costi")) + code(5, "Costi")
    chosen = [selection(100 * each, place(OURS, SAID[1]), (each,)) for each in (2, 4, 5)]
    write(tmp_path / "codings" / "p.qdpx", project("NVivo", codes, source(9, "S01", *chosen)), {9: OURS.encode()})
    frame, problems = read(tmp_path, themes)
    assert frame["theme"].tolist() == ["a1", "b1"] and "`Costi`" in problems[0]


VARIABLES = """<Variables><Variable guid="v1" name="Cases:Classe" typeOfVariable="Text"/>
<Variable guid="v2" name="transcript" typeOfVariable="Integer"/></Variables>"""
VALUES = """<VariableValue><VariableRef targetGUID="v1"/><TextValue>=piccolo</TextValue></VariableValue>
<VariableValue><VariableRef targetGUID="v2"/><IntegerValue>7</IntegerValue></VariableValue>"""


@pytest.mark.parametrize(
    ("cases", "inside", "person"),
    [
        # NVivo: a case is a code that lies over its whole text
        (f'<Case guid="{guid(50)}" name="Anna">{VALUES}</Case>', "", "Anna"),
        # QualCoder, Trama: a case names its texts
        (f'<Case guid="c" name="Anna">{VALUES}<SourceRef targetGUID="{guid(9)}"/></Case>', "", "Anna"),
        # Quirkos: a case without name is one text; MAXQDA: the values stand at the text
        (f'<Case guid="c">{VALUES}<SourceRef targetGUID="{guid(9)}"/></Case>', "", "S_01"),
        ("", VALUES, "S_01"),
    ],
)  # fmt: skip
def test_a_study_is_made_of_any_programs_project(tmp_path, cases, inside, person):
    whole = selection(500, (0, len(THEIRS)), (50,)) if "000050" in cases else ""
    chosen = selection(100, place(THEIRS, SAID[1]), (2,))
    codes = code(1, "Personale", code(2, "=Tecnici", memo="Chi\nsa"), color="#2364a2") + code(50, "Anna")
    rest = VARIABLES + (f"<Cases>{cases}</Cases>" if cases else "")
    path = write(tmp_path / "p.qdpx", project("X", codes, source(9, "S/01.docx", whole, chosen, inside), rest),
                 {9: THEIRS.encode()})  # fmt: skip
    taken = create_study_from(path, tmp_path / "studio")
    study = read_study(tmp_path / "studio")
    assert [fault.say("it") for fault in taken.problems] == []
    assert [transcript.id for transcript in study.transcripts] == ["S_01"]
    assert study.transcripts[0].source == THEIRS.replace("\r\n", "\n")
    assert study.respondents.to_dict("records") == [
        {"respondent": person, "transcript": "S_01", "speaker": "", "Cases:Classe": "=piccolo", "transcript_": "7"}
    ]
    assert study.turns.loc[study.turns["role"] == "respondent", "respondent"].unique().tolist() == [person]
    themes = {theme.label: (theme.parent, theme.definition, theme.color) for theme in study.themes}
    assert themes["=Tecnici"] == ("personale", "Chi\nsa", "") and themes["Personale"][2] == "#2364A2"
    assert ("Anna" in themes) is ("000050" not in cases)
    assert study.human_codings[["quote", "theme", "coder"]].to_numpy().tolist() == [[SAID[1], "tecnici", "Ada"]]


def test_atlas_codebooks_have_another_namespace(tmp_path):
    (tmp_path / "codebook.qdc").write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:0:4" origin="ATLAS.ti Win 9.0.19"><Codes>'
        '<Code guid="A" name="code:3.1" isCodable="true" color="#46AA00"><Description>d</Description></Code>'
        '<Code guid="B" name="code 3 1" isCodable="true"><Description>e</Description></Code>'
        '<Code guid="C" name="::" isCodable="true"><Description>f</Description></Code></Codes>'
        '<Sets><Set guid="S" name="g"><MemberCode guid="A"/></Set></Sets></CodeBook>'
    )
    themes, problems = read_codebook(tmp_path)
    assert problems == ()
    assert [(theme.code, theme.label, theme.color) for theme in themes] == [
        ("code_3_1", "code:3.1", "#46AA00"), ("code_3_1_2", "code 3 1", ""), ("codice", "::", ""),
    ]  # fmt: skip
