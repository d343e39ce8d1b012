"""What the reading room answers of a study: the study, its interviews, their recordings."""

import pytest
from starlette.testclient import TestClient

from flows.reading.application import room_app
from flows.reading.room import Room
from tests.acceptance.small_studies import SmallStudy

HERE = "http://127.0.0.1:8000"


@pytest.fixture
def folder(tmp_path):
    return SmallStudy(codings="coders disagree").write(tmp_path / "prova")


def client_of(folder, **options):
    room = Room(folder, **options)
    return TestClient(room_app(lambda _request: room, "it"), base_url=HERE)


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
