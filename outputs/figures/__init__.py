"""The figures of a run, drawn from its tables and results. Room outputs: each figure has its data, words, drawing."""

from outputs.figures.figure import Figure, render, write_figures
from outputs.figures.heat_map import heat_map_figure
from outputs.figures.network import network_figure
from outputs.figures.prevalence import prevalence_figure
from outputs.figures.saturation import saturation_figure
from outputs.figures.topic_map import topic_map_figure
from outputs.run.record import RunRecord
from outputs.tables.theme_tables import by_class_key

__all__ = ["Figure", "build_figures", "render", "write_figures"]


def build_figures(run: RunRecord) -> list[Figure]:
    """The figures that the run has data for, in the order of a report; its language is theirs."""
    prevalence = run.table("temi")
    topics = run.table("argomenti")
    study = run.settings.study
    found = [prevalence_figure(prevalence, run.language) if prevalence else None]
    for variable in dict.fromkeys([run.settings.tables.class_variable, *run.settings.tables.variables]):
        table = run.table(by_class_key(variable)) if variable else None
        found.append(heat_map_figure(table, variable, run.language) if table else None)
    found.append(network_figure(run.results, run.themes, run.language))
    found.append(topic_map_figure(topics, run.results.topic_map, run.language) if topics else None)
    found.append(saturation_figure(run.results, len(run.themes), study.seed, run.language))
    return [figure for figure in found if figure is not None]
