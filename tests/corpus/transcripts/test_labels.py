"""Labels in the ways people type them, and what looks like a label without being one."""

import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.layouts import bold_names
from tests.corpus.transcripts.writers import Turns

Q = "Come va?"
A = "Bene, direi."


def two(asks: str, answers: str) -> Turns:
    return [(asks, Q), (answers, A)]


IS = two("Intervistatrice", "Sindaco")
CASES: list[tuple[str, str, Turns]] = [
    ("angle", f"<Intervistatrice> {Q}\n<Sindaco> {A}", IS),
    ("bracket", f"[Intervistatrice] {Q}\n[Sindaco] {A}", IS),
    ("bracketcolon", f"[Intervistatrice]: {Q}\n[Sindaco]: {A}", IS),
    ("parencolon", f"(Intervistatrice): {Q}\n(Sindaco): {A}", IS),
    (
        "initials",
        f"R. Rossi: {Q}\nM.B.: {A}\nR. Rossi: Ah.\nM.B.: Sì.",
        [("R. Rossi", Q), ("M.B.", A), ("R. Rossi", "Ah."), ("M.B.", "Sì.")],
    ),
    ("initials once", f"R. Rossi: {Q}\nM.B.: {A}", [("R. Rossi", Q), ("M.B.", A)]),
    ("num", f"I1: {Q}\nR2: {A}\nI2: Ah.\nR1: Sì.", [("I1", Q), ("R2", A), ("I2", "Ah."), ("R1", "Sì.")]),
    ("DR", f"D: {Q}\nR: {A}", two("D", "R")),
    ("D.R.", f"D.: {Q}\nR.: {A}", two("D", "R")),
    ("D) R)", f"D) {Q}\nR) {A}", two("D", "R")),
    ("time", f"[00:03:12] Intervistatrice: {Q}\n[00:03:20] Sindaco: {A}", IS),
    ("timeafter", f"Intervistatrice [00:03:12]: {Q}\nSindaco [00:03:20]: {A}", IS),
    ("timeaftercolon", f"Intervistatrice: [00:03:12] {Q}\nSindaco: [00:03:20] {A}", IS),
    ("timeown", f"00:03:12 Intervistatrice\n{Q}\n\n00:03:20 Sindaco\n{A}", IS),
    ("timeown2", f"Intervistatrice 00:03:12\n{Q}\n\nSindaco 00:03:20\n{A}", IS),
    ("timeownnames", f"Anna Bianchi 0:03\n{Q}\nMario Rossi 0:07\n{A}", two("Anna Bianchi", "Mario Rossi")),
    ("timeownnames2", f"0:03 Anna Bianchi\n{Q}\n0:07 Mario Rossi\n{A}", two("Anna Bianchi", "Mario Rossi")),
    ("timeownnames3", f"[0:03] Anna Bianchi\n{Q}\n\n[0:07] Mario Rossi\n{A}", two("Anna Bianchi", "Mario Rossi")),
    ("teams", f"Anna Bianchi   0:03\n{Q}\n\nMario Rossi   0:07\n{A}", two("Anna Bianchi", "Mario Rossi")),
    ("otter", f"Speaker 1  0:03  \n{Q}\n\nSpeaker 2  1:02:07  \n{A}", two("Speaker 1", "Speaker 2")),
    ("bold", f"**Intervistatrice:** {Q}\n\n**Sindaco:** {A}", IS),
    ("italic", f"*Intervistatrice:* {Q}\n\n_Sindaco_: {A}", IS),
    (
        "boldname",
        f"**Anna** {Q}\n\n**Piero** {A}\n\n**Anna** Ah.\n\n**Piero** Sì.",
        [("Anna", Q), ("Piero", A), ("Anna", "Ah."), ("Piero", "Sì.")],
    ),
    ("ownline", f"INTERVISTATRICE\n\n{Q}\n\nSINDACO\n\n{A}", two("INTERVISTATRICE", "SINDACO")),
    ("ownlinecolon", f"Intervistatrice:\n{Q}\nSindaco:\n{A}", IS),
    ("dashlabel", f"- Sindaco: {Q}\n- Intervistatrice: {A}", two("Sindaco", "Intervistatrice")),
    ("emdashlabel", f"— Sindaco: {Q}\n— Intervistatrice: {A}", two("Sindaco", "Intervistatrice")),
    ("UPPER", f"INTERVISTATRICE: {Q}\n\nSINDACO: {A}", two("INTERVISTATRICE", "SINDACO")),
    ("UPPERspace", f"INTERVISTATRICE {Q}\n\nSINDACO {A}", two("INTERVISTATRICE", "SINDACO")),
    ("tab", f"INT\t{Q}\nSIN\t{A}", two("INT", "SIN")),
    ("tabcolon", f"INT:\t{Q}\nSIN:\t{A}", two("INT", "SIN")),
    ("tab with header", f"Intervista n. 3\nData: oggi\n\nI\t{Q}\nR\t{A}", two("I", "R")),
    ("spaces", f"I    {Q}\nR    {A}\nI    Ah.\nR    Sì.", [("I", Q), ("R", A), ("I", "Ah."), ("R", "Sì.")]),
    ("spacecolon", f"Intervistatrice : {Q}\nSindaco : {A}", IS),
    ("emdash", f"Intervistatrice — {Q}\nSindaco — {A}", IS),
    ("number dash", f"1. Intervistatrice: {Q}\n2. Sindaco: {A}", IS),
    ("linenum", f"1 I: {Q}\n2 R: {A}", two("I", "R")),
    ("paren", f"Sindaco (ride): {A}\nI: {Q}", [("Sindaco", A), ("I", Q)]),
    (
        "meta",
        f"Intervista n. 3\nData: 12/05/2024\nLuogo: Municipio\nDurata: 45 minuti\n"
        f"Intervistatrice: Anna Bianchi\nIntervistato: Mario Rossi\n\nIntervistatrice: {Q}\nIntervistato: {A}",
        two("Intervistatrice", "Intervistato"),
    ),
    (
        "meta2",
        f"INTERVISTA N. 3\n\nData: 12/05/2024\n\nLuogo: Municipio di Soave\n\n"
        f"Intervistatrice: Anna Bianchi\n\nOra: 10:30\n\nI: {Q}\n\nS: {A}",
        two("I", "S"),
    ),
    (
        "times",
        f"I: {Q}\nR: Alle 10:30 arrivo.\nAllora: io penso.\nQuindi: così. Ore 9:15: apro.\n10:30 apro il municipio.",
        [
            ("I", Q),
            ("R", "Alle 10:30 arrivo. Allora: io penso. Quindi: così. Ore 9:15: apro. 10:30 apro il municipio."),
        ],
    ),
    (
        "DomandaN",
        f"Domanda 1: {Q}\nRisposta 1: {A}\nDomanda 2: E poi?\nRisposta 2: Sì.\nDomanda 3: Ah?\nRisposta 3: Già.",
        [
            ("Domanda", Q),
            ("Risposta", A),
            ("Domanda", "E poi?"),
            ("Risposta", "Sì."),
            ("Domanda", "Ah?"),
            ("Risposta", "Già."),
        ],
    ),
    (
        "D1R1",
        f"D1: {Q}\nR1: {A}\nD2: E poi?\nR2: Sì.\nD3: Ah?\nR3: Già.",
        [("D", Q), ("R", A), ("D", "E poi?"), ("R", "Sì."), ("D", "Ah?"), ("R", "Già.")],
    ),
    (
        "dashes",
        f"— Buongiorno, come va?\n— {A}\n— E poi?\n— Poi basta.",
        [("Domanda", "Buongiorno, come va?"), ("Risposta", A), ("Domanda", "E poi?"), ("Risposta", "Poi basta.")],
    ),
    (
        "blocks",
        f"{Q}\n\n{A}\n\nE poi che cosa succede?\n\nPoi basta, si chiude.\n\nE allora?\n\nEh.",
        [
            ("Domanda", Q),
            ("Risposta", A),
            ("Domanda", "E poi che cosa succede?"),
            ("Risposta", "Poi basta, si chiude."),
            ("Domanda", "E allora?"),
            ("Risposta", "Eh."),
        ],
    ),
    (
        "blocks head",
        f"Intervista n. 3\nData: oggi\n\n{Q}\n\n{A}\n\nE poi che cosa succede?\n\n"
        f"Poi basta, si chiude.\n\nAncora una cosa.\n\nE allora?\n\nEh.",
        [
            ("Domanda", Q),
            ("Risposta", A),
            ("Domanda", "E poi che cosa succede?"),
            ("Risposta", "Poi basta, si chiude. Ancora una cosa."),
            ("Domanda", "E allora?"),
            ("Risposta", "Eh."),
        ],
    ),
    (
        "numbered",
        f"1. {Q}\n{A}\n\n2. E poi?\nPoi basta.\n\n3) E allora?\nEh.",
        [
            ("Domanda", Q),
            ("Risposta", A),
            ("Domanda", "E poi?"),
            ("Risposta", "Poi basta."),
            ("Domanda", "E allora?"),
            ("Risposta", "Eh."),
        ],
    ),
    ("lowercase", f"intervistatrice: {Q}\nsindaco: {A}", two("intervistatrice", "sindaco")),
    (
        "in turn",
        f"I: {Q}\nR: Dico due cose.\nPrimo: i soldi.\nSecondo: le persone.\nComune di Soave: niente. Il sindaco: io.",
        [
            ("I", Q),
            ("R", "Dico due cose. Primo: i soldi. Secondo: le persone. Comune di Soave: niente. Il sindaco: io."),
        ],
    ),
    (
        "in turn paragraphs",
        f"I: {Q}\n\nR: Dico due cose.\n\nProblema: i soldi.\n\nEcco: le persone.\n\nMorale: niente.\n\nI: Ah.",
        [("I", Q), ("R", "Dico due cose. Problema: i soldi. Ecco: le persone. Morale: niente."), ("I", "Ah.")],
    ),
    (
        "quote",
        f"I: {Q}\nR: Mi ha detto:\n«Guarda, sindaco: basta».\nE io: va bene.",
        [("I", Q), ("R", "Mi ha detto: «Guarda, sindaco: basta». E io: va bene.")],
    ),
    ("nbsp", f"I\xa0: {Q}\nR\xa0: {A}", two("I", "R")),
    (
        "focus",
        "Moderatrice: Chi comincia?\nP1: Io.\nP2: E poi io.\nP3: Anch'io.\nModeratrice: Bene.",
        [
            ("Moderatrice", "Chi comincia?"),
            ("P1", "Io."),
            ("P2", "E poi io."),
            ("P3", "Anch'io."),
            ("Moderatrice", "Bene."),
        ],
    ),
    (
        "names",
        "Anna Bianchi: Come va?\n\nGiovanni Rossi (sindaco): Bene, direi.\n\nAnna Bianchi: Ah.",
        [("Anna Bianchi", Q), ("Giovanni Rossi", A), ("Anna Bianchi", "Ah.")],
    ),
    (
        "long name",
        "Dott.ssa Maria Teresa De Angelis: Come va?\n\nSindaco Mario Rossi Bianchi: Bene, direi.",
        [("Dott.ssa Maria Teresa De Angelis", Q), ("Sindaco Mario Rossi Bianchi", A)],
    ),
    ("both", f"Ricercatrice 1 (R1): {Q}\nSindaco (S): {A}", [("Ricercatrice 1", Q), ("Sindaco", A)]),
    ("dashafter", f"I- {Q}\nR- {A}", two("I", "R")),
    ("closing note", "I: Come va?\nR: Bene, direi.\n\n[Fine della registrazione]", two("I", "R")),
    ("stage", "[Il sindaco entra]\nI: Come va?\n[ride]\nR: Bene, direi.", two("I", "R")),
    ("maxqda", "#00:00:01-0# I: Come va? #00:00:05-1#\n#00:00:05-1# R: Bene, direi. #00:00:09-4#", two("I", "R")),
    ("markdown table", "| Parlante | Testo |\n|---|---|\n| I | Come va? |\n| R | Bene, direi. |", two("I", "R")),
    (
        "mixed case twice",
        "Sindaco: Bene, direi.\nSINDACO: Già.\nI: Come va?",
        [("Sindaco", "Bene, direi. Già."), ("I", Q)],
    ),
    (
        "apost",
        "D'Angelo: Come va?\nDell'Acqua: Bene, direi.\nD'Angelo: Ah.",
        [("D'Angelo", Q), ("Dell'Acqua", A), ("D'Angelo", "Ah.")],
    ),
    (
        "role inside",
        "Intervistatrice: Come va?\nSindaco di Soave: Bene, direi.\nAssessora alla cultura: Sì.\n"
        "Segretario comunale: No.",
        [
            ("Intervistatrice", Q),
            ("Sindaco di Soave", A),
            ("Assessora alla cultura", "Sì."),
            ("Segretario comunale", "No."),
        ],
    ),
]


