"""TextGrids as Praat writes them: letters beyond ASCII spelled with a backslash, both text formats, UTF-16."""

import pytest

from corpus.transcripts import transcript_of
from corpus.transcripts.praat import spell_out
from tests.corpus.transcripts.test_elan import eaf
from tests.corpus.transcripts.test_formats import said
from tests.corpus.transcripts.writers import textgrid


@pytest.mark.parametrize(
    ("spelled", "letters"),
    [
        (r"perch\e' \e` cos\i`, citt\a`", "perché è così, città"),
        (r"\E` gi\u` e pi\u` \--> no", "È giù e più –> no"),
        ('na\\i"f, \\u"ber, gar\\c,on, ma\\n~ana', "naïf, über, garçon, mañana"),
        (r"Stra\sse, \o/re, c\oeur, \L/\o'd\z'", "Straße, øre, cœur, Łódź"),
        (r"\<<gi\a`\>> \..  cinque \eu", "«già» …  cinque €"),
        (r"\swn \ct \ng \?g", "ən ɔ ŋ ʔ"),
        (r"una \bs e \zz e \  e C:\1", "una \\ e \\zz e \\  e C:\\1"),
    ],
)
def test_a_backslash_spells_a_letter(spelled: str, letters: str) -> None:
    assert spell_out(spelled) == letters


def test_a_long_textgrid_of_an_old_praat() -> None:
    turns = [("I", r"Da quanti anni \e` sindaca?"), ("R", 'Da sei, perch\\e\' ""cos\\i`"" va.')]
    assert said(transcript_of(textgrid(turns).encode("latin-1"), "a.TextGrid")) == [
        ("I", "Da quanti anni è sindaca?"),
        ("R", 'Da sei, perché "così" va.'),
    ]


def test_a_short_textgrid_in_utf16_with_a_speaker_spelled_so() -> None:
    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n2\n<exists>\n2\n'
    text += '"IntervalTier"\n"Niccol\\o`"\n0\n2\n2\n'
    text += '0\n1\n"na\\i""f"\n1\n2\n""\n"IntervalTier"\n"R"\n0\n2\n2\n0\n1\n""\n1\n2\n"è \\e`"\n'
    assert said(transcript_of(text.encode("utf-16"), "a.TextGrid")) == [("Niccolò", "naïf"), ("R", "è è")]


def tiers(**named: list[tuple[int, int, str]]) -> str:
    text = f'"ooTextFile"\n"TextGrid"\n0\n9\n<exists>\n{len(named)}\n'
    for name, labels in named.items():
        text += f'"IntervalTier"\n"{name.replace("_", " - ")}"\n0\n9\n{len(labels)}\n'
        text += "".join(f'{start}\n{end}\n"{label}"\n' for start, end, label in labels)
    return text


WORDS = [(0, 1, "da"), (1, 2, "quanti"), (2, 3, "anni"), (3, 4, "fa"), (4, 5, "la"), (5, 6, "sindaca")]


def test_the_words_and_phones_of_an_aligner_are_said_once() -> None:
    phones = [(number / 2, number / 2 + 0.5, "a") for number in range(12)]
    whole = [(0, 3, "Da quanti anni"), (3, 6, "fa la sindaca?")]
    text = tiers(Anna=whole, Anna_words=WORDS, Anna_phones=phones, Carla=[(6, 8, "Da sei.")])  # type: ignore[arg-type]
    transcript = transcript_of(text.encode(), "a.TextGrid")
    assert said(transcript) == [("Anna", "Da quanti anni fa la sindaca?"), ("Carla", "Da sei.")]
    assert ["suoni" in problem.say() or "ripete le parole" in problem.say() for problem in transcript.problems] == [
        True
    ] * 2


def test_words_of_an_aligner_alone_are_the_speech() -> None:
    text = tiers(Anna_words=WORDS, Anna_phones=[(0, 1, "d")], Carla_words=[(6, 7, "da"), (7, 8, "sei")])
    assert said(transcript_of(text.encode(), "a.TextGrid")) == [
        ("Anna", "da quanti anni fa la sindaca"),
        ("Carla", "da sei"),
    ]


def test_two_who_say_the_same_at_other_times_both_speak() -> None:
    text = tiers(Anna=[(0, 2, "siamo in tre qui")], Carla=[(3, 5, "siamo in tre qui")])
    assert [speaker for speaker, _ in said(transcript_of(text.encode(), "a.TextGrid"))] == ["Anna", "Carla"]


def test_a_tier_of_words_in_elan() -> None:
    words = [(start * 1000, end * 1000, word) for start, end, word in WORDS]
    transcript = transcript_of(
        eaf({'TIER_ID="Anna"': [(0, 6000, "da quanti anni fa la sindaca")], 'TIER_ID="parole"': words}).encode(),
        "a.eaf",
    )
    assert said(transcript) == [("Anna", "da quanti anni fa la sindaca")]
    assert "`parole` ripete le parole di `Anna`" in transcript.problems[0].say()
