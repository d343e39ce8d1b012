"""Who tries to enter the reading room without the address that was printed: nobody gets in."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from flows.fence import Fence
from flows.reading.gate import Gate

HERE = "http://127.0.0.1:8000"


@pytest.fixture
def gate():
    def answer(_request):
        return PlainTextResponse("dentro")

    paths = ("/", "/study.json", "/static/room.css")
    return Gate(Starlette(routes=[Route(path, answer) for path in paths]), "it")


def visitor(gate, **options):
    return TestClient(Fence(gate), base_url=HERE, **options)


def test_the_printed_address_opens_the_room_and_leaves_no_token_behind(gate):
    browser = visitor(gate, follow_redirects=False)
    entry = browser.get(f"/?token={gate.token}")
    assert entry.status_code == 303
    assert entry.headers["location"] == "/"
    assert entry.headers["referrer-policy"] == "no-referrer"
    cookie = entry.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert gate.token not in cookie
    assert browser.get("/study.json").text == "dentro"
    assert browser.get(f"/?token={gate.token}").headers["location"] == "/"  # opened once more in the same browser


def test_the_printed_address_holds_once(gate):
    assert visitor(gate).get(f"/?token={gate.token}").text == "dentro"
    other = visitor(gate).get(f"/?token={gate.token}")
    assert other.status_code == 403
    assert "una volta sola" in other.text


@pytest.mark.parametrize("query", ["", "?token=", "?token=x", "?token=%00", "?token=è"])
def test_without_the_token_nothing_is_shown_but_styles(gate, query):
    for path in ("/", "/study.json"):
        answer = visitor(gate).get(path + query)
        assert answer.status_code == 403
        assert "dentro" not in answer.text
    assert visitor(gate).get("/static/room.css").text == "dentro"
    assert visitor(gate).get(f"/?token={gate.token}").text == "dentro"  # a wrong one does not use it up


def test_the_cookie_of_another_room_is_none(gate):
    browser = visitor(gate)
    browser.cookies.set(gate._cookie, "x")
    assert browser.get("/study.json").status_code == 403


def test_a_foreign_name_or_page_is_refused_even_with_the_token(gate):
    browser = visitor(gate)
    assert browser.get(f"/?token={gate.token}", headers={"Host": "evil.example"}).status_code == 403
    assert browser.get("/", headers={"Origin": "http://127.0.0.1:9999"}).status_code == 403
    assert browser.get(f"/?token={gate.token}").text == "dentro"
