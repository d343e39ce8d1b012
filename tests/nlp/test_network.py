"""What the network says of a passage: the same whatever else is read."""

import numpy as np
import pytest

from corpus.records import Theme
from corpus.store import Store
from flows.analysis import KeptNetwork
from flows.host import PlainHost
from flows.progress import Progress
from nlp.embeddings import embed_texts, load_encoder
from nlp.themes.network import (
    BEFORE,
    PASSAGE,
    TALK,
    PassageReading,
    Passages,
    alone,
    code_text,
    in_context,
    load_network,
)
from tests.nlp.test_theme_coding import THEMES, Letters

PASSAGES = (
    "Abbiamo fatto il concorso per un istruttore e non si è presentato nessuno.",
    "sì ecco però è così… perché l'umido lo ritirano il martedì mattina",
    "La domenica c'è la festa del paese con la banda.",
)


def _read(passages=PASSAGES, before=None, themes=THEMES, encoder=None, network=None):
    encoder = encoder or load_encoder()
    before = before or [""] * len(passages)
    network = network or load_network()
    return network.read(Passages(passages, before, embed_texts(list(passages), encoder)), themes, encoder)


@pytest.fixture(scope="module")
def reading():
    return _read()


def test_a_passage_is_read_as_if_it_were_alone(reading):
    for row, passage in enumerate(PASSAGES):
        alone = _read([passage])
        for name in ("relevance", "stance", "vectors"):
            np.testing.assert_array_equal(getattr(alone, name)[0], getattr(reading, name)[row])


def test_the_theme_that_is_spoken_of_is_the_likeliest(reading):
    codes = [theme.code for theme in THEMES]
    assert [codes[place] for place in reading.relevance[:2].argmax(axis=1)] == ["personale", "rifiuti"]
    assert (reading.relevance[2] < 0).all()  # a feast is none of them


def test_scores_are_rounded_so_that_last_digits_decide_nothing(reading):
    np.testing.assert_array_equal(reading.relevance, reading.relevance.round(2))
    np.testing.assert_array_equal(reading.stance, reading.stance.round(2))


def test_a_passage_is_read_after_what_was_said_before_it():
    rifiuti = [theme.code for theme in THEMES].index("rifiuti")
    long = "La fanno bene, e se lo chiede in giro le diranno la stessa cosa tutti quanti. " * 2
    for answer in ("La fanno bene.", long):
        talk = ("", "Come va con la raccolta dei rifiuti?")
        bare, asked = (_read([answer], [before]).relevance[0, rifiuti] for before in talk)
        assert asked > bare


def test_of_long_talk_before_a_passage_the_last_words_count():
    talk = "Come va con la raccolta dei rifiuti? Non ci si può lamentare, passano due volte e portano via ogni cosa."
    one, other = (_read(["La fanno bene."], [f"{start} {talk * 2}"]).relevance for start in ("Buongiorno.", "Ecco."))
    np.testing.assert_array_equal(one, other)


def test_pieces_of_the_talk_before_are_marked_as_such():
    assert in_context([7, 8], []) == alone([7, 8], PASSAGE) == ([2, 7, 8, 3], [PASSAGE] * 4)
    pieces = in_context([7] * 50, range(100, 200))
    assert pieces.ids == [2, *range(200 - BEFORE, 200), 3, *[7] * 50, 3]
    assert pieces.kinds == [TALK] * (BEFORE + 2) + [PASSAGE] * 51
    assert in_context([7, 8], range(100, 200)).ids == [2, 198, 199, 3, 7, 8, 3]
    assert in_context([7], [5, 6], 0) == in_context([7], [])


def test_a_very_long_passage_is_read_in_parts_and_the_best_counts():
    talk = " ".join(["La domenica c'è la festa del paese con la banda."] * 30)
    personale = [theme.code for theme in THEMES].index("personale")
    before, after = (_read([text]).relevance[0, personale] for text in (talk, f"{talk} {PASSAGES[0]}"))
    assert before + 1 < after


def test_a_passage_without_letters_and_one_theme_are_read():
    read = _read(["...", ""], themes=THEMES[:1])
    assert np.isfinite(read.relevance).all() and read.relevance.shape == (2, 1)


def test_another_encoder_tells_it_nothing():
    letters = _read(encoder=Letters())
    assert np.isfinite(letters.relevance).all()


def test_a_theme_is_read_with_all_that_the_codebook_says_of_it():
    theme = Theme(
        "x", "Mensa", parent="y", definition="I pasti.", use_when="Si parla di pranzo", include_terms=("a", "b")
    )
    assert code_text(theme, "Scuola") == "Scuola, Mensa. I pasti. Si parla di pranzo a, b"
    assert code_text(Theme("x", "Mensa")) == "Mensa."


class CountingNetwork:
    fingerprint = "counts"

    def __init__(self):
        self.asked = 0

    def read(self, *asked):
        self.asked += 1
        return load_network().read(*asked)


def test_what_was_read_is_kept_and_no_text_with_it(tmp_path, reading):
    network = CountingNetwork()
    kept = KeptNetwork(network, Store(tmp_path), PlainHost())
    for _ in range(2):
        again = _read(network=kept)
        for name in ("relevance", "stance", "vectors"):
            np.testing.assert_array_equal(getattr(again, name), getattr(reading, name))
    assert network.asked == 1
    assert isinstance(again, PassageReading)
    assert not any(b"concorso" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    _read(PASSAGES[:2], network=kept)
    assert network.asked == 2


def test_the_host_hears_of_every_passage_read_or_kept(tmp_path):
    class Counted(Progress):
        passages = 0

        def advance(self, segments):
            self.passages += segments

    progress = Counted()
    kept = KeptNetwork(CountingNetwork(), Store(tmp_path), PlainHost(progress))
    for _ in range(2):
        _read(network=kept)
    assert progress.passages == 2 * len(PASSAGES)
