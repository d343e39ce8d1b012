import csv
import re
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from outputs.figures import build_figures, render, write_figures
from outputs.figures.network import network_figure
from outputs.figures.prevalence import prevalence_figure
from outputs.figures.topic_map import topic_map_figure
from tests.tiny_study import codings

KEYS = ("prevalenza", "mappa_temi_classe", "saturazione")
LONG = "Un tema dal nome lunghissimo, che in nessuna etichetta sta su di una riga sola"


@pytest.fixture(scope="module")
def figures(run):
    return {figure.key: figure for figure in build_figures(run)}


def _together(run, themes):
    """Every theme in each of the first four segments: each pair comes together four times."""
    segments = run.results.segments
    rows = sorted((segment, theme, "neutral") for segment in segments["segment"][:4] for theme in themes)
    return replace(run.results, codings=codings(rows, segments))


def test_a_run_has_the_figures_that_its_data_allow(figures, run):
    assert tuple(figures) == KEYS
    network = network_figure(_together(run, run.themes), run.themes, "it")
    assert network.data["Insieme"].tolist() == [4, 4, 4]
    assert "Personale – Rifiuti (4 segmenti, Jaccard 1)" in network.alt


def test_the_alternative_text_tells_what_the_data_say(figures):
    assert "Personale 10 su 12 (83,3%, intervallo da 55,2% a 95,3%)" in figures["prevalenza"].alt
    row = figures["prevalenza"].data.iloc[0]
    assert (row["Tema"], row["Ne parlano"], row["n"]) == ("Personale", 10, 12)
    assert "fino a 3.000 4 su 7, oltre 8.000 0 su 5" in figures["mappa_temi_classe"].alt
    assert "in tutto 2 dei 3 temi" in figures["saturazione"].alt


@pytest.mark.parametrize("key", KEYS)
def test_svg_and_png_hold_their_words_and_are_the_same_twice(figures, key, tmp_path):
    figure = figures[key]
    svg = render(figure, "svg")
    assert svg == render(figure, "svg")
    tree = ElementTree.fromstring(svg)
    assert [tree.findtext(f"{{*}}{tag}") for tag in ("title", "desc")] == [figure.title, figure.alt]
    assert not re.search(rb"\d{4}-\d\d-\d\dT", svg)
    png = render(figure, "png")
    assert png == render(figure, "png")
    (tmp_path / "a.png").write_bytes(png)
    image = Image.open(tmp_path / "a.png")
    assert image.width > 1000 and image.text["Title"] == figure.title


def test_of_many_themes_with_long_names_the_strongest_links_are_drawn_and_told_apart(run):
    themes = {f"t{number}": f"{LONG} {number}" for number in range(30)}
    network = network_figure(_together(run, themes), themes, "it")
    canvas = network.draw()
    (axes,) = canvas.axes
    texts = [text for text in axes.texts if "tema" in text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    assert len(boxes) == 20 and len(network.data) == 40
    assert "Sono disegnati i 40 legami più forti di 435, fra 20 temi di 30" in network.note
    frame = canvas.bbox
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_the_map_marks_topics_without_a_theme(run):
    keys = ["0", "1", "2"]
    table = run.table("argomenti")
    rows = pd.DataFrame([table.frame.iloc[0]] * 3, index=pd.Index(keys, name="row", dtype="str"))
    rows["proposed"] = [None, "Sacchi", None]
    places = pd.DataFrame({"topic": [0, 1, 2], "x": [0.0, 1.0, -1.0], "y": [0.5, 0.0, -0.5], "shown": 0.8})
    figure = topic_map_figure(replace(table, frame=rows), places, "en")
    assert "Without a near theme: sacchi." in figure.alt and "80.0% of the variance" in figure.note
    assert len(figure.data) == 3 and render(figure, "png")


def test_each_figure_leaves_svg_png_and_the_data_behind_it(figures, tmp_path):
    written = write_figures([figures["prevalenza"]], tmp_path)
    assert [path.name for path in written] == ["prevalenza.svg", "prevalenza.png", "prevalenza.csv", "figure.csv"]
    rows = list(csv.DictReader((tmp_path / "prevalenza.csv").open(encoding="utf-8-sig", newline=""), delimiter=";"))
    assert rows[0]["%"] == "0,833333"


def test_dollars_in_a_name_are_money_and_no_formula(run):
    table = run.table("temi")
    named = replace(table, frame=table.frame.assign(theme=[r"Da 5$ a \\frac$", "<script>", "שלום 😀"]))
    svg = render(prevalence_figure(named, "it"), "svg").decode("utf-8")
    assert r"Da 5$ a \\frac$" in svg and "&lt;script&gt;" in svg
