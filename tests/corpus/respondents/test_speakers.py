"""Who asks and who answers, and which respondent a speaker is."""

import pandas as pd
import pytest

from corpus.records import Transcript
from corpus.respondents.speakers import answering_speakers, build_turns
from corpus.settings import Settings, parse_settings
from corpus.transcripts import transcript_of
from corpus.words.roles import role_of_label


def interview(id: str, *turns: str) -> Transcript:
    text = "\n\n".join(turns)
    return transcript_of(text.encode(), f"transcripts/{id}.txt")


def people(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["respondent", "transcript", "speaker"], dtype="str")
    frame.index = pd.Index(range(2, len(rows) + 2), name="row")
    return frame


def settings(**speakers: list[str]) -> Settings:
    return parse_settings({"study": {"title": "prova"}, "speakers": speakers})


def roles(turns: pd.DataFrame) -> dict[str, tuple[str, str]]:
    return {speaker: (role, person) for speaker, role, person in turns[["speaker", "role", "respondent"]].to_numpy()}


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("INTERVISTATRICE", "interviewer"),
        ("Int.", "interviewer"),
        ("I", "interviewer"),
        ("D", "interviewer"),
        ("Moderatore 2", "interviewer"),
        ("Sindaca", "respondent"),
        ("Sindaco di Soave", "respondent"),
        ("R1", "respondent"),
        ("Mario Rossi", None),
        ("???", None),
    ],
)
def test_vocabulary(label: str, role: str | None) -> None:
    assert role_of_label(label) == role


def test_study_lists_come_before_the_vocabulary_and_know_patterns() -> None:
    talk = interview("P1", "TOR001: Come va?", "TOI001: Bene.", "Sindaco: Permesso.", "???: Ehi.", "???: Oh.")
    turns, problems = build_turns([talk], people(("TOI001", "", "")), settings(interviewer=["tor*"], other=["Sindaco"]))
    assert roles(turns) == {
        "TOR001": ("interviewer", ""),
        "TOI001": ("respondent", "TOI001"),
        "Sindaco": ("other", ""),
        "???": ("other", ""),
    }
    assert problems == ()


def test_the_only_respondent_of_the_transcript() -> None:
    talk = interview("S1", "I: Come va?", "R: Bene.")
    for row in [("M7", "S1", ""), ("S1", "", "")]:
        turns, problems = build_turns([talk], people(row), settings())
        assert roles(turns) == {"I": ("interviewer", ""), "R": ("respondent", row[0])}
        assert problems == ()


def test_two_people_in_one_interview_by_their_speaker_column() -> None:
    talk = interview("S1", "I: Come va?", "Bianchi: Bene.", "I: E lei?", "Verdi: Male.")
    turns, problems = build_turns([talk], people(("M1", "S1", "Verdi"), ("M2", "S1", "Bianchi")), settings())
    assert roles(turns)["Verdi"] == ("respondent", "M1")
    assert roles(turns)["Bianchi"] == ("respondent", "M2")
    assert problems == ()


def test_a_guess_is_named_in_a_warning() -> None:
    talk = interview("S1", "Anna: Quanti siete?", "Piero: Siamo in tre.", "Anna: E poi?", "Piero: Poi basta.")
    turns, problems = build_turns([talk], people(("S1", "", "")), settings())
    assert roles(turns) == {"Anna": ("interviewer", ""), "Piero": ("respondent", "S1")}
    assert {problem.severity for problem in problems} == {"warning"}
    assert "`Anna` è stato preso per chi intervista" in problems[0].say("it")
    assert "`Piero` was taken for the one who answers" in problems[1].say("en")


def test_a_focus_group_answers_to_the_one_who_asks() -> None:
    talk = interview(
        "S1", "Moderatrice: Chi comincia?", "Bianchi: Io.", "Verdi: E poi io.", "Bianchi: Ecco.", "Verdi: Sì."
    )
    turns, problems = build_turns([talk], people(("M1", "S1", "Verdi"), ("M2", "S1", "Bianchi")), settings())
    assert problems == ()
    turns, problems = build_turns([talk], people(("S1", "", "")), settings())
    assert {speaker: role for speaker, (role, _) in roles(turns).items()} == {
        "Moderatrice": "interviewer",
        "Bianchi": "respondent",
        "Verdi": "respondent",
    }
    assert ["supposizione" in problem.say("it") for problem in problems[:2]] == [True, True]


def test_nobody_known_and_one_of_three_asks() -> None:
    turn = ("Anna: Come va?", "Piero: Bene.", "Ugo: Male.")
    turns, problems = build_turns([interview("S1", *turn, *turn)], people(("S1", "", "")), settings())
    assert [role for role, _ in roles(turns).values()] == ["interviewer", "respondent", "respondent"]
    assert [problem.severity for problem in problems[:3]] == ["warning"] * 3


