import pandas as pd
import pytest

from nlp.language_id import identify_languages

SENTENCES = {
    "it": "Il sindaco di Borgo Lanza ha lo SPID e la PEC ma non il software dei tributi",
    "en": "I mean we really need more people in the office because nobody answers the phone",
    "fr": "je pense que la commune n'a pas assez de personnel pour faire tout ce travail",
    "es": "yo creo que el ayuntamiento no tiene suficiente gente para hacer todo ese trabajo",
    "de": "wir haben in der Gemeinde nicht genug Leute für die ganze Arbeit",
    "ro": "eu cred că primăria nu are destui oameni pentru toată munca asta",
}
DIALECTS = [
    "el me diseva semper che chì gh'è minga nissun che voeur laurà in cumun",
    "iu nun sacciu comu si chiama stu carusu ma arrivau aieri matina cu so patri",
    "jamme ja ca nun tengo tiempo 'e sta' cca a sentì sti fesserie toje",
]


def languages(*texts: str, turns: list[int] | None = None) -> list[str]:
    numbers = turns or list(range(len(texts)))
    segments = pd.DataFrame(
        {"segment": [f"S01:{number:04d}" for number in range(len(texts))], "transcript": "S01", "turn": numbers}
    ).assign(text=list(texts))
    return identify_languages(segments)["language"].to_list()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_known_by_its_language(language):
    assert languages(SENTENCES[language]) == [language]


@pytest.mark.parametrize("sentence", DIALECTS)
def test_dialects_are_not_taken_for_italian(sentence):
    assert languages(sentence) == ["?"]


def test_short_answers_towns_and_numbers_stay_italian():
    said = ["sì", "mh mh mh mh mh mh", "okay okay okay wow", "torino milano brescia bergamo cremona varese", "", "😀"]
    said.append("millenovecentoquarantadue duecentotrenta quarantasei cinquantadue sessantatré settantuno")
    assert languages(*said) == ["it"] * len(said)


def test_a_short_segment_follows_its_turn():
    assert languages(SENTENCES["en"], "the phone you know", turns=[1, 1]) == ["en", "en"]


def test_capitals_do_not_hide_italian():
    assert languages(SENTENCES["it"].upper()) == ["it"]
