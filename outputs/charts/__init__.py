"""The charts of a run, from its tables: data, words and one drawing each, used wherever a chart is shown."""

from collections.abc import Sequence

import pandas as pd

from outputs.charts.chart import Chart
from outputs.charts.heat_map import heat_map
from outputs.charts.network import network_chart
from outputs.charts.prevalence import prevalence_chart
from outputs.charts.saturation import saturation_chart
from outputs.charts.topic_map import topic_map_chart
from outputs.run.record import RunRecord
from outputs.tables.table import Table

__all__ = ["Chart", "build_charts", "charts_of"]


def charts_of(run: RunRecord) -> list[Chart]:
    """The charts that a finished run has data for."""
    return build_charts(run.data, run.results.topic_map)


def build_charts(tables: Sequence[Table], topic_places: pd.DataFrame) -> list[Chart]:
    """The charts that the tables have data for, in a report's order; `topic_places` of nlp.measures.topic_places."""
    by_key = {table.key: table for table in tables}
    charts: list[Chart | None] = []
    if themes := by_key.get("temi"):
        charts.append(prevalence_chart(themes))
        charts += [heat_map(table) for table in tables if table.family == "temi_per"]
        if pairs := by_key.get("temi_insieme"):
            charts.append(network_chart(pairs, themes))
    if topics := by_key.get("argomenti"):
        charts.append(topic_map_chart(topics, topic_places))
    if themes and (interviews := by_key.get("saturazione_interviste")):
        charts.append(saturation_chart(interviews, by_key.get("saturazione"), len(themes.frame)))
    return [chart for chart in charts if chart is not None]
