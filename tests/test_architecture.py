"""docs/architecture.md is true: what it names is there, every room is in it, and each addition that it tells works."""

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from corpus.transcripts import registry
from corpus.transcripts.registry import READERS, transcript_of
from corpus.transcripts.text import Text
from corpus.words.phrase import Phrase
from nlp.coders import CODERS, Coder, open_coder
from outputs.csv_tables import write_csv
from outputs.tables import glossary
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.view import View, make_view
from outputs.words import render as rendering
from outputs.words import sentences as wording
from outputs.words.render import render
from tests.nlp.coders.test_coders import FirstTheme

ROOT = Path(__file__).resolve().parents[1]
MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = ("corpus", "nlp", "outputs", "flows")


def _named(pattern: str) -> list[str]:
    return sorted(set(re.findall(pattern, MAP)))


@pytest.mark.parametrize("name", _named(r"`((?:corpus|nlp|outputs|flows)(?:\.\w+)+)`"))
def test_every_name_on_the_map_is_there(name):
    module, _, attribute = name.rpartition(".")
    assert hasattr(import_module(module), attribute) or import_module(name)


@pytest.mark.parametrize("path", _named(r"`((?:corpus|nlp|outputs|flows|tests|docs)/[\w/.]*\w)`"))
def test_every_place_on_the_map_is_there(path):
    place = ROOT / path
    assert place.is_file() or [entry for entry in place.iterdir() if entry.name != "__pycache__"]


def test_every_room_is_on_the_map():
    packages = {path.parent.relative_to(ROOT) for name in PACKAGES for path in (ROOT / name).rglob("__init__.py")}
    rooms = {path.as_posix() for path in packages if path.parts[:2] != ("nlp", "laboratory")} | {"nlp/laboratory"}
    assert sorted(room for room in rooms if f"`{room}`" not in MAP) == []


def read_slips(data: bytes, file: str) -> Text:
    """A made-up format: one statement a line, `who | what`."""
    statements = data.decode().replace(" | ", ": ").splitlines()
    return registry.read_plain("\n\n".join(statements).encode(), file)


def test_a_transcript_format_is_a_reader_and_a_line(monkeypatch):
    monkeypatch.setitem(READERS, ".slips", read_slips)
    data = b"INTERVISTATRICE | Come va?\nSINDACA | Il personale non basta mai.\nINTERVISTATRICE | E i soldi?\n"
    transcript = transcript_of(data, "transcripts/S01.slips")
    assert [turn.text for turn in transcript.turns][1] == "Il personale non basta mai."


def words_spoken(view: View):
    """A made-up table: how many segments each respondent is heard in."""
    table = Collector("parlato", columns("respondent segments"))
    spoken = view.results.segments
    for person in view.people:
        table.add(person, {"respondent": person})
        table.count_segments(person, "segments", spoken.loc[spoken["respondent"] == person, "segment"])
    return table.done(n=len(view.people))


class ThreeLanguages(NamedTuple):
    it: str
    en: str
    de: str


@pytest.fixture
def words(monkeypatch) -> Mapping[str, ThreeLanguages]:
    """The word files with the sentences of the made-up table, in three languages."""
    added = {
        "parlato.title": ThreeLanguages("Chi parla", "Who speaks", "Wer spricht"),
        "parlato.note": ThreeLanguages("n = {n} persone.", "n = {n} people.", "n = {n} Personen."),
    }
    every = {**wording.sentences(), **added}
    monkeypatch.setattr(wording, "sentences", lambda: every)
    return every


@pytest.mark.usefixtures("words")
def test_a_table_is_a_builder_and_its_sentences(study, results, tmp_path):
    table = words_spoken(make_view(study, results))
    assert len(table.cells) == table.frame["segments"].sum() == 24  # every number has its trail
    write_csv([render(table, "en")], tmp_path, "en")
    assert (tmp_path / "parlato.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "R01;R01;2"
    assert (tmp_path / "parlato.citazioni.csv").exists()
    assert (render(table, "it").title, render(table, "en").note) == ("Chi parla", "n = 12 people.")


@pytest.fixture
def louder(monkeypatch):
    """The glossary of columns with a row more, in three languages."""
    row = {"kind": "percent", "counts": "", "detail": "", "vocabulary": ""}
    row |= {"it": "A voce alta", "en": "Aloud", "de": "Laut", "meaning_it": "Quota", "meaning_en": "Share"}
    every = {**glossary.glossary(), "aloud": {**row, "meaning_de": "Anteil"}}
    monkeypatch.setattr(glossary, "glossary", lambda: every)
    monkeypatch.setattr(rendering, "glossary", lambda: every)


@pytest.mark.usefixtures("words", "louder")
def test_a_column_is_a_row_of_the_glossary_and_a_value():
    table = Collector("parlato", columns("respondent aloud"))
    table.add("R01", {"respondent": "R01", "aloud": 0.5})
    shown = render(table.done(n=1), "it")
    assert (shown.columns[1].label, shown.columns[1].meaning, shown.columns[1].kind) == (
        "A voce alta",
        "Quota",
        "percent",
    )
    assert shown.frame.loc["R01", "aloud"] == 0.5


@pytest.mark.usefixtures("words", "louder")
def test_a_language_is_one_text_more_of_each():
    table = Collector("parlato", columns("aloud"))
    table.add("R01", {"aloud": 0.5})
    shown = render(table.done("", n=1), "de")
    assert (shown.title, shown.note, shown.columns[0].label) == ("Wer spricht", "n = 1 Personen.", "Laut")
    assert wording.say(Phrase("parlato.title"), "en") == "Who speaks"


def test_a_coder_is_a_class_and_a_line(monkeypatch):
    """What it codes with is tested beside the coders: tests/nlp/coders/test_coders.py."""
    monkeypatch.setitem(CODERS, "first", FirstTheme)
    coder: Coder = open_coder("first", encoder=None)
    assert coder.fingerprint and all(callable(getattr(coder, name)) for name in ("read", "code", "scores", "terms"))
