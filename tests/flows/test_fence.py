"""What a page of another site, or of another port, asks of the service: nothing is let through."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from flows.fence import Fence

HERE = "http://127.0.0.1:4200"
JSON = {"Content-Type": "application/json"}


async def _talk(socket):
    await socket.accept()
    await socket.send_text("aperto")
    await socket.close()


def _client(base=HERE, names=()):
    routes = [
        Route("/api", lambda _request: PlainTextResponse("fatto"), methods=["GET", "POST", "DELETE"]),
        Route(
            "/own", lambda _request: PlainTextResponse("", headers={"Content-Security-Policy": "default-src 'none'"})
        ),
        WebSocketRoute("/events", _talk),
    ]
    return TestClient(Fence(Starlette(routes=routes), names), base_url=base)


@pytest.mark.parametrize(
    "base", [HERE, "http://localhost:8080", "http://[::1]:4200", "http://192.168.1.7:4200", "https://trama.comune.it"]
)
def test_own_names_and_addresses_in_figures_are_let_in(base):
    assert _client(base, ["Trama.comune.it"]).get("/api").status_code == 200


@pytest.mark.parametrize("host", ["evil.example:4200", "127.0.0.1.evil.example", "trama.comune.it", "", "["])
def test_a_name_that_its_owner_lets_lead_here_is_refused(host):
    answer = _client().get("/api", headers={"Host": host})
    assert answer.status_code == 403
    assert "non si chiama" in answer.json()["detail"]


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:9999", "http://localhost:4200", "http://localhost", "https://evil.example", "null", "http://["],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "DELETE"])
def test_another_origin_is_refused(origin, method):
    answer = _client().request(method, "/api", headers={"Origin": origin, **JSON})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_page_behind_a_proxy_is_an_own_page():
    client = _client(names=["trama.comune.it"])
    assert client.post("/api", headers={"Origin": "https://trama.comune.it", **JSON}, content="{}").status_code == 200
    assert client.post("/api", headers={"Origin": "https://altro.comune.it", **JSON}, content="{}").status_code == 403
    assert client.post("/api", headers={"Origin": "https://trama.comune.it:8443", **JSON}).status_code == 403


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"{}", {"Content-Type": "text/plain"}),
        (b"{}", {"Content-Type": "text/plain; application/json"}),
        (b"a=1", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"", {"Content-Type": "multipart/form-data; boundary=x"}),
        (b"{}", {}),
    ],
)
def test_what_a_foreign_page_could_send_without_asking_is_refused(content, headers):
    assert _client().post("/api", content=content, headers=headers).status_code == 415


def test_programs_and_own_pages_are_let_in():
    client = _client()
    assert client.post("/api", json={}).text == "fatto"
    assert client.post("/api").text == "fatto"
    assert client.post("/api", json={}, headers={"Origin": HERE, "Sec-Fetch-Site": "same-origin"}).text == "fatto"


def test_foreign_pages_may_link_here_but_not_read_in_the_background():
    client = _client()
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/api", headers=link).status_code == 200
    assert client.post("/api", headers=link).status_code == 403
    for site in ("cross-site", "same-site"):
        assert client.get("/api", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}).status_code == 403


def test_a_websocket_of_another_origin_is_refused():
    client = _client()
    with client.websocket_connect("/events", headers={"Host": "127.0.0.1:4200", "Origin": HERE}) as events:
        assert events.receive_text() == "aperto"
    foreign = {"Host": "127.0.0.1:4200", "Origin": "http://127.0.0.1:9999"}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/events", headers=foreign):
        pass


def test_every_answer_says_that_pages_ask_no_other_host():
    client = _client()
    for answer in (client.get("/api"), client.get("/missing"), client.get("/api", headers={"Host": "evil.example"})):
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert client.get("/own").headers["content-security-policy"] == "default-src 'none'"
