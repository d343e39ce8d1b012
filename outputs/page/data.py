"""What the page's script needs, once and compact: segments, codings, and the trail of every number. Room outputs."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus.questionnaire.written_answers import is_written, place_of
from corpus.study import Study
from corpus.words.language import Language
from corpus.words.stances import STANCES, stance_word
from nlp.results import Results
from outputs.page.memos import memo_data
from outputs.page.profiles import profile_data
from outputs.tables.answer_words import given_answers
from outputs.words.render import RenderedTable
from outputs.words.sentences import say


def page_data(
    study: Study,
    results: Results,
    tables: Sequence[RenderedTable],
    shown: Sequence[RenderedTable],
    language: Language = "it",
) -> dict[str, Any]:
    """The data of the page, ready for JSON; `shown` are those of the `tables` whose numbers open.

    `segments` and `codings` are dicts of columns of equal length; a coding points at its segment by number and its
    `start:end` are code points of the segment's text. `answers` holds, for each of `respondents`, an answer in words
    for each of `items`. `cells` says where written answers stand.
    `links`, `verdicts` and `spoken` are those of outputs.page.profiles, `memos` and `memos_on` of outputs.page.memos.
    `titles` are those of the tables; `labels` is table -> column -> heading, where numbers lead somewhere.
    `trails` is table -> row -> column -> {"c": codings, "s": segments, "p": respondents}, each as runs (start, length,
    start, length ...) of numbers into those lists.
    """
    segments = results.segments[results.segments["role"] == "respondent"].reset_index(drop=True)
    codings = next(table.frame for table in tables if table.key == "codifiche")
    coded = results.codings.set_index("coding").reindex(codings.index)
    numbers = {
        "c": _numbers(codings.index.tolist()),
        "s": _numbers(segments["segment"].tolist()),
        "p": _numbers(sorted(study.respondents["respondent"].unique())),
    }
    themes = [theme.code for theme in study.themes]
    themes += sorted(set(coded["theme"].tolist()) - set(themes))
    place_of_theme = {code: number for number, code in enumerate(themes)}
    return {
        **profile_data(study, segments, tables, themes, language),
        "themes": [{"code": code, "label": _labels(study).get(code, code)} for code in themes],
        "stances": [stance_word(stance, language) for stance in STANCES],
        "respondents": _respondents(study, list(numbers["p"])),
        "items": [f"{item.code}. {item.text}" for item in study.items],
        "answers": _answers(study, list(numbers["p"]), language),
        "files": {transcript.id: transcript.file for transcript in study.transcripts},
        "cells": _cells(study, segments, language),
        "segments": _segments(segments, numbers["p"]),
        "codings": {
            "segment": [numbers["s"][name] for name in coded["segment"].tolist()],
            "theme": [place_of_theme[name] for name in coded["theme"].tolist()],
            "stance": [STANCES.index(name) for name in coded["stance"].tolist()],
            "start": coded["start"].tolist(),
            "end": coded["end"].tolist(),
            "from": codings["source_start"].tolist(),
            "to": codings["source_end"].tolist(),
            "how": [_how(*facts) for facts in zip(codings["how"], codings["coder"], codings["score"], strict=True)],
        },
        **memo_data(tables, numbers["s"]),
        "titles": {table.key: table.title for table in shown},
        "labels": {table.key: _headings(table) for table in shown if _has_trail(table)},
        "trails": {table.key: _trails(table, numbers) for table in shown if _has_trail(table)},
    }


def to_json(data: dict[str, Any]) -> str:
    """JSON that can stand inside a script element: no `<`, `>` or `&` in it, nor the line separators of Unicode."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def runs(numbers: Iterable[int]) -> list[int]:
    """Distinct numbers as runs: start, length, start, length ... in rising order."""
    packed: list[int] = []
    for number in sorted(set(numbers)):
        if packed and number == packed[-2] + packed[-1]:
            packed[-1] += 1
        else:
            packed += [number, 1]
    return packed


