"""A SIMULATED large study: invented words, themes dealt at random from a seed. For measuring size and speed only."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.alignment import Alignment
from corpus.language import Language
from corpus.records import STANCES, Theme, Transcript, Turn
from corpus.schemas import Entities, TopicMembers, Topics, empty
from corpus.study import Study
from nlp.results import Results
from outputs.tables.table import Table
from outputs.tables.text_tables import codings as codings_table
from outputs.tables.theme_tables import prevalence, stances
from outputs.tables.view import make_view
from tests.nlp.measures.studied import PEOPLE, codings, segments, study

_WORDS = "il comune personale rifiuti servizio ufficio cittadini sempre quando però anche molto accordo insieme scuola"


def simulated(many: int, *, themes: int = 12, said: int = 1350) -> tuple[Study, Results]:
    """The tiny study's respondents with `said` turns each of 20 to 60 words, and `many` codings of `themes` themes."""
    draw, words = np.random.default_rng(7), _WORDS.split()
    texts = {
        person: [" ".join(draw.choice(words, size)).capitalize() + "." for size in draw.integers(20, 60, said)]
        for person in PEOPLE
    }
    frame = segments(texts)
    dealt = draw.choice(len(frame) * themes, many, replace=False)
    names = frame["segment"].tolist()
    rows = [(names[place // themes], f"t{place % themes:02d}", STANCES[place % 4]) for place in np.sort(dealt).tolist()]
    made, results = study(title="Studio simulato")
    sources = {person: " ".join(spoken) for person, spoken in texts.items()}
    transcripts = tuple(
        Transcript(name, f"transcripts/{name}.txt", "0" * 64, source,
                   (Turn(1, "S", 0, len(source), source, Alignment.identity(0, len(source))),))
        for name, source in sources.items()
    )  # fmt: skip
    named = tuple(Theme(f"t{number:02d}", f"Tema simulato {number}") for number in range(themes))
    nothing = {"topics": empty(Topics), "topic_members": empty(TopicMembers), "entities": empty(Entities)}
    return (
        replace(made, transcripts=transcripts, themes=named),
        replace(results, segments=frame, codings=codings(rows, frame), **nothing),
    )


def tables_of(studied: Study, results: Results, language: Language = "it") -> Sequence[Table]:
    """The tables whose numbers lead to every coding: themes, stances, codings."""
    view = make_view(studied, results, language)
    return [prevalence(view), stances(view), codings_table(view)]
