"""What the reading room answers of a study: the study, its interviews, their recordings."""

from dataclasses import replace

import pandas as pd
import pytest
from starlette.testclient import TestClient

from corpus.codings.sample_design import COLUMNS, Design, mark_of
from corpus.input_files import input_hashes
from corpus.schemas import Codings
from corpus.study import read_study
from flows.reading.application import room_app
from flows.reading.opening import open_study
from flows.reading.room import Room
from flows.reading.work import Progress
from outputs.worksheets.coding_rows import coding_rows
from outputs.worksheets.coding_sheet import write_coding_sheet
from tests.acceptance.small_studies import SmallStudy
from tests.tiny_study import make_run, write_run

HERE = "http://127.0.0.1:8000"
TOKEN = "di-questa-pagina"


@pytest.fixture
def folder(tmp_path):
    return SmallStudy(codings="coders disagree").write(tmp_path / "prova")


def client_of(folder, **options):
    room = Room(folder, **options)
    return TestClient(room_app(lambda _request: room, "it", TOKEN), base_url=HERE)


def test_a_study_without_a_run_opens_with_its_interviews_and_themes(folder):
    study = client_of(folder).get("/study.json").json()
    assert [theme["code"] for theme in study["themes"]] == ["personale", "vicini", "formazione"]
    assert [interview["id"] for interview in study["transcripts"]] == ["P1", "P2"]
    assert study["transcripts"][0]["read"] == {"anna": 1, "bruno": 1}
    assert study["respondents"][0] == {"id": "P1", "about": "classe: piccolo"}
    assert study["run"] is None


def test_an_interview_is_given_in_turns_and_segments_as_a_run_cuts_them(folder):
    interview = client_of(folder).get("/transcripts/P1.json").json()
    assert [turn["role"] for turn in interview["turns"]] == ["interviewer", "respondent"] * 4
    second = interview["turns"][1]["segments"][0]
    assert second["id"] == "P1:0002"
    assert second["text"].startswith("Il personale non basta")
    source = (folder / interview["file"]).read_text(encoding="utf-8")
    assert source[second["start"] : second["end"]] == second["text"]
    assert interview["proposals"] == []


@pytest.mark.parametrize("path", ["/transcripts/P9.json", "/transcripts/...json", "/sound/P1"])
def test_what_is_not_in_the_study_is_said_to_be_missing(folder, path):
    answer = client_of(folder).get(path)
    assert answer.status_code == 404
    assert "Not Found" in answer.text or "non c'è" in answer.json()["message"]


@pytest.mark.parametrize("place", ["transcripts/", "sound/"])
@pytest.mark.parametrize(
    "way", ["..%2f..%2fstudy.toml", "%2e%2e/%2e%2e/study.toml", "..%5c..%5cstudy.toml", "/etc/passwd"]
)
def test_no_path_leads_out_of_the_interviews(folder, place, way):
    answer = client_of(folder).get(f"/{place}{way}")
    assert answer.status_code == 404
    assert "[study]" not in answer.text


def test_a_corrected_transcript_is_read_again(folder, monkeypatch):
    monkeypatch.setattr("flows.reading.room._FRESH", 0)
    client = client_of(folder)
    before = client.get("/study.json").json()["version"]
    with (folder / "transcripts" / "P1.txt").open("a", encoding="utf-8") as transcript:
        transcript.write("\nSINDACO: E poi c'è altro.\n")
    assert client.get("/study.json").json()["version"] != before
    last = client.get("/transcripts/P1.json").json()["turns"][-1]["segments"][-1]
    assert last["text"].endswith("E poi c'è altro.")


def test_a_study_that_went_is_told_and_no_traceback(folder, monkeypatch):
    monkeypatch.setattr("flows.reading.room._FRESH", 0)
    client = client_of(folder)
    assert client.get("/study.json").status_code == 200
    for transcript in (folder / "transcripts").iterdir():
        transcript.unlink()
    answer = client.get("/study.json")
    assert answer.status_code == 422
    assert "nessuna trascrizione" in answer.json()["message"]


