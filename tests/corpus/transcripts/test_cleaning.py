"""Transcription signs go, words stay, and every kept character leads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.transcripts.cleaning import clean, is_jefferson


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("ma che co:sa", "ma che cosa"),
        ("e::hm sono:: <dieci=anni a: gennaio>", "ehm sono dieci anni a gennaio"),
        ("sì nei b[ar]", "sì nei bar"),
        ("okay (.) grazie (0.5) a lei", "okay grazie a lei"),
        ("no ((ride)), certo", "no, certo"),
        ("°parlo piano° >e svelto<", "parlo piano e svelto"),
        ("(questa è) una c(io)è domanda", "questa è una cioè domanda"),
        ("conosci xx altre [xxx] lingue", "conosci altre lingue"),
        ("la re~ la parla- lingua", "la re~ la parla- lingua"),
        ("è salita ↑così", "è salita così"),
        ("alle 10:30 su https://comune.it/a=b:c", "alle 10:30 su https://comune.it/a=b:c"),
        ("l'xbo[x] di casa", "l'xbox di casa"),
        ("((ride))", ""),
    ],
)
def test_jefferson_signs(raw: str, words: str) -> None:
    assert clean(raw, jefferson=True)[0] == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Il bilancio (quello vero) è di 1:3, alle 10:30.", "Il bilancio (quello vero) è di 1:3, alle 10:30."),
        ("Guardi (sorride) non saprei: forse.", "Guardi (sorride) non saprei: forse."),
        ("Ho detto [inc.] e poi [ride] basta.", "Ho detto e poi basta."),
        ("Scriva a sindaco@comune.it o www.comune.it/?a=b", "Scriva a sindaco@comune.it o www.comune.it/?a=b"),
        ("una riga\nche va\u00a0a  capo", "una riga che va a capo"),
        ("[00:03:12] Sì. #00:03:20-5# No.", "Sì. No."),
        ("**davvero** sì", "davvero sì"),
        ("l'area [del comune] è x per y", "l'area [del comune] è x per y"),
    ],
)
def test_ordinary_text_keeps_its_punctuation(raw: str, words: str) -> None:
    assert clean(raw, jefferson=False)[0] == words


def test_jefferson_is_told_from_ordinary_text() -> None:
    assert is_jefferson(["e::h m:h lavoro per una ditta: pr~ privata (.) sì nei b[ar]", "[o]kay ((ride))"])
    assert not is_jefferson(["Alle 10:30 (come sempre) ho detto: va bene [ride].", "Il sito è http://a.it/?b=c°."])
    assert not is_jefferson(["Sì ((ride)).", "No ((ride)).", "Boh ((ride))."])


SIGNS = st.text(alphabet=st.sampled_from("abè xX.:=()[]°~-<>#1h*,\n\t \u00a0\u200b?"), max_size=40)


@given(SIGNS | st.text(max_size=40), st.booleans())
def test_every_kept_character_leads_back(raw: str, jefferson: bool) -> None:
    text, pieces = clean(raw, jefferson=jefferson)
    clean_end = source_end = 0
    for at, source, length in pieces:
        assert text[at : at + length] == raw[source : source + length] != ""
        assert text[clean_end:at].strip() == ""
        assert source >= source_end
        clean_end = at + length
        source_end = source + length
    assert clean_end == len(text)
    assert text == " ".join(text.split())
