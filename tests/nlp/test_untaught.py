"""What the machine gives where a sample corrects it: it never learned from the interview, wherever people read."""

import pandas as pd

from corpus.records import Theme
from corpus.schemas import Codings, HumanCodings
from nlp.cross_coding import code_untaught
from tests.tiny_study import codings, segments

THEMES = (Theme("personale", "Personale"),)
SAID = segments({person: ["Siamo in tre qui.", "Non basta mai, no."] for person in ("R1", "R2", "R3")})


class Learner:
    """Gives the theme to every segment, as a proposal where people taught it anything of the same interview."""

    def code(self, read: object, people: object, min_score: float) -> pd.DataFrame:
        given = codings([(name, "personale", "neutral") for name in SAID["segment"]], SAID)
        taught = {SAID["transcript"][row] for row in range(len(SAID)) if people.decided[row].any()}
        taught |= set(SAID["transcript"].iloc[people.passages["row"].tolist()])
        of_taught = given["segment"].str[:2].isin(taught)
        return Codings.validate(given.assign(stance=given["stance"].mask(of_taught, "proposal")))


def _by_people(*read: str) -> pd.DataFrame:
    rows = [("personale", person, 0, 17, "Siamo in tre qui.", "problem", "anna") for person in read]
    frame = pd.DataFrame(rows, columns=["theme", "transcript", "start", "end", "quote", "stance", "coder"])
    names = list(HumanCodings.to_schema().columns)
    return HumanCodings.validate(
        frame.assign(alone=True, given=True, **dict.fromkeys(set(names) - {*frame, "alone", "given"}, ""))[names]
    )


def test_no_interview_is_coded_by_what_it_taught():
    run = Learner().code(None, _Nobody, 0.5)
    given = code_untaught(Learner(), object(), SAID, THEMES, _by_people("R1", "R2"), 0.5, run)
    assert given["segment"].tolist() == SAID["segment"].tolist()
    assert set(given["stance"]) == {"neutral"}


class _Nobody:
    decided = pd.DataFrame(False, index=range(len(SAID)), columns=[0]).to_numpy()
    passages = pd.DataFrame({"row": []}, dtype=int)
