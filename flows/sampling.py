"""`trama suggest --sample`: what can be drawn, in which strata, and the rows of the sheet. nlp.random_sample draws."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.human_labels import label_segments
from corpus.codings.sample_design import PARTED, Design, mark_of
from corpus.errors import study_error
from corpus.study import Study
from corpus.words.spelling import suggestion
from flows.study_text import StudyText
from nlp.coders import Coder
from nlp.coders.ask import read_text
from nlp.measures.theme_mentions import interviewed
from nlp.random_sample import draw_respondents, draw_segments, score_levels, seed_of
from outputs.worksheets.coding_rows import coding_rows


def theme_called(study: Study, name: str) -> str:
    """The code of the theme with this code or label, "" for "". Raises StudyError for an unknown one."""
    code = ThemeNames(study.themes).find(name) if name else ""
    if code is None or (name and not code):
        hint = suggestion(name, [theme.code for theme in study.themes])
        raise study_error(
            f"`{name}` non è un tema del libro dei codici{hint.it}", f"`{name}` is no theme of the codebook{hint.en}"
        )
    return code


def strata_of(
    study: Study, text: StudyText, machine: Callable[[], Coder], theme: str, by_respondent: bool | None
) -> pd.Series:
    """The stratum of each segment that can be drawn (its index is that of `text.spoken.segments`).

    With the code of a `theme` the levels of the machine's score for it, so that a rare theme gets enough; by
    respondent, as many of each. `by_respondent` None: by respondent where there is no theme.
    """
    segments = _frame(text)
    parts = []
    if by_respondent or (by_respondent is None and not theme):
        parts.append(segments["respondent"].to_numpy(object))
    if theme:
        parts.append(_levels(study, text, machine(), theme)[segments.index])
    names = [PARTED.join(part) for part in zip(*parts, strict=True)] if parts else [""] * len(segments)
    return pd.Series(names, index=segments.index, dtype=object)


def draw(study: Study, text: StudyText, name: str, number: int, strata: pd.Series | None) -> Design:
    """The design of the draw called `name`: `number` segments by `strata` (strata_of), or respondents without.

    All that those interviewed say in Italian can be drawn, also what people decided on before: else what is drawn
    would say nothing of it. Raises StudyError when people decided on everything, or all respondents are asked for.
    """
    segments = _frame(text)
    labels = label_segments(segments, study.human_codings, study.themes)
    if labels.decided.all():
        raise study_error(
            "non serve un campione: le persone hanno già deciso su tutti i segmenti (chi ha codificato almeno un "
            "quinto dei segmenti di un'intervista conta come chi l'ha letta tutta)",
            "no sample is needed: people have decided on every segment (whoever coded a fifth of an interview's "
            "segments counts as having read it whole)",
        )
    seed = study.settings.study.seed
    if strata is None:
        who = segments["respondent"].to_numpy(object)
        people = len(set(who))
        if number >= people:
            raise study_error(
                f"gli intervistati sono {people}: di' con `-n` quanti estrarne, meno di tutti (per esempio `-n 3`)",
                f"{people} people were interviewed: say with `-n` how many to draw, fewer than all (say `-n 3`)",
            )
        drawn = draw_respondents(who, number, seed_of(seed, name, "respondents", number))
    else:
        groups = sorted(set(strata))
        drawn = draw_segments(strata.to_numpy(object), number, seed_of(seed, name, number, *groups))
    source = {transcript.id: transcript.source for transcript in study.transcripts}
    places = zip(segments["transcript"], segments["start"], segments["end"], strict=True)
    frame = segments[["transcript", "start", "end", "respondent"]].assign(
        number=drawn.number,
        words=[mark_of(source[name][start:end]) for name, start, end in places],
        stratum=drawn.stratum,
        probability=drawn.probability,
    )
    interviews = tuple(sorted(transcript.id for transcript in study.interviews))
    return Design(name, drawn.unit, frame.reset_index(drop=True), interviews)


def sample_rows(study: Study, text: StudyText, design: Design) -> pd.DataFrame:
    """Rows of the worksheet (outputs.worksheets.coding_rows) for what was drawn, in the order in which it is read."""
    drawn = design.drawn
    place = ["transcript", "start", "end"]
    chosen = drawn[place].merge(text.spoken.segments, on=place, how="left", validate="one_to_one")
    rows = coding_rows(chosen, text.segments, study.transcripts)
    codes = {theme.code for theme in study.themes}
    read = study.sample[study.sample["read"]]
    asked = read[read["themes"].map(lambda themes: codes <= set(themes.split("|"))).astype(bool)]
    known = pd.MultiIndex.from_frame(rows[place]).isin(pd.MultiIndex.from_frame(asked[place]))
    return rows.assign(
        draw=design.draw,
        unit=design.unit,
        stratum=drawn["stratum"],
        probability=drawn["probability"].map(repr),
        known=known,
    )


def _frame(text: StudyText) -> pd.DataFrame:
    """The segments that can be drawn: what the tables count, of those interviewed. Raises StudyError for none."""
    spoken = text.spoken.segments
    segments = spoken[spoken["respondent"].isin(interviewed(spoken))]
    if segments.empty:
        raise study_error(
            "non c'è nulla da estrarre: nessun rispondente dice qualcosa in italiano",
            "there is nothing to draw: no respondent says anything in Italian",
        )
    return segments


def _levels(study: Study, text: StudyText, coder: Coder, theme: str) -> np.ndarray:
    """The level of the machine's score for the theme, of each of the segments that are spoken."""
    people = label_segments(text.spoken.segments, study.human_codings, study.themes)
    scores = coder.scores(read_text(coder, text.spoken, study.themes), people)
    place = [each.code for each in study.themes].index(theme)
    return score_levels(scores[:, place], study.settings.analysis.min_score)
