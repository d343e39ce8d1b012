"""Every table of the report, in its order. Room outputs; who reads a finished run does not import this."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from corpus.study import Study
from corpus.words.phrase import Phrase
from nlp.measures.groups import groups_of
from nlp.results import Results
from outputs.tables.agreement_plan_tables import clashing_definitions, guessed_themes, reading_plan
from outputs.tables.case_tables import case_matrix, types
from outputs.tables.company_tables import together
from outputs.tables.comparison_tables import answers_by_class, said_against_ticked
from outputs.tables.corrected_tables import (
    corrected_by_variable,
    corrected_figures,
    corrected_links,
    corrected_stances,
    estimates_frame,
)
from outputs.tables.disagreement_table import disagreements
from outputs.tables.error_table import errors_by_variable
from outputs.tables.families import family_of
from outputs.tables.findings import findings
from outputs.tables.history_table import Change, history
from outputs.tables.item_tables import frequencies, summaries
from outputs.tables.joint_table import joint_display, readings_frame
from outputs.tables.leading import warned
from outputs.tables.link_tables import linked_frame, theme_by_item
from outputs.tables.memo_table import memos
from outputs.tables.overview import overview
from outputs.tables.passage_table import passage_agreement
from outputs.tables.saturation_tables import saturation, themes_by_interview
from outputs.tables.silence_tables import silences
from outputs.tables.stance_tables import stances_and_answers
from outputs.tables.table import Table
from outputs.tables.text_tables import codings, entities, left_out
from outputs.tables.theme_tables import by_class, prevalence, stances
from outputs.tables.topic_tables import hierarchy, topics, topics_of_classes
from outputs.tables.trust_tables import agreement, reliability
from outputs.tables.uncoded_table import uncoded
from outputs.tables.view import View, make_view


def build_tables(study: Study, results: Results, changes: Sequence[Change] = ()) -> list[Table]:
    """Every table of the report, in its order and in no language; `changes` are the history of its decisions."""
    view = make_view(study, results)
    linked = linked_frame(view)
    estimates = estimates_frame(view)
    readings = readings_frame(view, linked, estimates)
    tables = [
        overview(view),
        reliability(view),
        prevalence(view),
        stances(view),
        corrected_figures(view),
        corrected_stances(view),
        *_by_variables(view, by_class),
        *_by_variables(view, corrected_by_variable),
        together(view),
        joint_display(view, readings, estimates),
        stances_and_answers(view),
        silences(view),
        theme_by_item(view, linked),
        corrected_links(view, estimates),
        said_against_ticked(view),
        case_matrix(view),
        types(view),
        frequencies(view),
        summaries(view),
        *(answers_by_class(view, name, _all_groups(view, name)) for name in _variables(view)),
        errors_by_variable(view),
        agreement(view),
        passage_agreement(view),
        reading_plan(view),
        guessed_themes(view),
        clashing_definitions(view),
        disagreements(view),
        topics(view),
        hierarchy(view),
        *_by_variables(view, topics_of_classes),
        saturation(view),
        themes_by_interview(view),
        memos(view),
        history(changes),
        entities(view),
        left_out(view, readings),
        uncoded(view),
        codings(view),
    ]
    tables = warned(view, [_without_questionnaire(view, table) for table in tables])
    return [findings(view, tables), *tables]


def _without_questionnaire(view: View, table: Table) -> Table:
    """The table; where it sets something beside a questionnaire and the study has none, that is why it is empty."""
    if view.study.items or len(table.frame) or family_of(table).chapter not in ("questionnaire", "links"):
        return table
    return replace(table, lead=Phrase("silenzi.none"))


def _by_variables(view: View, build: Callable[[View, str, pd.Series], Table]) -> list[Table]:
    """A table for the class variable and for each other variable that study.toml names, of who was interviewed."""
    return [build(view, name, groups_of(view.study.respondents, name, view.people)) for name in _variables(view)]


def _all_groups(view: View, name: str) -> pd.Series:
    return groups_of(view.study.respondents, name, list(view.all_classes.index))


def _variables(view: View) -> list[str]:
    names = dict.fromkeys([view.class_name, *view.study.settings.tables.variables])
    return [name for name in names if name and name in view.study.respondents.columns]
