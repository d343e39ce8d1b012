"""A language model reads a study: what is kept, what is asked again, and what a run says of what it could not read."""

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from corpus.errors import StudyError
from corpus.records import Theme
from corpus.store import Store
from flows import llm_reading
from flows.cli import main
from flows.host import PlainHost
from flows.llm_reading import read_with_model
from flows.study_run import analyse_study
from flows.unchanged import unchanged_run
from nlp.italian.loading import MODEL
from nlp.llm.server import find_model
from nlp.measures.agreement import MACHINE, PEOPLE, READER
from outputs.run.manifest import problems_of, read_manifest
from outputs.run.record import read_run
from tests.model_server import (
    OLLAMA,
    Dies,
    codings,
    completion,
    first_words,
    model_server,
    segment_of,
    slow,
)
from tests.nlp.test_theme_coding import talk

TEMPLATE = Path(__file__).resolve().parents[2] / "corpus" / "template" / "example"
THEMES = (Theme("personale", "Personale"), Theme("soldi", "Soldi"))
SAID = {
    "A": ("Manca il geometra in ufficio.", "Sì, certo.", "I soldi non bastano mai.", "Siamo in tre e basta."),
    "B": ("I soldi non bastano mai.", "Il sindaco lo sa bene.", "Ogni anno è peggio di prima."),
}
SEGMENTS = talk(SAID)
HOST = PlainHost()
needs_model = pytest.mark.skipif(not (MODEL / "meta.json").is_file(), reason="the bundled model is not here")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(llm_reading, "_PAUSE", 0.01)


def _read(server, folder, **options):
    return read_with_model(find_model(server.options(**options)), SEGMENTS, THEMES, 1, Store(folder), HOST)


def _why(readings) -> dict[str, str]:
    return dict(readings.lacking.itertuples(index=False, name=None))


class Fails:
    """Answers as a model does, but for the segments in which a word stands: these are answered with `fault`."""

    def __init__(self, word, fault):
        self.word = word
        self.fault = fault

    def __call__(self, question):
        if self.word not in segment_of(question):
            return first_words(question)
        return self.fault(question)


def _die(_question):
    raise Dies


def test_each_segment_is_asked_about_once_and_kept(tmp_path):
    with model_server() as server:
        readings = _read(server, tmp_path)
        # One has two words and holds no theme, another is said twice.
        assert len(server.asked) == 5
        assert readings.read == set(SEGMENTS["segment"])
        first = readings.passages.iloc[0]
        assert first.tolist() == ["A:0001", "personale", "proposal", 0, len("Manca il geometra")]
        assert "A:0002" not in set(readings.passages["segment"])
        again = _read(server, tmp_path)
        assert len(server.asked) == 5
    pd.testing.assert_frame_equal(again.passages, readings.passages)


def test_another_model_or_another_codebook_is_asked_anew(tmp_path):
    with model_server() as server:
        _read(server, tmp_path)
        server.pages = json.loads(json.dumps(OLLAMA).replace("sha-1", "sha-2"))
        _read(server, tmp_path)
        assert len(server.asked) == 10
        read_with_model(find_model(server.options()), SEGMENTS, THEMES[:1], 1, Store(tmp_path), HOST)
        assert len(server.asked) == 15


def test_what_is_made_up_is_counted(tmp_path):
    made_up = completion(codings(("soldi", "parole mai dette", "problem")))
    with model_server(Fails("sindaco", lambda _: made_up)) as server:
        readings = _read(server, tmp_path)
    assert readings.dropped == 1 and not len(readings.lacking)
    assert "B:0002" in readings.read and "B:0002" not in set(readings.passages["segment"])


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (lambda _: completion(None, refusal="No"), "refused"),
        (lambda _: completion("Non saprei"), "broken"),
        (lambda _: (400, {"error": "context"}), "rejected"),
        (lambda _: (500, {"error": "?"}), "failed"),
        (slow, "late"),
    ],
)
def test_one_segment_without_an_answer_stops_nothing_and_is_asked_again(tmp_path, fault, why):
    with model_server(Fails("sindaco", fault)) as server:
        readings = _read(server, tmp_path, timeout_seconds=1)
        assert _why(readings) == {"B:0002": why} and len(readings.passages) == 5
        assert "B:0002" not in readings.read
        server.reply = first_words
        server.asked.clear()
        assert not len(_read(server, tmp_path).lacking)
        assert [segment_of(question) for question in server.asked] == ["Il sindaco lo sa bene."]


