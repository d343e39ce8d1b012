"""The same interview in every format: same speakers, same words, same places, and times where the format has them."""

import io
import json
import zipfile
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import READERS, transcript_of

Turns = list[tuple[str, str]]
TWO: Turns = [("Intervistatrice", "Come va?"), ("Sindaco", "Bene, direi.")]


def read(data: str | bytes, ending: str) -> Transcript:
    raw = data.encode() if isinstance(data, str) else data
    return transcript_of(raw, f"a{ending}")


def said(transcript: Transcript) -> Turns:
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]
            assert turn.start <= source and source + length <= turn.end
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def clock(seconds: int, point: str) -> str:
    return f"00:{seconds // 60:02}:{seconds % 60:02}{point}000"


def vtt(turns: Turns) -> str:
    cues = [
        f"{clock(n, '.')} --> {clock(n + 1, '.')}\n<v {who}>{escape(text)}</v>" for n, (who, text) in enumerate(turns)
    ]
    return "WEBVTT\n\nNOTE fatto a mano\n\n" + "\n\n".join(cues) + "\n"


def srt(turns: Turns) -> str:
    cues = [
        f"{n}\n{clock(n, ',')} --> {clock(n + 1, ',')}\n{who}: {escape(text, quote=False)}"
        for n, (who, text) in enumerate(turns)
    ]
    return "\n\n".join(cues) + "\n"


def whisper(turns: Turns) -> str:
    parts = [{"start": n, "end": n + 1.0, "text": f" {text}", "speaker": who} for n, (who, text) in enumerate(turns)]
    return json.dumps({"text": "", "segments": parts, "language": "it"})


def tsv(turns: Turns) -> str:
    return "speaker\ttext\n" + "".join(f'{who}\t"{text}"\n' for who, text in turns)


def textgrid(turns: Turns) -> str:
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", "xmax = 9", "tiers? <exists>"]
    speakers = sorted({who for who, _ in turns})
    lines += [f"size = {len(speakers)}", "item []:"]
    for number, speaker in enumerate(speakers, 1):
        lines += [f"item [{number}]:", 'class = "IntervalTier"', f'name = "{speaker}"', "xmin = 0", "xmax = 9"]
        lines += [f"intervals: size = {len(turns)}"]
        for n, (who, text) in enumerate(turns):
            lines += [f"intervals [{n + 1}]:", f"xmin = {n}", f"xmax = {n + 1}.0"]
            lines += [f'text = "{text if who == speaker else ""}"']
    return "\n".join(lines)


def odt(body: str) -> bytes:
    names = {"office": "office", "text": "text", "table": "table", "style": "style", "fo": "xsl-fo-compatible"}
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items())
    bold = (
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="T2"><style:text-properties fo:font-weight="normal"/></style:style>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{bold}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return buffer.getvalue()


def odt_turns(turns: Turns) -> bytes:
    return odt("".join(f"<text:p>{who}:<text:s/>{escape(text)}</text:p>" for who, text in turns))


WRITERS: dict[str, Callable[[Turns], str | bytes]] = {
    ".vtt": vtt,
    ".srt": srt,
    ".json": whisper,
    ".tsv": tsv,
    ".textgrid": textgrid,
    ".odt": odt_turns,
}
SAYINGS = ["Come va?", "Bene: si fa (poco) & male.", "Alle 10:30.", "È l'IMU <o la TARI>.", "Allora: vediamo, n. 3."]


@pytest.mark.parametrize("ending", WRITERS)
def test_round_trip(ending: str) -> None:
    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=8))
    def same_turns(texts: list[str]) -> None:
        turns = [(TWO[number % 2][0], text) for number, text in enumerate(texts)]
        assert said(read(WRITERS[ending](turns), ending)) == turns

    same_turns()


@pytest.mark.parametrize("ending", [".vtt", ".srt", ".json", ".textgrid"])
def test_times_are_kept(ending: str) -> None:
    turns = read(WRITERS[ending](TWO), ending).turns
    assert [(turn.start_ms, turn.end_ms) for turn in turns] == [(0, 1000), (1000, 2000)]


def test_cues_of_one_speaker_are_one_turn() -> None:
    text = (
        "WEBVTT\n\nuno\n00:01.000 --> 00:02.000 align:start\n<v.loud Anna B>Siamo <i>in</i>\n\n"
        "00:02.000 --> 00:03.000\ntre &amp; mezzo\n\n00:02.500 --> 00:04.000\n<v Piero>Ah\n<v Anna B>Già\n"
    )
    transcript = read(text, ".vtt")
    assert said(transcript) == [("Anna B", "Siamo in tre & mezzo"), ("Piero", "Ah"), ("Anna B", "Già")]
    assert [(turn.start_ms, turn.end_ms) for turn in transcript.turns[:2]] == [(1000, 3000), (2500, 4000)]


def test_whisper_without_speakers_is_refused() -> None:
    with pytest.raises(StudyError, match="nessun parlante"):
        read('{"segments": [{"start": 0, "end": 1, "text": "Come va"}]}', ".json")


def test_short_textgrid_with_points() -> None:
    text = (
        '"ooTextFile"\n"TextGrid"\n0\n9\n<exists>\n2\n"IntervalTier"\n"I"\n0\n9\n2\n0\n1\n"dice ""sì"" 3"\n1\n9\n""\n'
    )
    text += '"TextTier"\n"R"\n0\n9\n1\n4.5\n"mh"\n'
    assert said(read(text, ".textgrid")) == [("I", 'dice "sì" 3'), ("R", "mh")]


def test_odt_bold_labels_notes_and_deletions() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>quattro</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p><text:span text:style-name="T1">Mario Rossi:</text:span> Siamo in tre'
        "<office:annotation><text:p>da rivedere</text:p></office:annotation>.</text:p>"
        '<text:p><text:span text:style-name="T1">Anna:</text:span> Sì<text:line-break/>Mario Rossi: Già.</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>Anna</text:p></table:table-cell><table:table-cell>"
        "<text:p>E poi che cosa?</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell>"
        "<text:p>Anna</text:p></table:table-cell><table:table-cell><text:p>Dica.</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    transcript = read(odt(body), ".odt")
    assert said(transcript) == [
        ("Mario Rossi", "Siamo in tre."),
        ("Anna", "Sì"),
        ("Mario Rossi", "Già."),
        ("Anna", "E poi che cosa? Dica."),
    ]
    assert transcript.notes == ("da rivedere",)


@pytest.mark.parametrize("ending", sorted(READERS))
def test_any_bytes_are_read_or_refused(ending: str) -> None:
    seeds = [data if isinstance(data, bytes) else data.encode() for data in (w(TWO) for w in WRITERS.values())]

    @settings(max_examples=40, deadline=None)
    @given(st.sampled_from(seeds), st.integers(0, 400), st.binary(max_size=6))
    def read_or_refuse(seed: bytes, at: int, junk: bytes) -> None:
        try:
            said(read(seed[:at] + junk + seed[at + len(junk) :], ending))
        except StudyError as error:
            assert error.say("it") and error.say("en")

    read_or_refuse()
