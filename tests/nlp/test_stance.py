import pandas as pd
import pytest

from nlp.annotation import annotate
from nlp.embeddings import embed_texts, load_encoder
from nlp.italian import load_pipeline
from nlp.italian.loading import MODEL
from nlp.themes.stance import FEATURES, judge_stance, stance_features

SAID = {
    "La raccolta funziona benissimo, siamo molto contenti e si risparmia.": "advantage",
    "Da quando siamo insieme il servizio è migliorato, è un grande vantaggio.": "advantage",
    "Il problema è che mancano le persone e non ce la facciamo.": "problem",
    "Purtroppo i soldi non bastano mai e gli uffici sono vuoti.": "problem",
    "Bisognerebbe assumere due persone, basterebbe poco.": "proposal",
    "Io farei un ufficio unico per tutti i comuni.": "proposal",
    "Lo gestisce una società esterna, con sede a Brescia.": "neutral",
    "La gestisce una cooperativa esterna, in convenzione.": "neutral",
}


@pytest.fixture(scope="module")
def studied():
    if not (MODEL / "meta.json").is_file():
        pytest.skip("the bundled model is not in this checkout")
    segments = pd.DataFrame({"segment": [f"S:{number:04d}" for number in range(len(SAID))], "text": list(SAID)})
    tokens, _ = annotate(segments, load_pipeline())
    codings = segments.assign(start=0, end=segments["text"].str.len())[["segment", "start", "end"]]
    return codings, tokens, segments, embed_texts(segments["text"], load_encoder()), load_encoder()


def test_clear_sentences_get_their_stance(studied):
    assert dict(zip(SAID, judge_stance(*studied), strict=True)) == SAID


def test_a_persons_stance_wins(studied):
    told = pd.Series(["proposal", *[""] * (len(SAID) - 1)])
    assert judge_stance(*studied, told).to_list() == ["proposal", *list(SAID.values())[1:]]


def test_a_denied_problem_is_no_criticality(studied):
    _, _, _, _, encoder = studied
    segments = pd.DataFrame({"segment": ["S:1", "S:2"], "text": ["Vedo il problema.", "Non vedo il problema."]})
    tokens, _ = annotate(segments, load_pipeline())
    codings = segments.assign(start=0, end=segments["text"].str.len())
    features = stance_features(codings, tokens, segments, embed_texts(segments["text"], encoder), encoder)
    cue = FEATURES.index("cue_problem")
    denied = FEATURES.index("denied")
    assert (features[:, cue] > 0).tolist() == [True, False]
    assert (features[:, denied] > 0).tolist() == [False, True]


def test_no_codings_no_stance(studied):
    codings, *rest = studied
    assert judge_stance(codings.iloc[:0], *rest).empty
