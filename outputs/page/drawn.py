"""Which chart stands over which table of the page. Room outputs; the charts are drawn next door."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from corpus.study import Study
from corpus.words.language import Language
from nlp.results import Results
from outputs.page.charts import heat_map, prevalence_chart
from outputs.page.curve import saturation_curve_chart
from outputs.page.maps import network, topic_map
from outputs.tables.theme_tables import by_class_key
from outputs.words.render import RenderedTable


def charts(study: Study, results: Results, tables: Sequence[RenderedTable], language: Language) -> Mapping[str, Markup]:
    """Key of a table -> the chart over it, for the tables that have one and rows enough."""
    held = {table.key: table for table in tables if len(table.frame)}
    drawn: dict[str, Markup | None] = {}
    if themes := held.get("temi"):
        drawn["temi"] = prevalence_chart(themes, language)
        if pairs := held.get("temi_insieme"):
            drawn["temi_insieme"] = network(pairs, themes, language)
    for variable in filter(None, [study.settings.tables.class_variable, *study.settings.tables.variables]):
        if table := held.get(by_class_key(variable)):
            drawn[table.key] = heat_map(table, language, variable)
    if topics := held.get("argomenti"):
        drawn["argomenti"] = topic_map(topics, results.topic_map, language)
    if interviews := held.get("saturazione_interviste"):
        drawn["saturazione_interviste"] = saturation_curve_chart(interviews, len(study.themes), language)
    return {key: chart for key, chart in drawn.items() if chart is not None}
