"""How well themes and stances are coded, measured against people, each method on the same segments. Changes no coding.

Run it as `python -m nlp.laboratory.evaluation STUDY...`; a STUDY is a study folder with human codings.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.errors import StudyError
from corpus.records import Theme
from corpus.study import read_study
from corpus.transcripts.segments import split_segments
from corpus.words.stances import STANCES
from nlp.annotation import annotate
from nlp.embeddings import Encoder, embed_texts, load_encoder
from nlp.italian.loading import load_pipeline
from nlp.themes.features import ThemeFeatures, read_themes
from nlp.themes.learned import cross_learn
from nlp.themes.stance import fit_stance, load_weights, stance_features, stance_probabilities
from nlp.themes.theme_model import ThemeModel, expected_cut, load_model, theme_probabilities


@dataclass(frozen=True)
class CodedStudy:
    """A study read, annotated and embedded, with its human codings; `segments` are the respondents' alone."""

    name: str
    themes: tuple[Theme, ...]
    segments: pd.DataFrame
    tokens: pd.DataFrame
    features: ThemeFeatures
    people: HumanLabels


def prepare_study(folder: Path, encoder: Encoder) -> CodedStudy:
    """Read a study folder as a run does. Raises StudyError as read_study does."""
    study = read_study(folder)
    segments = split_segments(study.turns, study.transcripts, study.settings.segments)
    spoken = segments[segments["role"] == "respondent"].reset_index(drop=True)
    tokens, _ = annotate(spoken, load_pipeline(study.settings.analysis.model))
    features = read_themes(spoken, tokens, embed_texts(spoken["text"], encoder), study.themes, encoder)
    people = label_segments(spoken, study.human_codings, study.themes)
    return CodedStudy(folder.name, study.themes, spoken, tokens, features, people)


def evaluate_themes(study: CodedStudy, model: ThemeModel | None = None) -> pd.DataFrame:
    """Precision, recall and F1 of each method, one row a method and theme, and "" for all themes together (micro).

    Columns: method, theme, coded (by people), precision, recall, f1. The unit is a segment on which a coder decided;
    each coder is a judge of the machine and, where two read the same, of the other. "similarity" has the threshold that
    is best for it on this very study; "trama learning" learns from the other half of the transcripts.
    """
    codes_given = codings_by_method(study, model or load_model())
    rows = [row for method, codes in codes_given.items() for row in _against_coders(method, codes, study)]
    rows += _coders_against_coders(study)
    return pd.DataFrame(rows)


def codings_by_method(study: CodedStudy, model: ThemeModel) -> dict[str, np.ndarray]:
    """What each method gives: boolean arrays (segments, themes)."""
    features = study.features
    people = study.people
    keyword = np.zeros(people.decided.shape, dtype=bool)
    keyword[features.matches["row"], features.matches["theme"]] = True
    unsupervised = theme_probabilities(features, model)
    learned = cross_learn(features, unsupervised, people.share, people.decided, folds=2)
    return {
        "keyword": keyword,
        "similarity": features.similarity >= best_threshold(features.similarity, people),
        "trama": unsupervised >= expected_cut(unsupervised),
        "trama learning": learned >= expected_cut(learned),
    }


def best_threshold(scores: np.ndarray, people: HumanLabels) -> float:
    """The score from which on codes (segments, themes) give the highest micro-F1 against all coders."""
    values = np.concatenate([scores[asked] for asked in people.asked])
    truth = np.concatenate([yes[asked] for yes, asked in zip(people.yes, people.asked, strict=True)])
    return best_cut(values, truth)


def best_cut(values: np.ndarray, truth: np.ndarray) -> float:
    """The one of `values` (rows,) from which on a "yes" gives the highest F1 against `truth` (rows,)."""
    order = np.argsort(-values, kind="stable")
    hits = np.cumsum(truth[order])
    return float(values[order][(2 * hits / (np.arange(1, len(order) + 1) + truth.sum())).argmax()])


def evaluate_stance(studies: Sequence[CodedStudy], encoder: Encoder) -> pd.DataFrame:
    """F1 of each stance and accuracy over codings of people: columns study, method, stance, coded, f1.

    "rules" uses the bundled weights, "learning" is sharpened by the other half of the transcripts, "majority" always
    says what is most frequent.
    """
    rows = []
    for study in studies:
        passages, features, truth = stance_examples(study, encoder)
        transcript = study.segments["transcript"].to_numpy(dtype=object)[passages["row"]]
        judged = {
            "majority": np.full(len(truth), np.bincount(truth).argmax()),
            "rules": stance_probabilities(features, load_weights()).argmax(axis=1),
            "learning": _cross_stance(features, truth, transcript),
        }
        for method, guess in judged.items():
            scores = [_scores(guess == each, truth == each) for each in range(len(STANCES))]
            rows += [
                {
                    "study": study.name,
                    "method": method,
                    "stance": stance,
                    "coded": int((truth == each).sum()),
                    "f1": scores[each][2],
                }
                for each, stance in enumerate(STANCES)
            ]
            rows.append(
                {
                    "study": study.name,
                    "method": method,
                    "stance": "",
                    "coded": len(truth),
                    "f1": (guess == truth).mean(),
                }
            )
    return pd.DataFrame(rows)


