"""Fits the weights of the kinds of evidence on coded studies and writes them to nlp/data. No run of a study needs it.

`python -m nlp.laboratory.theme_weights [STUDY...] [--held-out STUDY]`: a STUDY is a study folder with human codings, by
default the bundled one and tests/acceptance/quartiere; held-out studies teach nothing and are only measured. The fits
are convex and draw nothing, so the same studies give the same weights.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.codings.human_labels import HumanLabels
from corpus.records import Theme
from nlp.embeddings import Encoder, load_encoder
from nlp.laboratory.evaluation import CodedStudy, evaluate_themes, prepare_study
from nlp.themes.features import FIRST, ThemeFeatures, read_themes
from nlp.themes.feedback import SECOND, feedback_features
from nlp.themes.theme_model import (
    Logistic,
    ThemeModel,
    base_rate,
    evidence_probabilities,
    expected_cut,
    first_probabilities,
    fit_logistic,
    logistic_values,
)

PENALTY = 10.0  # on squared standardised weights, of both theme models
FOLDS = 4  # parts of the transcripts, to measure on what taught nothing when there is one study only
ROOT = Path(__file__).resolve().parents[2]
TEACH = (ROOT / "corpus" / "sample", ROOT / "tests" / "acceptance" / "quartiere")
HELD_OUT = (ROOT / "tests" / "acceptance" / "giovani",)


@dataclass(frozen=True)
class Lesson:
    """A coded study read with its codebook whole (first) and thinned, so that weights do not lean on rich codebooks."""

    study: CodedStudy
    variants: tuple[ThemeFeatures, ...]

    @property
    def people(self) -> HumanLabels:
        """What people decided in the study."""
        return self.study.people


def thinned(themes: Sequence[Theme]) -> Iterator[tuple[Theme, ...]]:
    """The codebook whole, without examples, and with half of its terms (either half, once without examples)."""
    yield tuple(themes)
    yield tuple(replace(theme, examples=()) for theme in themes)
    yield tuple(replace(theme, examples=(), include_terms=theme.include_terms[::2]) for theme in themes)
    yield tuple(replace(theme, include_terms=theme.include_terms[1::2]) for theme in themes)


def make_lesson(study: CodedStudy, encoder: Encoder) -> Lesson:
    """Read a coded study with every thinning of its codebook."""
    thinner = list(thinned(study.themes))[1:]
    variants = [read_themes(study.read.text, themes, encoder) for themes in thinner]
    return Lesson(study, (study.read.features, *variants))


def fit_themes(lessons: Sequence[Lesson]) -> ThemeModel:
    """Both models on all decisions of all studies."""
    return _fit_models(lessons, [np.ones(len(lesson.study.segments), dtype=bool) for lesson in lessons])


def judged_by_others(lessons: Sequence[Lesson]) -> list[np.ndarray]:
    """For each study (segments, themes): the probabilities by weights that it did not teach.

    The weights come from the other studies; a single study is judged part by part, each by the others.
    """
    if len(lessons) > 1:
        return [
            evidence_probabilities(lesson.variants[0], fit_themes([*lessons[:number], *lessons[number + 1 :]]))
            for number, lesson in enumerate(lessons)
        ]
    judged = np.zeros(lessons[0].people.decided.shape)
    for part in range(FOLDS):
        held_out = _part(lessons[0], part)
        judged[held_out] = evidence_probabilities(lessons[0].variants[0], _fit_models(lessons, [~held_out]))[held_out]
    return [judged]


def _part(lesson: Lesson, part: int) -> np.ndarray:
    """(segments,): whether a segment's transcript is dealt to this part, transcripts in the order of their ids."""
    transcript = lesson.study.segments["transcript"].to_numpy(dtype=object)
    return np.isin(transcript, sorted(set(transcript))[part::FOLDS])


def _fit_models(lessons: Sequence[Lesson], used: Sequence[np.ndarray]) -> ThemeModel:
    """The two models from the segments `used` (segments,) of each lesson."""
    first_features = []
    for lesson in lessons:
        first_features.append([features.planes.array() for features in lesson.variants])
    first = _fit_stage(lessons, used, first_features, FIRST)
    second_features = [_second_features(lesson, ThemeModel(first, first)) for lesson in lessons]
    return ThemeModel(first, _fit_stage(lessons, used, second_features, SECOND))


def _second_features(lesson: Lesson, model: ThemeModel) -> list[np.ndarray]:
    """Of each variant the features of the second model, by what the first says."""
    firsts = [first_probabilities(features, model) for features in lesson.variants]
    return [feedback_features(features, first).array() for features, first in zip(lesson.variants, firsts, strict=True)]


def _fit_stage(
    lessons: Sequence[Lesson],
    used: Sequence[np.ndarray],
    features: Sequence[Sequence[np.ndarray]],
    names: tuple[str, ...],
) -> Logistic:
    """One model; each variant of a study counts for its share, and the first model starts from the base rate."""
    rows = []
    labels = []
    bases = []
    weights = []
    for lesson, rows_used, arrays in zip(lessons, used, features, strict=True):
        cells = lesson.people.decided & rows_used[:, None]
        base = base_rate(cells.shape[1]) if names is FIRST else 0.0
        for array in arrays:
            rows.append(array[cells])
            labels.append(lesson.people.share[cells])
            bases.append(np.full(cells.sum(), base))
            weights.append(np.full(cells.sum(), 1 / len(arrays)))
    stacked, shares, base_rates, parts = (np.concatenate(each) for each in (rows, labels, bases, weights))
    return fit_logistic(stacked, shares, base_rates, parts, names, PENALTY)


def write_weights(model: ThemeModel, folder: Path) -> None:
    """Write theme_weights.json into `folder`."""
    values = {"first": logistic_values(model.first), "second": logistic_values(model.second)}
    text = json.dumps(values, indent=1, ensure_ascii=False) + "\n"
    (folder / "theme_weights.json").write_text(text, encoding="utf-8")


def f1(guess: np.ndarray, people: HumanLabels) -> float:
    """Micro-F1 of boolean codes (segments, themes) against every coder."""
    asked = people.asked
    yes = people.yes
    guessed = np.broadcast_to(guess, yes.shape)
    return float(2 * (guessed & yes & asked).sum() / max((guessed & asked).sum() + (yes & asked).sum(), 1))


def report(study: CodedStudy) -> str:
    """What the bundled weights are worth on a study that taught nothing: each method's scores."""
    table = evaluate_themes(study)
    return f"{study.name}\n{table[table['theme'] == ''].drop(columns='theme').round(3).to_string(index=False)}"


def main() -> None:
    """Fit, measure on the held-out studies, write."""
    parser = argparse.ArgumentParser(prog="python -m nlp.laboratory.theme_weights")
    parser.add_argument("studies", nargs="*", type=Path, default=TEACH)
    parser.add_argument("--held-out", action="append", type=Path)
    parser.add_argument("--write-to", type=Path, default=ROOT / "nlp" / "data")
    options = parser.parse_args()
    encoder = load_encoder()
    studies = [prepare_study(folder, encoder) for folder in options.studies]
    lessons = [make_lesson(study, encoder) for study in studies]
    model = fit_themes(lessons)
    for study, judged in zip(studies, judged_by_others(lessons), strict=True):
        figure = f1(judged >= expected_cut(judged), study.people)
        print(f"{study.name}, judged by weights it did not teach: F1 {figure:.3f}")
    for folder in HELD_OUT if options.held_out is None else options.held_out:
        print(report(prepare_study(folder, encoder)))
    write_weights(model, options.write_to)


if __name__ == "__main__":
    main()