def read(text: str, *known: str) -> Transcript:
    return transcript_of(text.encode(), "a.txt", known)


def said(transcript: Transcript) -> Turns:
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]
            assert turn.start <= source and source + length <= turn.end
    return [(turn.speaker, turn.text) for turn in transcript.turns]


@pytest.mark.parametrize(("text", "turns"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_as_people_type_them(text: str, turns: Turns) -> None:
    assert said(read(text)) == turns


@pytest.mark.parametrize("name", ["timeown2", "timeaftercolon", "timeafter", "time", "maxqda"])
def test_times_beside_labels_are_kept(name: str) -> None:
    text = next(text for case, text, _ in CASES if case == name)
    assert all(turn.start_ms for turn in read(text).turns)


@pytest.mark.parametrize("name", ["dashes", "blocks", "blocks head", "numbered"])
def test_a_text_without_labels_is_a_guess_said_aloud(name: str) -> None:
    text = next(text for case, text, _ in CASES if case == name)
    (problem,) = read(text).problems
    assert problem.severity == "warning"
    assert "supposto" in problem.say("it") and "supposed" in problem.say("en")


def test_prose_is_not_made_an_interview() -> None:
    with pytest.raises(StudyError, match="nessun parlante"):
        read("Il comune è piccolo.\n\nChe fare?\n\nNon si sa.\n\nSi vedrà, forse.\n\nIntanto piove.")


def test_a_single_label_that_is_doubted_is_named_and_believed_when_the_study_names_it() -> None:
    text = "I: Come va?\n\nR: Bene.\n\nLoredana: Permesso.\n\nI: E poi?\n\nR: Basta."
    doubted = read(text)
    assert [speaker for speaker, _ in said(doubted)] == ["I", "R", "I", "R"]
    assert "`Loredana:`" in doubted.problems[0].say("it")
    believed = read(text, "LOREDANA")
    assert [speaker for speaker, _ in said(believed)] == ["I", "R", "Loredana", "I", "R"]
    assert believed.problems == ()


def test_much_text_before_the_first_speaker_is_said_aloud() -> None:
    (problem,) = read("Premessa lunga. " * 100 + "\n\nI: Come va?\n\nR: Bene.").problems
    assert "circa 200 parole" in problem.say("it") or "circa 201 parole" in problem.say("it")


def test_the_sheet_of_an_interview_becomes_notes() -> None:
    text = next(text for case, text, _ in CASES if case == "meta")
    assert read(text).notes[-2:] == ("Intervistatrice: Anna Bianchi", "Intervistato: Mario Rossi")


TALK = [
    ("Anna", "Torino, come va?"),
    ("Piero", "Dunque: bene, direi."),
    ("Anna", "E poi?"),
    ("Piero", "Basta. Una cosa: i soldi."),
    ("Anna", "Altro?"),
    ("Piero", "No."),
]


@pytest.mark.parametrize("known", [(), ("Anna", "Piero")])
def test_a_colon_in_speech_does_not_decide_between_bold_labels(known: tuple[str, ...]) -> None:
    assert said(transcript_of(bold_names(TALK), "a.docx", known)) == TALK
    assert said(read("\n\n".join(f"**{speaker}** {text}" for speaker, text in TALK), *known)) == TALK


@pytest.mark.parametrize("sign", ["\t", "   ", ". ", ") ", " - "])
def test_a_colon_in_speech_does_not_decide_between_other_labels(sign: str) -> None:
    talk = [({"Anna": "D", "Piero": "R"}[speaker], text) for speaker, text in TALK]
    text = "\n\n".join(f"{speaker}{sign}{words}" for speaker, words in talk)
    assert said(read(f"Intervista 3\n\n{text}\n\nPiero Rossi: lui.")) == [*talk[:-1], ("R", "No. Piero Rossi: lui.")]


@pytest.mark.parametrize(
    "text",
    [
        "— Come va?\n— Bene.\n— E poi?\n— Mah.\nTorino: la mia città.\n— Altro?\n— No.",
        "1. Come va?\nBene.\n2. E poi?\nMah.\n\nTorino: la mia città.\n\n3. Altro?\nNo.",
        "Come va?\n\nBene.\n\nE poi?\n\nMah.\n\nTorino: la mia città.\n\nAltro?\n\nNo.",
        "**Come va?**\n\nBene.\n\n**E poi?**\n\nMah. Torino: la mia città.\n\n**Altro?**\n\nNo.",
    ],
)
def test_a_colon_in_speech_does_not_hide_questions_and_answers(text: str) -> None:
    transcript = read(text)
    assert said(transcript) == [
        ("Domanda", "Come va?"),
        ("Risposta", "Bene."),
        ("Domanda", "E poi?"),
        ("Risposta", "Mah. Torino: la mia città."),
        ("Domanda", "Altro?"),
        ("Risposta", "No."),
    ]
    assert "supposto" in transcript.problems[0].say("it")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Piero", "Peiro"),
        ("Piero", "Pier"),
        ("Intervistatrice", "Intervistrice"),
        ("Sindaca", "Sindca"),
        ("Carla Verdi", "Carla Vedri"),
    ],
)
@pytest.mark.parametrize("typed", ["{}: {}", "**{}** {}", "**{}:** {}", "[00:01:00] {}: {}", "{}\t{}"])
def test_a_label_misspelt_once_is_a_turn_and_the_likely_speaker_is_named(right: str, wrong: str, typed: str) -> None:
    turns = [("Moderatore", Q), (right, A), ("Moderatore", Q), (wrong, "Si vedrà."), ("Moderatore", Q), (right, A)]
    transcript = read("\n\n".join(typed.format(*turn) for turn in turns))
    assert said(transcript) == turns
    (problem,) = transcript.problems
    assert problem.severity == "warning"
    assert f"riga 7: `{wrong}`" in problem.say("it") and f"perhaps it is `{right}`" in problem.say("en")