def stance_examples(study: CodedStudy, encoder: Encoder) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """People's codings with a stance, one a segment and theme; their features; the stances as numbers."""
    told = study.people.passages
    told = told[told["stance"] != ""].drop_duplicates(["row", "theme"]).reset_index(drop=True)
    codings = told.assign(segment=study.segments["segment"].to_numpy(dtype=object)[told["row"]])
    features = stance_features(codings, study.tokens, study.segments, study.features.embeddings, encoder)
    return told, features, pd.Index(STANCES).get_indexer(pd.Index(told["stance"]))


def _cross_stance(features: np.ndarray, truth: np.ndarray, transcript: np.ndarray) -> np.ndarray:
    ids = sorted(set(transcript))
    guess = np.empty(len(truth), dtype=np.int64)
    for part in range(2):
        held_out = np.isin(transcript, ids[part::2])
        weights = fit_stance(features[~held_out], truth[~held_out], start=load_weights())
        guess[held_out] = stance_probabilities(features[held_out], weights).argmax(axis=1)
    return guess


def _against_coders(method: str, codes: np.ndarray, study: CodedStudy) -> list[dict[str, object]]:
    asked = study.people.asked
    yes = study.people.yes
    return _rows(method, np.broadcast_to(codes, yes.shape)[asked], yes[asked], _theme_of(asked), study.themes)


def _coders_against_coders(study: CodedStudy) -> list[dict[str, object]]:
    asked = study.people.asked
    yes = study.people.yes
    pairs = [(one, other) for one in range(len(asked)) for other in range(one)]
    both = [(asked[one] & asked[other], yes[one], yes[other]) for one, other in pairs]
    if not any(cells.any() for cells, _, _ in both):
        return []
    first = np.concatenate([one[cells] for cells, one, _ in both])
    second = np.concatenate([other[cells] for cells, _, other in both])
    theme = np.concatenate([np.nonzero(cells)[1] for cells, _, _ in both])
    return _rows("human", first, second, theme, study.themes)


def _theme_of(asked: np.ndarray) -> np.ndarray:
    return np.nonzero(asked)[2]


def _rows(
    method: str, guess: np.ndarray, truth: np.ndarray, theme: np.ndarray, themes: Sequence[Theme]
) -> list[dict[str, object]]:
    parts = [
        ("", np.ones(len(theme), dtype=bool)),
        *((each.code, theme == number) for number, each in enumerate(themes)),
    ]
    return [
        {"method": method, "theme": code, "coded": int(truth[part].sum())}
        | dict(zip(("precision", "recall", "f1"), _scores(guess[part], truth[part]), strict=True))
        for code, part in parts
    ]


def _scores(guess: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F1; NaN where there is nothing to divide by."""
    hits = float((guess & truth).sum())
    parts = (guess.sum(), truth.sum(), (guess.sum() + truth.sum()) / 2)
    precision, recall, f1 = (hits / float(part) if part else float("nan") for part in parts)
    return precision, recall, f1


def bench(study: CodedStudy, encoder: Encoder) -> str:
    """The bench of one study as text; says so where there is nobody to measure against, or one coder only."""
    title = f"{study.name}: {len(study.segments)} segments, {int(study.people.yes.sum())} human codings"
    if not study.people.yes.any():
        return f"{title}\nno human codings (codings.csv) with codes of this codebook: nothing to measure against"
    table = evaluate_themes(study)
    parts = [title, table[table["theme"] == ""].drop(columns="theme").round(3).to_string(index=False)]
    if "human" not in set(table["method"]):
        parts.append("no two coders read the same segments: agreement among people cannot be measured")
    if study.segments["transcript"][pd.Series(study.people.decided.any(axis=1))].nunique() < 2:
        parts.append("one coded transcript only: learning from half of the transcripts has nothing to be tried on")
    themes = table[table["theme"] != ""].pivot_table(index="theme", columns="method", values="f1")
    parts.append(themes.round(2).to_string())
    if (study.people.passages["stance"] != "").any():
        stances = evaluate_stance([study], encoder).replace({"stance": {"": "accuracy"}})
        parts.append(stances.pivot_table(index="stance", columns="method", values="f1").round(3).to_string())
    else:
        parts.append("no stances by people")
    return "\n".join(parts)


def main(folders: Sequence[str]) -> None:
    """Print the bench for each study folder, and for one that cannot be read the reason."""
    encoder = load_encoder()
    for folder in folders:
        try:
            print(f"\n{bench(prepare_study(Path(folder), encoder), encoder)}", flush=True)
        except StudyError as error:
            print(f"\n{folder}: {error}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
