"""`trama serve` lets nothing out and nobody else in: no page asks another host, and no other page asks it."""

import functools
import http.server
import json
import threading
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

from tests.acceptance.running_service import ANALYSE, NIGHT, serving
from tests.acceptance.trama_command import copy_sample, trama
from tests.browser import until

pytestmark = pytest.mark.service

# Each way in which a page may ask without the browser asking first, and those where it does ask.
ATTACK = """
const [service, run, done] = arguments;
const post = {method: "POST", body: run};
const asked = {
  read: () => fetch(`${service}/api/artifacts/filter`, {...post, body: "{}", headers: {"Content-Type": "application/json"}}),
  text: () => fetch(`${service}/api/deployments/DEPLOYMENT/create_flow_run`, {...post, mode: "no-cors"}),
  bare: () => fetch(`${service}/api/deployments/DEPLOYMENT/create_flow_run`, {...post, body: new Blob([run]), mode: "no-cors"}),
  report: () => fetch(`${service}/rapporti/`),
};
const form = document.createElement("form");
form.method = "post";
form.enctype = "text/plain";
form.target = "elsewhere";
form.action = `${service}/api/deployments/DEPLOYMENT/create_flow_run`;
const field = document.createElement("input");
field.name = run.slice(0, -1) + ', "x": "';
field.value = '"}';
form.append(field);
document.body.append(form);
form.submit();
const events = new WebSocket(`${service.replace("http", "ws")}/api/events/out`, ["prefect"]);
const opened = new Promise(tell => { events.onopen = () => tell("opened"); events.onerror = () => tell("refused"); });
(async () => {
  const seen = {socket: await opened};
  for (const [name, ask] of Object.entries(asked)) {
    try { const answer = await ask(); seen[name] = answer.type === "opaque" ? "blind" : await answer.text(); }
    catch { seen[name] = "refused"; }
  }
  done(seen);
})();
"""  # noqa: E501


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("closed")
    study = copy_sample(scratch / "studi" / "sindaci", interviews=1)
    assert trama("run", study, scratch=scratch).returncode in {0, 3}
    with serving(scratch) as running:
        yield running


@pytest.fixture
def foreign_page(tmp_path):
    """The address of a page of another port of this machine."""
    (tmp_path / "index.html").write_text("<!doctype html><body><iframe name=elsewhere></iframe>")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def _requests(browser):
    """Places (host:port) that pages asked since the last call, and those that their policy kept them from asking."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    tried = [
        message["params"]
        for message in messages
        if message["method"] in {"Network.requestWillBeSent", "Network.webSocketCreated"}
    ]
    stopped_ids = {
        message["params"]["requestId"] for message in messages if message["params"].get("blockedReason") == "csp"
    }
    asked = set()
    stopped = set()
    for params in tried:
        url = urlsplit(params.get("request", params)["url"])
        if url.scheme in {"http", "https", "ws", "wss"}:
            (stopped if params["requestId"] in stopped_ids else asked).add(url.netloc)
    return asked, stopped


def _refused(service, path, body=b"{}", **headers):
    request = urllib.request.Request(f"{service.address}/{path}", body, headers)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    return refused.value.code


def test_no_page_asks_another_host(service, browser):
    run = service.start(ANALYSE, {"studio": "sindaci"})
    assert service.end_of(run)["type"] == "COMPLETED"
    form = service.deployments()[ANALYSE]["id"]
    pages = [
        "",
        "dashboard",
        "runs",
        f"runs/flow-run/{run}",
        "flows",
        "deployments",
        f"deployments/deployment/{form}",
        f"deployments/deployment/{form}/run",
        "artifacts",
        "artifacts/key/sindaci-sintesi",
        "events",
        "automations",
        "variables",
        "blocks",
        "concurrency-limits",
        "work-pools",
        "settings",
        "v2",
        "v2/dashboard",
        "rapporti/sindaci/latest/rapporto.html",
    ]
    own = {urlsplit(service.address).netloc}
    for page in pages:
        browser.get(f"{service.address}/{page}")
        until(browser, lambda: browser.find_element(By.TAG_NAME, "body").text.strip(), f"words on /{page}")
        assert _requests(browser) == (own, set()), page


def test_what_a_page_would_ask_of_another_host_is_stopped(service, browser):
    browser.get(f"{service.address}/blocks/catalog")  # which nobody needs here; its pictures lie elsewhere
    until(browser, lambda: "Slack" in browser.find_element(By.TAG_NAME, "body").text, "the catalogue")
    asked, stopped = _requests(browser)
    assert asked == {urlsplit(service.address).netloc}
    assert stopped


def test_a_page_of_another_port_reads_nothing_and_starts_nothing(service, browser, foreign_page):
    deployment = service.deployments()[ANALYSE]["id"]
    before = len(service.runs(ANALYSE))
    browser.get(foreign_page)
    run = json.dumps({"parameters": {"studio": "sindaci", "da_capo": True}})
    seen = browser.execute_async_script(ATTACK.replace("DEPLOYMENT", deployment), service.address, run)
    assert seen == dict.fromkeys(("socket", "read", "text", "bare", "report"), "refused")
    assert len(service.runs(ANALYSE)) == before


def test_requests_that_a_foreign_page_could_send_are_refused(service):
    run = f"api/deployments/{service.deployments()[NIGHT]['id']}/create_flow_run"
    kind = {"Content-Type": "application/json"}
    for path in (run, "api/artifacts/filter", "api/flow_runs/filter"):
        assert _refused(service, path, Origin="http://127.0.0.1:9", **kind) == 403
        assert _refused(service, path, Host="evil.example", **kind) == 403
        assert _refused(service, path, **{"Content-Type": "text/plain"}) == 415
        assert _refused(service, path) == 415  # urllib calls it a form
    assert _refused(service, "rapporti/sindaci/latest/rapporto.html", None, Host="evil.example") == 403
    assert [each for each in service.runs(NIGHT) if not each["auto_scheduled"]] == []
