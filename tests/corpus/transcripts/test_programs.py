"""Transcripts as the programs of meetings, dictation and analysis write them: who speaks, since when, which words."""

import pytest

from corpus.records import Transcript
from corpus.transcripts import transcript_of

Turns = list[tuple[str, str, int | None]]
Q = "Da quanti anni fa la sindaca?"
A = "Da sei, e non sono pochi."
THEN = "E il personale?"
NO = "Siamo in quattro."


def four(asks: str, answers: str, *times: int | None) -> Turns:
    seconds = times or (None,) * 4
    begins = [None if second is None else second * 1000 for second in seconds]
    return list(zip((asks, answers) * 2, (Q, A, THEN, NO), begins, strict=True))


TIMED = (0, 3, 65, 70)
CASES: list[tuple[str, str, Turns]] = [
    (
        "Teams",
        f"""Intervista-20260710_154212-Registrazione della riunione
10 luglio 2026, 8:42PM
31m 5s

Anna Bianchi ha avviato la trascrizione

BIANCHI, Anna   0:00
{Q}

de Rossi, Carla (Comune)   0:03
{A}

BIANCHI, Anna   1:05
{THEN}

de Rossi, Carla (Comune)   1:10
{NO}

Anna Bianchi ha interrotto la trascrizione
""",
        four("BIANCHI, Anna", "de Rossi, Carla", *TIMED),
    ),
    (
        "Teams, English, names that come once",
        f"anna bianchi   0:00\n{Q}\n\n+39 333 *****67   0:03\n{A}\n\nanna bianchi stopped transcription",
        [("anna bianchi", Q, 0), ("+39 333 *****67", A, 3000)],
    ),
    (
        "Teams, old",
        f"""00:00:00.000 --> 00:00:02.230
Anna Bianchi
{Q}

00:00:03.000 --> 00:00:04.230
Verdi Carla
{A}

00:01:05.000 --> 00:01:07.230
Anna Bianchi
{THEN}

00:01:10.000 --> 00:01:11.230
Verdi Carla
{NO}""",
        four("Anna Bianchi", "Verdi Carla", *TIMED),
    ),
    (
        "Zoom, saved captions",
        f"[Anna Bianchi] 00:00:00\n{Q}\n\n[carla verdi] 00:00:03\n{A}\n\n"
        f"[Anna Bianchi] 00:01:05\n{THEN}\n\n[carla verdi] 00:01:10\n{NO}\n",
        four("Anna Bianchi", "carla verdi", *TIMED),
    ),
    (
        "Zoom, chat",
        f"00:00:00 Da Anna Bianchi a Tutti:\n\t{Q}\n00:00:03 From Carla Verdi to Everyone : {A}\n"
        f"00:01:05 Da Anna Bianchi a Tutti:\n\t{THEN}\n00:01:10 From Carla Verdi to Everyone : {NO}\n",
        four("Anna Bianchi", "Carla Verdi", *TIMED),
    ),
    (
        "Zoom, chat of a recording",
        f"00:00:00\tAnna Bianchi:\t{Q}\n00:00:03\tCarla:\t{A}\n"
        f"00:01:05\tAnna Bianchi:\t{THEN}\n00:01:10\tCarla:\t{NO}\n",
        four("Anna Bianchi", "Carla", *TIMED),
    ),
    (
        "Meet",
        f"""# 📖 Trascrizione

10 lug 2026

## Intervista alla sindaca - Trascrizione

### **00:00:00**

**Anna Bianchi:** {Q}

**carla:** {A}

### **00:01:05**

**Anna Bianchi:** {THEN}

**carla:** {NO}

### **Trascrizione terminata dopo 00:17:13**

*Questa trascrizione modificabile è stata generata dal computer e potrebbe contenere errori. È possibile anche
modificare manualmente il testo dopo la creazione.*""".replace("anche\nmod", "anche mod"),
        four("Anna Bianchi", "carla", 0, None, 65, None),
    ),
    (
        "Meet, English",
        f"Attendees\nAnna Bianchi, Carla Verdi\nTranscript\nThis editable transcript was computer generated and might"
        f" contain errors.\n00:00:00\nAnna Bianchi: {Q}\nCarla Verdi: {A}\n00:01:05\nAnna Bianchi: {THEN}\n"
        f"Carla Verdi: {NO}\nMeeting ended after 00:45:12 👋\n",
        four("Anna Bianchi", "Carla Verdi", 0, None, 65, None),
    ),
    (
        "Webex",
        f"Anna Bianchi\n00:00:00\n{Q}\n\nCarla Verdi\n00:00:03\n{A}\n\nAnna Bianchi\n00:01:05\n{THEN}\n\n"
        f"Carla Verdi\n00:01:10\n{NO}\n",
        four("Anna Bianchi", "Carla Verdi", *TIMED),
    ),
    (
        "Otter",
        f"Anna Bianchi  0:00  \n{Q}\n\nUnknown Speaker  0:03  \n{A}\n\nAnna Bianchi  1:05  \n{THEN}\n\n"
        f"Unknown Speaker  1:10  \n{NO}\n\nTranscribed by https://otter.ai\n",
        four("Anna Bianchi", "Unknown Speaker", *TIMED),
    ),
    (
        "Trint",
        f"Anna Bianchi [00:00:00] {Q}\n\nSpeaker 2 [00:00:03] {A}\n\nAnna Bianchi [00:01:05] {THEN}\n\n"
        f"Speaker 2 [00:01:10] {NO}\n\nTranscribed with Trint",
        four("Anna Bianchi", "Speaker 2", *TIMED),
    ),
    (
        "Sonix",
        f"sindaca.mp3\n\n[00:00:00] Speaker1: {Q}\n\n[00:00:03] Speaker2: {A}\n\n[00:01:05] Speaker1: {THEN}\n\n"
        f"[00:01:10] Speaker2: {NO}\n\nSonix is the world's most advanced automated transcription platform.\n\n"
        "Automatically convert your mp3 files to text (txt file), Microsoft Word (docx file), and SubRip Subtitle in"
        " minutes.\n",
        four("Speaker1", "Speaker2", *TIMED),
    ),
    (
        "Happy Scribe",
        f"[00:00:00.000] - Anna\n{Q}\n\n[00:00:03.000] - Relatore 2\n{A}\n\n[00:01:05.000] - Anna\n{THEN}\n\n"
        f"[00:01:10.000] - Relatore 2\n{NO}\n\nTranscribed by Happy Scribe\n",
        four("Anna", "Relatore 2", *TIMED),
    ),
    (
        "Descript",
        f"[00:00:00] **Anna:** {Q}\n\n[00:00:03] **Carla:** {A}\n\n[00:01:05] **Anna:** {THEN}\n\n"
        f"[00:01:10] **Carla:** {NO}\n",
        four("Anna", "Carla", *TIMED),
    ),
    (
        "Amberscript",
        f"SPEAKER 1 00:00:00\n{Q}\n\nSPEAKER 2 00:00:03\n{A}\n\nSPEAKER 1 00:01:05\n{THEN}\n\nSPEAKER 2 00:01:10\n{NO}",
        four("SPEAKER 1", "SPEAKER 2", *TIMED),
    ),
    (
        "Rev",
        f"Anna Bianchi (00:00):\n{Q}\n\nCarla Verdi (00:03):\nDa sei, [inaudible 00:00:04] e non sono pochi.\n\n"
        f"Anna Bianchi (01:05):\n{THEN}\n\nCarla Verdi (01:10):\n{NO}\n\n"
        "This transcript was exported on Jul 10, 2026 - view latest version here.",
        four("Anna Bianchi", "Carla Verdi", *TIMED),
    ),
    (
        "noScribe",
        f"""Intervista al comune

Trascritto con noScribe vers. 0.7
File audio: /tmp/comune.mp3

(4 secondi di pausa)

S00: [00:00:00] {Q}

S01: [00:00:03] Da sei, //S00: Davvero? // e non (..) sono //S02: mh// pochi.

S00: [00:01:05] E il [00:01:06] personale? //S01: Eh //

S01: [00:01:10] Siamo (3 secondi di pausa) in quattro. //S00: Ecco, appunto""",
        [
            ("S00", Q, 0),
            ("S01", "Da sei,", 3000),
            ("S00", "Davvero?", 3000),
            ("S01", "e non sono", 3000),
            ("S02", "mh", 3000),
            ("S01", "pochi.", 3000),
            ("S00", THEN, 65_000),
            ("S01", "Eh Siamo in quattro.", 65_000),
            ("S00", "Ecco, appunto", 70_000),
        ],
    ),
    (
        "aTrain",
        f"SPEAKER_00\n[00:00:00] - Da quanti anni\n[00:00:01] - fa la sindaca?\n\nSPEAKER_01\n[00:00:03] - {A}\n\n"
        f"SPEAKER_00\n[00:01:05] - {THEN}\n\nSPEAKER_01\n[00:01:10] - {NO}\n",
        four("SPEAKER_00", "SPEAKER_01", *TIMED),
    ),
    (
        "f4",
        f"I: {Q} #00:00:03-0#\n\nB: {A} #00:01:05-0#\n\nI: {THEN} #00:01:10-0#\n\nB: {NO} #00:01:12-5#\n",
        four("I", "B", None, 3, 65, 70),
    ),
    (
        "MAXQDA, preprocessor",
        f"#TEXTIntervista 1\n#CODEPersonale\\Numero\nI: {Q}\nR: {A}\n#ENDCODE\nI: {THEN}\nR: {NO}\n#ENDTEXT\n",
        four("I", "R"),
    ),
    (
        "MAXQDA, focus group",
        f"#Moderatrice: {Q}\n#Carla: {A}\n#Moderatrice: {THEN}\n#Carla: {NO}\n",
        four("Moderatrice", "Carla"),
    ),
    (
        "whisper.cpp --diarize",
        f"(speaker 0) {Q}\n(speaker 1) {A}\n(speaker 0) {THEN}\n(speaker ?) {NO}\n",
        [("speaker 0", Q, None), ("speaker 1", A, None), ("speaker 0", THEN, None), ("speaker ?", NO, None)],
    ),
    (
        "whisper.cpp on the screen",
        f"[00:00:00.000 --> 00:00:03.000]   (speaker 0) {Q}\n[00:00:03.000 --> 00:00:05.000]   (speaker 1) {A}\n"
        f"[00:01:05.000 --> 00:01:06.000]   (speaker 0) {THEN}\n[00:01:10.000 --> 00:01:11.000]   (speaker 1) {NO}\n",
        four("speaker 0", "speaker 1", *TIMED),
    ),
    (
        "whisper-ctranslate2",
        f"[00:00.000 --> 00:03.000] [SPEAKER_00]: {Q}\n[00:03.000 --> 00:05.000] [SPEAKER_01]: {A}\n"
        f"[01:05.000 --> 01:06.000] [SPEAKER_00]: {THEN}\n[01:10.000 --> 01:11.000] [SPEAKER_01]: {NO}\n",
        four("SPEAKER_00", "SPEAKER_01", *TIMED),
    ),
    (
        "oTranscribe, as text",
        f"0:00 Anna: {Q}\n0:03 Carla: Da sei,\n0:04 e non sono pochi.\n1:05 Anna: {THEN}\n1:10 Carla: {NO}\n",
        four("Anna", "Carla", *TIMED),
    ),
    (
        "tags alone in their lines",
        f"[id1]\n{Q}\n\n[id2]\n{A}\n\n[id1]\n{THEN}\n\n[id3]\n{NO}",
        [("id1", Q, None), ("id2", A, None), ("id1", THEN, None), ("id3", NO, None)],
    ),
    ("QualCoder, brackets", f"[id1] {Q}\n\n[id2] {A}\n\n[id1] {THEN}\n\n[id2] {NO}", four("id1", "id2")),
    ("QualCoder, braces", f"{{Anna}} {Q}\n\n{{Carla}} {A}\n\n{{Anna}} {THEN}\n\n{{Carla}} {NO}", four("Anna", "Carla")),
    (
        "tags with times in them",
        f"[anna 00:00:00] {Q}\n\n[carla 00:00:03] {A}\n\n[anna 00:01:05] {THEN}\n\n[carla 00:01:10] {NO}",
        four("anna", "carla", *TIMED),
    ),
    (
        "tags and asides",
        f"(Anna) {Q}\n\n(Carla) [ride] {A}\n\n[pausa]\n\n(Anna) {THEN}\n\n(Carla) {NO}",
        four("Anna", "Carla"),
    ),
]


