"""JSON as recognisers and services write it: right speakers, words and times, each word once, gaps told."""

import json
from typing import Any

import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.test_formats import said

ANNA = "Da quanti anni fa la sindaca?"
CARLA = "Da sei, e non sono pochi."
SAID = [(1.0, 3.9, ANNA), (4.0, 6.4, CARLA)]


def read(content: object) -> Transcript:
    return transcript_of(json.dumps(content).encode(), "a.json")


def timed(speakers: tuple[Any, Any]) -> list[tuple[Any, float, float, str]]:
    """Each word of the two, with its punctuation, at its time."""
    words = []
    for speaker, (start, _, text) in zip(speakers, SAID, strict=True):
        for number, word in enumerate(text.split()):
            words.append((speaker, start + number / 2, start + number / 2 + 0.4, word))
    return words


def parted(speakers: tuple[Any, Any]) -> list[tuple[Any, float, float, str, bool]]:
    """The same with the punctuation apart, and whether it is that."""
    pieces = []
    for speaker, start, end, word in timed(speakers):
        bare = word.strip(",.?")
        pieces.append((speaker, start, end, bare, False))
        if bare != word:
            pieces.append((speaker, end, end, word[-1], True))
    return pieces


def amazon(labelled: bool, **more: Any) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for speaker, start, end, text, mark in parted(("spk_0", "spk_1")):
        times = {} if mark else {"start_time": str(start), "end_time": str(end)}
        alternatives = [{"content": text, "confidence": "1.0"}, {"content": "altro", "confidence": "0.1"}]
        kind = "punctuation" if mark else "pronunciation"
        items.append(
            {"type": kind, "alternatives": alternatives, **times, **({"speaker_label": speaker} if labelled else {})}
        )
    segments = [
        {
            "speaker_label": f"spk_{number}",
            "start_time": str(start),
            "end_time": str(end),
            "items": [{"start_time": str(start), "end_time": str(start + 0.4), "speaker_label": f"spk_{number}"}],
        }
        for number, (start, end, _) in enumerate(SAID)
    ]
    transcripts = [{"transcript": f"{ANNA} {CARLA}"}]
    labels = {"speakers": 2, "segments": segments}
    results = {"transcripts": transcripts, "speaker_labels": labels, "items": items, **more}
    return {"jobName": "x", "accountId": "1", "results": results, "status": "COMPLETED"}


def amazon_channels() -> dict[str, Any]:
    content = amazon(False)
    items = content["results"].pop("items")
    del content["results"]["speaker_labels"]
    cut = next(number for number, item in enumerate(items) if item.get("start_time") == "4.0")
    channels = [{"channel_label": "ch_0", "items": items[:cut]}, {"channel_label": "ch_1", "items": items[cut:]}]
    content["results"] |= {"channel_labels": {"number_of_channels": 2, "channels": channels}, "items": items}
    return content


def deepgram(*kept: str) -> dict[str, Any]:
    words = [
        {"word": word.strip(",.?").lower(), "punctuated_word": word, "start": start, "end": end, "speaker": speaker}
        for speaker, start, end, word in timed((0, 1))
    ]
    paragraphs = [
        {"sentences": [{"text": text, "start": start, "end": end}], "start": start, "end": end, "speaker": number}
        for number, (start, end, text) in enumerate(SAID)
    ]
    whole = {"words": words, "paragraphs": {"transcript": "...", "paragraphs": paragraphs}}
    best = {
        "transcript": f"{ANNA} {CARLA}",
        "confidence": 0.9,
        **{key: value for key, value in whole.items() if key in kept},
    }
    return {"metadata": {"channels": 1, "models": ["x"]}, "results": {"channels": [{"alternatives": [best]}]}}


def google() -> dict[str, Any]:
    words = [
        {"startTime": f"{start}s", "endTime": f"{end}s", "word": word, "speakerTag": tag}
        for tag, start, end, word in timed((1, 2))
    ]
    first = [{**word, "speakerTag": 0} for word in words[:6]]
    second = [{key: value for key, value in word.items() if key != "speakerTag"} for word in words[6:]]
    results = [
        {"alternatives": [{"transcript": ANNA, "confidence": 0.9, "words": first}], "languageCode": "it-it"},
        {"alternatives": [{"transcript": CARLA, "confidence": 0.9, "words": second}], "languageCode": "it-it"},
        {"alternatives": [{"words": words}]},
    ]
    return {"name": "1", "done": True, "response": {"@type": "LongRunningRecognizeResponse", "results": results}}