def test_a_recording_beside_its_transcript_is_played_from_any_place(folder):
    (folder / "transcripts" / "P2.mp3").write_bytes(bytes(range(200)))
    client = client_of(folder)
    sounds = [interview["sound"] for interview in client.get("/study.json").json()["transcripts"]]
    assert sounds == [None, "sound/P2"]
    part = client.get("/sound/P2", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    assert part.headers["content-type"] == "audio/mpeg"


def test_a_link_that_leads_out_of_the_study_is_no_recording(folder, tmp_path):
    (tmp_path / "segreto.wav").write_bytes(b"riservato")
    (folder / "transcripts" / "P1.wav").symlink_to(tmp_path / "segreto.wav")
    assert client_of(folder).get("/sound/P1").status_code == 404


def posting(client):
    """Posts a decision as the room's own page does."""

    def post(address="/decisions", **decision):
        return client.post(address, json=decision, headers={"X-Trama-Token": TOKEN})

    return post


def code(post, **changes):
    return post(**({"do": "code", "coder": "carla", "segment": "P1:0002", "theme": "personale"} | changes))


def codings(client, transcript="P1", coder="carla", **asked):
    interview = client.get(f"/transcripts/{transcript}.json", params={"coder": coder, **asked}).json()
    return [(each["coder"], each["segment"], each["theme"]) for each in interview["codings"]]


def test_a_coding_is_kept_and_shown_at_once(folder):
    client = client_of(folder)
    answer = code(posting(client), start=3, end=12, stance="problem", words="personale")
    assert answer.status_code == 201
    assert answer.json()["changed"] == ["P1:0002"]
    interview = client.get("/transcripts/P1.json").json()
    own = next(each for each in interview["codings"] if each["coder"] == "carla")
    assert (own["start"], own["end"], own["stance"], own["origin"]) == (3, 12, "problem", "journal")
    assert {"segment": "P1:0002", "coder": "carla"} in interview["read"]
    assert "carla" in client.get("/study.json").json()["coders"]
    another = client_of(folder)  # what a server that was started anew finds
    assert ("carla", "P1:0002", "personale") in codings(another)


def test_codings_of_files_stand_beside_those_of_the_room(folder):
    assert codings(client_of(folder)) == [("anna", "P1:0002", "personale"), ("bruno", "P1:0004", "personale")]


def test_a_decision_sent_twice_is_kept_once(folder):
    client = client_of(folder)
    post = posting(client)
    id = "0" * 31 + "a"
    assert [code(post, id=id).status_code for _ in range(2)] == [201, 200]
    assert codings(client).count(("carla", "P1:0002", "personale")) == 1


def test_what_was_done_last_is_undone(folder):
    client = client_of(folder)
    post = posting(client)
    code(post)
    code(post, theme="vicini")
    assert post(do="undo", coder="carla").status_code == 201
    assert codings(client)[2:] == [("carla", "P1:0002", "personale")]


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"coder": " "}, 422, "nome"),
        ({"coder": "x" * 100}, 422, "nome"),
        ({"theme": "personal"}, 422, "personale"),
        ({"theme": ""}, 422, "non è nel libro"),
        ({"stance": "boh"}, 422, "posizione"),
        ({"segment": "P1:9999"}, 409, "cambiata"),
        ({"segment": ""}, 422, "scegli"),
        ({"start": 5, "end": 4000}, 422, "caratteri"),
        ({"start": 4, "end": 4}, 422, "caratteri"),
        ({"start": -3, "end": 4}, 422, "caratteri"),
        ({"start": "3"}, 422, "start"),
        ({"words": "altro"}, 409, "cambiata"),
        ({"draw": "campione abc"}, 422, "campione"),
        ({"do": "delete"}, 422, "do"),
        ({"id": "../../x"}, 422, "numero"),
        ({"segment": "P1:0001"}, 422, "rispondente"),
        ({"do": "memo", "on": "theme", "ref": "nulla", "text": "x"}, 422, "nulla"),
        ({"do": "memo", "on": "theme", "ref": "vicini", "text": " "}, 422, "vuoto"),
        ({"do": "memo", "on": "theme", "ref": "vicini", "text": "x" * 30_000}, 422, "memo"),
        ({"do": "undo"}, 422, "annullare"),
        ({"do": "remove", "removes": "codings.csv:0"}, 422, "codings.csv"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words(folder, changes, status, words):
    client = client_of(folder)
    answer = code(posting(client), **changes)
    assert answer.status_code == status
    assert words in answer.json()["message"]
    assert len(codings(client)) == 2


def test_nobody_takes_back_what_another_decided(folder):
    post = posting(client_of(folder))
    id = code(post).json()["decision"]["id"]
    answer = post(do="undo", coder="dario", undoes=id)
    assert answer.status_code == 422
    assert "carla" in answer.json()["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"do": "code", ' + b'"a":1,' * 100_000])
def test_a_body_that_is_no_decision_is_refused(folder, body):
    client = client_of(folder)
    answer = client.post("/decisions", content=body, headers={"X-Trama-Token": TOKEN})
    assert answer.status_code in (400, 422)
    assert answer.json()["message"]


@pytest.mark.parametrize("headers", [{}, {"X-Trama-Token": ""}, {"X-Trama-Token": "x"}])
def test_without_the_token_of_the_page_nothing_is_decided(folder, headers):
    client = client_of(folder)
    answer = client.post("/decisions", json={"do": "code", "coder": "x", "segment": "P1:0002"}, headers=headers)
    assert answer.status_code == 403
    assert not (folder / "codings").exists()


def test_whoever_codes_blind_sees_nobody_elses_codings(folder):
    seeing = client_of(folder)
    code(posting(seeing))
    blind = client_of(folder, coder="dario", blind=True)
    code(posting(blind), coder="anna", theme="vicini")  # the name of the room counts, whatever the page says
    for asked in ({}, {"coder": "anna", "blind": "0"}):
        assert codings(blind, **asked) == [("dario", "P1:0002", "vicini")]
        study = blind.get("/study.json", params=asked).json()
        assert study["coders"] == ["dario"]
        assert study["transcripts"][0]["read"] == {"dario": 1}
        assert {each["coder"] for each in blind.get("/changes.json", params=asked).json()["decisions"]} == {"dario"}
    assert "carla" not in blind.get("/transcripts/P1.json").text


def test_what_others_decide_is_told_once(folder):
    client = client_of(folder)
    other = client_of(folder)
    at = client.get("/changes.json").json()["at"]
    code(posting(other), coder="dario")
    news = client.get("/changes.json", params={"after": at}).json()
    assert [(each["coder"], each["segment"]) for each in news["decisions"]] == [("dario", "P1:0002")]
    assert client.get("/changes.json", params={"after": news["at"]}).json()["decisions"] == []


def test_a_coding_follows_its_words_when_the_transcript_is_corrected(folder, monkeypatch):
    monkeypatch.setattr("flows.reading.room._FRESH", 0)
    client = client_of(folder)
    post = posting(client)
    code(post, start=3, end=25)  # "personale non basta: s"
    code(post, segment="P1:0004", theme="vicini")
    path = folder / "transcripts" / "P1.txt"
    text = path.read_text(encoding="utf-8")
    gone = text.replace("Con i comuni vicini abbiamo una convenzione per i rifiuti, e funziona bene.", "No.")
    path.write_text("SINDACO: Prima cosa, buongiorno a tutti quanti voi.\n\n" + gone, encoding="utf-8")
    interview = client.get("/transcripts/P1.json").json()
    own = next(each for each in interview["codings"] if each["coder"] == "carla")
    texts = {each["id"]: each["text"] for turn in interview["turns"] for each in turn["segments"]}
    assert texts[own["segment"]][own["start"] : own["end"]].startswith("personale non basta")
    assert [(each["theme"], each["text"][:5]) for each in interview["lost"]] == [("vicini", "Con i")]
    assert code(post, start=3, end=12, words="personale").status_code == 409


def test_a_coding_of_a_theme_whose_code_changed_is_known_by_its_label(folder, monkeypatch):
    monkeypatch.setattr("flows.reading.room._FRESH", 0)
    client = client_of(folder)
    code(posting(client), segment="P1:0006", theme="formazione")
    code(posting(client), segment="P1:0006", theme="vicini")
    codebook = folder / "codebook.csv"
    rows = (
        codebook.read_text(encoding="utf-8").replace("formazione;F", "corsi;F").replace("vicini;Vicini", "altro;Altro")
    )
    codebook.write_text(rows, encoding="utf-8")
    interview = client.get("/transcripts/P1.json").json()
    assert [each["theme"] for each in interview["codings"] if each["coder"] == "carla"] == ["corsi"]
    assert [each["theme"] for each in interview["lost"]] == ["vicini"]


def test_only_what_respondents_say_counts_as_to_be_read(folder):
    client = client_of(folder)
    posting(client)(do="read", coder="carla", segment="P1:0001")
    interview = client.get("/study.json").json()["transcripts"][0]
    assert (interview["segments"], "carla" in interview["read"]) == (4, False)


def test_stances_are_in_the_words_of_the_room(folder):
    room = Room(folder, "en")
    english = TestClient(room_app(lambda _request: room, "en", TOKEN), base_url=HERE)
    assert english.get("/study.json").json()["stances"][1] == {"code": "problem", "label": "problem"}
    assert '<html lang="en">' in english.get("/").text
    assert "no transcript" in english.get("/transcripts/P9.json").json()["message"]


def test_a_theme_that_was_renamed_is_told(folder, monkeypatch):
    monkeypatch.setattr("flows.reading.room._FRESH", 0)
    client = client_of(folder)
    post = posting(client)
    code(post)
    codebook = folder / "codebook.csv"
    codebook.write_text(codebook.read_text(encoding="utf-8").replace("personale;", "persone;", 1), encoding="utf-8")
    answer = code(post)
    assert answer.status_code == 422
    assert "persone" in answer.json()["message"]
    assert client.get("/transcripts/P1.json").status_code == 200


def test_memos_are_kept_on_passages_themes_respondents_and_interviews(folder):
    client = client_of(folder)
    post = posting(client)
    for on, ref in (("passage", "P1:0002"), ("theme", "vicini"), ("respondent", "P1"), ("transcript", "P1")):
        assert post(do="memo", coder="carla", on=on, ref=ref, text=f"Su {ref}").status_code == 201
    here = client.get("/transcripts/P1.json").json()["memos"]
    assert [(each["on"], each["ref"]) for each in here] == [
        ("passage", "P1:0002"), ("theme", "vicini"), ("respondent", "P1"), ("transcript", "P1"),
    ]  # fmt: skip
    assert [each["on"] for each in client.get("/transcripts/P2.json").json()["memos"]] == ["theme"]
    assert client.get("/transcripts/P1.json", params={"coder": "anna", "blind": "1"}).json()["memos"] == []


def test_words_are_found_in_every_interview_whatever_their_form(folder):
    client = client_of(folder)
    for query in ("comuni vicini", "COMUNE VICINO", "comun* vicin*"):
        answer = client.get("/search.json", params={"q": query}).json()
        assert answer["of"] == len(answer["lines"]) > 1
        assert {line["match"] for line in answer["lines"]} == {"comuni vicini"}
    line = client.get("/search.json", params={"q": "perche"}).json()["lines"][0]
    assert line["match"] == "perché"
    assert client.get("/search.json", params={"q": "personale", "n": "1"}).json()["lines"][1:] == []
    for query in ("", "?!", "zzz", "*", "a" * 5000):
        assert client.get("/search.json", params={"q": query}).status_code == 200


def test_agreement_grows_with_what_people_decide(folder):
    client = client_of(folder)
    post = posting(client)
    # codings.csv: each coded one of eight segments of P1, alone; nothing is decided by both
    for segment in ("P1:0002", "P1:0004", "P1:0006", "P1:0008"):
        for coder in ("carla", "dario"):
            post(do="read", coder=coder, segment=segment)
    code(post, coder="carla")
    code(post, coder="dario")
    code(post, coder="carla", segment="P1:0004")
    agreement = client.get("/agreement.json").json()
    pair = next(each for each in agreement["pairs"] if each["coders"] == ["carla", "dario"])
    assert pair["segments"] == 4
    assert 0 < pair["alpha"] < 1
    assert pair["interval"] is None
    assert "meno di tre interviste" in pair["note"]
    assert {"name": "carla", "segments": 4, "codings": 2} in agreement["coders"]
    blind = client.get("/agreement.json", params={"blind": "1", "coder": "Carla"}).json()
    assert blind == {"pairs": [], "coders": [{"name": "carla", "segments": 4, "codings": 2}]}


def test_what_people_differ_on_is_shown_at_its_passage(folder):
    client = client_of(folder)
    post = posting(client)
    code(post, coder="carla", theme="vicini", segment="P2:0002", stance="problem")
    code(post, coder="dario", theme="vicini", segment="P2:0002", stance="advantage")
    post(do="refuse", coder="elsa", theme="vicini", segment="P2:0002")
    conflicts = client.get("/transcripts/P2.json").json()["conflicts"]
    assert conflicts == [
        {
            "segment": "P2:0002",
            "theme": "vicini",
            "coders": {"carla": "problem", "dario": "advantage", "elsa": "no"},
        }
    ]
    assert client.get("/transcripts/P2.json", params={"blind": "1", "coder": "carla"}).json()["conflicts"] == []
    post(do="undo", coder="dario")
    post(do="undo", coder="elsa")
    assert client.get("/transcripts/P2.json").json()["conflicts"] == []


def with_run(folder):
    """The study with a run in which the machine gives `vicini` at P1:0004, and people gave what they coded."""
    opened = open_study(folder)
    place = (
        "P1:0004/vicini",
        "P1:0004",
        "vicini",
        0.8,
        "problem",
        "learned",
        6,
        19,
        "comuni vicini",
        "",
        "",
        "",
        "Trama",
    )
    by_people = ("P1:0002/personale", "P1:0002", "personale", 1.0, "problem", "human", 0, 9, "x", "", "", "", "anna")
    names = list(Codings.to_schema().columns)
    results = replace(
        make_run().results, segments=opened.segments, codings=pd.DataFrame([place, by_people], columns=names)
    )
    manifest = make_run().manifest | {"inputs": input_hashes(folder)}
    run = write_run(folder, replace(make_run(), results=results, manifest=manifest))
    (run / "rapporto.html").write_text("<title>Rapporto</title>", encoding="utf-8")
    return folder


def test_what_the_machine_proposes_stands_in_its_segments(folder):
    client = client_of(with_run(folder))
    proposals = client.get("/transcripts/P1.json").json()["proposals"]
    assert proposals == [
        {
            "segment": "P1:0004",
            "start": 6,
            "end": 19,
            "theme": "vicini",
            "stance": "problem",
            "score": 0.8,
            "how": "learned",
        }
    ]
    run = client.get("/study.json").json()["run"]
    assert run["behind"] is False
    assert client.get(run["report"]).text == "<title>Rapporto</title>"
    assert client.get("/report/latest/..%2f..%2f..%2fstudy.toml").status_code == 404
    code(posting(client))
    assert client.get("/study.json").json()["run"]["behind"] is True


@pytest.mark.parametrize("options", [{"coder": "dario", "blind": True}, {}])
def test_whoever_codes_blind_sees_no_proposal(folder, options):
    client = client_of(with_run(folder), **options)
    asked = {} if options else {"blind": "1", "coder": "dario"}
    answer = client.get("/transcripts/P1.json", params=asked)
    assert answer.json()["proposals"] == []
    assert "learned" not in answer.text


def test_proposals_stay_with_their_words_when_a_transcript_is_corrected(folder, monkeypatch):
    monkeypatch.setattr("flows.reading.room._FRESH", 0)
    client = client_of(with_run(folder))
    path = folder / "transcripts" / "P1.txt"
    path.write_text(
        "SINDACO: Buongiorno.\n\nINTERVISTATRICE: Allora?\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert [each["segment"] for each in client.get("/transcripts/P1.json").json()["proposals"]] == ["P1:0005"]
    assert client.get("/study.json").json()["run"]["behind"] is True


class Pretended:
    """Work that nobody does: `chosen` is what the machine chooses."""

    def __init__(self):
        self.started = []
        self.now = Progress()
        self.chosen = None

    def start(self, what, arguments=()):
        self.started.append((what, *arguments))
        self.now = Progress("running", what, stage="Annota il testo")

    def progress(self):
        return self.now

    def choice(self, state):
        self.states = [*getattr(self, "states", []), state]
        return self.chosen


def test_a_run_is_started_followed_and_its_report_shown(folder):
    work = Pretended()
    client = client_of(with_run(folder), work=work)
    post = posting(client)
    assert client.get("/run.json").json()["state"] == "idle"
    assert post("/run").status_code == 202
    assert client.get("/run.json").json()["stage"] == "Annota il testo"
    work.now = Progress("done")
    assert client.get("/run.json").json()["report"].endswith("/rapporto.html")
    assert post("/draws", n=30).status_code == 202
    assert work.started == [("run",), ("sample", "-n", "30")]
    for number in (0, -1, 10**9, "3", None, True, 2.5):
        assert post("/draws", n=number).status_code == 422


def test_the_passages_most_worth_reading_come_in_the_machines_order(folder, monkeypatch):
    work = Pretended()
    monkeypatch.setattr("flows.reading.room.WorthReading", lambda *_: work)
    client = client_of(folder)
    post = posting(client)
    waiting = client.get("/queue.json", params={"kind": "worth"}).json()
    assert waiting["preparing"] is True
    assert waiting["items"] == []
    work.chosen = [{"segment": each, "unsure": "vicini"} for each in ("P2:0004", "P1:0002", "P1:0006", "P9:0001")]
    queue = client.get("/queue.json", params={"kind": "worth", "n": 1}).json()
    assert [each["segment"] for each in queue["items"]] == ["P2:0004"]
    assert "Vicini" in queue["items"][0]["why"]
    assert (queue["done"], queue["of"]) == (1, 3)  # anna coded P1:0002
    blind = client.get("/queue.json", params={"kind": "worth", "blind": "1", "coder": "x"}).json()
    assert {each["why"] for each in blind["items"]} == {""}
    for segment in ("P2:0004", "P1:0006"):
        post(do="read", coder="carla", segment=segment)
    work.chosen = work.chosen[:3]
    client.get("/queue.json")
    client.get("/queue.json")
    assert work.states[-1] != work.states[0]  # all were read: it chooses again


def test_a_random_sample_is_read_in_the_order_in_which_it_was_drawn(folder):
    places = open_study(folder).segments.query("respondent != ''")[["transcript", "start", "end", "respondent", "text"]]
    drawn = places.iloc[[3, 0, 5]].assign(number=[1, 2, 3])
    frame = pd.concat([drawn, places.drop(drawn.index).assign(number=0)])
    frame = frame.assign(words=frame["text"].map(mark_of), stratum="", probability=0.375)
    design = Design("campione", "segment", frame[list(COLUMNS)].reset_index(drop=True), ("P1", "P2"))
    study = read_study(folder)
    segments = open_study(folder).segments
    rows = coding_rows(design.drawn[["transcript", "start", "end"]].merge(segments), segments, study.transcripts)
    hidden = {"draw": design.draw, "unit": "segment", "stratum": "", "probability": "0.375", "known": False}
    (folder / "codings").mkdir()
    sheet = folder / "codings" / "campione.xlsx"
    write_coding_sheet(rows.assign(**hidden), study.themes, sheet, "it", "", design)
    client = client_of(folder)
    assert client.get("/study.json").json()["draws"] == [{"name": design.draw, "size": 3}]
    asked = {"kind": "sample", "coder": "carla"}
    queue = client.get("/queue.json", params=asked).json()
    wanted = segments.iloc[drawn.index]["segment"].tolist()
    assert [each["segment"] for each in queue["items"]] == wanted
    assert {each["probability"] for each in queue["items"]} == {0.375}
    post = posting(client)
    code(post, segment=wanted[0])  # coded, and not yet read for the sample
    assert client.get("/queue.json", params=asked).json()["done"] == 0
    post(do="read", coder="carla", segment=wanted[0], draw=design.draw)
    queue = client.get("/queue.json", params=asked).json()
    assert [each["segment"] for each in queue["items"]] == wanted[1:]
    assert (queue["done"], queue["of"]) == (1, 3)
    assert client.get("/queue.json", params={"kind": "sample", "coder": "dario"}).json()["done"] == 0
    assert client_of(folder).get("/queue.json", params=asked).json()["done"] == 1


def test_without_a_codebook_or_a_sample_the_queues_say_so(tmp_path):
    client = client_of(SmallStudy(codebook="none").write(tmp_path / "prova"))
    answer = client.get("/queue.json")
    assert answer.status_code == 422
    assert "libro dei codici" in answer.json()["message"]
    assert client.get("/queue.json", params={"kind": "sample"}).json()["of"] == 0


def test_the_page_holds_its_token_and_only_asks_this_server(folder):
    client = client_of(folder)
    page = client.get("/")
    assert TOKEN in page.text
    assert "Prova" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert client.get("/static/room.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/static/..%2fpage.py").status_code == 404