def test_the_sheet_of_the_interview_names_who_asks() -> None:
    sheet = "Data: ieri\nIntervistatrice: dott.ssa Anna Bianchi\nIntervistato: Mario Rossi (sindaco)\nDurata: 40'"
    for asks, answers in [("Anna Bianchi", "Mario Rossi"), ("Bianchi", "Rossi"), ("AB", "MR"), ("A.B.", "M.R.")]:
        talk = interview("S1", sheet, f"{asks}: Siamo qui.", f"{answers}: Sì.", f"{asks}: Ecco.", f"{answers}: Già.")
        turns, problems = build_turns([talk], people(("S1", "", "")), settings())
        assert roles(turns) == {asks: ("interviewer", ""), answers: ("respondent", "S1")}
        assert problems == ()
    talk = interview(
        "S1", "Legenda: A = intervistatrice, B = sindaco", "A: Siamo qui.", "B: Sì.", "A: Ecco.", "B: Già."
    )
    turns, problems = build_turns([talk], people(("S1", "", "")), settings())
    assert [role for role, _ in roles(turns).values()] == ["interviewer", "respondent"] and problems == ()


def test_no_guess_when_nothing_tells_them_apart() -> None:
    talk = interview("S1", "Anna: Siamo qui.", "Piero: Siamo qui.", "Anna: Già.", "Piero: Già.")
    turns, problems = build_turns([talk], people(("S1", "", "")), settings())
    assert set(turns["role"]) == {"other"}
    assert [problem.severity for problem in problems] == ["error"] * 4  # two unknown, empty interview, no interview


def test_faults_between_interviews_and_respondents() -> None:
    talks = [
        interview("A", "I: Come va?", "R: Bene."),
        interview("B", "I: Come va?", "I: Non risponde."),
        interview("C", "I: Come va?", "R: Bene.", "Zia: Permesso.", "Zia: Scusate."),
    ]
    turns, problems = build_turns(talks, people(("C", "", ""), ("D", "", "")), settings())
    assert turns["transcript"].unique().tolist() == ["A", "B", "C"]
    said = [problem.say("it") for problem in problems]
    assert said[0].startswith("transcripts/A.txt: l'intervista non ha un rispondente")
    assert said[1].startswith("transcripts/B.txt: l'intervista è vuota")
    assert said[2].startswith("transcripts/C.txt: parlante sconosciuto `Zia`")
    assert said[3].startswith("respondents.csv, riga 3, colonna transcript: il rispondente `D` non ha un'intervista")
    assert len(said) == 4 and all(problem.say("en") for problem in problems)


def test_no_transcripts_at_all() -> None:
    turns, problems = build_turns([], people(("D", "", "")), settings())
    assert turns.empty and len(problems) == 1


def test_a_speaker_misspelt_once_is_not_asked_for_as_another_person() -> None:
    turns = ("I: Come va?", "Rosanna: Bene.", "I: E poi?", "Rosanna: Poi ecco.", "I: Già?", "Rosana: Già.")
    for row, lists in [(("M1", "S1", "Rosanna"), {}), (("Rosanna", "S1", ""), {"respondent": ["Rosana"]})]:
        _, problems = build_turns([interview("S1", *turns)], people(row), settings(**lists))
        assert [problem.severity for problem in problems] == ["error"]
        assert "e è `Rosanna` scritto male correggi il nome nella trascrizione, altrimenti " in problems[0].say("it")
        assert "f it is `Rosanna` misspelt mend the name in the transcript, else " in problems[0].say("en")


@pytest.mark.parametrize(
    ("turns", "answering"),
    [
        (("Moderatrice: Chi comincia?", "ADA: Io.", "UGO: Io.", "ADA: Ecco.", "UGO: Già."), ("ADA", "UGO")),
        (("I: Come va?", "R1: Bene.", "R2: Male."), ("R1", "R2")),
        (("I: Come va?", "Rosanna: Bene.", "I: E poi?", "Rosanna: Poi.", "I: Già?", "Rosana: Già."), ("Rosanna",)),
        (("I: Come va?", "Carla: Bene.", "Carla: Ecco.", "Carlo: Male."), ("Carla", "Carlo")),
        (("I: Come va?", "I: Nessuno?"), ()),
    ],
)
def test_who_answers_in_a_study_without_a_list(turns: tuple[str, ...], answering: tuple[str, ...]) -> None:
    assert answering_speakers([interview("S1", *turns)], settings()) == {"S1": answering}