def azure() -> dict[str, Any]:
    phrases = [
        {
            "recognitionStatus": "Success",
            "channel": 0,
            "speaker": number + 1,
            "offset": f"PT{start}S",
            "duration": f"PT{end - start:.1f}S",
            "offsetInTicks": start * 1e7,
            "durationInTicks": round((end - start) * 1e7),
            "nBest": [{"confidence": 0.9, "lexical": text.lower(), "display": text}, {"display": "altro"}],
        }
        for number, (start, end, text) in enumerate(SAID)
    ]
    combined = [{"channel": 0, "lexical": "...", "display": f"{ANNA} {CARLA}"}]
    return {"source": "x", "duration": "PT7S", "combinedRecognizedPhrases": combined, "recognizedPhrases": phrases}


def rev() -> dict[str, Any]:
    monologues = []
    for number in (0, 1):
        elements: list[dict[str, Any]] = []
        for speaker, start, end, text, mark in parted((0, 1)):
            if speaker == number:
                if elements and not mark:
                    elements.append({"type": "punct", "value": " "})
                times = {} if mark else {"ts": start, "end_ts": end, "confidence": 0.9}
                elements.append({"type": "punct" if mark else "text", "value": text, **times})
        monologues.append({"speaker": number, "elements": elements})
    return {"monologues": monologues}


def speechmatics() -> dict[str, Any]:
    results = [
        {
            "type": "punctuation" if mark else "word",
            "start_time": start,
            "end_time": end,
            "alternatives": [{"content": text, "confidence": 1.0, "language": "it", "speaker": speaker}],
            **({"attaches_to": "previous", "is_eos": text != ","} if mark else {}),
        }
        for speaker, start, end, text, mark in parted(("S1", "S2"))
    ]
    return {"format": "2.9", "job": {"id": "x"}, "metadata": {"type": "transcription"}, "results": results}


def elevenlabs() -> dict[str, Any]:
    words: list[dict[str, Any]] = []
    for speaker, start, end, word in timed(("speaker_0", "speaker_1")):
        if words:
            words.append(
                {"text": " ", "start": start, "end": start, "type": "spacing", "speaker_id": words[-1]["speaker_id"]}
            )
        words.append({"text": word, "start": start, "end": end, "type": "word", "speaker_id": speaker, "logprob": 0.0})
    return {"language_code": "ita", "text": f"{ANNA} {CARLA}", "words": words}


def whisper_cpp() -> dict[str, Any]:
    entries = [
        {
            "timestamps": {"from": f"00:00:0{int(start)},000", "to": f"00:00:0{int(end)},400"},
            "offsets": {"from": int(start * 1000), "to": int(end * 1000)},
            "text": f" {text}",
            "speaker": str(number),
        }
        for number, (start, end, text) in enumerate(SAID)
    ]
    return {"systeminfo": "x", "params": {"language": "it"}, "result": {"language": "it"}, "transcription": entries}


def segments(names: tuple[str, str, str, str], speakers: tuple[Any, Any], unit: float = 1) -> list[dict[str, Any]]:
    """Whole stretches under four names: speaker, text, begin and end."""
    rows = [
        (speaker, text, start * unit, end * unit) for speaker, (start, end, text) in zip(speakers, SAID, strict=True)
    ]
    return [dict(zip(names, row, strict=True)) for row in rows]


