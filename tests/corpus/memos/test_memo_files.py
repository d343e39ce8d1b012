"""Memo files: their heads, what they are about, and what is told of those that are wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codings.quotations import Wording
from corpus.memos.memo_files import as_files, memo_text, read_memo_files
from corpus.memos.memo_subjects import SubjectFinder
from corpus.records import Memo, Subject, Theme

TALK = "SINDACO: Il personale non basta.\nSINDACO: Non basta mai, e siamo in quattro.\n"
FINDER = SubjectFinder(
    {"S01": Wording(TALK), "S02": Wording("Qui va tutto bene davvero.")},
    (Theme("personale", "Personale"), Theme("mensa", "Mensa")),
    ("P1", "P2"),
)


def read(folder: Path, text: str, name: str = "m.md"):
    (folder / "memo").mkdir(exist_ok=True)
    (folder / "memo" / name).write_text(text, encoding="utf-8")
    memos, problems = read_memo_files(folder, FINDER)
    return memos[0] if memos else None, [problem.say("it") for problem in problems]


def test_a_memo_says_who_when_and_about_what(tmp_path):
    who = "autore: Anna Rossi\ndata: 2/3/2026\n"
    what = "tema: Personale\nrispondente: p1\ntrascrizione: s01\npasso: «siamo  in\n   quattro»\n"
    memo, told = read(tmp_path, f"{who}{what}\nPrimo rigo.\n\nSecondo.\n")
    start = TALK.index("siamo in quattro")
    assert memo == Memo(
        "m.md", "memo/m.md", "Primo rigo.\n\nSecondo.", author="Anna Rossi", date="2026-03-02",
        subjects=(Subject("theme", "personale"), Subject("respondent", "P1"),
                  Subject("passage", "S01", start, start + 16, "siamo in quattro")),
    )  # fmt: skip
    assert told == []


@pytest.mark.parametrize(
    "text", ["Solo testo, senza intestazione.", "Nota: un testo\nautore: di nessuno", "---\nuna riga"]
)
def test_a_file_without_a_head_is_a_memo_on_the_study(tmp_path, text):
    memo, told = read(tmp_path, text)
    assert (memo.text, memo.subjects, memo.author, told) == (text, (), "", [])


def test_english_heads_are_read_too(tmp_path):
    memo, told = read(
        tmp_path, "---\nauthor: Ann\ntheme: mensa\ntranscript: S02\nposition: 0-8\npassage: Qui va\n---\nText"
    )
    assert (memo.author, memo.text, told) == ("Ann", "Text", [])
    assert memo.subjects == (Subject("theme", "mensa"), Subject("passage", "S02", 0, 8, "Qui va t"))


def test_a_passage_that_moved_is_found_again_and_told(tmp_path):
    memo, told = read(tmp_path, "trascrizione: S01\npasso: siamo in quattro\nposizione: 3-9\n\nx")
    assert memo.subjects[0].start == TALK.index("siamo in quattro")
    assert told == ["memo/m.md, riga 2: il passo non è più alla posizione indicata: ritrovato a 59-75"]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("tema: personlae", "il tema `personlae` non è nel libro dei codici (intendevi `Personale`?)"),
        ("rispondente: P3", "il rispondente `P3` non c'è: il memo resta"),
        ("trascrizione: S1\npasso: x", "la trascrizione `S1` non c'è o non si è potuta leggere (intendevi `S01`?)"),
        ("trascrizione: S01\npasso: va tutto bene", "senza il passo; è invece in `S02`"),
        ("trascrizione: S01\npasso: non basta mai, e siamo in dieci", "qualcosa di simile è alla riga 2 del testo"),
        ("passo: parole che nessuno dice", "manca la riga `trascrizione: ...` e"),
    ],
)
def test_what_the_study_does_not_have_is_told_and_the_memo_stays(tmp_path, head, told):
    memo, messages = read(tmp_path, f"{head}\n\nTesto salvo.")
    assert memo.text == "Testo salvo." and [subject.found for subject in memo.subjects] == [False]
    assert len(messages) == 1 and told in messages[0]


def test_two_passages_of_one_transcript_and_one_of_no_named_transcript(tmp_path):
    memo, told = read(tmp_path, "passo: va tutto bene\ntrascrizione: S01\npasso: non basta.\npasso: in quattro\n\nx")
    assert [(each.name, each.quote) for each in memo.subjects] == [
        ("S02", "va tutto bene"), ("S01", "non basta."), ("S01", "in quattro"),
    ]  # fmt: skip
    assert told == []


def test_a_strange_line_is_told_and_kept(tmp_path):
    memo, told = read(tmp_path, "autore: Ugo\nautro: x\ntags: [a]\n\nTesto")
    assert memo.text == "autro: x\ntags: [a]\n\nTesto"
    assert "`autro` non è una voce dell'intestazione (intendevi `autore`?)" in told[0] and "`tags`" in told[1]


def test_wrong_files_are_told_and_the_others_read(tmp_path):
    read(tmp_path, "x", "nota.docx")
    (tmp_path / "memo" / "a.md").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "memo" / "vuoto.md").write_text("autore: Ugo\n")
    (tmp_path / "memo" / ".nascosto.md").write_text("no")
    (tmp_path / "fuori.md").write_text("fuori")
    memo, told = read(tmp_path, "tipo: legame\ntema: mensa\ndata: ieri\n\nSolo un capo")
    assert (memo.kind, memo.date) == ("set", "ieri")
    assert [line.split(":")[0] for line in told] == [
        "memo/a.md", "memo/m.md, riga 3", "memo/m.md", "memo/nota.docx", "memo/vuoto.md",
    ]  # fmt: skip


words = st.text("abcè'’ -:#*", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
subjects = st.lists(
    st.sampled_from([
        Subject("theme", "personale"), Subject("theme", "mensa"), Subject("respondent", "P2"),
        Subject("transcript", "S02"), Subject("passage", "S01", 9, 31, TALK[9:31]),
        Subject("passage", "S01", 0, 7, TALK[:7]),
    ]),
    unique=True, max_size=4,
)  # fmt: skip


@given(words, words, subjects, st.sampled_from(["it", "en"]))
def test_a_memo_that_was_written_is_read_as_it_was(tmp_path_factory, title, text, about, language):
    folder = tmp_path_factory.mktemp("studio")
    kind = "link" if len(about) == 2 else "memo"
    memo = Memo("x.md", "memo/x.md", text, kind, title, "Ada", "2026-01-31", tuple(about), guid="g")
    if kind == "link":
        memo = Memo("x.md", "memo/x.md", text, kind, title, "Ada", "2026-01-31", tuple(about), "OneWay", "g")
    again, told = read(folder, memo_text(memo, language), "x.md")
    assert (again, told) == (memo, [])
    assert len(as_files([memo, memo], language)) == 2
