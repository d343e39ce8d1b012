"""The three files: a row a respondent, a coding, a segment. Room outputs; lays out what is known, computes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from corpus.questionnaire.written_answers import place_of
from corpus.records import Theme
from corpus.respondents.respondents_list import COLUMNS
from corpus.transcripts.segments import to_source
from corpus.words.language import Language
from corpus.words.numbers import parse_number, thousands_points
from corpus.words.phrase import Phrase
from corpus.words.stances import STANCES
from nlp.measures.groups import natural_order
from outputs.statistics.answers import answer_variables
from outputs.statistics.decisions import corrected_segments, machine_decisions, people_decisions, sample_chances
from outputs.statistics.names import Names
from outputs.statistics.variables import Kind, Level, Role, Variable, as_cells, whole_codes, yes_no
from outputs.tables.leading import leading
from outputs.tables.view import View
from outputs.words.sentences import say, word

_HOW = ("pattern", "similarity", "learned", "llm", "human")
_BETWEEN = " > "


def respondent_level(view: View, names: Names, language: Language) -> Level:
    """One row a respondent of the study, sorted: variables, what is said of each theme, answers.

    Who was not interviewed has no value of any theme.
    """
    people = _respondents(view)
    spoken = view.read.groupby("respondent")["words"].agg(["size", "sum"]).reindex(people)
    interviewed = [int(respondent in view.people) for respondent in people]
    variables = [
        _fixed("respondent", "text", people, "id", language),
        _fixed("interviewed", "category", interviewed, "counted", language),
        *respondent_variables(view, names),
        _fixed("spoken", "number", as_cells(spoken["size"]), "spoken", language),
        _fixed("spoken_words", "number", as_cells(spoken["sum"]), "spoken", language),
    ]
    by_theme = dict(list(view.mentions.set_index("respondent").groupby("theme")))
    for theme in view.study.themes:
        mentions = by_theme[theme.code].reindex(people)
        stem = names.themes[theme.code]
        said = as_cells(mentions["mentioned"].astype("Int64"))
        variables.append(_of_theme(f"t_{stem}", "mention", "category", said, theme, language))
        variables.append(_of_theme(f"n_{stem}", "segments", "number", as_cells(mentions["segments"]), theme, language))
        variables.append(_of_theme(f"w_{stem}", "words", "number", as_cells(mentions["share"]), theme, language))
        if leading(view) == "corrected":
            put_right = as_cells(corrected_segments(view, theme.code).reindex(people))
            variables.append(_of_theme(f"c_{stem}", "corrected", "number", put_right, theme, language))
    variables.extend(answer_variables(view.study, people, names, language))
    return Level("rispondenti", _title("respondents", view, language), tuple(variables))


def coding_level(view: View, names: Names, language: Language) -> Level:
    """One row a coding as the tables count it: theme with its path, stance, who coded, quotation, place, variables."""
    segments = view.results.segments
    where = segments[["segment", "text", "start_ms"]]
    coded = to_source(view.coded, segments, view.study.transcripts).merge(where, on="segment", how="left")
    transcripts = {transcript.id: transcript for transcript in view.study.transcripts}
    places = [place_of(transcripts[name], turn) for name, turn in zip(coded["transcript"], coded["turn"], strict=True)]
    paths = theme_paths(view.study.themes)
    variables = [
        _fixed("coding", "text", coded["coding"].tolist(), "id", language),
        *(_fixed(name, "text", coded[name].tolist(), "place", language) for name in ("respondent", "segment")),
        _codes("theme", coded["theme"], {theme.code: theme.label for theme in view.study.themes}, language),
        _fixed("theme_code", "text", coded["theme"].tolist(), "coding", language),
        _fixed("theme_path", "text", [paths.get(code, code) for code in coded["theme"]], "coding", language),
        _codes("stance", coded["stance"], {stance: word("stance", stance, language) for stance in STANCES}, language),
        _codes("how", coded["how"], {how: word("how", how, language) for how in _HOW}, language),
        _fixed("coder", "text", coded["coder"].tolist(), "coding", language),
        _fixed("score", "number", as_cells(coded["score"]), "coding", language),
        _fixed("evidence", "text", coded["evidence"].tolist(), "coding", language),
        _fixed("quotation", "text", coded["text"].tolist(), "coding", language),
        _fixed("transcript", "text", coded["transcript"].tolist(), "place", language),
        _fixed("file", "text", places, "place", language),
        _fixed("speaker", "text", coded["speaker"].tolist(), "place", language),
        _fixed("start", "number", as_cells(coded["source_start"]), "place", language),
        _fixed("end", "number", as_cells(coded["source_end"]), "place", language),
        _fixed("time", "number", _seconds(coded["start_ms"]), "place", language),
        *_of_each(view, names, coded["respondent"]),
    ]
    return Level("codifiche", _title("codings", view, language), tuple(variables))


def segment_level(view: View, names: Names, language: Language) -> Level:
    """One row a segment that a respondent says: coded or not as tables count it, by the machine, by people.

    Who did not decide on a segment has no value there. Where people decided, the machine's code is that of a machine
    that did not learn from them (nlp.cross_coding); where the study has a known sample, everywhere. Then each theme has
    the chance with which a segment came into the part of the sample that people read, too.
    """
    said = view.spoken
    counted = said["segment"].isin(view.read["segment"]).astype(int)
    variables = [
        _fixed("segment", "text", said["segment"].tolist(), "id", language),
        *(_fixed(name, "text", said[name].tolist(), "place", language) for name in ("respondent", "transcript")),
        _fixed("speaker", "text", said["speaker"].tolist(), "place", language),
        *(_fixed(name, "number", as_cells(said[name]), "place", language) for name in ("start", "end")),
        _fixed("time", "number", _seconds(said["start_ms"]), "place", language),
        _fixed("segment_words", "number", as_cells(said["words"]), "spoken", language),
        _fixed("counted", "category", counted.tolist(), "counted", language),
    ]
    chances = sample_chances(view)
    if leading(view) == "corrected":
        drawn = {segment for segment, _ in chances}
        variables.append(_draw([segment in drawn for segment in said["segment"]], view, language))
    coded = set(zip(view.coded["segment"], view.coded["theme"], strict=True))
    by_machine = machine_decisions(view)
    by_people = people_decisions(view)
    for theme in view.study.themes:
        places = [(segment, theme.code) for segment in said["segment"]]
        stem = names.themes[theme.code]
        known = [int(place in coded) if one else None for place, one in zip(places, counted, strict=True)]
        variables.append(_of_theme(f"f_{stem}", "coded", "category", known, theme, language))
        of_machine = [by_machine.get(place) for place in places]
        variables.append(_of_theme(f"m_{stem}", "machine", "category", of_machine, theme, language))
        of_people = [by_people.get(place) for place in places]
        variables.append(_of_theme(f"h_{stem}", "human", "category", of_people, theme, language))
        if leading(view) == "corrected":
            chance = [chances.get(place) for place in places]
            variables.append(_of_theme(f"p_{stem}", "probability", "number", chance, theme, language))
    variables.extend(_of_each(view, names, said["respondent"]))
    return Level("segmenti", _title("segments", view, language), tuple(variables))


def respondent_variables(view: View, names: Names) -> list[Variable]:
    """The variables of the respondents list, one row a respondent of the study, sorted.

    What tables are broken down by, and what several respondents share, are categories; numbers are numbers.
    """
    listed = view.study.respondents.drop_duplicates("respondent").set_index("respondent").reindex(_respondents(view))
    tables = view.study.settings.tables
    groups = {tables.class_variable, *tables.variables}
    columns = [name for name in listed.columns if name not in COLUMNS]
    return [
        _listed(names.variables[name], name, listed[name].fillna("").str.strip(), name in groups) for name in columns
    ]


def theme_paths(themes: Sequence[Theme]) -> dict[str, str]:
    """Code -> label after the labels of the themes that hold it."""
    by_code = {theme.code: theme for theme in themes}
    return {theme.code: _path(theme, by_code) for theme in themes}


def _path(theme: Theme, by_code: Mapping[str, Theme]) -> str:
    line = [theme]
    while line[0].parent in by_code and by_code[line[0].parent] not in line:
        line.insert(0, by_code[line[0].parent])
    return _BETWEEN.join(each.label for each in line)


def _listed(name: str, label: str, cells: pd.Series, group: bool) -> Variable:
    """A column of the respondents list."""
    role: Role = "group" if group else "variable"
    known = [cell for cell in cells.tolist() if cell]
    distinct = natural_order(known)
    points = thousands_points(known)
    numbers = {cell: parse_number(cell, points_group=points) for cell in distinct}
    if not group and distinct and None not in numbers.values():
        return Variable(name, label, "number", [numbers.get(cell) for cell in cells.tolist()], role)
    if group or len(distinct) < len(known):
        codes = whole_codes(distinct)
        labels = {code: text for text, code in codes.items()}
        return Variable(name, label, "category", [codes.get(cell) for cell in cells.tolist()], role, labels)
    return Variable(name, label, "text", cells.tolist(), role)


def _respondents(view: View) -> list[str]:
    return list(view.all_classes.index)


def _of_each(view: View, names: Names, respondents: pd.Series) -> Iterator[Variable]:
    """The variables of who says each row."""
    rows = pd.Index(_respondents(view)).get_indexer(pd.Index(respondents)).tolist()
    for variable in respondent_variables(view, names):
        yield variable.taking(rows)


def _draw(drawn: Sequence[bool], view: View, language: Language) -> Variable:
    """How a segment came into the sample: drawn itself, or with all that its respondent says."""
    how = 2 if view.sampled.whole else 1
    labels = {number: word("statistics.draw", code, language) for number, code in ((1, "segment"), (2, "respondent"))}
    label = say(Phrase("statistics.label.draw"), language)
    return Variable("draw", label, "category", [how if one else None for one in drawn], "draw", labels)


def _fixed(name: str, kind: Kind, cells: Sequence[Any], role: Role, language: Language) -> Variable:
    """A variable that every study has; a category is yes or no."""
    labels = yes_no(language) if kind == "category" else {}
    return Variable(name, say(Phrase(f"statistics.label.{name}"), language), kind, cells, role, labels)


def _codes(name: str, column: pd.Series, words: dict[str, str], language: Language) -> Variable:
    """A column of codes as a category; codes that have no word come last and stand for themselves."""
    codes = {code: number for number, code in enumerate([*words, *sorted(set(column) - set(words))], start=1)}
    labels = {number: words.get(code, code) for code, number in codes.items()}
    return Variable(
        name,
        say(Phrase(f"statistics.label.{name}"), language),
        "category",
        [codes[code] for code in column],
        "coding",
        labels,
    )


def _of_theme(name: str, role: Role, kind: Kind, cells: Sequence[Any], theme: Theme, language: Language) -> Variable:
    label = say(Phrase(f"statistics.label.{role}", {"theme": theme.label}), language)
    labels = yes_no(language) if kind == "category" else {}
    return Variable(name, label, kind, cells, role, labels, theme=theme.code)


def _seconds(milliseconds: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) / 1000 for value in milliseconds]


def _title(level: str, view: View, language: Language) -> str:
    return say(Phrase(f"statistics.{level}", {"title": view.study.settings.study.title}), language)
