"""The tiny study with a random sample that people read, by segments or by whole respondents."""

from dataclasses import replace

import pandas as pd

from corpus.schemas import HumanCodings, SampledPassages
from corpus.study import Study
from nlp.results import Results
from tests.tiny_study import PEOPLE, make_study

READ = {"segment": ["R01:0001", "R02:0002", "R03:0001", "R05:0001", "R06:0002", "R08:0001", "R09:0002", "R11:0001",
                    "R12:0001", "R12:0002"],
        "respondent": [f"{person}:000{number}" for person in PEOPLE[::2] for number in (1, 2)]}  # fmt: skip
CODED = {"R01:0001": "personale", "R02:0002": "rifiuti", "R05:0001": "personale", "R06:0002": "rifiuti",
         "R11:0001": "personale", "R07:0001": "personale"}  # fmt: skip


def make_sampled_study(unit: str) -> tuple[Study, Results]:
    """Each `unit` was drawn with a probability of .25 to .5; the machine errs in some of what was read."""
    study, results = make_study()
    read = results.segments[results.segments["segment"].isin(READ[unit])].reset_index(drop=True)
    places = read[["transcript", "start", "end"]]
    drawn = places.assign(
        draw="foglio-1",
        respondent=read["respondent"],
        stratum="",
        unit=unit,
        probability=[0.25 if person < "R05" else 0.5 for person in read["respondent"]],
        coder="anna",
        read=True,
        drawn=True,
        themes="|".join(theme.code for theme in study.themes),
        flaw="",
    )
    coded = places.assign(
        quote=read["text"], theme=read["segment"].map(CODED).fillna(""), stance="", coder="anna", alone=True, given=True
    )
    untaught = results.codings[["segment", "theme", "stance"]].drop(index=[0, 4]).reset_index(drop=True)
    study = replace(
        study,
        sample=_as(SampledPassages, drawn),
        human_codings=_as(HumanCodings, coded),
    )
    return study, replace(results, untaught=untaught)


def _as(schema, frame: pd.DataFrame) -> pd.DataFrame:
    return schema.validate(frame[list(schema.to_schema().columns)])
