"""A small made-up study: respondents who talk of rubbish, school and buses, each in words of their own choice."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus.schemas import Segments, Tokens

TALK = {
    "rifiuti": [
        "rifiuto", "raccolta", "sacco", "cassonetto", "differenziata",
        "umido", "plastica", "vetro", "discarica", "compost",
    ],
    "scuola": [
        "scuola", "maestra", "classe", "mensa", "alunno",
        "palestra", "lezione", "asilo", "compito", "aula",
    ],
    "autobus": [
        "autobus", "fermata", "orario", "corsa", "autista",
        "linea", "stazione", "biglietto", "pendolare", "tratta",
    ],
}  # fmt: skip
FILLERS = ["cioè", "diciamo", "allora", "ecco", "insomma", "okay"]
RESPONDENTS = tuple(f"R{number:02d}" for number in range(1, 9))


class WordEncoder:
    """A sentence is the mean of its words' vectors; words of one subject lie near each other."""

    name = fingerprint = "words"
    dimensions = 24

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.array([self._sentence(text) for text in texts], dtype=np.float64).reshape(-1, self.dimensions)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)

    def _sentence(self, text: str) -> np.ndarray:
        return sum((self._word(word.strip(".,;").lower()) for word in text.split()), np.zeros(self.dimensions))

    def _word(self, word: str) -> np.ndarray:
        own = np.random.default_rng(list(word.encode())).normal(0, 0.15, self.dimensions)
        for place, words in enumerate(TALK.values()):
            if word in words:
                own[place] += 1
        return own


def talk(per_subject: int, seed: int = 5) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A Segments and a Tokens frame: `per_subject` respondents' segments on each subject, and the questions between."""
    random = np.random.default_rng(seed)
    segments = []
    tokens = []
    for number, subject in enumerate(list(TALK) * per_subject):
        respondent = RESPONDENTS[number % len(RESPONDENTS)]
        said = [*random.choice(TALK[subject], 6, replace=False), *random.choice(FILLERS, 2, replace=False)]
        _add(segments, tokens, f"{respondent}:{2 * number:04d}", "interviewer", "", ["scuola", "rifiuto", "autobus"])
        _add(segments, tokens, f"{respondent}:{2 * number + 1:04d}", "respondent", respondent, list(map(str, said)))
    frame = pd.DataFrame(segments).astype({"start_ms": "Int64", "end_ms": "Int64"})
    return Segments.validate(frame), Tokens.validate(pd.DataFrame(tokens))


def _add(segments: list, tokens: list, segment: str, role: str, respondent: str, words: list[str]) -> None:
    text = " ".join(words)
    segments.append(
        {
            "segment": segment,
            "transcript": segment.split(":")[0],
            "turn": int(segment.split(":")[1]),
            "speaker": respondent or "I",
            "role": role,
            "respondent": respondent,
            "start": 0,
            "end": len(text),
            "turn_start": 0,
            "start_ms": None,
            "end_ms": None,
            "text": text,
            "words": len(words),
            "question": "",
        }
    )
    at = 0
    for place, word in enumerate(words):
        pos = "INTJ" if word in FILLERS else "NOUN"
        tokens.append(
            {
                "segment": segment,
                "token": place,
                "start": at,
                "end": at + len(word),
                "text": word,
                "lemma": word,
                "pos": pos,
                "morph": "",
                "dep": "dep",
                "head": 0,
                "sentence": 0,
            }
        )
        at += len(word) + 1
