"""Files of oTranscribe: HTML in JSON, with times to click on."""

import json

import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of

TURNS = [
    ("Anna", "Da quanti anni fa la sindaca?", 0),
    ("Carla", "Da sei, e non sono pochi. Anzi, sette.", 3210),
    ("Anna", "Grazie & arrivederci.", 65_000),
]


def read(html: str) -> Transcript:
    content = {"text": html, "media": "sindaca.mp3", "media-time": 71.2}
    return transcript_of(json.dumps(content).encode(), "a.otr")


def said(transcript: Transcript) -> list[tuple[str, str, int | None]]:
    return [(turn.speaker, turn.text, turn.start_ms) for turn in transcript.turns]


def time(seconds: str, shown: str) -> str:
    return f'<span class="timestamp" data-timestamp="{seconds}">{shown}</span>'


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{time('0', '0:00')}&nbsp;Anna: Da quanti anni fa la sindaca?</p>\n<p>{time('3.21', '0:03')} Carla: Da"
        f" sei, e non sono pochi.<br/>Anzi, sette.</p><p>{time('65', '1:05')} Anna: Grazie &amp; arrivederci.</p>",
        f"{time('0.0', '0:00')} <b>Anna:</b> Da quanti anni fa la sindaca?<br>{time('3.21', '0:03')} <b>Carla:</b> Da"
        f" sei, e non sono <i>pochi</i>.<br>Anzi, sette.<br>{time('65.0', '1:05')} <b>Anna:</b> Grazie &amp;"
        " arrivederci.<br>",
        f"<div>{time('0', '0:00')}<strong>Anna</strong></div><div>Da quanti anni fa la sindaca?</div><div>"
        f"{time('3.21', '0:03')}<strong>Carla</strong></div><div>Da sei, e non sono pochi.</div><div>Anzi, sette.</div>"
        f"<div>{time('65', '1:05')}<strong>Anna</strong></div><div>Grazie &amp; arrivederci.</div>",
    ],
    ids=["paragraphs", "line breaks", "labels alone"],
)
def test_what_people_make_of_it(html: str) -> None:
    assert said(read(html)) == TURNS


def test_times_inside_a_turn_are_no_words() -> None:
    old = time("2:03", "2:03").replace("<span", '<span contenteditable="false"')
    transcript = read(f"<p>I: Come va?</p><p>R: Bene, {old} direi.</p>")
    assert said(transcript)[1] == ("R", "Bene, direi.", 123_000)
    assert transcript.problems == ()


def test_bold_labels_without_a_colon() -> None:
    text = "".join(f"<p><b>{who}</b> {words}</p>" for who, words, _ in (*TURNS, *TURNS[1:]))
    assert [speaker for speaker, _, _ in said(read(text))] == ["Anna", "Carla", "Anna", "Carla", "Anna"]


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"text": 3}', b'{"segments": []}'])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(StudyError, match="oTranscribe"):
        transcript_of(data, "a.otr")