def read(text: str, *known: str) -> Transcript:
    return transcript_of(text.encode(), "a.txt", known)


def said(transcript: Transcript) -> Turns:
    return [(turn.speaker, turn.text, turn.start_ms) for turn in transcript.turns]


@pytest.mark.parametrize(("text", "turns"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_programs(text: str, turns: Turns) -> None:
    transcript = read(text)
    assert said(transcript) == turns
    assert transcript.problems == ()
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]


@pytest.mark.parametrize(
    "line",
    [
        "Anna Bianchi ha interrotto la trascrizione",
        "ANNA BIANCHI ha arrestato la registrazione",
        "Anna Bianchi stopped transcription",
        "Trascrizione terminata",
        "La riunione è terminata dopo 00:45:12",
        "Transcription ended after 00:46:43",
        "Transcribed by https://otter.ai",
        "Trascrizione di Sonix",
        "(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)",
        "Sottotitoli creati dalla comunità Amara.org",
        "Carla Verdi left the meeting",
        "La trascrizione è stata interrotta da Anna Bianchi",
        "Trascrizione generata automaticamente, può contenere errori.",
        "AI-generated content may be incorrect",
        "Anna Bianchi hat die Transkription beendet",
        "Anna Bianchi a arrêté la transcription",
        "Anna Bianchi detuvo la transcripción",
        "(Questo file è più lungo di 30 minuti. Aggiorna su TurboScribe.ai per trascrivere file fino a 10 ore.)",
        "#ENDTEXT",
    ],
)
def test_lines_of_programs_are_notes(line: str) -> None:
    transcript = read(f"Anna   0:00\n{Q}\n\nCarla   0:03\n{A}\n\n{line}\n")
    assert said(transcript) == [("Anna", Q, 0), ("Carla", A, 3000)]
    assert transcript.notes == (line,)


@pytest.mark.parametrize(
    "line",
    ["La riunione è finita tardi", "Creato un gruppo su Teams con i colleghi", "Abbiamo usato Zoom per parlarci"],
)
def test_speech_about_programs_stays(line: str) -> None:
    assert read(f"I: {Q}\nR: Eh.\n{line}").turns[1].text == f"Eh. {line}"


def test_two_interviews_in_one_file_are_told() -> None:
    text = "".join(f"#TEXT Intervista {n}\nI: {Q}\nR: {A}\n#ENDTEXT\n" for n in (1, 2))
    (problem,) = read(text).problems
    assert "`Intervista 1`, `Intervista 2`" in problem.say("it") and "2 texts" in problem.say("en")


@pytest.mark.parametrize(
    "mark",
    [
        "[00:00:30]",
        "{0:30}",
        "⟨00:30⟩",
        "#00:00:30-0#",
        "(00:00:30)",
        "<0:30>",
        "[00:00:30;12]",
        "[min. 0:30]",
        "[00.00.30]",
        "[0'30\"]",
        "(0m30s)",
    ],
)
def test_a_time_inside_a_turn_is_no_word_and_dates_what_follows(mark: str) -> None:
    transcript = read(f"I: {Q}\nR: Il segretario {mark} viene {mark}, forse.\nI: Altro?")
    turn = transcript.turns[1]
    assert turn.text == "Il segretario viene, forse."
    assert [(turn.text[unit.start : unit.end], unit.start_ms) for unit in turn.units] == [
        ("Il segretario", None),
        ("viene,", 30_000),
        ("forse.", 30_000),
    ]


def test_a_time_at_the_end_of_a_turn_is_when_it_ends_and_the_next_begins() -> None:
    first, second, third = read(f"I: {Q} (0:05)\nR: {A} {{00:00:09.5}}.\nI: {THEN}").turns
    assert (first.start_ms, first.end_ms, second.start_ms, second.end_ms, third.start_ms) == (
        None,
        5000,
        5000,
        9500,
        9500,
    )
    assert second.text == f"{A}."


@pytest.mark.parametrize("said_meanwhile", ["//R: Mh.//", "// r: Mh. //", "[R: Mh.]", "(R: Mh.)"])
def test_what_another_says_meanwhile(said_meanwhile: str) -> None:
    text = f"I: {Q}\nR: {A}\nI: E il {said_meanwhile} personale? Vedi https://a.it/I:1"
    assert [(speaker, words) for speaker, words, _ in said(read(text))] == [
        ("I", Q),
        ("R", A),
        ("I", "E il"),
        ("R", "Mh."),
        ("I", "personale? Vedi https://a.it/I:1"),
    ]


def test_changes_of_unnamed_speakers_are_supposed_to_be_of_two() -> None:
    transcript = read(
        f"[00:00:00.000 --> 00:00:03.000]   {Q} [SPEAKER_TURN]\n[00:00:03.000 --> 00:00:05.000]   {A}\n"
        f"[00:00:05.000 --> 00:00:06.000]   Anzi. [SPEAKER_TURN]\n[00:00:07.000 --> 00:00:08.000]   {THEN}\n"
    )
    assert said(transcript) == [("Parlante 1", Q, 0), ("Parlante 2", f"{A} Anzi.", 3000), ("Parlante 1", THEN, 7000)]
    assert "in due" in transcript.problems[0].say("it")
