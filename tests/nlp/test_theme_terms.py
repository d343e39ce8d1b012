import pandas as pd
import pytest

from corpus.records import Theme
from nlp.annotation import annotate
from nlp.italian import load_pipeline
from nlp.italian.loading import MODEL
from nlp.themes.term_matching import TokenIndex, match_terms, plain_tokens
from nlp.themes.term_patterns import keys_of, parse_terms


def found(text: str, *terms: str, without: tuple[str, ...] = ()) -> list[str]:
    """The words of `text` that the terms of one theme match, found on bare words, without any pipeline's lemmas."""
    theme = Theme("t", "T", include_terms=terms, exclude_terms=without)
    matches = match_terms(TokenIndex(plain_tokens([text])), parse_terms([theme]))
    return [text[row.start : row.end] for row in matches.itertuples()]


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("Gli impiegati comunali sono pochi.", "impiegato comunale", "impiegati comunali"),
        ("Hanno assunto due ragazze.", "assumere", "assunto"),
        ("Volevamo assumerne uno, ma niente.", "assumere", "assumerne"),
        ("Bisogna darglielo subito.", "dare", "darglielo"),
        ("Parlandone con i colleghi è uscito fuori.", "parlare", "Parlandone"),
        ("L'unione dei comuni non funziona.", "unione di comuni", "unione dei comuni"),
        ("C'è l’ufficio tecnico vuoto.", "ufficio tecnico", "ufficio tecnico"),
        ("Abbiamo i fondi del pnrr e basta.", "PNRR", "pnrr"),
        ("Lo sportello SUE chiude alle dodici.", "SUE", "SUE"),
        ("Il personale manca.", "il personale", "personale"),
    ],
)
def test_a_term_is_found_as_people_say_it(text, term, words):
    assert found(text, term) == [words]


@pytest.mark.parametrize("term", ["mancare persone", "mancano le persone"])
def test_words_may_stand_between_those_of_a_term(term):
    assert found("Mancano, diciamo, le persone.", term) == ["Mancano, diciamo, le persone"]


def test_a_verb_may_stand_on_either_side():
    assert found("Le persone mancano dappertutto.", "mancare persone") == ["persone mancano"]


@pytest.mark.parametrize(
    "text",
    [
        "Mancano soldi e tempo e voglia e anche le persone.",  # too far
        "Manca il personale. Le persone anziane sì.",  # two sentences
        "Le sue cose.",  # no word of it
    ],
)
def test_what_is_no_occurrence_is_not_found(text):
    assert found(text, "mancano le persone", "SUE") == []


def test_the_order_of_a_noun_phrase_counts():
    assert found("Il tecnico è in ufficio.", "ufficio tecnico") == []


def test_an_exclusion_term_bars_its_own_words_only():
    text = "C'era il concorso di pittura, poi il concorso pubblico."
    assert found(text, "concorso", without=("concorso di pittura",)) == ["concorso"]
    matches = match_terms(
        TokenIndex(plain_tokens([text])),
        parse_terms([Theme("t", "T", include_terms=("concorso",), exclude_terms=("concorso di pittura",))]),
    )
    assert matches["start"].to_list() == [text.rindex("concorso")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In fondo alla strada c'è il comune.", []),
        ("Abbiamo chiesto un fondo alla Regione.", ["fondo"]),
        ("I soldi stanno nel fondo di solidarietà.", ["fondo"]),
        ("In questi anni il fondo è calato.", ["fondo"]),
    ],
)
def test_an_exclusion_term_with_a_preposition_bars_the_phrase_not_the_noun(text, words):
    assert found(text, "fondo", without=("in fondo",)) == words


def test_an_exclusion_term_of_one_theme_leaves_another_alone():
    themes = [
        Theme("a", "A", include_terms=("concorso",), exclude_terms=("concorso di pittura",)),
        Theme("b", "B", include_terms=("pittura", "concorso")),
    ]
    matches = match_terms(TokenIndex(plain_tokens(["Il concorso di pittura."])), parse_terms(themes))
    assert matches[["theme", "term"]].to_numpy().tolist() == [[1, "concorso"], [1, "pittura"]]


def test_a_preposition_alone_is_a_term_of_its_own():
    assert found("Abito qui dal duemila.", "dal") == ["dal"]


def test_no_terms_and_no_words_match_nothing():
    assert match_terms(TokenIndex(plain_tokens(["Ciao."])), parse_terms([Theme("t", "T")])).empty
    assert match_terms(TokenIndex(plain_tokens([])), parse_terms([Theme("t", "T", include_terms=("ciao",))])).empty


def test_clitics_are_taken_off_infinitives_and_gerunds():
    assert "portare" in keys_of("portarcelo")
    assert "vedere" in keys_of("vedendoli")


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("Abbiamo preso i fondi del P.N.R.R. e basta.", "PNRR", "P.N.R.R."),
        ("Ci siamo associati con i vicini.", "associarsi", "associati"),
        ("Non ce la facciamo, ne assumeremmo due.", "assumere", "assumeremmo"),
    ],
)
def test_the_pipelines_tokens_and_lemmas_serve_too(text, term, words):
    if not (MODEL / "meta.json").is_file():
        pytest.skip("the bundled model is not in this checkout")
    tokens, _ = annotate(pd.DataFrame({"segment": ["S01:0001"], "text": [text]}), load_pipeline())
    matches = match_terms(TokenIndex(tokens), parse_terms([Theme("t", "T", include_terms=(term,))]))
    assert [text[row.start : row.end] for row in matches.itertuples()] == [words]
