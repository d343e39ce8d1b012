"""Servers as they are and as they fail: which model they hold, and why there is no answer."""

import pytest

from corpus.errors import StudyError
from corpus.records import Theme
from nlp.llm.prompt import question_about
from nlp.llm.server import NoAnswer, asking, find_model
from tests.model_server import BARE, LLAMA_CPP, NAME, OLLAMA, Dies, codings, completion, model_server, slow

QUESTION = question_about("I soldi non bastano.", "", (Theme("soldi", "Soldi"),), seed=1)


def _fault(reply) -> str:
    with model_server(reply) as server:
        model = find_model(server.options(timeout_seconds=1))
        with asking(model) as ask, pytest.raises(NoAnswer) as told:
            ask(QUESTION)
    return told.value.why


def _dies(_question):
    raise Dies


def test_a_model_is_known_by_the_digest_that_its_server_tells():
    with model_server() as server:
        assert find_model(server.options()).digest == "sha-1"
        assert find_model(server.options(address=f"{server.address}/v1/")).digest == "sha-1"
    with model_server(pages=BARE) as server:
        assert find_model(server.options()).digest == NAME


def test_a_model_of_llama_cpp_is_known_by_its_sizes_and_named_by_its_file():
    with model_server(pages=LLAMA_CPP) as server:
        digest = find_model(server.options(model="lettore.gguf")).digest
        entry = {"id": "/altrove/lettore.gguf", "meta": {"n_params": 7, "size": 4, "n_ctx": 9000}}
        server.pages = {"/v1/models": {"data": [entry]}}
        assert find_model(server.options(model="lettore.gguf")).digest == digest
        entry["meta"]["size"] = 5
        assert find_model(server.options(model="lettore.gguf")).digest != digest


def test_the_answer_is_what_the_model_says():
    with model_server(lambda _question: completion(codings())) as server:
        with asking(find_model(server.options())) as ask:
            assert ask(QUESTION) == '{"codings": []}'
        (asked,) = server.asked
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", NAME, 0)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (lambda _: completion(None, refusal="Non posso aiutarti"), "refused"),
        (lambda _: completion(None, "content_filter"), "refused"),
        (lambda _: completion('{"codings": [', "length"), "broken"),
        (lambda _: completion(None), "broken"),
        (lambda _: b"<html>ciao</html>", "broken"),
        (lambda _: {"choices": []}, "broken"),
        (lambda _: (400, {"error": "context"}), "rejected"),
        (lambda _: (307, b"http://127.0.0.1:1/altrove"), "rejected"),
        (lambda _: (500, {"error": "runner has terminated"}), "failed"),
        (slow, "late"),
        (_dies, "gone"),
    ],
)
def test_why_there_is_no_answer(reply, why):
    assert _fault(reply) == why


def test_a_server_that_has_died_is_gone():
    with model_server() as server:
        model = find_model(server.options())
        server.die()
        with asking(model) as ask, pytest.raises(NoAnswer) as told:
            ask(QUESTION)
    assert told.value.why == "gone"


@pytest.mark.parametrize(
    ("pages", "model", "it"),
    [
        ({"/v1/models": {"data": [{"id": "a"}, {"id": "b"}]}}, "c", 'non ha il modello `c`: scrivi model = "a" o "b"'),
        ({"/v1/models": {"data": [{"id": "a"}]}}, "", 'manca il modello: scrivi model = "a"'),
        ({"/v1/models": {"data": []}}, "a", "non ha nessun modello: scaricane uno"),
        ({"/v1/models": {"detail": "?"}}, "a", "non è un server di modelli"),
        ({"/v1/models": b"<html>"}, "a", "non è un server di modelli"),
        ({}, "a", "non è un server di modelli"),
        ({"/v1/models": (503, {"error": "Loading model"})}, "a", "non è ancora pronto"),
    ],
)
def test_a_server_without_the_model_is_told(pages, model, it):
    with model_server(pages=pages) as server, pytest.raises(StudyError) as told:
        find_model(server.options(model=model))
    assert it in told.value.say("it") and told.value.say("it") != told.value.say("en")


def test_no_server_is_told():
    with model_server() as server:
        options = server.options()
    with pytest.raises(StudyError) as told:
        find_model(options)
    assert "non risponde nessun server" in told.value.say("it") and "start it" in told.value.say("en")


def test_no_proxy_of_the_environment_sees_a_word(monkeypatch):
    with model_server() as proxy, model_server() as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with asking(find_model(server.options())) as ask:
            ask(QUESTION)
        assert len(server.asked) == 1 and not proxy.asked


def test_a_digest_of_another_model_is_not_taken():
    pages = {**OLLAMA, "/api/tags": {"models": [{"name": "altro:latest", "digest": "sha-altro"}]}}
    with model_server(pages=pages) as server:
        assert find_model(server.options()).digest == NAME


def test_a_model_that_runs_elsewhere_is_asked_only_where_that_is_written():
    tag = {"name": NAME, "digest": "sha-1", "remote_host": "https://ollama.com:443", "remote_model": "lettore"}
    with model_server(pages={**OLLAMA, "/api/tags": {"models": [tag]}}) as server:
        with pytest.raises(StudyError) as told:
            find_model(server.options())
        assert 'texts_may_leave_this_machine_for = "ollama.com"' in told.value.say("it")
        assert find_model(server.options(texts_may_leave_this_machine_for="ollama.com")).digest == "sha-1"
