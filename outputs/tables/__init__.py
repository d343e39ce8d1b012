"""The tables of the report, as data with the trail behind every number. Room outputs; rendering is done elsewhere."""

from collections.abc import Callable

import pandas as pd

from corpus.language import Language
from corpus.study import Study
from nlp.groups import groups_of
from nlp.results import Results
from outputs.tables.company_tables import together
from outputs.tables.item_tables import frequencies, summaries
from outputs.tables.link_tables import joint_display, linked_frame, theme_by_item
from outputs.tables.overview import overview
from outputs.tables.saturation_tables import saturation, themes_by_interview
from outputs.tables.silence_tables import silences
from outputs.tables.table import Column, Table
from outputs.tables.text_tables import codings, entities, left_out
from outputs.tables.theme_tables import by_class, prevalence, stances
from outputs.tables.topic_tables import hierarchy, topics, topics_of_classes
from outputs.tables.trust_tables import agreement, reliability
from outputs.tables.view import View, make_view

__all__ = ["Column", "Table", "build_tables"]


def build_tables(study: Study, results: Results, language: Language | None = None) -> list[Table]:
    """Every table of the report, in its order; `language` defaults to the study's own."""
    view = make_view(study, results, language)
    linked = linked_frame(view)
    return [
        overview(view),
        reliability(view),
        prevalence(view),
        stances(view),
        *_by_variables(view, by_class),
        together(view),
        joint_display(view, linked),
        silences(view),
        theme_by_item(view, linked),
        frequencies(view),
        summaries(view),
        agreement(view),
        topics(view),
        hierarchy(view),
        *_by_variables(view, topics_of_classes),
        saturation(view),
        themes_by_interview(view),
        entities(view),
        left_out(view),
        codings(view),
    ]


def _by_variables(view: View, build: Callable[[View, str, pd.Series], Table]) -> list[Table]:
    """A table for the class variable and for each other variable that study.toml names."""
    names = dict.fromkeys([view.class_name, *view.study.settings.tables.variables])
    known = [name for name in names if name and name in view.study.respondents.columns]
    return [build(view, name, groups_of(view.study.respondents, name, view.people)) for name in known]
