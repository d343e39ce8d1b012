"""What is no speech is mended or told, whatever the format and layout; what is speech is neither."""

from collections import Counter

import pytest
from fpdf.errors import FPDFException

from corpus.errors import Problem, StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.layouts import LAYOUTS
from tests.corpus.transcripts.oddities import CLEAN, FRESH, HELD_OUT, LAST, TUNED, Oddity, Turns


def read(layout: str, turns: Turns) -> Transcript:
    ending, write = LAYOUTS[layout]
    written = write(turns)
    return transcript_of(written.encode() if isinstance(written, str) else written, f"a{ending}")


def words_of(transcript: Transcript) -> str:
    return " ".join(" ".join(turn.text for turn in transcript.turns).split())


CLEAN_WORDS = " ".join(text for _, text in CLEAN)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clean_interview_gives_no_warning(layout: str) -> None:
    transcript = read(layout, CLEAN)
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == CLEAN
    assert transcript.problems == ()


def outcome(layout: str, oddity: Oddity) -> str:
    """`mended`, `told`, `silent`, or `lost` when words of the clean interview are missing."""
    planted = oddity.planting.plant(CLEAN)
    try:
        transcript = read(layout, planted)
    except StudyError:
        return "told"
    words = words_of(transcript)
    if oddity.kind != "repetition" and _lost(words, planted):
        return "lost"
    if transcript.problems:
        return "told"
    trace = oddity.planting.trace
    left = words.count(trace) > CLEAN_WORDS.count(trace) if trace else words != CLEAN_WORDS
    return "silent" if left else "mended"


def _lost(words: str, planted: Turns) -> bool:
    """Whether clean words, but for those that the oddity changes, are missing or in another order."""
    unchanged = set(" ".join(text for _, text in planted).split())
    left = iter(words.split())
    return any(word not in left for word in CLEAN_WORDS.split() if word in unchanged)


def measure(oddities: list[Oddity], every: int = 1) -> Counter[str]:
    """How many oddities have each outcome, each planted in one of `every` layouts, in all of them in turn."""
    outcomes: Counter[str] = Counter()
    for number, oddity in enumerate(oddities):
        for layout in list(LAYOUTS)[number % every :: every]:
            try:
                outcomes[outcome(layout, oddity)] += 1
            except (FPDFException, ValueError):  # a sign that this format's program cannot write
                continue
    return outcomes


@pytest.mark.parametrize(
    ("oddities", "share"),
    [(TUNED, 0.95), (HELD_OUT, 0.95), (FRESH, 0.95), (LAST, 0.9)],
    ids=["tuned", "held out", "fresh", "last"],
)
def test_what_is_left_over_is_mended_or_told(oddities: list[Oddity], share: float) -> None:
    outcomes = measure(oddities, every=12)
    assert outcomes["mended"] + outcomes["told"] >= share * outcomes.total(), outcomes


def warnings(text: str, ending: str = ".txt") -> list[Problem]:
    return list(transcript_of(text.encode(), f"a{ending}").problems)


def test_one_warning_a_kind_says_how_often_and_where() -> None:
    (problem,) = warnings("I: Come va?\nR: Bene, 00:12:45 direi.\nI: Ah.\nR: Poi 00:13:01 si vede. 00:13:09")
    assert (problem.severity, problem.row) == ("warning", 2)
    assert problem.say("it").startswith("a.txt, riga 2: 2 volte (righe 2, 4): ")
    assert problem.say("en").startswith("a.txt, row 2: 2 times (lines 2, 4): ")
    assert problem.quote == "«00:12:45», «00:13:01»"


CUES = "1\n00:00:01,000 --> 00:00:02,000\nI: Come va?\n\n2\n01:02:03,000 --> 01:02:05,000\nR: Bene {sign} direi\n"


def test_cues_are_told_by_their_line_or_else_their_time() -> None:
    (problem,) = warnings(CUES.format(sign="{y:i}"), ".srt")
    assert problem.say("it").startswith("a.srt, riga 7: 1 volta: ")
    (problem,) = warnings(CUES.format(sign="<i>{y:i}</i>"), ".srt")
    assert problem.say("it").startswith("a.srt: 1 volta (a 01:02:03): ")
    assert problem.row is None


