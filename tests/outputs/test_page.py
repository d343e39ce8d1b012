import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from outputs.numbers import format_value
from outputs.page import write_page
from outputs.page.data import runs
from tests.tiny_study import make_run, make_study

VOID = {"meta", "input", "link", "br", "img"}
HOSTILE = "</script><script>alert(1)</script> & <img src=x onerror=alert(1)> =HYPERLINK(1) qui"


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.stack = []
        self.tags = []
        self.ids = []
        self.scripts = []
        self.styles = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [dict(attrs)["id"]] if "id" in dict(attrs) else []
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "script":
            self.scripts.append(data)
        if self.stack and self.stack[-1] == "style":
            self.styles.append(data)


@pytest.fixture(params=["Qui siamo in tre e non basta mai.", HOSTILE], ids=["plain", "hostile"])
def html(request, tmp_path):
    studied, results = make_study(title="Prova <b>", first=request.param)
    path = write_page(studied, results, make_run(first=request.param).tables, tmp_path / "p.html")
    return path.read_text(encoding="utf-8")


def test_the_page_is_well_formed_and_its_ids_are_unique(html):
    page = Page(html)
    assert page.stack == []
    assert len(page.ids) == len(set(page.ids))
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 2
    assert not [tag for tag, attributes in page.tags if tag in ("img", "b") or "onerror" in attributes]


def test_the_page_asks_nothing_of_any_network(html):
    assert not re.search(r"https?://", html)
    for _, attributes in Page(html).tags:
        assert not {"src", "srcset", "action", "poster"} & set(attributes)
        assert attributes.get("href", "#").startswith("#")
    assert not re.search(r"@import|url\(", html)


def test_the_policy_allows_this_script_and_no_other(html):
    page = Page(html)
    policy = next(a["content"] for tag, a in page.tags if tag == "meta" and a.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(page.scripts[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy


def test_every_number_that_opens_has_its_quotations(html):
    page = Page(html)
    data = json.loads(page.scripts[0])
    table = row = ""
    opening = 0
    for tag, attributes in page.tags:
        table = attributes["id"] if attributes.get("class", "").startswith("table") else table
        row = attributes.get("data-r", "") if tag == "tr" else row
        if attributes.get("class", "").startswith("trail"):
            place = attributes.get("data-t", table), attributes.get("data-r", row)
            assert data["trails"][place[0]][place[1]][attributes["data-c"]]
            opening += 1
    assert opening > 100
    ten = data["trails"]["temi"]["personale"]["mentioned"]["c"]
    numbers = [start + k for start, length in zip(ten[::2], ten[1::2], strict=True) for k in range(length)]
    people = {data["segments"]["respondent"][data["codings"]["segment"][number]] for number in numbers}
    assert len(numbers) == 12 and len(people) == 10


def test_the_data_agree_with_the_texts(html):
    data = json.loads(Page(html).scripts[0])
    codings = data["codings"]
    segments = data["segments"]
    lengths = {len(values) for values in codings.values()}
    assert lengths == {16}
    for segment, start, end in zip(codings["segment"], codings["start"], codings["end"], strict=True):
        text = segments["text"][segment]
        assert text[start:end] == text.split()[0]


def test_the_page_says_that_the_data_are_invented(html):
    assert "dati inventati" in html and "Prova &lt;b&gt;" in html


def test_the_page_speaks_english_and_is_the_same_twice(study, results, english_run, tmp_path):
    first, second = (
        write_page(study, results, english_run.tables, tmp_path / n, "en").read_bytes() for n in ("a.html", "b.html")
    )
    assert first == second
    assert b'<html lang="en">' in first and b"invented data" in first and b"Themes by respondent" in first
    data = json.loads(Page(first.decode()).scripts[0])
    assert data["stances"] == ["advantage", "problem", "proposal", "neutral"]
    assert b'<option value="1">problem</option>' in first


def test_runs_pack_neighbours():
    assert runs([5, 3, 4, 9, 3]) == [3, 3, 9, 1]
    assert runs([]) == []


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (0.875, "percent", "87,5%"),
        (0.0004, "p", "<0,001"),
        (12, "count", "12"),
        (0.5, "decimal", "0,50"),
        (None, "p", ""),
        ("x", "p", "x"),
    ],
)
def test_numbers_are_written_as_italians_do(value, kind, shown):
    assert format_value(value, kind, "it") == shown