WHISPER = ("speaker", "text", "start", "end")
WORDS = [{"word": word, "start": start, "end": end, "speaker": who} for who, start, end, word in timed(("A", "B"))]
PROGRAMS: dict[str, tuple[object, str, str]] = {
    "WhisperX": ({"segments": segments(WHISPER, ("A", "B")), "word_segments": WORDS, "language": "it"}, "A", "B"),
    "aTrain": (
        {"segments": [{**row, "words": []} for row in segments(WHISPER, ("SPEAKER_00", "SPEAKER_01"))]},
        "SPEAKER_00",
        "SPEAKER_01",
    ),
    "pyannote": (segments(WHISPER, ("A", "B")), "A", "B"),
    "words alone": ({"text": "...", "words": WORDS}, "A", "B"),
    "Amazon": (amazon(True), "spk_0", "spk_1"),
    "Amazon before 2021": (amazon(False), "spk_0", "spk_1"),
    "Amazon of late": (
        amazon(
            True, audio_segments=segments(("speaker_label", "transcript", "start_time", "end_time"), ("spk_0", "spk_1"))
        ),
        "spk_0",
        "spk_1",
    ),
    "Amazon by channels": (amazon_channels(), "ch_0", "ch_1"),
    "Amazon's call analytics": (
        {
            "Transcript": segments(
                ("ParticipantRole", "Content", "BeginOffsetMillis", "EndOffsetMillis"), ("AGENT", "CUSTOMER"), 1000
            )
        },
        "AGENT",
        "CUSTOMER",
    ),
    "Deepgram's paragraphs": (deepgram("words", "paragraphs"), "Speaker 0", "Speaker 1"),
    "Deepgram's words": (deepgram("words"), "Speaker 0", "Speaker 1"),
    "Deepgram's utterances": (
        {
            "results": {
                **deepgram("words")["results"],
                "utterances": segments(("speaker", "transcript", "start", "end"), (0, 1)),
            }
        },
        "Speaker 0",
        "Speaker 1",
    ),
    "AssemblyAI": (
        {
            "id": "x",
            "text": "...",
            "words": [
                {"text": w["word"], "start": w["start"] * 1000, "end": w["end"] * 1000, "speaker": w["speaker"]}
                for w in WORDS
            ],
            "utterances": segments(WHISPER, ("A", "B"), 1000),
            "entities": [{"entity_type": "person", "text": "sindaca", "start": 3500, "end": 3900}],
            "chapters": None,
        },
        "A",
        "B",
    ),
    "Google": (google(), "Speaker 1", "Speaker 2"),
    "Azure": (azure(), "Speaker 1", "Speaker 2"),
    "Azure's fast transcription": (
        {
            "durationMilliseconds": 7000,
            "combinedPhrases": [{"text": f"{ANNA} {CARLA}"}],
            "phrases": segments(("speaker", "text", "offsetMilliseconds", "x"), (1, 2), 1000),
        },
        "Speaker 1",
        "Speaker 2",
    ),
    "Azure Video Indexer": (
        {
            "videos": [
                {
                    "insights": {
                        "transcript": [
                            {
                                "id": n,
                                "text": text,
                                "speakerId": n + 1,
                                "instances": [{"start": f"0:00:0{start}", "end": f"0:00:0{end}"}],
                            }
                            for n, (start, end, text) in enumerate(SAID)
                        ],
                        "speakers": [
                            {"id": 1, "name": "Anna", "instances": []},
                            {"id": 2, "name": "Carla", "instances": []},
                        ],
                        "ocr": [
                            {"id": 1, "text": "Comune di Soave", "instances": [{"start": "0:00:01", "end": "0:00:09"}]}
                        ],
                    }
                }
            ]
        },
        "Anna",
        "Carla",
    ),
    "Rev": (rev(), "Speaker 0", "Speaker 1"),
    "Rev with names": ({**rev(), "speakers": [{"id": 0, "name": "Anna"}, {"id": 1, "name": "Carla"}]}, "Anna", "Carla"),
    "Speechmatics": (speechmatics(), "S1", "S2"),
    "ElevenLabs": (elevenlabs(), "speaker_0", "speaker_1"),
    "whisper.cpp": (whisper_cpp(), "Speaker 0", "Speaker 1"),
    "insanely-fast-whisper": (
        {
            "speakers": [
                {"speaker": w, "timestamp": [s, e], "text": f" {t}"} for w, (s, e, t) in zip("AB", SAID, strict=True)
            ],
            "chunks": [{"timestamp": [1.0, 6.4], "text": f" {ANNA} {CARLA}"}],
            "text": f" {ANNA} {CARLA}",
        },
        "A",
        "B",
    ),
    "NeMo": (
        {
            "status": "success",
            "speaker_count": 2,
            "words": [
                {"word": w["word"], "start_time": w["start"], "end_time": w["end"], "speaker": w["speaker"]}
                for w in WORDS
            ],
            "sentences": segments(("speaker", "text", "start_time", "end_time"), ("A", "B")),
        },
        "A",
        "B",
    ),
    "Sonix": (
        {"name": "x", "transcript": segments(("speaker", "text", "start_time", "end_time"), ("Anna", "Carla"))},
        "Anna",
        "Carla",
    ),
    "Happy Scribe": (
        [
            {
                "speaker": who,
                "words": [
                    {"text": w["word"], "data_start": w["start"], "data_end": w["end"]}
                    for w in WORDS
                    if w["speaker"] == id
                ],
            }
            for who, id in (("Anna", "A"), ("Carla", "B"))
        ],
        "Anna",
        "Carla",
    ),
    "IBM Watson": (
        {
            "results": [
                {
                    "final": True,
                    "alternatives": [
                        {
                            "transcript": text,
                            "timestamps": [[w["word"], w["start"], w["end"]] for w in WORDS if w["speaker"] == id],
                        }
                    ],
                }
                for id, (_, _, text) in zip("AB", SAID, strict=True)
            ],
            "speaker_labels": [
                {"from": w["start"], "to": w["end"], "speaker": int(w["speaker"] == "B")} for w in WORDS
            ],
        },
        "Speaker 0",
        "Speaker 1",
    ),
    "Gladia": (
        {"result": {"transcription": {"full_transcript": "...", "utterances": segments(WHISPER, (0, 1))}}},
        "Speaker 0",
        "Speaker 1",
    ),
    "Soniox": (
        {
            "tokens": [
                {
                    "text": f" {w['word']}",
                    "start_ms": w["start"] * 1000,
                    "end_ms": w["end"] * 1000,
                    "speaker": w["speaker"],
                }
                for w in WORDS
            ]
        },
        "A",
        "B",
    ),
    "Podcasts' transcripts": (
        {"version": "1.0.0", "segments": segments(("speaker", "body", "startTime", "endTime"), ("Anna", "Carla"))},
        "Anna",
        "Carla",
    ),
    "Fireflies": (segments(("speaker_name", "sentence", "start_time", "end_time"), ("Anna", "Carla")), "Anna", "Carla"),
    "OpenAI": (
        {
            "task": "transcribe",
            "segments": [{"type": "transcript.text.segment", **row} for row in segments(WHISPER, ("A", "B"))],
        },
        "A",
        "B",
    ),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_speakers_words_and_times_of(program: str) -> None:
    content, first, second = PROGRAMS[program]
    transcript = read(content)
    assert said(transcript) == [(first, ANNA), (second, CARLA)]
    assert [turn.start_ms for turn in transcript.turns] == [1000, 4000]
    assert not transcript.problems


def test_channels_are_speakers_where_nothing_else_tells_them() -> None:
    channels = [
        {
            "alternatives": [
                {
                    "transcript": text,
                    "words": [
                        {"word": w["word"], "start": w["start"], "end": w["end"]} for w in WORDS if w["speaker"] == id
                    ],
                }
            ]
        }
        for id, (_, _, text) in zip("AB", SAID, strict=True)
    ]
    assert said(read({"results": {"channels": channels}})) == [("Channel 0", ANNA), ("Channel 1", CARLA)]


def test_channels_speak_in_the_order_of_time() -> None:
    utterances = [(0, 1.0, "Pronto?"), (0, 3.0, "Bene."), (1, 2.0, "Sì.")]
    content = {
        "results": {
            "utterances": [{"channel": c, "start": s, "end": s + 0.5, "transcript": t} for c, s, t in utterances]
        }
    }
    assert said(read(content)) == [("Channel 0", "Pronto?"), ("Channel 1", "Sì."), ("Channel 0", "Bene.")]


def test_tinydiarize_knows_changes_alone() -> None:
    entries = [("Pronto? [SPEAKER_TURN]", True), ("Sì,", False), ("eccomi.", True), ("Bene.", False)]
    parts = [
        {"offsets": {"from": n * 1000, "to": n * 1000 + 900}, "text": text, "speaker_turn_next": turn}
        for n, (text, turn) in enumerate(entries)
    ]
    transcript = read({"transcription": parts})
    assert said(transcript) == [("Speaker 0", "Pronto?"), ("Speaker 1", "Sì, eccomi."), ("Speaker 0", "Bene.")]
    assert "solo quando il parlante cambia" in transcript.problems[0].say()


@pytest.mark.parametrize("unknown", [None, "UNKNOWN", "?", "UU", ""])
def test_stretches_without_a_speaker_are_counted(unknown: str | None) -> None:
    talk = [("A", "Pronto?"), (unknown, "Sì."), ("A", "Bene."), (unknown, "Poi."), ("B", "Ecco."), (unknown, "Fine.")]
    parts = [{"text": text, "start": n, "end": n + 1, "speaker": who} for n, (who, text) in enumerate(talk)]
    transcript = read({"segments": parts})
    assert said(transcript) == [("A", "Pronto? Sì. Bene."), ("???", "Poi."), ("B", "Ecco."), ("???", "Fine.")]
    assert "3 su 6" in transcript.problems[0].say()


def test_a_segment_without_a_speaker_whose_words_have_one() -> None:
    words = [
        {"word": w, "start": n, "end": n + 1, "speaker": who}
        for n, (w, who) in enumerate([("Pronto?", "A"), ("Sì,", "B"), ("sì.", "B")])
    ]
    transcript = read({"segments": [{"start": 0, "end": 3, "text": " Pronto? Sì, sì.", "words": words}]})
    assert said(transcript) == [("A", "Pronto?"), ("B", "Sì, sì.")]


def test_an_unknown_program_is_read_by_its_shape_and_told() -> None:
    content = {"meta": {"v": 1}, "data": {"blocchi": segments(("sid", "utt", "begin", "end"), ("Anna", "Carla"))}}
    transcript = read(content)
    assert said(transcript) == [("Anna", ANNA), ("Carla", CARLA)]
    assert "`blocchi`" in transcript.problems[0].say()


def test_json_lines() -> None:
    lines = "\n".join(json.dumps(row) for row in segments(WHISPER, ("A", "B")))
    assert said(transcript_of(lines.encode(), "a.json")) == [("A", ANNA), ("B", CARLA)]


@pytest.mark.parametrize(
    "content", [{"nome": "x", "dati": {"a": 1}}, {"nome": [1, 2]}, [1], "nome", {"segments": [{"a": 1}]}]
)
def test_json_without_speech_is_refused_with_its_keys(content: object) -> None:
    with pytest.raises(StudyError, match="non è un JSON di un programma di trascrizione") as caught:
        read(content)
    assert not isinstance(content, dict) or f"`{next(iter(content))}`" in str(caught.value)


def test_whisper_without_speakers_has_its_labels_looked_for() -> None:
    parts = [
        {"text": f" {who}: {text}", "start": n, "end": n + 1}
        for n, (who, text) in enumerate([("ANNA", "Pronto?"), ("CARLA", "Sì.")] * 2)
    ]
    assert said(read({"text": "...", "segments": parts}))[:2] == [("ANNA", "Pronto?"), ("CARLA", "Sì.")]


def test_lists_nested_beyond_measure_are_refused_soon() -> None:
    content: object = [{"text": 1}]
    for _ in range(150):
        content = [{"a": content, "b": {"c": content}}] if _ % 50 == 0 else [{"a": content}]
    with pytest.raises(StudyError):
        read(content)


def test_labels_of_several_words_in_the_text_of_whisper() -> None:
    talk = [
        ("utente ospite", "Pronto?"),
        ("Comune di Soave", "Sì."),
        ("utente ospite", "Bene."),
        ("Comune di Soave", "Ah."),
    ]
    parts = [{"text": f" {who}: {text}", "start": n, "end": n + 1} for n, (who, text) in enumerate(talk)]
    assert said(read({"segments": parts})) == talk


@pytest.mark.parametrize("name", ["speaker", "speaker_id"])
def test_words_of_another_speaker_inside_a_stretch_are_counted(name: str) -> None:
    words = [
        {"word": word, "start": place, "end": place + 1, name: "AB"[place > 2]} for place, word in enumerate("abcde")
    ]
    whole = {"start": 0, "end": 5, "text": "a b c d e", name: "A", "words": words}
    answer = {
        "start": 5,
        "end": 6,
        "text": "Ecco.",
        name: "B",
        "words": [{"word": "Ecco.", name: "B"}, {"word": "x", name: "A"}],
    }
    transcript = transcript_of(json.dumps({"segments": [whole, answer]}).encode(), "a.json")
    assert [turn.text for turn in transcript.turns] == ["a b c d e", "Ecco."]
    (problem,) = transcript.problems
    assert "1 su 2" in problem.say("it") and "1 of 2" in problem.say("en")
