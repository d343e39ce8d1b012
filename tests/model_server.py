"""A small server that speaks OpenAI's protocol as Ollama, llama.cpp and others do, for tests of what asks one."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corpus.settings import LlmSection

Question = dict[str, Any]
NAME = "lettore:7b"
OLLAMA = {
    "/v1/models": {"object": "list", "data": [{"id": NAME, "object": "model", "owned_by": "library"}]},
    "/api/tags": {"models": [{"name": "altro:latest", "digest": "sha-altro"}, {"name": NAME, "digest": "sha-1"}]},
}
LLAMA_CPP = {
    "/v1/models": {"data": [{"id": "/modelli/lettore.gguf", "meta": {"n_params": 7, "size": 4, "n_ctx": 512}}]}
}
BARE = {"/v1/models": {"data": [{"id": NAME}]}}


class Dies(Exception):
    """The server goes, in the middle of a request."""


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}


def codings(*rows: tuple[str, str, str]) -> str:
    """An answer by the schema, of (theme, passage, stance)."""
    return json.dumps(
        {"codings": [{"theme": theme, "passage": said, "stance": stance} for theme, said, stance in rows]}
    )


def segment_of(question: Question) -> str:
    """The text that is asked about."""
    told = question["messages"][-1]["content"]
    return str(told.rpartition("Segmento: ")[2])


def first_words(question: Question) -> dict[str, Any]:
    """An answer that gives every segment the codebook's first theme, as a proposal, for its first three words."""
    schema = question["response_format"]["json_schema"]["schema"]
    theme = schema["properties"]["codings"]["items"]["properties"]["theme"]["enum"][0]
    return completion(codings((theme, " ".join(segment_of(question).split()[:3]), "proposal")))


class ModelServer:
    """What runs at `options.address`; `asked` are the questions put so far, `reply` answers them.

    `reply` returns the body of an answer, or a number and a body; it may raise Dies.
    """

    def __init__(self, pages: dict[str, Any], reply: Callable[[Question], Any]):
        self.pages = pages
        self.reply = reply
        self.asked: list[Question] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def options(self, **others: Any) -> LlmSection:
        """The section of study.toml that leads here."""
        return LlmSection.model_validate({"address": self.address, "model": NAME, **others})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def die(self) -> None:
        """Answer nobody any more."""
        self._http.socket.close()
        threading.Thread(target=self._http.shutdown, daemon=True).start()


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = server.pages.get(self.path)
            self._send(*(page if isinstance(page, tuple) else (404, {"error": "?"}) if page is None else (200, page)))

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append({"path": self.path, **question})
            try:
                reply = server.reply(question)
            except Dies:
                server.die()
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self._send(*(reply if isinstance(reply, tuple) else (200, reply)))

        def _send(self, number: int, body: Any) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            try:
                self.send_response(number)
                if number in (301, 302, 307, 308):
                    self.send_header("Location", content.decode())
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass  # who asked did not wait

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@contextmanager
def model_server(
    reply: Callable[[Question], Any] = first_words, pages: dict[str, Any] | None = None
) -> Iterator[ModelServer]:
    """A server that answers with `reply` and shows `pages` (path -> body), by default Ollama's."""
    server = ModelServer(OLLAMA if pages is None else pages, reply)
    try:
        yield server
    finally:
        server.die()


def slow(_question: Question) -> dict[str, Any]:
    """An answer that comes too late for whoever waits a second."""
    time.sleep(1.5)
    return completion(codings())