def test_words_of_the_interview_stand_in_the_quote_alone() -> None:
    for problem in warnings("I: Come va?\nR: Bene.\nLoredana: posso entrare?\nR: La casa è bella davvero. " * 3):
        for language in ("it", "en"):
            assert not {"Loredana", "casa", "posso"} & set(problem.say(language).split())


SPEECH = [
    "Alle 10:30 arrivo, alle 9.15 apro, dalle 9 alle 12.",
    "10:30 apro il municipio.",
    "Il rapporto è 3:1, Matteo 5:3, e costa 2,50 euro.",
    "Sì, sì, sì, sì, sì. No no no no. Mh mh mh mh.",
    "Voto: sei e mezzo.",
    "Le dico: no. E io: va bene. Il problema: i soldi.",
    "Il sito è www.comune.it, la mail è a@b.it.",
    "(ride) Non lo so [pausa] davvero.",
    "Eravamo in 4 su 12, 3/4 dei casi, nel 2020.",
    "Ragazz* e ragazz@, [NOME_CITTÀ], @nomeluogo, diec~ dieci, e/o, 100%, 20°, #iorestoacasa.",
    "Il 5% [indica la mappa] (ride) d'accordo, n. 3, 2° piano, A4, l'80% dell’IMU.",
    "La riunione è iniziata tardi, poi hanno fatto la registrazione.",
]


@pytest.mark.parametrize("said", SPEECH)
def test_speech_is_not_told(said: str) -> None:
    assert warnings(f"I: Come va?\nR: {said}\nI: Ah.\nR: Sì. {said}") == []


@pytest.mark.parametrize("sign", ["{", "}", "|", "<", ">", "^", "=", "_", "\\", "□", "\ue000", "\ufffd", "👍"])
def test_signs_that_speech_is_not_written_with_are_told(sign: str) -> None:
    (problem,) = warnings(f"I: Come va?\nR: Bene {sign} direi, e non c'è male.\nI: Ah.\nR: Sì.")
    assert "programma" in problem.say("it") and problem.row == 2


def test_a_line_that_is_no_sentence_is_told_where_all_others_are() -> None:
    turn = "I: Come va?\n\nR: Bene.\nDirei così.\n{}Poi si vede.\n\n"
    (problem,) = warnings((turn.format("") * 3 + turn.format("Stralcio dal quaderno\n")) * 2)
    assert (problem.row, problem.say("it").split(": ")[1]) == (23, "2 volte (righe 23, 48)")
    wrapped = "".join(
        f"I: Come va?\n\nR: Bene.\nDirei così, che di {day}\nnon si vede. Poi Mario.\nBasta.\n\n"
        for day in ("sabato", "domenica", "giugno")
    )
    assert not warnings(wrapped)


def test_a_long_answer_with_questions_of_its_own_is_told_when_it_swallows_the_interview() -> None:
    lines = [f"E questa è la cosa numero {'i' * number}{'?' if number % 3 == 0 else '.'}" for number in range(1, 40)]
    (problem,) = warnings("I: Comincio.\nR: Bene.\n\n" + "\n\n".join(lines))
    assert "quasi tutta l'intervista" in problem.say("it")


if __name__ == "__main__":  # the figures of docs/transcripts.md
    for oddities in (TUNED, HELD_OUT, FRESH, LAST):
        print(len(oddities), len(LAYOUTS), measure(oddities))


@pytest.mark.parametrize("said", ["Perch? non si pu? dire.", "Lo so gi? da ieri.", "La comunit? si ? spenta."])
def test_accents_that_became_question_marks_are_told(said: str) -> None:
    assert [each for each in warnings(f"I: Come va?\nR: {said}\nI: Grazie.") if "segni o righe" in each.say("it")]


def test_a_label_without_its_colon_is_told() -> None:
    (problem,) = warnings("Anna: Come va?\nPietro: Bene.\nAnna: E poi?\nPietro Non saprei.\nAnna: Altro?\nPietro: No.")
    assert problem.row == 4 and problem.quote == "«Pietro»"


def test_a_letter_that_a_scan_took_for_another_is_told() -> None:
    (problem,) = warnings("I: Come va?\nR: Bene.\nl: E poi?\nR: Non saprei.\nI: Altro?\nR: No.")
    assert problem.row == 3
