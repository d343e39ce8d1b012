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
from nlp.coders.theme_coder import ReadThemes, ThemeCoder
from nlp.embeddings import Encoder, embed_texts, load_encoder, share_texts
from nlp.italian.loading import load_pipeline
from nlp.spoken_text import put_in_order
from nlp.themes.features import ThemeFeatures
from nlp.themes.learned import cross_learn
from nlp.themes.network import PassageReader, load_network
from nlp.themes.stance import shift_to
from nlp.themes.theme_model import theme_cut


@dataclass(frozen=True)
class CodedStudy:
    """A study read with its codebook, and its human codings; `segments` are the respondents' alone."""

    name: str
    themes: tuple[Theme, ...]
    segments: pd.DataFrame
    read: ReadThemes
    people: HumanLabels
    encoder: Encoder


def prepare_study(folder: Path, encoder: Encoder, network: PassageReader | None = None) -> CodedStudy:
    """Read a study folder as a run does, by the bundled network or another. Raises StudyError as read_study does."""
    study = read_study(folder)
    segments = split_segments(study.turns, study.transcripts, study.settings.segments)
    spoken = segments[segments["role"] == "respondent"].reset_index(drop=True)
    tokens, _ = annotate(spoken, load_pipeline(study.settings.analysis.model))
    text = put_in_order(spoken, tokens, embed_texts(spoken["text"], encoder), share_texts(spoken["question"], encoder))
    read = ThemeCoder(encoder, network or load_network()).read(text, study.themes)
    people = label_segments(text.segments, study.human_codings, study.themes)
    return CodedStudy(folder.name, study.themes, text.segments, read, people, encoder)


def evaluate_themes(study: CodedStudy) -> pd.DataFrame:
    """Precision, recall and F1 of each method, one row a method and theme, and "" for all themes together (micro).

    Columns: method, theme, coded (by people), precision, recall, f1. The unit is a segment on which a coder decided;
    each coder is a judge of the machine and, where two read the same, of the other. "similarity" has the threshold that
    is best for it on this very study; "trama learning" learns from the other half of the transcripts.
    """
    codes_given = codings_by_method(study)
    rows = [row for method, codes in codes_given.items() for row in _against_coders(method, codes, study)]
    rows += _coders_against_coders(study)
    return pd.DataFrame(rows)


def codings_by_method(study: CodedStudy) -> dict[str, np.ndarray]:
    """What each method gives: boolean arrays (segments, themes)."""
    features = study.read.features
    people = study.people
    keyword = np.zeros(people.decided.shape, dtype=bool)
    keyword[features.matches["row"], features.matches["theme"]] = True
    cosines = plain_cosines(features)
    unsupervised = study.read.unaided
    learned = cross_learn(study.read.evidence, unsupervised, people.share, people.decided, folds=2)
    return {
        "keyword": keyword,
        "similarity": cosines >= best_threshold(cosines, people),
        "trama": unsupervised >= theme_cut(unsupervised),
        "trama learning": learned >= theme_cut(learned),
    }


def plain_cosines(features: ThemeFeatures) -> np.ndarray:
    """(segments, themes): of each segment with the theme's label, definition and "use when"."""
    return features.embeddings @ np.concatenate([profile.vectors["whole"] for profile in features.profiles]).T


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


def evaluate_stance(studies: Sequence[CodedStudy]) -> pd.DataFrame:
    """F1 of each stance and accuracy over codings of people: columns study, method, stance, coded, f1.

    "network" is what the network reads, "learning" shifted to the other half of the transcripts, "majority" always says
    what is most frequent.
    """
    rows: list[dict[str, object]] = []
    for study in studies:
        passages, odds, truth = stance_examples(study)
        transcript = study.segments["transcript"].to_numpy(dtype=object)[passages["row"]]
        judged = {
            "majority": np.full(len(truth), np.bincount(truth).argmax()),
            "network": odds.argmax(axis=1),
            "learning": _cross_stance(odds, truth, transcript),
        }
        for method, guess in judged.items():
            about = {"study": study.name, "method": method}
            for number, stance in enumerate(STANCES):
                of_stance = truth == number
                score = _scores(guess == number, of_stance)[2]
                rows.append({**about, "stance": stance, "coded": int(of_stance.sum()), "f1": score})
            rows.append({**about, "stance": "", "coded": len(truth), "f1": (guess == truth).mean()})
    return pd.DataFrame(rows)


def stance_examples(study: CodedStudy) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """People's codings with a stance, one a segment and theme; the network's log odds; the stances as numbers."""
    told = study.people.passages
    told = told[told["stance"] != ""].drop_duplicates(["row", "theme"]).reset_index(drop=True)
    odds = study.read.reading.stance[told["row"].to_numpy(), told["theme"].to_numpy()]
    return told, odds, pd.Index(STANCES).get_indexer(pd.Index(told["stance"]))


def _cross_stance(odds: np.ndarray, truth: np.ndarray, transcript: np.ndarray) -> np.ndarray:
    ids = sorted(set(transcript))
    guess = np.empty(len(truth), dtype=np.int64)
    for part in range(2):
        held_out = np.isin(transcript, ids[part::2])
        shift = shift_to(odds[~held_out], truth[~held_out])
        guess[held_out] = (odds[held_out] + shift).argmax(axis=1)
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


def bench(study: CodedStudy) -> str:
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
        stances = evaluate_stance([study]).replace({"stance": {"": "accuracy"}})
        parts.append(stances.pivot_table(index="stance", columns="method", values="f1").round(3).to_string())
    else:
        parts.append("no stances by people")
    return "\n".join(parts)


def main(folders: Sequence[str]) -> None:
    """Print the bench for each study folder, and for one that cannot be read the reason."""
    encoder = load_encoder()
    for folder in folders:
        try:
            print(f"\n{bench(prepare_study(Path(folder), encoder))}", flush=True)
        except StudyError as error:
            print(f"\n{folder}: {error}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
