"""TextGrids as Praat writes them: letters beyond ASCII spelled with a backslash, both text formats, UTF-16."""

import pytest

from corpus.transcripts import transcript_of
from corpus.transcripts.praat_letters import spell_out
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
