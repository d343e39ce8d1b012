import csv
import re
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from corpus.words.phrase import phrase
from outputs.charts import build_charts, charts_of
from outputs.charts.network import network_chart
from outputs.charts.pictures import png, svg_file, svg_in_page, write_charts
from outputs.charts.prevalence import prevalence_chart
from outputs.charts.sketch import Sketch
from outputs.charts.topic_map import topic_map_chart
from outputs.words.render import render
from outputs.words.sentences import say

KEYS = ("prevalenza", "mappa_temi_classe", "saturazione")
EVERY = (*KEYS, "rete_temi", "mappa_argomenti")
LONG = "Un tema dal nome lunghissimo, che in nessuna etichetta sta su di una riga sola"
HOSTILE = ["Accesso a servizi", "Da 5$ a \\frac$ <script> & \x0b", "שלום 😀"]


@pytest.fixture(scope="module")
def data(run):
    return {table.key: table for table in run.data}


@pytest.fixture(scope="module")
def charts(run):
    return {chart.key: chart for chart in charts_of(run)}


@pytest.fixture(scope="module")
def every(data):
    """Every chart there is, of themes whose names are not to be touched."""
    labels = dict(zip(data["temi"].frame["theme"], HOSTILE, strict=True))
    tables = {key: replace(table, frame=table.frame.replace({"theme": labels})) for key, table in data.items()}
    tables["temi_insieme"] = _pairs(data, list(data["temi"].frame.index))
    tables["argomenti"], places = _topics(data)
    drawn = {chart.key: chart for chart in build_charts(list(tables.values()), places)}
    assert set(drawn) == set(EVERY)
    return drawn


def _pairs(data, codes):
    """`temi_insieme` where each pair of themes comes together four times."""
    keys = [f"{one}|{other}" for place, one in enumerate(codes) for other in codes[place + 1 :]]
    frame = pd.DataFrame({"both_segments": 4, "jaccard": 1.0, "lift": 2.0}, index=pd.Index(keys, name="row"))
    return replace(data["temi_insieme"], frame=frame.astype(object), note=phrase("temi_insieme.note", segments=40))


def _topics(data):
    """`argomenti` with three topics and their places; the second has no theme."""
    table = data["argomenti"]
    rows = pd.DataFrame([table.frame.iloc[0]] * 3, index=pd.Index(["0", "1", "2"], name="row", dtype="str"))
    places = pd.DataFrame({"topic": [0, 1, 2], "x": [0.0, 1.0, -1.0], "y": [0.5, 0.0, -0.5], "shown": 0.8})
    return replace(table, frame=rows.assign(proposed=[None, "Sacchi", None])), places


def _themes(data, names):
    """`temi` of so many themes, all alike."""
    table = data["temi"]
    frame = pd.DataFrame([table.frame.iloc[0]] * len(names), index=pd.Index(list(names), name="row", dtype="str"))
    return replace(table, frame=frame.assign(theme=list(names.values())))


def test_a_run_has_the_charts_that_its_data_allow(charts):
    assert tuple(charts) == KEYS


def test_the_alternative_text_tells_what_the_data_say(charts):
    alt = {key: say(chart.alt, "it") for key, chart in charts.items()}
    assert "Personale 10 su 12 (83,3%, intervallo da 55,2% a 95,3%)" in alt["prevalenza"]
    row = render(charts["prevalenza"].data, "it")
    assert [column.label for column in row.columns][:3] == ["Tema", "Ne parlano", "n"]
    assert row.frame.iloc[0].tolist()[:3] == ["Personale", 10, 12]
    assert "fino a 3.000 4 su 7, oltre 8.000 0 su 5" in alt["mappa_temi_classe"]
    assert "in tutto 2 dei 3 temi" in alt["saturazione"]


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("key", EVERY)
def test_names_of_themes_stay_as_they_are_in_every_language(every, key, language):
    chart = every[key]
    told = " ".join(say(text, language) for text in (chart.title, chart.note, chart.alt))
    assert "Accesso to" not in told
    if key not in ("mappa_argomenti", "saturazione"):
        assert HOSTILE[0] in told
    words = {"it": "(Grafico|Mappa|Rete|Curva) ", "en": "(Dot chart|Heat map|Map|Network|Curve) of "}
    assert re.match(words[language], say(chart.alt, language))


