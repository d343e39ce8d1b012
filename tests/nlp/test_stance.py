import numpy as np
import pandas as pd
import pytest

from corpus.records import Theme
from corpus.words.stances import STANCES
from nlp.embeddings import embed_texts, load_encoder
from nlp.themes.network import Passages, load_network
from nlp.themes.stance import ENOUGH, judge_stance, shift_to

WASTE = Theme("rifiuti", "Rifiuti", definition="Raccolta e smaltimento dei rifiuti", include_terms=("raccolta",))
SAID = {
    "La raccolta dei rifiuti da noi funziona benissimo, siamo tutti molto contenti.": "advantage",
    "Il problema dei rifiuti è che li abbandonano nei boschi, è una vergogna e non ce la facciamo.": "problem",
    "i rifiuti allora li portavamo con il carretto fino al fosso dietro la chiesa": "neutral",
}


def _odds(stance, lead=1.0):
    return np.where(np.array(STANCES) == stance, lead, 0.0)


def test_clear_sentences_get_their_stance():
    encoder = load_encoder()
    passages = Passages(list(SAID), [""] * len(SAID), embed_texts(list(SAID), encoder))
    read = load_network().read(passages, [WASTE], encoder)
    judged = judge_stance(read.stance[:, 0], pd.Series([""] * len(SAID)))
    assert dict(zip(SAID, judged, strict=True)) == SAID


def test_a_persons_stance_wins_and_keeps_its_row():
    odds = np.stack([_odds("problem"), _odds("neutral")])
    judged = judge_stance(odds, pd.Series(["proposal", ""], index=[7, 3]))
    assert judged.to_dict() == {7: "proposal", 3: "neutral"}


def test_people_who_see_problems_where_the_network_is_neutral_move_the_cut():
    odds = np.tile(_odds("neutral", 0.5), (ENOUGH + 1, 1))
    told = pd.Series([*["problem"] * ENOUGH, ""])
    assert judge_stance(odds, told).iloc[-1] == "problem"
    assert judge_stance(odds[1:], told.iloc[1:]).iloc[-1] == "neutral"  # one person's stance too few


def test_few_stances_shift_little():
    odds = np.zeros((1, len(STANCES)))
    assert np.abs(shift_to(odds, np.array([0]))).max() < 0.3
    assert shift_to(np.zeros((400, len(STANCES))), np.zeros(400, dtype=int)).argmax() == 0


def test_no_codings_no_stance():
    assert judge_stance(np.empty((0, len(STANCES))), pd.Series([], dtype="str")).empty


@pytest.mark.parametrize("stance", STANCES)
def test_the_likeliest_stance_is_given(stance):
    assert judge_stance(_odds(stance)[None], pd.Series([""])).tolist() == [stance]