def test_a_server_that_dies_midway_loses_nothing_that_was_done(tmp_path):
    with model_server(Fails("tre e", _die)) as server:
        readings = _read(server, tmp_path)
    # "Siamo in tre e basta." killed it; what was asked about before is kept, twice said included.
    assert _why(readings) == {"A:0004": "gone", "B:0002": "gone", "B:0003": "gone"}
    assert readings.passages["segment"].tolist() == ["A:0001", "A:0003", "B:0001"]
    with model_server() as server:
        assert not len(_read(server, tmp_path).lacking)
        assert len(server.asked) == 3


def test_a_server_that_only_stumbles_is_asked_once_more(tmp_path):
    stumbles = [True]

    def answer(question):
        if stumbles:
            stumbles.pop()
            raise ConnectionError  # the handler ends, the connection with it
        return first_words(question)

    with model_server(answer) as server:
        assert not len(_read(server, tmp_path).lacking)


def test_a_server_that_fails_again_and_again_is_asked_no_more(tmp_path):
    with model_server(lambda _: (500, {"error": "?"})) as server:
        readings = _read(server, tmp_path)
        assert len(server.asked) == 3
    assert set(_why(readings).values()) == {"failed", "gone"} and len(readings.lacking) == 6


def _study(folder: Path, server, section: str, coder: str = "trama") -> Path:
    """The bundled example, in which a person read the first interview and nobody the second."""
    study = shutil.copytree(TEMPLATE, folder / "studio")
    lines = (study / "codings.csv").read_text("utf-8").splitlines()
    (study / "codings.csv").write_text("\n".join(line for line in lines if not line.startswith("R02")), "utf-8")
    (study / "study.toml").write_text(
        f'[study]\ntitle = "x"\n[speakers]\nrespondent = ["SINDACA", "SINDACO"]\n[analysis]\ncoder = "{coder}"\n'
        f'[llm]\naddress = "{server.address}"\nmodel = "lettore:7b"\n{section}',
        "utf-8",
    )
    return study


def _accordo(run: Path) -> pd.DataFrame:
    table = read_run(run).table("accordo")
    assert table is not None
    return table.frame


@needs_model
def test_a_study_coded_by_a_model_counts_what_it_gave_and_its_stances(tmp_path):
    with model_server() as server:
        study = _study(tmp_path, server, "", coder="llm")
        run = analyse_study(study, HOST, processes=1)
        asked = len(server.asked)
        codings_made = read_run(run).results.codings
        by_model = codings_made[codings_made["how"] == "llm"]
        assert set(by_model["theme"]) == {"personale"} and set(by_model["stance"]) == {"proposal"}
        assert (by_model["evidence"].str.split().str.len() == 3).all()
        # A person's decision stands before the model's.
        assert set(codings_made.loc[codings_made["how"] == "human", "coder"]) == {"anna"}
        assert read_manifest(run)["models"]["llm"] == {"model": "lettore:7b", "digest": "sha-1"}
        table = read_run(run).table("codifiche")
        assert table is not None and "modello linguistico (LLM)" in "".join(table.frame["explanation"])
        assert unchanged_run(study, None) == run.resolve()
        server.pages = json.loads(json.dumps(OLLAMA).replace("sha-1", "sha-2"))
        assert unchanged_run(study, None) is None  # the model was pulled anew
        assert len(server.asked) == asked
    assert unchanged_run(study, None) == run.resolve()  # nobody there to tell


@needs_model
def test_a_second_reader_is_measured_beside_the_people_and_counted_nowhere(tmp_path):
    with model_server() as server:
        study = _study(tmp_path, server, "second_reader = true")
        with_reader = analyse_study(study, HOST, processes=1)
        asked = len(server.asked)
        text = (study / "study.toml").read_text("utf-8").replace("second_reader = true", "")
        (study / "study.toml").write_text(text, "utf-8")
        without = analyse_study(study, HOST, processes=1)
        assert len(server.asked) == asked > 0
    mine = read_run(with_reader)
    other = read_run(without)
    changed = [each.key for each in mine.tables if not each.frame.equals(other.table(each.key).frame)]
    assert changed == ["accordo", "storia"]  # the history tells that study.toml changed
    pd.testing.assert_frame_equal(mine.results.codings, other.results.codings)
    frame = _accordo(with_reader)
    rows = frame.index[frame["second_coder"] == "LLM lettore:7b"]
    assert {key.rpartition("|")[0] for key in rows} == {f"{PEOPLE}|{READER}"}
    assert {key.rpartition("|")[0] for key in frame.index} - {
        key.rpartition("|")[0] for key in _accordo(without).index
    } == {f"{PEOPLE}|{READER}", f"{READER}|{MACHINE}"}
    assert frame.loc[f"{PEOPLE}|{READER}|personale", "decisions"] > 0