def _segments(segments: pd.DataFrame, respondents: dict[str, int]) -> dict[str, Any]:
    questions = list(dict.fromkeys(segments["question"].tolist()))
    place = {question: number for number, question in enumerate(questions)}
    return {
        "id": segments["segment"].tolist(),
        "transcript": segments["transcript"].tolist(),
        "turn": segments["turn"].tolist(),
        "respondent": [respondents.get(name, -1) for name in segments["respondent"].tolist()],
        "speaker": segments["speaker"].tolist(),
        "from": segments["start"].tolist(),
        "to": segments["end"].tolist(),
        "ms": [None if pd.isna(value) else int(value) for value in segments["start_ms"].tolist()],
        "text": segments["text"].tolist(),
        "question": [place[question] for question in segments["question"].tolist()],
        "questions": questions,
    }


def _cells(study: Study, segments: pd.DataFrame, language: Language) -> dict[int, str]:
    """Number of a segment -> the cell where a written answer stands, in words."""
    written = {transcript.id: transcript for transcript in study.transcripts if is_written(transcript.id)}
    places = enumerate(zip(segments["transcript"].tolist(), segments["turn"].tolist(), strict=True))
    return {number: say(place_of(written[name], turn), language) for number, (name, turn) in places if name in written}


def _respondents(study: Study, ids: list[str]) -> list[dict[str, str]]:
    known = study.respondents.drop_duplicates("respondent").set_index("respondent")
    variable = study.settings.tables.class_variable
    shown = [name for name in known.columns if name not in ("transcript", "speaker")]
    respondents = []
    for name in ids:
        about = (f"{column}: {known[column].get(name)}" for column in shown if known[column].get(name))
        label = str(known[variable].get(name, "")) if variable in known.columns else ""
        respondents.append({"id": name, "class": label, "about": "; ".join(about)})
    return respondents


def _answers(study: Study, ids: list[str], language: Language) -> list[list[str]]:
    """For each respondent the answer to each item, in the order of the items; "" where none was asked for."""
    answers = {answered: say(answer, language) for answered, answer in given_answers(study).items()}
    codes = [item.code for item in study.items]
    by_respondent = []
    for name in ids:
        by_respondent.append([answers.get((name, code), "") for code in codes])
    return by_respondent


def _headings(table: RenderedTable) -> dict[str, str]:
    return {column.key: column.label for column in table.columns}


def _has_trail(table: RenderedTable) -> bool:
    return bool(len(table.cells) or len(table.people))


def _trails(table: RenderedTable, numbers: dict[str, dict[str, int]]) -> dict[str, dict[str, dict[str, list[int]]]]:
    trails: dict[str, dict[str, dict[str, list[int]]]] = {}
    coded = table.cells[table.cells["coding"] != ""]
    plain = table.cells[table.cells["coding"] == ""]
    for kind, frame, name in (("c", coded, "coding"), ("s", plain, "segment"), ("p", table.people, "respondent")):
        codes, refs = pd.factorize(frame[name])
        places = np.array([numbers[kind].get(str(ref), -1) for ref in refs.tolist()], dtype=np.int64)[codes]
        rows_of: dict[Any, Any] = frame.groupby(["row", "column"]).indices
        for (row, column), cell in sorted(rows_of.items()):
            known = places[cell]
            trails.setdefault(str(row), {}).setdefault(str(column), {})[kind] = runs(known[known >= 0].tolist())
    return trails


def _numbers(names: Iterable[Any]) -> dict[str, int]:
    return {str(name): number for number, name in enumerate(names)}


def _labels(study: Study) -> dict[str, str]:
    return {theme.code: theme.label for theme in study.themes}


def _how(how: str, coder: str | None, score: float) -> str:
    """How a coding came about, by whom where somebody is named, and its score."""
    return f"{how} ({', '.join(filter(None, (coder, f'{score:.2f}')))})"
