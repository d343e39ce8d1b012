import numpy as np
import pytest

from corpus.records import Theme
from nlp.embeddings import load_encoder
from nlp.themes.meaning_fields import load_fields, membership, theme_fields
from nlp.themes.theme_profiles import profile_themes

THEMES = (
    Theme("svago", "Tempo libero", definition="Svago, sport, spettacoli", include_terms=("cinema", "sport")),
    Theme("cura", "Salute", definition="Medici, ospedali, cure", include_terms=("medico", "ospedale")),
)


@pytest.fixture(scope="module")
def claims():
    return theme_fields(THEMES, profile_themes(THEMES, load_encoder()), load_encoder())


def test_a_word_that_is_no_term_speaks_for_the_theme_of_its_field(claims):
    spoken = membership(("bocce", "infermiere")) @ claims
    assert spoken.argmax(axis=1).tolist() == [0, 1]


def test_claims_are_shares(claims):
    assert claims.shape == (len(load_fields()), len(THEMES))
    assert 0 <= claims.min() <= claims.max() <= 1


def test_a_word_of_many_fields_counts_less_in_each_and_an_unknown_one_nothing():
    shares = membership(("barella", "piazza", "xyzzy")).toarray()
    assert np.count_nonzero(shares[1]) > np.count_nonzero(shares[0]) >= 1
    assert shares[1].max() < shares[0].max() <= 1
    assert not shares[2].any()


def test_inflected_words_find_their_field():
    assert np.array_equal(membership(("ospedali",)).toarray(), membership(("ospedale",)).toarray())


def test_no_field_is_written_twice():
    names = [name for name, _ in load_fields()]
    assert len(names) == len(set(names)) > 50
    assert all(len(words) > 8 for _, words in load_fields())