@pytest.mark.parametrize("key", EVERY)
def test_svg_and_png_hold_their_words_and_are_the_same_twice(every, key, tmp_path):
    chart = every[key]
    svg = svg_file(chart, "it")
    assert svg == svg_file(chart, "it")
    tree = ElementTree.fromstring(svg)
    words = [say(text, "it").replace("\x0b", "") for text in (chart.title, chart.alt)]
    assert [tree.findtext(f"{{*}}{tag}") for tag in ("title", "desc")] == words
    assert not re.search(rb"\d{4}-\d\d-\d\dT", svg)
    picture = png(chart, "it")
    assert picture == png(chart, "it")
    (tmp_path / "a.png").write_bytes(picture)
    image = Image.open(tmp_path / "a.png")
    assert image.width > 1000 and image.text["Title"] == say(chart.title, "it")


@pytest.mark.parametrize("key", EVERY)
def test_in_a_page_a_chart_has_neither_ids_nor_styles_and_its_marks_open_cells(every, key):
    chart = every[key]
    page = svg_in_page(chart, "it")
    tree = ElementTree.fromstring(page)
    assert not [tag for tag in tree.iter() if {"id", "style", "href", "clip-path"} & set(tag.attrib)]
    assert {tag.tag for tag in tree.iter()} <= {"svg", "desc", "g", "title", "path", "text"}
    marks = [tag for tag in tree.iter("g") if tag.get("class") == "trail"]
    assert marks and all(mark.findtext("title") for mark in marks)
    assert {mark.get("data-t") for mark in marks} <= {chart.over, "temi"}
    ids = [group.get("id") for group in ElementTree.fromstring(svg_file(chart, "it")).iterfind(".//{*}g")]
    assert {"|".join(map(mark.get, ("data-t", "data-r", "data-c"))) for mark in marks} <= set(ids)


def test_of_many_themes_with_long_names_the_strongest_links_are_drawn_and_told_apart(data):
    names = {f"t{number}": f"{LONG} {number}" for number in range(30)}
    chart = network_chart(_pairs(data, list(names)), _themes(data, names))
    sketch = Sketch(chart.size, "it")
    chart.draw(sketch)
    texts = [text for text in sketch.axes.texts if "tema" in text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    assert len(boxes) == 20 and len(chart.data.frame) == 40
    assert "Sono disegnati i 40 legami più forti di 435, fra 20 temi di 30" in say(chart.note, "it")
    frame = sketch.figure.bbox
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_the_map_marks_topics_without_a_theme(data):
    chart = topic_map_chart(*_topics(data))
    assert "Without a near theme: sacchi." in say(chart.alt, "en")
    assert "80.0% of the variance" in say(chart.note, "en")
    assert len(chart.data.frame) == 3


def test_too_few_respondents_are_counted_and_get_no_percentage(data):
    themes = data["temi"]
    few = phrase("not_computable", reason=phrase("reason.few", least=10))
    chart = prevalence_chart(replace(themes, frame=themes.frame.assign(share=[few] * len(themes.frame))))
    assert "Personale 10 of 12 and" not in say(chart.alt, "it") and "%" not in say(chart.alt, "it")
    assert "troppo pochi" in say(chart.note, "it") and "/12" in svg_in_page(chart, "it")


def test_each_chart_leaves_svg_png_and_the_data_behind_it(charts, tmp_path):
    written = write_charts([charts["prevalenza"]], tmp_path)
    assert [path.name for path in written] == ["prevalenza.svg", "prevalenza.png", "prevalenza.csv", "figure.csv"]
    rows = list(csv.DictReader((tmp_path / "prevalenza.csv").open(encoding="utf-8-sig", newline=""), delimiter=";"))
    assert rows[0]["%"] == "0,833333"


def test_dollars_in_a_name_are_money_and_no_formula(every):
    svg = svg_file(every["prevalenza"], "it").decode("utf-8")
    assert r"Da 5$ a \frac$" in svg and "&lt;script&gt;" in svg