def test_a_label_that_the_study_names_is_no_slip() -> None:
    turns = [("I", Q), ("Piero", A), ("I", Q), ("Peiro", A), ("I", Q), ("Piero", A)]
    text = "\n\n".join(f"{speaker}: {words}" for speaker, words in turns)
    transcript = transcript_of(text.encode(), "transcripts/a.txt", ["PEIRO"])
    assert said(transcript) == turns
    assert transcript.problems == ()


@pytest.mark.parametrize(
    "turns",
    [
        [("I", Q), ("Carla", A), ("I", Q), ("Carlo Neri", A), ("I", Q), ("Carla", A)],
        [("Intervistata 1", A), ("I", Q), ("Intervistata 2", A), ("I", Q), ("Intervistata 1", A)],
        [("Intervistato", A), ("I", Q), ("Intervistata", A), ("I", Q), ("Intervistato", A)],
        [("TOI002", A), ("I", Q), ("TOR002", A), ("I", Q), ("TOI002", A)],
    ],
)
def test_speakers_of_like_names_are_not_taken_for_slips(turns: Turns) -> None:
    transcript = read("\n\n".join(f"{speaker}: {text}" for speaker, text in turns))
    assert said(transcript) == turns
    assert transcript.problems == ()


def test_two_chance_colons_do_not_hide_bold_questions() -> None:
    text = "**Come va?**\n\nBene.\n\n**Lavoro da remoto: che ne pensa?**\n\nTorino: bella.\n\n**Altro?**\n\nNo."
    assert [speaker for speaker, _ in said(read(text))] == ["Domanda", "Risposta"] * 3