@needs_model
@pytest.mark.parametrize(("section", "coder"), [("", "llm"), ("second_reader = true", "trama")])
def test_a_run_whose_server_dies_says_which_segments_it_lacks(tmp_path, section, coder):
    with model_server(Fails("Da soli", _die)) as server:
        study = _study(tmp_path, server, section, coder)
        run = analyse_study(study, HOST, processes=1)
    manifest = read_manifest(run)
    told = [problem.it for _, problem in problems_of(manifest) if "non ha letto" in problem.it]
    assert told and all(
        re.match(r"transcripts/R0\d.txt: .*\(R0\d: \d{4}[-, \d]*\): il server non", line) for line in told
    )
    assert any(line.startswith("transcripts/R01.txt") for line in told)
    assert manifest["tally"]["errors"] == (len(told) if coder == "llm" else 0)
    assert unchanged_run(study, None) is None  # the next run asks for the rest
    with model_server() as server:
        text = (study / "study.toml").read_text("utf-8")
        (study / "study.toml").write_text(re.sub('address = ".*"', f'address = "{server.address}"', text), "utf-8")
        again = analyse_study(study, HOST, processes=1)
        assert server.asked and not any("Siamo in quattro" in segment_of(each) for each in server.asked)
    assert not any("non ha letto" in problem.it for _, problem in problems_of(read_manifest(again)))
    assert unchanged_run(study, None) == again.resolve()


@needs_model
def test_strictly_no_run_lacks_a_segment(tmp_path):
    with model_server(Fails("Da soli", lambda _: completion("boh"))) as server:
        study = _study(tmp_path, server, "", coder="llm")
        with pytest.raises(StudyError) as told:
            analyse_study(study, HOST, processes=1, strict=True)
        assert "la sua risposta non è nella forma chiesta" in told.value.say("it")
        run = analyse_study(study, HOST, processes=1)
        assert unchanged_run(study, None) == run.resolve()  # the model's own doing: another run gives the same


@needs_model
def test_the_command_says_what_was_not_read(tmp_path):
    with model_server(Fails("Da soli", lambda _: completion(None, refusal="No"))) as server:
        study = _study(tmp_path, server, "", coder="llm")
        result = CliRunner().invoke(main, ["run", str(study), "--processes", "1"])
    assert result.exit_code == 3, result.output
    assert "transcripts/R01.txt: segmenti che il modello linguistico non ha letto (R01: 00" in result.output
    assert "si è rifiutato di rispondere" in result.output and "Traceback" not in result.output


@needs_model
def test_a_missing_coder_stops_a_run_and_a_missing_second_reader_does_not(tmp_path):
    with model_server() as server:
        coded = _study(tmp_path / "a", server, "", coder="llm")
        read = _study(tmp_path / "b", server, "second_reader = true")
    with pytest.raises(StudyError) as told:
        analyse_study(coded, HOST, processes=1)
    assert "non risponde nessun server di modelli" in told.value.say("it")
    run = analyse_study(read, HOST, processes=1)
    assert [text.it for _, text in problems_of(read_manifest(run)) if "secondo lettore" in text.it]
    assert unchanged_run(read, None) is None


@needs_model
def test_a_second_reader_without_people_is_told_to_have_nobody(tmp_path):
    with model_server() as server:
        study = _study(tmp_path, server, "second_reader = true")
        (study / "codings.csv").unlink()
        run = analyse_study(study, HOST, processes=1)
        assert not server.asked
    assert [text.it for _, text in problems_of(read_manifest(run)) if "nessuno ha codificato" in text.it]


@needs_model
def test_segments_are_suggested_from_what_a_model_read(tmp_path):
    from flows.sheet_wish import SheetWish
    from flows.suggestion import suggest_segments

    with model_server() as server:
        study = _study(tmp_path, server, "", coder="llm")
        assert suggest_segments(study, HOST, SheetWish(number=3)).is_file() and server.asked