@pytest.mark.parametrize("sign", [".", ";", " ."])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_another_sign_than_the_colon_of_all_other_labels_is_told(sign: str, between: str) -> None:
    turns = [("Anna", Q), ("Pietro", A), ("Anna", "E poi?"), ("Pietro", "Mah."), ("Anna", Q), ("Pietro", "Non saprei.")]
    lines = [f"{speaker}{sign if text == 'Mah.' else ':'} {text}" for speaker, text in turns]
    transcript = read(between.join(lines))
    assert said(transcript) == turns
    (problem,) = transcript.problems
    assert problem.severity == "warning" and f"`Pietro{sign.strip()}` apre un turno" in problem.say("it")


def test_a_name_that_begins_a_sentence_is_no_label_where_answers_have_several_paragraphs() -> None:
    text = f"Anna: {Q}\n\nPietro: {A}\n\nUn paragrafo.\n\nUn altro.\n\nAnna. Ecco chi.\n\nAnna: {Q}\n\nPietro: {A}"
    assert [speaker for speaker, _ in said(read(text))] == ["Anna", "Pietro", "Anna", "Pietro"]


@pytest.mark.parametrize(
    ("asks", "answers"), [("Anna", "Lo Presti"), ("La Rosa", "Li Volsi"), ("Lia", "Lo Bianco Ugo")]
)
@pytest.mark.parametrize("typed", ["{}: {}", "{}   0:03\n{}"])
def test_surnames_that_begin_with_an_article(asks: str, answers: str, typed: str) -> None:
    turns = two(asks, answers) * 3
    assert said(read("\n\n".join(typed.format(*turn) for turn in turns))) == turns


@pytest.mark.parametrize(
    ("asks", "answers"),
    [("Casa Verdi (sala 1)", "Casa Verdi (sala 2)"), ("Anna Bianchi (Ext)", "Anna Bianchi (Comune)")],
)
@pytest.mark.parametrize("typed", ["{}: {}", "{}   0:03\n{}"])
def test_speakers_whom_only_brackets_tell_apart(asks: str, answers: str, typed: str) -> None:
    turns = two(asks, answers) * 2
    assert said(read("\n\n".join(typed.format(*turn) for turn in turns))) == turns


def test_how_something_is_said_is_no_part_of_the_name() -> None:
    text = f"Anna (ridendo): {Q}\nCarla (piano): {A}\nAnna (ridendo): {Q}\nCarla (piano): {A}\nCarla: Sì.\nAnna: No."
    assert [speaker for speaker, _ in said(read(text))] == ["Anna", "Carla", "Anna", "Carla", "Anna"]


def test_a_colon_typed_twice() -> None:
    assert said(read(f"Anna: {Q}\nPietro:: {A}\nAnna:: {Q}\nPietro: {A}")) == two("Anna", "Pietro") * 2
